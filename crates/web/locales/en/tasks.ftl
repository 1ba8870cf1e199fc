# Tasks.
tasks-title = My tasks
tasks-news = { $count ->
    [one] You have a new task, please look at it
   *[other] You have { $count } new tasks, please look at them
}
tasks-in-hand = In my hands
tasks-in-hand-none = Nothing in your hands.
tasks-waiting = Waiting to be taken
tasks-waiting-none = Nothing waits to be taken.
tasks-over = Earlier ones ({ $count })
tasks-new = New
tasks-due = by { $day }
task-stage-offered = open to all
task-stage-assigned = given out
task-stage-accepted = at work
task-stage-finished = finished
task-stage-returned = given back
task-stage-withdrawn = taken back
back-to-tasks = Back to my tasks
task-title = A task
task-asked-by = What they said
task-place = Where: { $place }
task-contact = How to reach them: { $contact }
task-call = Call them
task-accept = I will do it
task-accept-hint = Once you take it, you see where it is and whom to call.
task-finish-title = Finished?
task-note = What was done
task-note-hint = One sentence; whoever asked will read it. For example: new bulb fitted, and it lights.
task-photo = Photos of the finished work (optional)
task-finish = It is finished
task-finish-hint = Whoever asked is asked next. It counts once they say so.
task-return-title = Cannot do it: give it back
task-return-reason = Why not
task-return-reason-hint = For the person on duty. Giving it back is fine.
task-return = Give it back
task-over = This task is over.
