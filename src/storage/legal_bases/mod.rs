//! Legal bases at rest: what decisions are judged by, who handled them, their checks, their steps.
//!
//! In the clear stands only what a closed form admits. What a paper says beyond that is sealed above this floor.

mod checks;
mod judged;
mod life;
mod list;
mod particulars;
mod read;
mod steps;
mod uses;

use chrono::{DateTime, Utc};

use crate::domain::legal_basis::{LegalBasis, ResidentScope};
use crate::domain::{ResidentIndex, StoreId};

pub use checks::{StoredCheck, insert_checks, last_round, list_checks};
pub use judged::{insert, load, set_uses};
pub use life::{set_rejected, set_renewed, set_reviewed, set_revoked, set_superseded, set_verified};
pub use list::{Filter, Needs, list};
pub use particulars::Particulars;
pub use read::{find, find_paper, find_successor, list_alike, list_duplicates, list_residents};
pub use steps::{StoredStep, append_step, list_steps};
pub use uses::{insert_use, list_uses, list_uses_between};

/// Who recorded a basis, and who looked at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct People {
    /// Who registered it.
    pub registrar: String,
    /// When.
    pub registered_at: DateTime<Utc>,
    /// Who verified or rejected it: never the registrar.
    pub verifier: Option<String>,
}

/// A resident whom a basis names.
pub struct NamedResident {
    /// The store in which the resident is known.
    pub store: StoreId,
    /// The keyed index.
    pub index: ResidentIndex,
    /// The id, sealed.
    pub sealed: Vec<u8>,
}

/// A basis with everything about it that stands in the clear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredBasis {
    /// What decisions are judged by.
    pub basis: LegalBasis,
    /// Who handled it.
    pub people: People,
    /// When it was verified last; kept when it has ended since.
    pub verified_at: Option<DateTime<Utc>>,
    /// The rest. The sealed paper is read apart ([`find_paper`]) and is absent here.
    pub particulars: Particulars,
}

impl StoredBasis {
    /// Whether it covers every resident.
    #[must_use]
    pub fn is_standing(&self) -> bool {
        self.basis.scope.residents == ResidentScope::Standing
    }
}
