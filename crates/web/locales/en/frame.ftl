# What surrounds every page, and the two front pages.
app-name = Linli
seal = 邻
skip = Skip to the page
switch-language = 中文
call = Call
call-duty = Call the person on duty
foot-office = Or come in person: { $office }
foot-about = Linli: whatever you say gets an answer.
larger-text = Larger text
next-page = There is more: next page
choose = Please choose
number = No. { $number }
near-day = { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
}
day = { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
} { $year }
form-faulty = Something has to be changed. All that you wrote is still here.
because = Reason: { $reason }
back-to = Back to { $name }
back-to-front = Back to the front page
nav-staff = Staff
nav-desk = Desk
nav-tasks = My tasks

front-title = Where do you live?
front-lead = Choose your village or community, say something, and see what became of what was promised.
front-empty = No village or community is here yet.
front-open = { $count } open
front-confirmed = { $count } done
front-staff = Staff and volunteers sign in here

home-hello = Welcome to { $name }
home-say = Say something
home-say-sub = One sentence is enough. No account.
home-call = Call the person on duty
home-list = See the list
home-list-open = What was promised: { $count } open,
home-list-confirmed = { $count } done
home-look-up = Look up what I said
home-look-up-sub = See how far it is
home-help = Not sure how? Call, or ask family or a neighbour to write it for you.
