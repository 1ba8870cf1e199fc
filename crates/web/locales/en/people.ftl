# Signing in, and roles.
sign-in = Sign in
sign-in-lead = Residents need no account. This is for staff and volunteers.
sign-in-name = Name
sign-in-password = Password
sign-in-send = Sign in
sign-in-lost = Forgot the password? Whoever gave it to you can set a new one.
sign-out = Sign out
role-volunteer = volunteer
role-grid_worker = grid worker
role-dispatcher = on duty
role-contractor = Contractor
role-duty_officer = Duty officer
role-secretary = Secretary
role-town_officer = Town officer
role-auditor = Auditor
role-administrator = Administrator
