//! Where a legal basis stands, for people to see.
//!
//! Must never be what a decision is judged by: that is `coverage`, in the transaction of the release.

use chrono::{DateTime, Utc};

use crate::domain::closed_set::closed_set;
use crate::domain::legal_basis::{LegalBasis, Status};

/// Where a basis stands at an instant, for people to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum BasisState {
    /// Logged, and waiting for a second person.
    Registered,
    /// Looked at and refused, for good.
    Rejected,
    /// Verified, and in its window. It may not count yet, or ask to be verified again: the decision judges that.
    Verified,
    /// Verified once, and past its end.
    Expired,
    /// Verified, and used as often as it allows.
    UsedUp,
    /// Withdrawn or quashed.
    Revoked,
    /// Replaced by a corrected basis.
    Superseded,
}

closed_set!(BasisState, "state of a legal basis", {
    Registered => "registered",
    Rejected => "rejected",
    Verified => "verified",
    Expired => "expired",
    UsedUp => "used_up",
    Revoked => "revoked",
    Superseded => "superseded",
});

/// Where a basis stands at `now`. Of expired and used up, expired comes first, as in the decision.
#[must_use]
pub fn state_at(basis: &LegalBasis, now: DateTime<Utc>) -> BasisState {
    match basis.status {
        Status::Registered => BasisState::Registered,
        Status::Rejected => BasisState::Rejected,
        Status::Revoked { .. } => BasisState::Revoked,
        Status::Superseded { .. } => BasisState::Superseded,
        Status::Verified { .. } if is_over(basis, now) => BasisState::Expired,
        Status::Verified { .. } if basis.is_used_up() => BasisState::UsedUp,
        Status::Verified { .. } => BasisState::Verified,
    }
}

/// Whether it is past its end.
pub(super) fn is_over(basis: &LegalBasis, now: DateTime<Utc>) -> bool {
    basis.valid_until.is_some_and(|end| now >= end)
}
