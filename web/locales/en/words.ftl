word-effect-permit = permit
word-effect-deny = deny

word-reason-not-protected = not protected
word-reason-not-outbound = does not leave the city
word-reason-outside-scope = outside the resolution’s scope
word-reason-legal-basis = permitted by a legal basis
word-reason-unclassified-field = field not yet classified
word-reason-confidential-address = confidential address
word-reason-no-legal-basis = no legal basis
word-reason-basis-not-found = legal basis not found
word-reason-instrument-not-accepted = paper that is not accepted
word-reason-basis-rejected = legal basis rejected
word-reason-basis-not-verified = legal basis not verified
word-reason-basis-revoked = legal basis withdrawn
word-reason-basis-not-yet-valid = legal basis not yet valid
word-reason-basis-expired = legal basis expired
word-reason-basis-used-up = legal basis used up
word-reason-basis-other-store = legal basis for another record store
word-reason-basis-other-resident = legal basis for another resident
word-reason-basis-other-requester = legal basis for another requester
word-reason-basis-other-purpose = legal basis for another purpose
word-reason-basis-class-not-in-scope = not in the legal basis’s scope

word-obligation-counsel-review-1373 = counsel reviews it (8 U.S.C. 1373)
word-obligation-redisclosure-prohibited = must not be passed on
word-obligation-refer-to-clerk = goes to the City Clerk
word-obligation-return-to-court = return to the court
word-obligation-review-after-release = review after the release

word-outcome-denied = denied
word-outcome-partial = partly released
word-outcome-released = released

word-policy-scope-all-external = every request from outside the city
word-policy-scope-solely-federal-immigration = requests solely for federal immigration enforcement

word-media-type-application-pdf = PDF
word-media-type-image-png = PNG image
word-media-type-image-jpeg = JPEG image

word-instrument-search-warrant = search warrant
word-instrument-court-order = court order for records
word-instrument-judicial-subpoena = judicial subpoena
word-instrument-grand-jury-subpoena = grand jury subpoena
word-instrument-arrest-warrant = arrest warrant signed by a judge
word-instrument-ice-i200 = ICE warrant for arrest (I-200)
word-instrument-ice-i205 = ICE warrant of removal (I-205)
word-instrument-ice-i203 = ICE order to detain or release (I-203)
word-instrument-ice-i286 = ICE notice of custody determination (I-286)
word-instrument-notice-to-appear = notice to appear (I-862)
word-instrument-expedited-removal = expedited removal order (I-860)
word-instrument-detainer-i247 = immigration detainer (I-247)
word-instrument-ncic-hit = NCIC database hit
word-instrument-administrative-subpoena = administrative subpoena (I-138)
word-instrument-immigration-judge-order = order of an immigration judge
word-instrument-statute = statute
word-instrument-regulation = regulation
word-instrument-court-rule = court rule
word-instrument-agreement = standing agreement
word-instrument-public-records-duty = public-records duty

word-basis-registered = registered, waits for verification
word-basis-rejected = rejected
word-basis-verified = verified
word-basis-expired = expired
word-basis-used-up = used up
word-basis-revoked = withdrawn
word-basis-superseded = replaced by another

word-review-justified = justified
word-review-not-justified = not justified

word-check-outcome-pass = holds
word-check-outcome-fail = does not hold
word-check-outcome-not-applicable = does not concern this
word-check-outcome-unknown = not known yet
word-check-severity-blocks = must hold
word-check-severity-holds = only counsel may let it pass
word-check-severity-warns = is noted
word-number-source-city-directory = the city’s own directory
word-number-source-paper = the paper, or whoever brought it
word-number-source-other = somewhere else

word-referral-counsel-review-1373 = denial to be looked at (8 U.S.C. 1373)
word-referral-refer-to-clerk = public-records request for the City Clerk
word-referral-outcome-denial-stands = the denial stands
word-referral-outcome-disclosure-advised = counsel advises to disclose
word-referral-outcome-nothing-held = the city holds no such information
word-referral-outcome-handed-over = handed to the City Clerk
word-referral-outcome-withdrawn = the requester took it back

word-court-system-federal = federal
word-court-system-state = state

word-court-level-supreme = supreme court
word-court-level-appeals = court of appeals
word-court-level-district = district court
word-court-level-magistrate = magistrate court
word-court-level-metropolitan = metropolitan court
word-court-level-municipal = municipal court

word-role-records = records staff
word-role-counsel = counsel
word-role-supervisor = duty supervisor
word-role-auditor = auditor
word-role-council = council
word-role-steward = data steward
word-role-security = security officer
word-role-editor = editor
word-role-admin = administrator

word-account-invited = invited
word-account-active = active
word-account-disabled = switched off

word-permission-use-own-account = use one’s own account
word-permission-manage-staff = manage staff
word-permission-manage-clients = manage city applications
word-permission-read-access-review = see the access review
word-permission-certify-access = certify access
word-permission-register-basis = register legal bases
word-permission-read-basis = see legal bases
word-permission-store-document = store scanned papers
word-permission-read-document = read scanned papers
word-permission-verify-basis = verify legal bases
word-permission-revoke-basis = withdraw legal bases
word-permission-review-basis = review emergencies, renew mandates
word-permission-read-violation = see violations
word-permission-close-violation = close violations
word-permission-read-catalog = see the catalogue
word-permission-propose-class = propose classes of fields
word-permission-settle-class = approve or decline proposed classes
word-permission-review-denial = look at denials under 8 U.S.C. 1373
word-permission-hand-to-clerk = hand public-records requests to the City Clerk
word-permission-mark-confidential = mark confidential residents
word-permission-end-confidential = end confidential marks
word-permission-read-decision = search decisions
word-permission-read-log = see the audit log
word-permission-ask-at-counter = ask at the counter
word-permission-read-report = read the council’s report

word-purpose-immigration-enforcement = immigration enforcement
word-purpose-criminal-investigation = criminal investigation
word-purpose-court-proceeding = court proceeding
word-purpose-public-records-request = public-records request
word-purpose-emergency-response = emergency response
word-purpose-service-delivery = service delivery
word-purpose-audit = audit
word-purpose-research = research
word-purpose-resident-request = request by the resident
word-purpose-other = other
word-purpose-not-stated = not stated

# Who acts without an account.
actor-operator = the operator
actor-service = the program
actor-program = the program
