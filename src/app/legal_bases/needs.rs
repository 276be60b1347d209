//! What somebody has to do about a basis.

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::legal_basis::life::{BasisState, state_at};
use crate::storage::legal_bases::StoredBasis;

/// A standing mandate asks to be renewed this long before it ends.
pub const RENEWAL_NOTICE: TimeDelta = TimeDelta::days(30);

/// What a basis waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BasisNeeds {
    /// A second person verifies or rejects it.
    Verification,
    /// Somebody says whether the emergency was justified.
    Review {
        /// By when.
        due_at: DateTime<Utc>,
        /// Whether that has passed.
        is_overdue: bool,
    },
    /// Somebody looks at the standing mandate again.
    Renewal {
        /// By when; then it counts no more.
        due_at: DateTime<Utc>,
    },
}

impl BasisNeeds {
    /// The word for it in answers and filters.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Verification => "verification",
            Self::Review { .. } => "review",
            Self::Renewal { .. } => "renewal",
        }
    }

    /// What this basis waits for at `now`. Once verified, an emergency owes its review whatever became of it: it may have
    /// opened something.
    #[must_use]
    pub fn of(stored: &StoredBasis, now: DateTime<Utc>) -> Option<Self> {
        let StoredBasis { basis, verified_at, particulars, .. } = stored;
        let state = state_at(basis, now);
        if state == BasisState::Registered {
            return Some(Self::Verification);
        }
        if let Some(due_at) = particulars.review_due_at
            && verified_at.is_some()
            && particulars.reviewed_at.is_none()
        {
            return Some(Self::Review { due_at, is_overdue: now >= due_at });
        }
        let due_at = particulars.review_by.filter(|_| stored.is_standing() && state == BasisState::Verified)?;
        (due_at <= now + RENEWAL_NOTICE).then_some(Self::Renewal { due_at })
    }
}
