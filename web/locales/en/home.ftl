home-title = Home
home-needs = What needs you now
home-nothing = Nothing is waiting for you. You will see here what does.
home-ways = Where you can go
home-roles = Your roles:
home-due = The first is due:

home-log-down-title = { $count ->
    [one] problem with the log
   *[other] problems with the log
}
home-log-down-text = The audit log cannot be written at this moment. Nothing is released, and nothing can be changed, until it can. Call the people who run this system.
home-log-down-link = Look at the log
home-log-altered-title = { $count ->
    [one] log that does not verify
   *[other] logs that do not verify
}
home-log-altered-text = The last verification found something in the audit log that does not fit. Somebody must look at it before anybody relies on the log.
home-log-altered-link = Look at the log
home-reviews-overdue-title = { $count ->
    [one] review overdue
   *[other] reviews overdue
}
home-reviews-overdue-text = An emergency opened records and nobody has said yet whether it was justified. Counsel or a supervisor must review it at once.
home-reviews-overdue-link = Review it now
home-emergencies-to-verify-title = { $count ->
    [one] emergency to verify
   *[other] emergencies to verify
}
home-emergencies-to-verify-text = Somebody may be in danger, and the records stay shut until a second person has looked.
home-emergencies-to-verify-link = Look at the emergency
home-warrants-to-verify-title = { $count ->
    [one] warrant to verify
   *[other] warrants to verify
}
home-warrants-to-verify-text = Logged by a colleague. It opens nothing until counsel has verified it.
home-warrants-to-verify-link = Verify warrants
home-mandates-to-verify-title = { $count ->
    [one] legal mandate to verify
   *[other] legal mandates to verify
}
home-mandates-to-verify-text = Logged by a colleague. It opens nothing until counsel has verified it.
home-mandates-to-verify-link = Verify mandates
home-reviews-owed-title = { $count ->
    [one] emergency to review
   *[other] emergencies to review
}
home-reviews-owed-text = Within 72 hours somebody other than the registrar says whether the emergency was justified.
home-reviews-owed-link = Review emergencies
home-denials-1373-title = { $count ->
    [one] denial to look at
   *[other] denials to look at
}
home-denials-1373-text = Immigration status was denied to a federal immigration agency. Counsel looks at each under 8 U.S.C. 1373; nothing is released meanwhile.
home-denials-1373-link = Look at denials
home-violations-open-title = { $count ->
    [one] open violation
   *[other] open violations
}
home-violations-open-text = A review found a release that should not have been. It stays open until counsel says what was done about it.
home-violations-open-link = See violations
home-renewals-due-title = { $count ->
    [one] mandate to renew
   *[other] mandates to renew
}
home-renewals-due-text = A standing mandate ends within thirty days unless somebody looks at it again.
home-renewals-due-link = Renew mandates
home-clerk-referrals-title = { $count ->
    [one] request for the City Clerk
   *[other] requests for the City Clerk
}
home-clerk-referrals-text = A public-records request was denied something here. The City Clerk answers it: within three business days a letter, within fifteen days the answer.
home-clerk-referrals-link = Hand them over
home-scans-missing-title = { $count ->
    [one] paper without its scan
   *[other] papers without their scans
}
home-scans-missing-text = You logged it, but no scanned copy is stored. Nobody can verify it without one.
home-scans-missing-link = See what you logged
home-unknown-fields-title = { $count ->
    [one] unknown field
   *[other] unknown fields
}
home-unknown-fields-text = An application asked for a field that no catalogue names. It is denied to everybody until it is classified.
home-unknown-fields-link = Classify fields
home-proposals-open-title = { $count ->
    [one] proposed class to settle
   *[other] proposed classes to settle
}
home-proposals-open-text = A colleague proposes what class a field is. Another person approves or declines it.
home-proposals-open-link = Settle proposals
home-log-unverified-title = { $count ->
    [one] verification due
   *[other] verifications due
}
home-log-unverified-text = Nobody has verified the audit log for a week.
home-log-unverified-link = Verify the log
home-accounts-due-title = { $count ->
    [one] account to certify
   *[other] accounts to certify
}
home-accounts-due-text = Access is reviewed every ninety days. What nobody certifies is suspended.
home-accounts-due-link = Open the access review
home-clients-due-title = { $count ->
    [one] application to certify
   *[other] applications to certify
}
home-clients-due-text = An application that nobody certifies is suspended, and gets no more decisions.
home-clients-due-link = Open the access review
home-own-access-title = { $count ->
    [one] reminder: your own access
   *[other] reminders: your own access
}
home-own-access-text = Your account is due for review, and will be suspended. Ask an administrator to certify it: nobody certifies their own.
home-own-access-link = Your account
