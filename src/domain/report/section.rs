//! The tables of a report, and which point of the city's reporting duties each of them answers.

use crate::domain::closed_set::closed_set;

/// One table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Section {
    /// Requests for data: by who asked.
    Requesters,
    /// Requests from outside: by month, or by year when the period is long.
    Months,
    /// Requests: by stated purpose.
    Purposes,
    /// Requests: by outcome.
    Outcomes,
    /// Denied fields: by reason and version of the policy.
    Denials,
    /// Requests for a class of field: asked, released, denied.
    ClassRequests,
    /// Fields of a class: asked, released, denied.
    ClassFields,
    /// Papers presented: by instrument, and how many could never open anything.
    Instruments,
    /// Checks that papers failed.
    FailedChecks,
    /// Requests that a legal basis opened: by its kind and instrument.
    BasisUses,
    /// What became of legal bases: by kind.
    BasisSteps,
    /// Emergencies and their reviews.
    Emergencies,
    /// Papers of immigration authorities: by month.
    ImmigrationPapers,
    /// Requests: by store and outcome.
    Stores,
    /// The time within which half of a store's requests were decided.
    Delays,
    /// Requests that were set apart for counsel or the City Clerk, or that met a confidential address.
    Flags,
    /// Violations.
    Violations,
    /// Calls that were turned away: by why.
    Refusals,
    /// Accounts at the end of the period: by role.
    Accounts,
    /// Sign-ins and certifications.
    Access,
}

closed_set!(Section, "section of the report", {
    Requesters => "requesters",
    Months => "months",
    Purposes => "purposes",
    Outcomes => "outcomes",
    Denials => "denials",
    ClassRequests => "class_requests",
    ClassFields => "class_fields",
    Instruments => "instruments",
    FailedChecks => "failed_checks",
    BasisUses => "basis_uses",
    BasisSteps => "basis_steps",
    Emergencies => "emergencies",
    ImmigrationPapers => "immigration_papers",
    Stores => "stores",
    Delays => "delays",
    Flags => "flags",
    Violations => "violations",
    Refusals => "refusals",
    Accounts => "accounts",
    Access => "access",
});

impl Section {
    /// The point of the reporting duties that it answers (`docs/council-report.md` lists all twelve).
    #[must_use]
    pub const fn point(self) -> u8 {
        match self {
            Self::Requesters | Self::Months | Self::Purposes => 1,
            Self::Outcomes | Self::Denials => 2,
            Self::ClassRequests | Self::ClassFields => 3,
            Self::Instruments | Self::FailedChecks => 4,
            Self::BasisUses | Self::BasisSteps | Self::Emergencies => 5,
            Self::ImmigrationPapers => 6,
            Self::Stores | Self::Delays => 7,
            Self::Flags => 8,
            Self::Violations => 9,
            Self::Refusals | Self::Accounts | Self::Access => 10,
        }
    }

    /// Whether its figures are about the city's own accounts, not about residents, and are shown exactly.
    #[must_use]
    pub const fn is_exact(self) -> bool {
        matches!(self, Self::Accounts | Self::Access)
    }

    /// Whether its rows are stretches of the period, which have no counterpart in the period before.
    #[must_use]
    pub const fn is_series(self) -> bool {
        matches!(self, Self::Months | Self::ImmigrationPapers)
    }
}
