//! What may open the door: a warrant, a mandate or an emergency that somebody recorded and somebody else verified.
//!
//! Must never count a basis that is not verified, in force, and covering exactly what is asked; and never stop checking
//! early in the requester's favour.

pub mod check;
pub mod coverage;
pub mod instrument;
pub mod life;
pub mod registration;
pub mod scope;
pub mod window;

use chrono::{DateTime, Utc};

use super::ids::LegalBasisId;

pub use coverage::coverage;
pub use instrument::{BasisKind, Instrument};
pub use registration::{Paper, Registration, RegistrationForm};
pub use scope::{ResidentScope, Scope};

/// Where a legal basis stands in its life. Being expired or used up is no status: it is judged at the instant of release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// Logged, and waiting for a second person.
    Registered,
    /// Looked at and refused, for good.
    Rejected,
    /// Verified by somebody other than the registrar.
    Verified {
        /// When.
        at: DateTime<Utc>,
    },
    /// Withdrawn or quashed.
    Revoked {
        /// When.
        at: DateTime<Utc>,
    },
    /// Replaced by a corrected basis.
    Superseded {
        /// When.
        at: DateTime<Utc>,
    },
}

/// A registered legal basis, as far as the decision needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegalBasis {
    /// Its id, which a request cites.
    pub id: LegalBasisId,
    /// What kind of basis it claims to be.
    pub kind: BasisKind,
    /// The paper behind it; an emergency has none.
    pub instrument: Option<Instrument>,
    /// Where it stands in its life.
    pub status: Status,
    /// First instant at which it counts.
    pub valid_from: DateTime<Utc>,
    /// First instant at which it counts no more. "Until the end of day 10" is stored as the midnight that follows.
    pub valid_until: Option<DateTime<Utc>>,
    /// How many decisions may use it; `None` is without limit, `Some(1)` a single-use warrant.
    pub max_uses: Option<u32>,
    /// How many decisions have used it. One decision is one use, however many fields it releases.
    pub uses: u32,
    /// What it covers.
    pub scope: Scope,
}

impl LegalBasis {
    /// Whether one decision uses it up, so that the court is owed a return.
    #[must_use]
    pub const fn is_single_use(&self) -> bool {
        matches!(self.max_uses, Some(1))
    }

    /// Whether it has been used as often as it may be.
    #[must_use]
    pub fn is_used_up(&self) -> bool {
        self.max_uses.is_some_and(|max| self.uses >= max)
    }
}
