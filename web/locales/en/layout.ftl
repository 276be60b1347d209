product = Zaguán
city = City of Las Cruces
sample-title = A page
skip-to-content = Skip to the content
other-language = Español
sign-out = Sign out
nav-label = Main
nav-home = Home
nav-legal-bases = Legal bases
nav-counter = Counter
foot-promise = Every answer of this system is recorded before it is given.
faults-title = Please look at this again
session-ends-soon = Your session ends at { $time }, whatever you do. Finish or save your work, then sign in again.
session-unused = Your session ends at { $time } if you do nothing.
session-unused-soon = Your session ends in about three minutes, because nothing was done. Do you want to go on?
session-stay = Stay signed in

notice-signed-in = You are signed in.
notice-signed-out = You are signed out.
notice-session-ended = Your session has ended. Sign in to go on where you were.
notice-access-overdue = You are signed in. Your access is overdue for review and will be suspended soon: please ask an administrator to certify it.

date = { $month } { $day }, { $year }
month-of-year = { $month } { $year }
instant = { $date }, { $time } { $zone }
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
stretch-days = { $count ->
    [one] 1 day
   *[other] { $count } days
}
stretch-hours = { $count ->
    [one] 1 hour
   *[other] { $count } hours
}
stretch-minutes = { $count ->
    [one] 1 minute
   *[other] { $count } minutes
}
stretch-moment = less than a minute
