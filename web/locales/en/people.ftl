# Accounts: setting one up, one's own, everybody's, and the access review.
nav-staff = Staff
nav-review = Access review
people-any = Any
people-filter = Show these
people-filter-clear = Show all
people-next = Next page
people-print = Print this page
people-never = never
people-choose = Please choose
secret-once = This is shown once, now. It is not kept in readable form anywhere, so it cannot be shown again.

enrol-title = Set up your account
enrol-hello = Welcome, { $name }.
enrol-lead = Set a password and connect an authenticator app. It takes about five minutes, and you need your phone.
enrol-lead-reset = An administrator has sent you this link so that you can begin anew. Your old password, your old codes and the app’s old entry no longer work.
enrol-lead-first = You are setting up the first administrator. Choose a user name, set a password and connect an authenticator app.
enrol-good-until = This link works once, until
enrol-step-app = 1. Connect your authenticator app
enrol-app-help = Open an authenticator app on your phone, choose “add account”, and scan this picture. Any app for time-based codes will do.
enrol-qr = Picture to scan with your authenticator app; the same secret stands as text beside it
enrol-secret-help = If you cannot scan it, type this secret into the app instead:
enrol-secret-settings = Type: time-based. Six digits, a new code every 30 seconds.
enrol-step-password = 2. Choose a password
enrol-password = New password
enrol-password-again = The new password once more
enrol-step-code = 3. Show that the app works
enrol-code = Code
enrol-code-help = The six digits that the app shows now.
enrol-code-wrong = This is not the code that the app should show now. Wait for the next one; if it fails again, check that your phone sets its clock by itself, and scan the picture once more.
enrol-button = Set up my account
enrol-done-title = Your account is ready
enrol-done-lead = From now on you sign in as { $username }, with your password and a code from the app. Before you do: keep these codes.
enrol-done-sign-in = I have kept the codes: sign in
enrol-ended-title = This link does not work, or no longer
enrol-ended-lead = Each link works once and for a limited time, and a newer link ends the older ones.
enrol-ended-done = If you have set up your account already, you can sign in.
enrol-ended-new = If you have not, ask the administrator who sent you the link for a new one.

password-help = At least 12 characters. A few words that do not belong together are easy to remember. There are no rules about digits or signs.
password-length = A password has 12 to 256 characters.
password-username = The password must not contain the user name.
password-local = This is little more than the name of this system or of the city: anybody would try it here. Please choose another.
password-monotonous = This repeats itself or follows the keyboard. Please choose another.
password-common = This is one of the most common passwords and would be tried first. Please choose another.

codes-title = Recovery codes
codes-once = These codes are shown once, now. They cannot be shown again.
codes-help = Each code works once in place of a code from the app, for the day on which your phone is lost or broken. Print this page, or copy the codes into a password manager. Do not keep them on the phone.
codes-printed = Keep this sheet in a locked place. Nobody will ever ask you for a code by phone or e-mail.

account-title = Your account
account-back = To your account
account-sessions = Where you are signed in
account-sessions-help = If you do not know one of these, end it and change your password.
account-session-since = Signed in
account-session-used = Last used
account-session-address = From
account-session-end = End it
account-session-end-button = End
account-session-end-of = End the session from { $address }
account-session-this = this one
account-sessions-end-all = End all sessions and sign out
account-password-title = Password
account-password-lead = A new password ends every other session of yours.
account-password-button = Change the password
account-current-password = Present password
account-new-password = New password
account-passwords-differ = The two new passwords are not the same.
account-code-help = The six digits that your authenticator app shows now. A code works once: if you have just signed in with it, wait for the next.
account-proof-wrong = The present password or the code is not right. Check both; a code works only once, so wait for the next.
account-codes-title = New recovery codes
account-codes-lead = You get ten new codes. The old ones stop working at once.
account-codes-button = Make new recovery codes
account-codes-new = These are your new codes. The old ones no longer work.
account-codes-kept = I have kept the codes
account-codes-left = { $count ->
    [one] You have one code left.
   *[other] You have { $count } codes left.
}
account-codes-few = { $count ->
    [0] You have no codes left. Make new ones, so that you can sign in without your phone.
    [one] You have one code left. Make new ones before you need them.
   *[other] You have { $count } codes left. Make new ones before you need them.
}
notice-account-session-ended = The session has ended.
notice-account-password-changed = Your password is changed. Your other sessions have ended.

staff-title = Staff
staff-back = To the list of staff
staff-name = Name
staff-roles = Roles
staff-status = Account
staff-last-sign-in = Last sign-in
staff-created = Made on
staff-none = Nobody is as you asked.
staff-filter-name = Name or user name
staff-filter-role = Role
staff-filter-status = Account
staff-invite-title = Invite somebody
staff-invite-lead = This makes an account and a link by which its holder sets it up. The account is certified by you from today.
staff-invite-button = Make the account and its link
staff-username-help = 3 to 32 of a–z, 0–9, dot, hyphen and underscore, beginning with a letter. It stands in the log and cannot be changed.
staff-username-refused = A user name has 3 to 32 of a–z, 0–9, dot, hyphen and underscore, begins with a letter, and is not one of the names that the system uses itself.
staff-username-taken = This user name is taken. Please choose another.
staff-name-refused = A name has 1 to 100 characters, all of which can be seen.
staff-roles-help = What any of the roles permits, the person may do. Administrator cannot be combined with counsel or auditor: whoever hands out accounts must neither verify legal bases nor check what was done.
staff-roles-empty = Please choose at least one role: nobody needs an account without one.
staff-roles-admin-with = Nobody can be administrator and { $role } at once: whoever hands out accounts must neither verify legal bases nor check what was done. Choose one of the two, or make the other role somebody else’s.
staff-link-title = The link is ready
staff-link-lead = Hand this link to { $username } and to nobody else, best in person or by a channel you trust. Whoever opens it first sets up the account.
staff-link-label = One-time link
staff-link-until = It works once, until { $instant }. If it runs out or goes astray, a new link from the account’s page ends this one.
staff-link-done = I have handed it on
staff-second-factor = Second factor
staff-second-factor-yes = { $count ->
    [one] set up, one recovery code left
   *[other] set up, { $count } recovery codes left
}
staff-second-factor-no = not set up
staff-sessions = Open sessions
staff-sessions-count = { $count ->
    [0] This person is not signed in anywhere.
    [one] This person is signed in once.
   *[other] This person is signed in { $count } times.
}
staff-sessions-button = End all of their sessions
staff-switched-off = Switched off by { $name }, { $instant }:
staff-switched-on = Switched on by { $name }, { $instant }:
staff-oneself = This is your own account. Nobody changes their own roles, certifies, resets or switches off themselves: please ask another administrator.
staff-last-admin = This is the last active administrator. Make another one first, so that somebody can manage accounts.
staff-is-off = The account is switched off, so this is not possible now.
staff-is-on = The account is not switched off.
staff-roles-title = Change roles
staff-roles-ends-sessions = The person is signed out everywhere and has the new roles at the next sign-in.
staff-roles-button = Give these roles
staff-disable-title = Switch the account off
staff-disable-help = Sessions and open links end at once. What the person did stays in the log under their name.
staff-disable-button = Switch off
staff-enable-title = Switch the account on again
staff-enable-help = The person can sign in again with their old password and app.
staff-enable-button = Switch on
staff-reason = Reason
staff-reason-needed = Please choose the reason: it stands in the log.
staff-reset-title = Send a new link
staff-reset-help = For somebody who lost their password or their phone, or whose invitation ran out. Their password, app and recovery codes stop working at once, and their sessions end.
staff-reset-button = Take the credentials away and make a link
notice-staff-roles = The roles are changed. The person is signed out everywhere.
notice-staff-disabled = The account is switched off.
notice-staff-enabled = The account is switched on.
notice-staff-sessions = All sessions of this account have ended.

word-switch-left = no longer works for the city
word-switch-other-duties = has other duties now
word-switch-long-absence = away for a while
word-switch-suspected-misuse = the account may be misused
word-switch-returned = is back
word-switch-cleared = looked into: nothing was wrong
word-switch-mistake = was switched by mistake

review-title = Access review
review-lead = Somebody other than the holder confirms every { $days } days that each access is still needed. { $grace } days after that it is suspended.
review-as-of = As of { $instant }
review-count-soon = due within two weeks
review-count-overdue = overdue, still open
review-count-suspended = suspended
review-show-all = Show everything
review-show-waiting = Show what waits for somebody
review-accounts = Accounts
review-clients = City applications
review-nothing = Nothing waits here.
review-used = Last used
review-standing = Review
review-state = { $state ->
    [current] certified
    [overdue] overdue
   *[other] suspended
}
review-certified = Certified by { $name } on { $date }.
review-due = Due on { $date }.
review-action = Certify
review-certify = Still needed
review-certify-of = { $name }: still needed
review-certify-button = Certify: this access is still needed
review-oneself = Nobody certifies their own account. It is not about trust: a second pair of eyes is what makes the review worth something. Please ask another administrator.
review-oneself-short = your own: ask another administrator
review-roles = What each role may do
review-roles-help = So that whoever certifies knows what they certify.
notice-review-certified = Certified. The next review is counted from today.
