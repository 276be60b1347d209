//! The twenty checks, how much depends on each, and who can judge it.

use super::Severity;
use crate::domain::closed_set::closed_set;

/// One check of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CheckId {
    /// The instrument is one that can unlock.
    W01,
    /// The header names a court, not an immigration authority.
    W02,
    /// The court is in the registry.
    W03,
    /// Signed by a judge of that court.
    W04,
    /// No form number of the Department of Homeland Security.
    W05,
    /// The issue date is there and not in the future.
    W06,
    /// Not expired.
    W07,
    /// Names the resident who is asked for.
    W08,
    /// Describes the records.
    W09,
    /// The period asked for lies inside that of the paper.
    W10,
    /// Directed to the city.
    W11,
    /// Served by an officer whom the rule allows.
    W12,
    /// Served by day, unless any time is authorized.
    W13,
    /// Sworn statement attached (New Mexico).
    W14,
    /// The docket number is well-formed for that court.
    W15,
    /// The scanned copy is stored.
    W16,
    /// The clerk was called back.
    W17,
    /// A second person approves.
    W18,
    /// Not used beyond its terms.
    W19,
    /// Not withdrawn, and verified recently.
    W20,
}

closed_set!(CheckId, "check", {
    W01 => "W01",
    W02 => "W02",
    W03 => "W03",
    W04 => "W04",
    W05 => "W05",
    W06 => "W06",
    W07 => "W07",
    W08 => "W08",
    W09 => "W09",
    W10 => "W10",
    W11 => "W11",
    W12 => "W12",
    W13 => "W13",
    W14 => "W14",
    W15 => "W15",
    W16 => "W16",
    W17 => "W17",
    W18 => "W18",
    W19 => "W19",
    W20 => "W20",
});

/// Who can find that a check holds. The program may find that any of them fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Judge {
    /// The program, from what is recorded.
    Program,
    /// A person who looks at the paper or calls.
    Person,
    /// The program where enough is recorded, otherwise a person.
    Both,
}

impl CheckId {
    /// How much depends on this check. One court more or less decides for W03: a court that the registry does not know
    /// only holds, as counsel may extend the registry.
    #[must_use]
    pub const fn severity(self) -> Severity {
        match self {
            Self::W12 | Self::W13 => Severity::Warns,
            Self::W11 | Self::W14 | Self::W15 | Self::W19 | Self::W20 => Severity::Holds,
            _ => Severity::Blocks,
        }
    }

    /// Who can find that this check holds.
    #[must_use]
    pub const fn judge(self) -> Judge {
        match self {
            Self::W01 | Self::W07 | Self::W18 | Self::W19 | Self::W20 => Judge::Program,
            Self::W04 | Self::W05 | Self::W08 | Self::W09 | Self::W17 => Judge::Person,
            _ => Judge::Both,
        }
    }
}
