# Record stores, fields and their classes.
nav-catalog = Catalogue
catalog-title = Catalogue
catalog-lead = What each record store holds, and what class each field is. Decisions are made by these classes.
catalog-back = To the catalogue
catalog-stores = Record stores
catalog-stores-none = No record store is catalogued yet. The people who run this system import the first catalogues.
catalog-store-id = Record store
catalog-department = Department
catalog-since = In force since
catalog-fields = Fields
catalog-fields-none = No field is as you asked.
catalog-field = Field
catalog-field-help = As the application calls it, for example phones.number.
catalog-field-refused = This is not the name of a field: 1 to 200 characters, parts divided by single dots, nothing invisible.
catalog-field-pattern = A proposal is about one field. Patterns with * come with a store’s catalogue.
catalog-filter-name = Part of the name
catalog-class = Class
catalog-class-help = Choose the class that protects most when two would fit.
catalog-class-needed = Please choose a class.
catalog-class-before = Class now
catalog-class-after = Proposed class
catalog-withheld = withheld without a legal basis
catalog-released = not withheld
catalog-origin = What it rests on
catalog-origin-file = The imported catalogue
catalog-reviewed-by = Reviewed by { $name }
catalog-alias = Takes its class from
catalog-alias-of = Takes its class from { $field }
catalog-note = Note
catalog-not-catalogued = Nobody has classified this field, so it is always withheld.
catalog-asked = Asked for
catalog-asked-times = { $count ->
    [one] once while it was not catalogued
   *[other] { $count } times while it was not catalogued
}
catalog-asked-between = First on { $first }, last on { $last }.
catalog-asked-last = Last asked for
catalog-history = What was proposed
catalog-history-none = Nothing was proposed about this field yet.
catalog-from-to = { $from } → { $to }
catalog-proposed-by = by { $name }
catalog-open-mark = proposal open
catalog-open-here = A proposal about this field waits for somebody.
catalog-open-for = Proposed: { $class }
catalog-new-field = Propose a class for a new field
catalog-new-mark = not catalogued before
catalog-next-step = Next step
catalog-classify = Propose a class
catalog-waits-for-steward = Waits for a data steward

catalog-unknown-title = Fields nobody has classified
catalog-unknown-lead = Applications asked for these, and no catalogue names them. They are withheld every time until somebody classifies them.
catalog-unknown-none = Every field that was asked for is catalogued.
catalog-unknown-all = Show all stores
catalog-unknown-count = { $count ->
    [one] One unclassified field was asked for
   *[other] { $count } unclassified fields were asked for
}

catalog-propose-title = Propose a class
catalog-propose-lead = Nothing changes yet: another person, a data steward or counsel, approves or declines. If both agree, the new class is in force from the next decision on.
catalog-propose-button = Propose
catalog-reason = Reason
catalog-reason-help = One or two sentences that an auditor understands in three years. No names of residents.
catalog-reason-length = Please give a reason of 10 to 500 characters.
catalog-reason-unseen = The reason holds characters that cannot be seen. Please type it anew.
catalog-same-class = The field’s class is “{ $class }” already.
catalog-already-open = Another proposal about this field waits for somebody. It has to be settled first.
catalog-contradiction = The catalogue would contradict itself: { $what }

catalog-proposals-title = Proposals
catalog-proposals-open = Open proposals
catalog-proposals-lead = A class changes only when two people agree. Nobody settles what they proposed themselves.
catalog-proposals-none = No proposal is as you asked.
catalog-status = State
catalog-change = Change
catalog-shift = Protection
catalog-proposed = Proposed
catalog-settled-by = By { $name }, { $instant }
catalog-lowers-title = This lowers the field’s protection.
catalog-lowers-open = After an approval the field is given out without any legal basis, to whoever asks.
catalog-lowers-kept = After an approval the field is still withheld, but less carefully than now.
catalog-others-title = Other fields change with it
catalog-others-lead = They take their class from this field, or lie within it.
catalog-own-title = Your own proposal
catalog-same-person = You proposed this, so another person has to approve or decline it: a data steward or counsel. You can take it back.
catalog-not-yours = Only whoever proposed it takes it back. You can decline it.
catalog-settled-already = Somebody has settled this proposal meanwhile. Nothing was changed now.
catalog-outdated = The catalogue has changed since this was proposed or since you opened the page. Look at it again; if it no longer fits, decline it.
catalog-withdraw-button = Take the proposal back
catalog-approve-title = Approve
catalog-approve-lead = The new class is in force from the next decision on. The log names you and whoever proposed it.
catalog-approve-button = Approve the new class
catalog-confirm = I know that this lowers the protection of the field, and I approve it.
catalog-confirm-needed = Please confirm that you know that this lowers the protection of the field.
catalog-decline-title = Decline
catalog-decline-reason = Why not
catalog-decline-button = Decline: the catalogue stays as it is
notice-catalog-proposed = Proposed. Another person has to approve it now.
notice-catalog-approved = Approved. The new class is in force.
notice-catalog-declined = Declined. The catalogue is as it was.
notice-catalog-withdrawn = Taken back. The catalogue is as it was.

word-proposal-open = open
word-proposal-approved = approved
word-proposal-declined = declined
word-proposal-withdrawn = taken back

word-shift-first = classified for the first time
word-shift-raises = raises protection
word-shift-exchanges = as strict, opened by other legal bases
word-shift-lowers = lowers protection
