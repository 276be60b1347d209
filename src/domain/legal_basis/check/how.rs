//! How the program came to its judgement of a check: one word for each finding.
//!
//! Must never repeat what was recorded: a finding is stored, and shown to people who may not see the paper.

use super::how_sentences;
use crate::domain::closed_set::closed_set;
use crate::domain::language::Language;

/// What the program found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum How {
    /// Such a paper can unlock.
    InstrumentCanUnlock,
    /// Such a paper never unlocks.
    InstrumentNeverUnlocks,
    /// An emergency has no paper.
    NoPaper,
    /// A law, rule or agreement is no process of a court.
    NoProcess,
    /// Nobody has judged it.
    NotJudged,
    /// The header as recorded names a court of the registry.
    HeaderNamesCourt,
    /// Somebody has to read the header.
    HeaderToBeSeen,
    /// An immigration authority is named.
    ImmigrationAuthority,
    /// The court is in the registry.
    CourtKnown,
    /// The court is not in the registry.
    CourtUnknown,
    /// No court is recorded.
    CourtNotStated,
    /// Judge or title are not recorded.
    JudgeMissing,
    /// Somebody has to look at the signature.
    SignatureToBeSeen,
    /// A subpoena may be signed by clerk or attorney.
    SignedByClerk,
    /// The number of a form of the department was found.
    DhsFormFound,
    /// Somebody has to look for form numbers.
    FormsToBeSeen,
    /// The issue date is recorded.
    IssueDatePresent,
    /// No issue date is recorded.
    IssueDateMissing,
    /// The issue date is in the future.
    IssueDateInFuture,
    /// A search warrant of New Mexico at exactly midnight has no time.
    IssueTimeMissing,
    /// It has not expired.
    InWindow,
    /// It has expired.
    WindowOver,
    /// It has no end.
    NoEnd,
    /// No resident is recorded.
    NobodyNamed,
    /// How the resident was matched is not recorded.
    MatchNotRecorded,
    /// Somebody has to compare.
    MatchToBeCompared,
    /// A standing mandate names nobody.
    StandingNamesNobody,
    /// No class is recorded.
    NoClasses,
    /// Somebody has to compare the classes.
    RecordsToBeCompared,
    /// Somebody has to compare the period.
    PeriodToBeCompared,
    /// No period is recorded.
    NoPeriod,
    /// It is directed to the city.
    DirectedToCity,
    /// It is directed to somebody else.
    DirectedElsewhere,
    /// To whom it is directed is not recorded.
    DirectionNotRecorded,
    /// Officer, agency and badge are recorded.
    OfficerRecorded,
    /// Officer, agency or badge are missing.
    OfficerIncomplete,
    /// Served by day.
    ServedByDay,
    /// Served at night.
    ServedAtNight,
    /// Any hour is authorized.
    AnyTimeAuthorized,
    /// The time of service is not recorded.
    ServiceTimeNotRecorded,
    /// Only search warrants are bound to the day.
    OnlySearchWarrants,
    /// Sworn statement and affiant are recorded.
    SwornStatementRecorded,
    /// Sworn statement or affiant are missing.
    SwornStatementMissing,
    /// Only a search warrant of New Mexico needs it.
    OnlyNewMexicoWarrants,
    /// The docket number fits court and date.
    DocketFits,
    /// No docket number is recorded.
    DocketMissing,
    /// The docket number is malformed.
    DocketMalformed,
    /// The docket number belongs to another court.
    DocketOfOtherCourt,
    /// The docket's year does not fit.
    DocketOfOtherYear,
    /// The docket cannot be compared.
    DocketNotCompared,
    /// The scan is stored.
    ScanStored,
    /// No scan is stored.
    ScanMissing,
    /// A copy of the agreement is not stored.
    CopyToBeFound,
    /// Somebody has to call the clerk.
    ClerkToBeCalled,
    /// Somebody has to call the requester's agency.
    AgencyToBeCalled,
    /// A second person verifies.
    SecondPerson,
    /// The registrar would verify.
    SamePerson,
    /// Nobody is verifying yet.
    NobodyYet,
    /// Uses are left.
    UsesLeft,
    /// No use is left.
    NoUsesLeft,
    /// Nothing says that it was withdrawn.
    NothingWithdrawn,
    /// It was withdrawn, replaced or rejected.
    Withdrawn,
    /// The verification is too old.
    VerificationTooOld,
}

closed_set!(How, "finding", {
    InstrumentCanUnlock => "instrument_can_unlock",
    InstrumentNeverUnlocks => "instrument_never_unlocks",
    NoPaper => "no_paper",
    NoProcess => "no_process",
    NotJudged => "not_judged",
    HeaderNamesCourt => "header_names_court",
    HeaderToBeSeen => "header_to_be_seen",
    ImmigrationAuthority => "immigration_authority",
    CourtKnown => "court_known",
    CourtUnknown => "court_unknown",
    CourtNotStated => "court_not_stated",
    JudgeMissing => "judge_missing",
    SignatureToBeSeen => "signature_to_be_seen",
    SignedByClerk => "signed_by_clerk",
    DhsFormFound => "dhs_form_found",
    FormsToBeSeen => "forms_to_be_seen",
    IssueDatePresent => "issue_date_present",
    IssueDateMissing => "issue_date_missing",
    IssueDateInFuture => "issue_date_in_future",
    IssueTimeMissing => "issue_time_missing",
    InWindow => "in_window",
    WindowOver => "window_over",
    NoEnd => "no_end",
    NobodyNamed => "nobody_named",
    MatchNotRecorded => "match_not_recorded",
    MatchToBeCompared => "match_to_be_compared",
    StandingNamesNobody => "standing_names_nobody",
    NoClasses => "no_classes",
    RecordsToBeCompared => "records_to_be_compared",
    PeriodToBeCompared => "period_to_be_compared",
    NoPeriod => "no_period",
    DirectedToCity => "directed_to_city",
    DirectedElsewhere => "directed_elsewhere",
    DirectionNotRecorded => "direction_not_recorded",
    OfficerRecorded => "officer_recorded",
    OfficerIncomplete => "officer_incomplete",
    ServedByDay => "served_by_day",
    ServedAtNight => "served_at_night",
    AnyTimeAuthorized => "any_time_authorized",
    ServiceTimeNotRecorded => "service_time_not_recorded",
    OnlySearchWarrants => "only_search_warrants",
    SwornStatementRecorded => "sworn_statement_recorded",
    SwornStatementMissing => "sworn_statement_missing",
    OnlyNewMexicoWarrants => "only_new_mexico_warrants",
    DocketFits => "docket_fits",
    DocketMissing => "docket_missing",
    DocketMalformed => "docket_malformed",
    DocketOfOtherCourt => "docket_of_other_court",
    DocketOfOtherYear => "docket_of_other_year",
    DocketNotCompared => "docket_not_compared",
    ScanStored => "scan_stored",
    ScanMissing => "scan_missing",
    CopyToBeFound => "copy_to_be_found",
    ClerkToBeCalled => "clerk_to_be_called",
    AgencyToBeCalled => "agency_to_be_called",
    SecondPerson => "second_person",
    SamePerson => "same_person",
    NobodyYet => "nobody_yet",
    UsesLeft => "uses_left",
    NoUsesLeft => "no_uses_left",
    NothingWithdrawn => "nothing_withdrawn",
    Withdrawn => "withdrawn",
    VerificationTooOld => "verification_too_old",
});

impl How {
    /// The finding as one plain sentence.
    #[must_use]
    pub const fn sentence(self, language: Language) -> &'static str {
        match language {
            Language::English => how_sentences::english(self),
            Language::Spanish => how_sentences::spanish(self),
        }
    }
}
