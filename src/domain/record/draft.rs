//! An entry before it has a position.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::EventKind;
use crate::domain::decision::Outcome;
use crate::domain::{Agency, Purpose, RequesterKind, ResidentIndex, StoreId};

/// Everything of an entry but its position: the writer gives it that, hashes it and appends it.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The entry's own id.
    pub id: Uuid,
    /// When it happened.
    pub at: DateTime<Utc>,
    /// What happened.
    pub kind: EventKind,
    /// Who caused it: a client, a member of staff, the operator, the service itself.
    pub actor: String,
    /// The record's canonical bytes.
    pub record: Vec<u8>,
    /// 32 random bytes.
    pub nonce: [u8; 32],
    /// The columns by which decisions are found, where they apply.
    pub store: Option<StoreId>,
    /// Who asked.
    pub requester_kind: Option<RequesterKind>,
    /// For which agency.
    pub agency: Option<Agency>,
    /// For what.
    pub purpose: Option<Purpose>,
    /// What became of it.
    pub outcome: Option<Outcome>,
    /// The erasable link to a person.
    pub resident: Option<ResidentLink>,
}

/// The erasable link from an entry to a person.
#[derive(Clone)]
pub struct ResidentLink {
    /// Salt of the commitments in the record.
    pub salt: [u8; 32],
    /// The keyed index, for search.
    pub index: ResidentIndex,
    /// The resident's id and the request's free text, sealed.
    pub sealed: Vec<u8>,
}

impl std::fmt::Debug for ResidentLink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ResidentLink(hidden)")
    }
}
