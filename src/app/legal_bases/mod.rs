//! Legal bases in people's hands: registered by one, verified by another, withdrawn, reviewed; one operation a file.
//!
//! Everything that can change between reading and writing is judged inside the transaction that records it. No entry holds
//! a name, a free text or a resident: ids, words of closed sets, and commitments to what is sealed.

mod about;
mod check_list;
mod drafts;
mod list;
mod needs;
mod read;
mod register;
mod review;
mod revoke;
mod sealed_paper;
mod verify;
mod violations;

use std::sync::Arc;

use chrono::TimeDelta;

use crate::domain::court::CourtRegistry;
use crate::domain::legal_basis::check::CheckId;
use crate::domain::legal_basis::life::LifeError;

pub use check_list::CheckList;
pub use drafts::{Draft, DraftCheck, DraftRefused, ReadDraftError, SentStep};
pub(in crate::app) use list::one_more;
pub use list::{ListedBasis, Page};
pub use needs::{BasisNeeds, RENEWAL_NOTICE};
pub use read::{AnsweredCheck, BasisInFull, ReadError, Step};
pub use register::{RegisterError, RegisterRefused, Registered};
pub use verify::{OpenCheck, Verification};
pub use violations::{ListedViolation, ReadViolationError, ViolationInFull, ViolationRefused};

/// What bases are judged by, besides the law in the domain.
#[derive(Clone, Debug)]
pub struct BasisRules {
    /// The courts that the city knows.
    pub courts: Arc<CourtRegistry>,
    /// The longest life of an emergency.
    pub emergency_lifetime: TimeDelta,
    /// An emergency is reviewed within this time after it was registered.
    pub review_within: TimeDelta,
    /// Whether W17 passes only with the call to the clerk written down.
    pub is_call_back_required: bool,
    /// A verification older than this is to be repeated (W20).
    pub max_verification_age: TimeDelta,
    /// The longest free text, in characters.
    pub text_chars: usize,
}

/// Why something was not done to a basis.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HandlingRefused {
    /// There is none with this id.
    #[error("there is no such legal basis")]
    NotFound,
    /// Its state, or the person, does not allow it.
    #[error(transparent)]
    Life(#[from] LifeError),
    /// The check list is not fulfilled.
    #[error("the check list is not fulfilled: {}", ids(.0))]
    ChecksOpen(Vec<OpenCheck>),
    /// What the paper says was erased, so nobody can verify it any more.
    #[error("what the paper says was erased by a retention rule")]
    PaperErased,
    /// What was sealed does not open: altered, moved, or sealed with a key that is gone.
    #[error("what the paper says cannot be opened")]
    PaperUnreadable,
}

fn ids(open: &[OpenCheck]) -> String {
    let ids: Vec<&str> = open.iter().map(|check| check.id.as_str()).collect();
    ids.join(" ")
}

/// The ids of checks as they stand in an entry.
fn check_ids(checks: impl Iterator<Item = CheckId>) -> String {
    let ids: Vec<&str> = checks.map(CheckId::as_str).collect();
    ids.join(" ")
}
