//! Decisions that were handed to a person: listed, read with whom they are about, closed with what came of it.
//!
//! The row of a referral is made by the ledger in the decision's own transaction; the decision's entry is its entry. Nothing
//! here changes the decision.

mod close;
mod list;
mod read;

use crate::app::authority::{Grant, HandToClerk, ReviewDenial};
use crate::domain::referral::ReferralKind;

pub use close::ReferralRefused;
pub use list::ReferralState;
pub use read::{ReadReferralError, ReferralInFull};

/// A permission that is about one kind of referral: who holds it sees and closes that kind, and no other.
pub trait ReferralGrant: Grant {
    /// The kind.
    const KIND: ReferralKind;
}

impl ReferralGrant for ReviewDenial {
    const KIND: ReferralKind = ReferralKind::CounselReview1373;
}

impl ReferralGrant for HandToClerk {
    const KIND: ReferralKind = ReferralKind::ReferToClerk;
}

/// The position of an entry as rows hold it. A position that no row can have is nobody's.
fn seq_of(index: u64) -> i64 {
    i64::try_from(index).unwrap_or(-1)
}
