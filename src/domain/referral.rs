//! Decisions that are handed to a person: which obligations do that, and what can become of them.
//!
//! A referral never changes its decision: whatever comes of it, what was withheld stays withheld until somebody records a
//! legal basis and asks anew.

use super::closed_set::closed_set;
use super::decision::Obligation;

/// For what a decision is handed to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ReferralKind {
    /// Counsel looks at a denial of immigration status to a federal immigration agency (8 U.S.C. 1373, 1644).
    CounselReview1373,
    /// A public-records request goes to the City Clerk, who answers it (NMSA 14-2).
    ReferToClerk,
}

closed_set!(ReferralKind, "kind of referral", {
    CounselReview1373 => "counsel_review_1373",
    ReferToClerk => "refer_to_clerk",
});

/// What became of a referral.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ReferralOutcome {
    /// Counsel looked, and the denial stands.
    DenialStands,
    /// Counsel advises that the city may have to send the information, in the way that counsel says.
    DisclosureAdvised,
    /// The city holds no such information: there is nothing to restrict.
    NothingHeld,
    /// The request is with the City Clerk.
    HandedOver,
    /// Whoever asked took the request back.
    Withdrawn,
}

closed_set!(ReferralOutcome, "outcome of a referral", {
    DenialStands => "denial_stands",
    DisclosureAdvised => "disclosure_advised",
    NothingHeld => "nothing_held",
    HandedOver => "handed_over",
    Withdrawn => "withdrawn",
});

impl ReferralKind {
    /// What an obligation hands to a person. An emergency's release hands over nothing by itself: its basis owes one review,
    /// however often it was used. What the recipient owes is nobody's work here.
    #[must_use]
    pub const fn of(obligation: Obligation) -> Option<Self> {
        match obligation {
            Obligation::CounselReview1373 => Some(Self::CounselReview1373),
            Obligation::ReferToClerk => Some(Self::ReferToClerk),
            Obligation::RedisclosureProhibited | Obligation::ReturnToCourt | Obligation::ReviewAfterRelease => None,
        }
    }

    /// What can become of it.
    #[must_use]
    pub const fn outcomes(self) -> &'static [ReferralOutcome] {
        match self {
            Self::CounselReview1373 => {
                &[ReferralOutcome::DenialStands, ReferralOutcome::DisclosureAdvised, ReferralOutcome::NothingHeld]
            }
            Self::ReferToClerk => {
                &[ReferralOutcome::HandedOver, ReferralOutcome::NothingHeld, ReferralOutcome::Withdrawn]
            }
        }
    }

    /// Whether an outcome belongs to this kind.
    #[must_use]
    pub fn may_end_as(self, outcome: ReferralOutcome) -> bool {
        self.outcomes().contains(&outcome)
    }
}
