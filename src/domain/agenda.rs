//! The kinds of work that wait for somebody, and whom each concerns.

use super::closed_set::closed_set;
use super::staff::{Permission, Role, Roles};

/// A kind of work that waits for somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Task {
    /// The audit log cannot be written: nothing is released, and nothing can be done.
    LogDown,
    /// The last verification of the log found something that does not fit.
    LogAltered,
    /// Emergencies whose review is late. Every home page shows them: the whole house answers for that.
    ReviewsOverdue,
    /// Emergencies that wait for a second person.
    EmergenciesToVerify,
    /// Warrants that wait for a second person.
    WarrantsToVerify,
    /// Mandates that wait for a second person.
    MandatesToVerify,
    /// Emergencies that owe a review.
    ReviewsOwed,
    /// Denials of immigration status to a federal immigration agency, which counsel looks at.
    Denials1373,
    /// Violations that are open.
    ViolationsOpen,
    /// Standing mandates that end soon.
    RenewalsDue,
    /// Public-records requests that go to the City Clerk.
    ClerkReferrals,
    /// Papers that the reader logged, and of which no scan is stored.
    ScansMissing,
    /// Fields that no catalogue names.
    UnknownFields,
    /// Proposed classes that wait for somebody other than who proposed them.
    ProposalsOpen,
    /// Nobody has verified the log for a week.
    LogUnverified,
    /// Accounts that are to be certified again.
    AccountsDue,
    /// Clients that are to be certified again.
    ClientsDue,
    /// The reader's own account is to be certified again, by somebody else.
    OwnAccess,
}

closed_set!(Task, "task", {
    LogDown => "log_down",
    LogAltered => "log_altered",
    ReviewsOverdue => "reviews_overdue",
    EmergenciesToVerify => "emergencies_to_verify",
    WarrantsToVerify => "warrants_to_verify",
    MandatesToVerify => "mandates_to_verify",
    ReviewsOwed => "reviews_owed",
    Denials1373 => "denials_1373",
    ViolationsOpen => "violations_open",
    RenewalsDue => "renewals_due",
    ClerkReferrals => "clerk_referrals",
    ScansMissing => "scans_missing",
    UnknownFields => "unknown_fields",
    ProposalsOpen => "proposals_open",
    LogUnverified => "log_unverified",
    AccountsDue => "accounts_due",
    ClientsDue => "clients_due",
    OwnAccess => "own_access",
});

impl Task {
    /// Whether somebody with these roles is told of it.
    #[must_use]
    pub fn concerns(self, roles: &Roles) -> bool {
        match self {
            Self::LogDown | Self::ReviewsOverdue | Self::OwnAccess => true,
            // Warrants and mandates are for counsel alone; that a supervisor may verify at all is for emergencies.
            Self::WarrantsToVerify | Self::MandatesToVerify | Self::RenewalsDue => roles.contains(Role::Counsel),
            Self::EmergenciesToVerify | Self::ReviewsOwed => roles.permit(Permission::VerifyBasis),
            Self::Denials1373 => roles.permit(Permission::ReviewDenial),
            Self::ViolationsOpen => roles.permit(Permission::ReadViolation),
            Self::ClerkReferrals => roles.permit(Permission::HandToClerk),
            Self::ScansMissing => roles.permit(Permission::StoreDocument),
            Self::UnknownFields => roles.permit(Permission::ProposeClass),
            Self::ProposalsOpen => roles.permit(Permission::SettleClass),
            Self::LogAltered => roles.permit(Permission::ReadLog) || roles.contains(Role::Admin),
            Self::LogUnverified => roles.permit(Permission::ReadLog),
            Self::AccountsDue | Self::ClientsDue => roles.permit(Permission::ReadAccessReview),
        }
    }
}
