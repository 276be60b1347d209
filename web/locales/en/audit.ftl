# Auditors: searching, explaining and taking away decisions; the log itself.
nav-decisions = Decisions
nav-entries = Entries
nav-log = Audit log
notice-verification-begun = The log is being verified from its first entry on. This page shows how far it is.
notice-verification-under-way = A verification is already under way.

audit-decisions-title = Decisions
audit-decisions-lead = Every answer that was ever given, newest first. Choose what matters; what you leave open is not looked at.
audit-from = From day
audit-from-help = Begins at midnight, Mountain Time.
audit-until = To day
audit-until-help = This day is included.
audit-asked-through = Asked through
audit-client = Application
audit-store = Record store
audit-requester = Who asked
audit-agency = Agency
audit-agency-help = As it was given; capital letters do not matter.
audit-purpose = Purpose
audit-outcome = Outcome
audit-class = Class of a field
audit-reason = Reason for a field
audit-reason-help = With a class: the reason for that very field.
audit-basis = Legal basis
audit-basis-help = The number of a basis that was cited.
audit-resident = Resident
audit-resident-help = The number in the chosen record store. It is never written down: the log only says that somebody of this store was looked for.
audit-any = Any
audit-search = Search
audit-clear = Clear
audit-search-recorded = Each search leaves an entry in the audit log, with your name and these filters, but never with a resident.
audit-show-all = Show all decisions
audit-found-title = { $count ->
    [0] All decisions
    [one] Found with one filter
   *[other] Found with { $count } filters
}
audit-as-of = The log had { $entries } entries.
audit-as-of-replica = Read from a copy that had { $entries } entries of the log; it may lack the newest.
audit-found-caption = Decisions, newest first
audit-found-none = No decision is like this.
audit-found-none-yet = Nothing in the part that was looked through so far. The log goes further back: go on with “Older”.
audit-when = When
audit-fields = Fields
audit-fields-released = { $released } of { $fields } released
audit-by-client = through { $client }
audit-entry-number = entry { $index }
audit-pages = Pages
audit-older = Older
audit-newest = Back to the newest
audit-export-these = Take these away as a file
audit-export-other = Take decisions away as a file
audit-resident-erased = Decisions whose link to the resident was erased by a retention rule are not found by resident any more.

audit-fault-choice = Choose one of the list.
audit-fault-day = Give a day, such as 2026-11-28.
audit-fault-period = The last day must not be before the first.
audit-fault-agency = An agency has at most 200 characters on one line.
audit-fault-basis = Give the whole number of the basis, such as 0197aaaa-bbbb-7ccc-8ddd-eeeeffff0000.
audit-fault-resident = This cannot be a resident’s number. Look for blanks at its ends.
audit-fault-resident-store = Choose the record store as well: numbers of residents are those of one store.

audit-decision-title = Decision of { $instant }
audit-why-title = Why
audit-why-lead = The rules are tried in this order for each field. The first that matches gives the answer.
audit-field-class = Class: { $class }. Reason: { $reason }.
audit-opened-by = The legal basis that opened it
audit-checks-title = The checks of the legal basis
audit-checks-lead = Checks are made in this order. With several bases, these are the checks of the one that got furthest.
audit-citation = Source: { $citation }
audit-owed-title = What follows from it
audit-asked-title = What was asked
audit-not-stated = judged as immigration enforcement, the strictest
audit-cited = Legal bases cited
audit-cited-none = none
audit-cited-unknown = not registered
audit-policy = Policy
audit-id = Number
audit-receipt = Download the receipt
audit-see-entry = See the entry
audit-commitments-title = What the entry does not tell
audit-commitments-lead = The record names neither the resident nor the free text of the request. It holds a commitment to each: a hash with a secret salt. Whoever has the salt and the text can show that they belong to this entry; nobody can get them out of it.
audit-commitment-resident = Commitment to the resident
audit-commitment-details = Commitment to the text
audit-linked = The sealed link to the resident is still there. It can be opened by a court’s order only, with the city’s key.
audit-erased = The sealed link to the resident was erased as the retention rules demand. The entry and its proof are sound without it.

audit-rule-unclassified = Nobody has classified the field: deny.
audit-rule-confidential = Confidential address (NMSA 40-13B): only a judge’s order opens it.
audit-rule-not-protected = The policy does not protect this class: permit.
audit-rule-not-outbound = The data stays inside the city or goes to the resident, and not for immigration enforcement: permit.
audit-rule-outside-scope = The policy is limited to immigration enforcement, and this is something else: permit.
audit-rule-legal-basis = A cited legal basis is in force and covers the field: permit.
audit-rule-otherwise = Whatever is left: deny.
audit-finding-matched = This rule gave the answer.
audit-finding-not-reached = Not reached.
audit-finding-has-class = No: the field has a class.
audit-finding-other-class = No: not an address, phone or e-mail.
audit-finding-not-marked = No: the resident is not in the program.
audit-finding-is-protected = No: the policy protects this class.
audit-finding-for-enforcement = No: it was for immigration enforcement, or the purpose was not stated.
audit-finding-leaves-city = No: the data would have left the city.
audit-finding-covers-everything = No: the policy covers every request from outside.
audit-finding-none-cited = No: none was cited.
audit-finding-none-opens = No: none that was cited opens it.

audit-check-basis-not-found = It is registered.
audit-check-instrument-not-accepted = This kind of paper can open this class.
audit-check-basis-rejected = It was not rejected.
audit-check-basis-not-verified = A second person has verified it, recently enough.
audit-check-basis-revoked = It was not withdrawn or replaced.
audit-check-basis-not-yet-valid = Its time has begun.
audit-check-basis-expired = Its time is not over.
audit-check-basis-used-up = It may still be used.
audit-check-basis-other-store = It covers this record store.
audit-check-basis-other-resident = It covers this resident.
audit-check-basis-other-requester = It covers this requester.
audit-check-basis-other-purpose = It covers this purpose.
audit-check-basis-class-not-in-scope = It covers this class.
audit-check-held = held
audit-check-failed = failed
audit-check-unreached = not reached

audit-proof-title = Proof
audit-proof-holds = This entry is in the log as it was written.
audit-proof-now = Verified just now, { $instant }.
audit-proof-checkpoint = Against the checkpoint over
audit-entries-count = { $count ->
    [one] one entry
   *[other] { $count } entries
}
audit-proof-published = Published { $instant }.
audit-proof-unpublished = Of the newest commit; it will be published shortly.
audit-proof-root = Root of the tree
audit-proof-leaf = Leaf of this entry
audit-proof-steps = Hashes between the two
audit-proof-means = The leaf was computed anew from the stored record and led to the root of a signed checkpoint. Whoever holds that checkpoint can repeat this with the receipt and other people’s tools.
audit-proof-fails = The log cannot prove this entry.
audit-proof-fails-do = What is stored is not what was recorded. Change nothing, keep a copy of the database, and call whoever is responsible for the audit log at once.

audit-export-title = Take decisions away as a file
audit-export-lead = The file holds every decision that fits, newest first, whatever its size. It never holds a resident, only the commitments that stand in the log.
audit-export-filters = Which decisions
audit-format = Form of the file
audit-format-help = In CSV each field that was asked for is a row. JSON Lines holds each record as it was hashed, with what proves it.
word-export-format-csv = CSV, for spreadsheets
word-export-format-jsonl = JSON Lines, for programs
audit-export-button = Download
audit-export-recorded = The download leaves an entry in the audit log, with your name and these filters, but never with a resident. A text that a spreadsheet would carry out as a formula gets an apostrophe before it.
audit-export-watch-lead = While the file is written:
audit-export-watch = see how far it is
audit-export-progress-title = How far the file is
audit-export-decisions = { $count ->
    [one] decision written so far
   *[other] decisions written so far
}
audit-export-share = { $percent } % of the period was looked through.
audit-export-not-begun = The file was not begun yet: it is as soon as you choose “Download”.
audit-export-done = The file is complete.
audit-refresh = Look again

audit-log-title = Audit log
audit-log-lead = Everything that this system does is an entry in a log that nobody can rewrite unnoticed. Here you see whether that holds.
audit-log-unwritable = No entry can be written at present. Nothing is released until that is mended.
audit-log-length = Entries
audit-log-range = From { $first } to { $last }.
audit-log-writer = Writing
audit-log-writable = entries can be written
audit-log-not-writable = no entry can be written
audit-log-writer-means = No answer leaves before its entry is safely stored.
audit-log-published = Last published checkpoint
audit-log-none-published = No checkpoint has been published yet.
audit-log-since = { $count ->
    [0] Nothing was added since.
    [one] One entry was added since.
   *[other] { $count } entries were added since.
}
audit-log-anchor = Anchor
audit-anchor-agrees = agrees
audit-anchor-differs = does not agree
audit-anchor-none = there is none
audit-anchor-size = { $count ->
    [one] At one entry.
   *[other] At { $count } entries.
}
audit-anchor-means = A recent checkpoint that is kept away from the database, so that a database that was set back is noticed.
audit-anchor-fault = The database is not the one that the anchor saw.
audit-verification-title = Verification of the whole log
audit-verification-means = Every entry is hashed anew from its record, and compared with the tree, with every published checkpoint and with the anchor. The result is an entry itself.
audit-verification-progress = { $done } of { $of } entries are verified.
audit-verification-result = Result
audit-verification-good = everything fits
audit-verification-bad = something does not fit
audit-verification-failed = The last verification found something that does not fit.
audit-verification-range = Range
audit-verification-entries = { $count ->
    [one] The first entry.
   *[other] The first { $count } entries.
}
audit-verification-checkpoints = Published checkpoints that agree
audit-verification-old = The log has not been verified in the last seven days.
audit-verify-now = Verify the log now
audit-witnesses-title = Witnesses
audit-witnesses-means = Others who sign what is published, each only if it continues what they signed before. No decision waits for them.
audit-witnesses-none = Nobody is asked to sign what is published.
audit-witnesses-caption = Witnesses, and what each signed last
audit-witness = Witness
audit-witness-size = Entries signed
audit-witness-when = Last signed
audit-witness-age = { $time } ago
audit-witness-state = State
audit-witness-never = never
audit-witness-not-asked = It is no longer asked.
audit-witness-failures = { $count ->
    [one] one failed attempt
   *[other] { $count } failed attempts
}
audit-witness-alarm = The witness { $name } does not agree with this log.
audit-witness-alarm-do = Either it is wrong, or this log was set back or has two histories. Ask it for what it signed, and have the log verified.
audit-witness-trouble-none = No trouble.
audit-witness-trouble-timed-out = It did not answer in time.
audit-witness-trouble-unreachable = It cannot be reached.
audit-witness-trouble-untrusted = There is no trustworthy connection to it.
audit-witness-trouble-garbled = Its answer cannot be read.
audit-witness-trouble-refused = It refused to sign.
audit-witness-trouble-invalid = What it sent is no valid signature of this log.
audit-witness-trouble-future = Its clock is ahead of ours.
audit-witness-trouble-unsteady = It does not say clearly up to where it signed.
audit-witness-trouble-early = It has seen a newer state than the published one; it is asked again after the next publication.
audit-witness-trouble-inconsistent = It does not accept that the log continues what it signed before.
audit-witness-trouble-ahead = It says that it signed more entries than the log has.
audit-witness-trouble-own = The log could not be read, or the signature not be kept.
audit-log-outside-title = For those outside
audit-log-outside = Whoever keeps a checkpoint and the key can prove later, without us, that the history was not rewritten.
audit-log-origin = Name of the log
audit-log-root = Root of the tree, now
audit-log-key = Key
audit-log-key-retired = Earlier key
audit-log-searchable = Entries that searches find at once
audit-log-note = The checkpoint as it was published
audit-log-get-checkpoint = Newest checkpoint
audit-log-get-key = Verification key

audit-entries-title = Entries of the log
audit-entries-lead = Who did what, and when: decisions, sign-ins, legal bases, changes, and everything that was refused.
audit-entries-found = Found
audit-entries-none = No entry is like this.
audit-entries-caption = Entries, newest first
audit-kind = What happened
audit-actor = Who
audit-actor-help = A user name, the id of an application, “operator” or “service”.
audit-index = Entry
audit-entry-title = Entry { $index }
audit-entry-sentence = { $instant }, { $actor }: { $kind }.
audit-entry-about = What it says
audit-entry-decision = See the decision and its explanation
audit-entry-record = The record
audit-entry-record-lead = Shown with line breaks; what was hashed has none.
audit-entry-nonce = Nonce:
audit-entry-next = Next entry
audit-entry-previous = Entry before
audit-about-reason = Reason
audit-about-permission = Permission
audit-about-store = Record store
audit-about-resident-in = A resident of the record store
audit-about-requester-kind = Who asked
audit-about-legal-basis = Legal basis
audit-about-decision = Decision
audit-about-outcome = Outcome
audit-about-client = Application
audit-about-username = User name
audit-about-roles = Roles
audit-about-agency = Agency
audit-about-purpose = Purpose
audit-about-class = Class
audit-about-from = From
audit-about-until = Until
audit-about-before = Before entry
audit-about-index = Entry
audit-about-kind = What happened
audit-about-actor = Who
audit-about-format = Form of the file
audit-about-entries = Entries
audit-about-root = Root of the tree
audit-about-fault = What does not fit
audit-about-checkpoints = Checkpoints that agree
audit-about-anchored = Entries under the anchor
audit-about-policy = Policy
audit-about-version = Version
audit-verification-tallies = Figures of the reports
audit-verification-tallied = { $count ->
    [one] They count 1 entry, and count it rightly.
   *[other] They count { $count } entries, and count them rightly.
}
