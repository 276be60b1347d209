//! What is sealed beside a decision's entry, opened again: whom it is about, and what the request said in free text.
//!
//! Must never be asked for without an entry that says who reads it.

use serde::Deserialize;
use uuid::Uuid;

use super::request::Details;
use crate::app::sealing::Notes;
use crate::domain::{DecisionId, ResidentId};
use crate::keys::Sealer;
use crate::storage::audit::ResidentRow;
use crate::storage::sealed::places;

/// Whom a decision is about, and what the request said.
pub struct OpenedLink {
    /// The resident.
    pub resident: ResidentId,
    /// The free text.
    pub details: Details,
}

/// What was sealed does not open: altered, moved, or sealed with a key that is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("what was sealed beside the decision cannot be opened")]
pub struct LinkShut;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sealed {
    details: Details,
    resident: String,
}

impl OpenedLink {
    /// Opens the link of a decision.
    pub(in crate::app) fn open(notes: &Notes, decision: DecisionId, row: &ResidentRow) -> Result<Self, LinkShut> {
        let text = notes.open(&places::entry(decision.as_uuid()), &row.sealed).ok_or(LinkShut)?;
        Self::read(&text)
    }

    /// Opens the link of the decision with this id.
    pub(in crate::app) fn open_with(sealer: &Sealer, decision: Uuid, row: &ResidentRow) -> Result<Self, LinkShut> {
        Self::read(&sealer.open(&places::entry(decision), &row.sealed).map_err(|_| LinkShut)?)
    }

    fn read(text: &[u8]) -> Result<Self, LinkShut> {
        let Sealed { details, resident } = serde_json::from_slice(text).map_err(|_| LinkShut)?;
        Ok(Self { resident: ResidentId::new(resident).map_err(|_| LinkShut)?, details })
    }
}

impl std::fmt::Debug for OpenedLink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OpenedLink(hidden)")
    }
}
