//! Stewardship: what class a field is, is proposed by one person and settled by another.
//!
//! Must never change a catalogue: a proposal only says what one would be, and what that would let out.

mod place;
mod reason;
mod shift;

pub use place::{FieldPlace, PlaceError};
pub use reason::{ReasonError, reason_of};
pub use shift::{Shift, is_withheld};

use chrono::{DateTime, Utc};

use super::closed_set::closed_set;
use super::field::{FieldClass, FieldName};
use super::ids::{ProposalId, StoreId};

/// Where a proposal stands in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ProposalStatus {
    /// It waits for another person.
    Open,
    /// Another person agreed: the catalogue says so since then.
    Approved,
    /// Another person did not agree: the catalogue is as it was.
    Declined,
    /// Whoever proposed it took it back.
    Withdrawn,
}

closed_set!(ProposalStatus, "proposal status", {
    Open => "open",
    Approved => "approved",
    Declined => "declined",
    Withdrawn => "withdrawn",
});

/// What somebody says a field's class should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Its id.
    pub id: ProposalId,
    /// The record store.
    pub store: StoreId,
    /// The field.
    pub field: FieldName,
    /// Whether the catalogue had no row for the field.
    pub is_new: bool,
    /// The class that was in force when it was proposed.
    pub from: FieldClass,
    /// The class that it should be.
    pub to: FieldClass,
    /// Why.
    pub reason: String,
    /// By whom.
    pub proposed_by: String,
    /// When.
    pub proposed_at: DateTime<Utc>,
    /// Where it stands.
    pub status: ProposalStatus,
    /// What became of it.
    pub settled: Option<Settled>,
}

/// What became of a proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// By whom; never by whoever proposed it, unless they took it back.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Why; always there when it was declined.
    pub reason: Option<String>,
}

/// Why a proposal may not be settled by somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MayNotSettle {
    /// It is settled.
    #[error("this proposal is `{0}` already")]
    Settled(ProposalStatus),
    /// They proposed it.
    #[error("nobody settles what they proposed themselves: ask another person")]
    SamePerson,
    /// They did not propose it.
    #[error("only whoever proposed it takes it back")]
    NotYours,
}

impl Proposal {
    /// Whether this person may approve or decline it.
    ///
    /// # Errors
    /// Why not.
    pub fn may_be_settled_by(&self, person: &str) -> Result<(), MayNotSettle> {
        self.is_open()?;
        if self.proposed_by == person { Err(MayNotSettle::SamePerson) } else { Ok(()) }
    }

    /// Whether this person may take it back.
    ///
    /// # Errors
    /// Why not.
    pub fn may_be_withdrawn_by(&self, person: &str) -> Result<(), MayNotSettle> {
        self.is_open()?;
        if self.proposed_by == person { Ok(()) } else { Err(MayNotSettle::NotYours) }
    }

    fn is_open(&self) -> Result<(), MayNotSettle> {
        if self.status == ProposalStatus::Open { Ok(()) } else { Err(MayNotSettle::Settled(self.status)) }
    }
}
