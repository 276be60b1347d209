//! What is wrong with what was typed, member by member.

use super::texts::FACTS_CHARS;
use crate::domain::requester::AgencyError;
use crate::domain::resident::ResidentIdError;

/// One fault of a form. Never repeats what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormFault {
    /// The member at fault, as a JSON pointer (RFC 6901): `/scope/residents/0/store`.
    pub member: String,
    /// What is wrong and what is expected.
    pub fault: Fault,
}

/// What can be wrong with a member. `Display` tells a program's author; [`Fault::code`] is what pages tell people by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Nothing can be said without the kind.
    #[error("choose `judicial_warrant`, `legal_mandate` or `emergency_exception`")]
    NoKind,
    /// A word that is none of its set.
    #[error("nobody knows this word: choose one of the list")]
    UnknownWord,
    /// The instrument is missing.
    #[error("say what kind of paper or law it is")]
    NoInstrument,
    /// Nothing stands behind an emergency.
    #[error("an emergency rests on facts, not on a paper: leave `instrument` out")]
    EmergencyWithPaper,
    /// A subpoena or a law, as a warrant.
    #[error("this is no judicial warrant: register it as `legal_mandate`")]
    IsMandate,
    /// A warrant, as a mandate.
    #[error("this is no legal mandate: register it as `judicial_warrant`")]
    IsWarrant,
    /// Filled in, and of no meaning for this kind.
    #[error("`{member}` does not belong to {sort}: leave it out")]
    DoesNotBelong {
        /// The member.
        member: &'static str,
        /// What the form is about.
        sort: &'static str,
    },
    /// Left out, and needed.
    #[error("{sort} needs `{member}`")]
    Missing {
        /// The member.
        member: &'static str,
        /// What the form is about.
        sort: &'static str,
    },
    /// Nothing but blanks.
    #[error("this is empty: fill it in or leave it out")]
    Empty,
    /// Too long.
    #[error("this is longer than {0} characters")]
    TooLong(usize),
    /// A character that a reader cannot see.
    #[error("this holds a control character, such as a line break in a name")]
    ControlCharacter,
    /// Facts told in too few words.
    #[error("tell what happened in at least {FACTS_CHARS} characters")]
    FactsTooShort,
    /// Issued tomorrow.
    #[error("the date of issue is in the future")]
    IssuedInFuture,
    /// Ended before it was issued.
    #[error("the last day of execution must lie after the date of issue")]
    ExecuteBeforeIssue,
    /// Counts before it was issued.
    #[error("it cannot count before it was issued")]
    CountsBeforeIssue,
    /// Served tomorrow.
    #[error("the time of service is in the future")]
    ServedInFuture,
    /// Served before it was issued.
    #[error("it cannot have been served before it was issued")]
    ServedBeforeIssue,
    /// A standing mandate without its review.
    #[error("a standing mandate needs a review date, at most twelve months ahead")]
    NoReview,
    /// Reviewed yesterday.
    #[error("the review date must be in the future")]
    ReviewInPast,
    /// Reviewed too late.
    #[error("a standing mandate is reviewed within twelve months")]
    ReviewTooFar,
    /// An emergency that is over.
    #[error("the end of the emergency must be in the future")]
    EmergencyOver,
    /// An emergency that lasts too long.
    #[error("an emergency lasts at most {0} hours")]
    EmergencyTooLong(i64),
    /// Over before it counts.
    #[error("it would end before it begins to count")]
    NeverCounts,
    /// The attestation says the opposite.
    #[error("an emergency is recorded only if it is not for immigration enforcement")]
    NotAttested,
    /// Used no time at all.
    #[error("say how many times it may be used, from 1 on")]
    NoUse,
    /// Once, and more than once.
    #[error("`single_use` and `max_uses` contradict each other")]
    UsesContradict,
    /// No id.
    #[error("this is not the id of a legal basis")]
    NotABasis,
    /// More residents than a basis takes.
    #[error("one basis names at most {0} residents")]
    TooManyResidents(usize),
    /// A standing mandate that names somebody.
    #[error("a standing mandate covers every resident and names none: leave them out")]
    StandingNamesResidents,
    /// Nobody is named.
    #[error("name at least one resident, or say `standing` if a mandate covers all")]
    NoResidents,
    /// A store that is not catalogued.
    #[error("the city has no record store of this name")]
    UnknownStore,
    /// A resident of a store that the scope leaves out.
    #[error("this store is not among the `stores` of the scope")]
    StoreOutsideScope,
    /// An id that no resident can have.
    #[error(transparent)]
    Resident(ResidentIdError),
    /// A class that no basis opens.
    #[error("nothing opens this class: its answer is fixed")]
    ClassIsFixed,
    /// An empty list.
    #[error("choose at least one: an empty list covers nothing")]
    EmptyList,
    /// A scope without purposes.
    #[error("a legal basis states its purposes")]
    PurposeNotStated,
    /// After 18 U.S.C. 2702(b)(8): danger to life, and nothing else.
    #[error("an emergency is never for immigration enforcement")]
    EmergencyForEnforcement,
    /// No name of an agency.
    #[error(transparent)]
    Agency(AgencyError),
    /// A period that ends before it begins.
    #[error("the period must end after it begins")]
    PeriodBackwards,
    /// Half a period.
    #[error("a period needs `from` and `until`")]
    PeriodIncomplete,
    /// A day or a time of day that is none.
    #[error("this is not a date, or not a time of day")]
    NotADate,
    /// A number that is none.
    #[error("this is not a whole number")]
    NotANumber,
}

impl Fault {
    /// The word by which pages find the sentence for it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoKind => "no-kind",
            Self::UnknownWord => "unknown-word",
            Self::NoInstrument => "no-instrument",
            Self::EmergencyWithPaper => "emergency-with-paper",
            Self::IsMandate => "is-mandate",
            Self::IsWarrant => "is-warrant",
            Self::DoesNotBelong { .. } => "does-not-belong",
            Self::Missing { .. } => "missing",
            Self::Empty | Self::Resident(ResidentIdError::Empty) | Self::Agency(AgencyError::Empty) => "empty",
            Self::TooLong(_) | Self::Resident(ResidentIdError::TooLong) | Self::Agency(AgencyError::TooLong) => {
                "too-long"
            }
            Self::ControlCharacter
            | Self::Resident(ResidentIdError::ControlCharacter)
            | Self::Agency(AgencyError::ControlCharacter) => "control-character",
            Self::Resident(ResidentIdError::Untrimmed) => "resident-untrimmed",
            Self::Resident(ResidentIdError::NotComposed) => "resident-not-composed",
            Self::FactsTooShort => "facts-too-short",
            Self::IssuedInFuture => "issued-in-future",
            Self::ExecuteBeforeIssue => "execute-before-issue",
            Self::CountsBeforeIssue => "counts-before-issue",
            Self::ServedInFuture => "served-in-future",
            Self::ServedBeforeIssue => "served-before-issue",
            Self::NoReview => "no-review",
            Self::ReviewInPast => "review-in-past",
            Self::ReviewTooFar => "review-too-far",
            Self::EmergencyOver => "emergency-over",
            Self::EmergencyTooLong(_) => "emergency-too-long",
            Self::NeverCounts => "never-counts",
            Self::NotAttested => "not-attested",
            Self::NoUse => "no-use",
            Self::UsesContradict => "uses-contradict",
            Self::NotABasis => "not-a-basis",
            Self::TooManyResidents(_) => "too-many-residents",
            Self::StandingNamesResidents => "standing-names-residents",
            Self::NoResidents => "no-residents",
            Self::UnknownStore => "unknown-store",
            Self::StoreOutsideScope => "store-outside-scope",
            Self::ClassIsFixed => "class-is-fixed",
            Self::EmptyList => "empty-list",
            Self::PurposeNotStated => "purpose-not-stated",
            Self::EmergencyForEnforcement => "emergency-for-enforcement",
            Self::PeriodBackwards => "period-backwards",
            Self::PeriodIncomplete => "period-incomplete",
            Self::NotADate => "not-a-date",
            Self::NotANumber => "not-a-number",
        }
    }

    /// The bound that was crossed, where the sentence tells it.
    #[must_use]
    pub fn bound(self) -> Option<i64> {
        let bound = match self {
            Self::TooLong(most) | Self::TooManyResidents(most) => most,
            Self::Resident(ResidentIdError::TooLong) => crate::domain::ResidentId::MAX_CHARS,
            Self::Agency(AgencyError::TooLong) => crate::domain::Agency::MAX_CHARS,
            Self::FactsTooShort => FACTS_CHARS,
            Self::EmergencyTooLong(hours) => return Some(hours),
            _ => return None,
        };
        i64::try_from(bound).ok()
    }
}

/// The faults found so far.
#[derive(Default)]
pub(super) struct Faults(Vec<FormFault>);

impl Faults {
    /// Notes a fault.
    pub(super) fn add(&mut self, member: impl Into<String>, fault: Fault) {
        self.0.push(FormFault { member: member.into(), fault });
    }

    /// Notes a fault unless something holds.
    pub(super) fn require(&mut self, holds: bool, member: &str, fault: Fault) {
        if !holds {
            self.add(member, fault);
        }
    }

    /// All of them, in the order of the form's members.
    pub(super) fn in_order(mut self, members: &[&str]) -> Vec<FormFault> {
        let position = |fault: &FormFault| {
            let first = fault.member.split('/').nth(1).unwrap_or_default();
            members.iter().position(|member| *member == first)
        };
        self.0.sort_by_key(position);
        self.0
    }
}
