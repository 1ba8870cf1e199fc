# The desk.
desks-title = Which desk?
desks-none = You keep no desk. Your tasks are here:
desk-to-do = Waiting for you: { $count }
desk-tabs = By progress
desk-tab-todo = To do
desk-qr = The code for the door
desk-news = { $count ->
    [one] One new message
   *[other] { $count } new messages
}
desk-empty = Nothing to look at here.
desk-overdue = overdue
back-to-desk = Back to the desk

stage-received = new
stage-listed = nobody sent
stage-working = at work
stage-awaiting = answer awaited
stage-disputed = not done
stage-confirmed = struck off
stage-no_answer = no answer
stage-declined = not taken on
stage-merged = merged

message-new-task = You have a new task, please look at it
message-new-voice = Somebody said something new
message-disputed = Somebody says that it is not done
message-returned = A task was given back

matter-voices = { $count ->
    [one] What one person said
   *[other] What { $count } people said
}
matter-on-list = What the list says
matter-tasks = Tasks
matter-timeline = What happened
matter-declined-because = Not taken on. The reason given: { $reason }
matter-merged-into = Became part of no. { $number } on the list.
matter-part-of = Part of
matter-parts = To be done first:

act-list = Put it on the list
act-list-send = Give it a number and list it
act-edit = Change what the list says
act-edit-send = Save
act-decline = Do not take it on
act-decline-send = Decline and tell them why
act-merge = Join with another matter
act-merge-send = Join
act-attach = Make it a part of another matter
act-attach-send = Put it under that matter
act-reopen = Open it again
act-reopen-send = Open it again
act-dispatch = Send somebody
listing-wording = What the list says
listing-wording-hint = Everybody can read it: no names, numbers or doors.
day-hint = For example 2026-06-30
decline-reason = Why not
decline-reason-hint = Whoever asked reads this. Be plain, and say whom to turn to if you can.
merge-into = Into which number
merge-into-hint = A number on the list that is still open. Everybody's words are kept, and each is asked.
attach-parent = Part of which number
attach-parent-hint = A number on the list. It can be finished only after this one.
reopen-reason = Why it is opened again
dispatch-instruction = What is to be done
dispatch-instruction-hint = For whoever goes. Place and telephone are shown once the task is taken.
dispatch-holder = Who
dispatch-offer = Anybody (first volunteer to take it)
dispatch-person = { $name } ({ $role }, { $count } in hand)
dispatch-open = nobody has taken it yet
dispatch-due = To be finished by
dispatch-send = Send it out
round = round { $round }
withdraw-title = Take this task back
withdraw-reason = Why it is taken back
withdraw-send = Take it back
on-behalf-title = Take down for them: is it done?
on-behalf-verdict = What they say
on-behalf-channel = How they were asked
on-behalf-reason = In their words
on-behalf-reason-hint = If it is not done, what is missing has to be said.
on-behalf-send = Take it down

stale-title = Somebody changed it just before you
stale-lead = Left is what it says now, right is what you wrote. The form still holds yours: change what you need and save again.
stale-now = It says now
stale-yours = You wrote
typed-kept = What you wrote is here, nothing is lost:
