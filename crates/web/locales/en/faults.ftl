# When something is the matter.
fault-title = Something is the matter
fault-busy = Too many people at once: it was not taken.
fault-unavailable = Nothing can be stored or read at the moment.
fault-full = The disk of the machine is full: it was not taken.
fault-read-only = At the moment things can be read, but not stored.
fault-bug = The program has a fault: it was not taken.
fault-next-wait = Please wait a minute or two and try again. If it is urgent, call.
fault-next-call = Please call: the person on duty takes it down for you.
fault-next-report = Please try again. If it still fails, call and read the number below to the person on duty.
fault-next-not-found = Check the address, or start again from the front page. A look-up number needs all twenty digits.
fault-next-sign-in = Staff and volunteers sign in first. Residents need no account.
fault-next-forbidden = Please turn to the person on duty for this.
fault-next-back = Please go back to the page before, look, and try again.
fault-call-anyone = If it is urgent, call the duty number of your village or community.
fault-request = request { $id }
fault-of-field = { $label }: { $sentence }
fault-field-reason = Reason
