//! Rows of the audit log: appended by the ledger's writer, read by everybody, changed by nobody.

mod append;
mod append_postgres;
mod checkpoints;
mod cosignatures;
mod openings;
mod read;
mod search;

use diesel::prelude::*;

pub use append::{Commit, append, append_batch, append_entries, append_nodes, append_residents};
pub use checkpoints::{
    CheckpointRow, find_checkpoint, find_last_checkpoint, insert_checkpoint, list_checkpoints_after,
};
pub use cosignatures::{CosignatureRow, find_last_cosignature, insert_cosignature, list_cosignatures};
pub use openings::{OpeningRow, list_openings};
pub use read::{
    count_nodes, find_batch, find_batch_before, find_entry_by_id, find_entry_by_seq, find_last_batch, find_resident,
    find_stray_resident, list_batches, list_entries, list_node_hashes, list_records, list_residents,
};
pub use search::{Stretch, first_entry_since, length, list_at, list_linked_at, list_wanted};

use super::schema::{audit_batch, audit_entry, audit_node, audit_resident};
use crate::domain::segment::EntryWords;

/// A leaf with its private record and the columns by which it is found.
#[derive(Clone, Debug, PartialEq, Eq, Insertable, Queryable, Selectable)]
#[diesel(table_name = audit_entry, treat_none_as_default_value = false)]
pub struct EntryRow {
    /// Position in the log, from 0, without gaps.
    pub seq: i64,
    /// RFC 6962 leaf hash, 32 bytes.
    pub leaf: Vec<u8>,
    /// 32 random bytes that keep a short record from being guessed.
    pub nonce: Vec<u8>,
    /// The record's exact bytes.
    pub record: Vec<u8>,
    /// The entry's own id: a UUID.
    pub id: String,
    /// Microseconds since the epoch.
    pub at: i64,
    /// What kind of entry: `decision`, `client_added`, …
    pub kind: String,
    /// Who caused it.
    pub actor: String,
    /// The record store that was asked for.
    pub store: Option<String>,
    /// Who asked.
    pub requester_kind: Option<String>,
    /// For which agency.
    pub agency: Option<String>,
    /// For what.
    pub purpose: Option<String>,
    /// What became of it.
    pub outcome: Option<String>,
}

impl EntryRow {
    /// The words by which it is found.
    #[must_use]
    pub fn words(&self) -> EntryWords<'_> {
        EntryWords {
            kind: &self.kind,
            actor: &self.actor,
            store: self.store.as_deref(),
            requester_kind: self.requester_kind.as_deref(),
            agency: self.agency.as_deref(),
            purpose: self.purpose.as_deref(),
            outcome: self.outcome.as_deref(),
        }
    }
}

/// What the public's entry is made of.
#[derive(Queryable, Selectable)]
#[diesel(table_name = audit_entry)]
pub struct RecordRow {
    /// 32 random bytes that keep a short record from being guessed.
    pub nonce: Vec<u8>,
    /// The record's exact bytes.
    pub record: Vec<u8>,
}

/// The root of a complete subtree of `256^level` leaves.
#[derive(Clone, Debug, PartialEq, Eq, Insertable, Queryable, Selectable)]
#[diesel(table_name = audit_node, treat_none_as_default_value = false)]
pub struct NodeRow {
    /// Tile level, from 1.
    pub level: i64,
    /// Index within the level, from 0.
    pub idx: i64,
    /// 32 bytes.
    pub hash: Vec<u8>,
}

/// The state of the tree after one commit.
#[derive(Clone, Debug, PartialEq, Eq, Insertable, Queryable, Selectable)]
#[diesel(table_name = audit_batch, treat_none_as_default_value = false)]
pub struct BatchRow {
    /// The first entry of the commit.
    pub first_seq: i64,
    /// Entries in the log after it.
    pub size_after: i64,
    /// The tree's root at that size, 32 bytes.
    pub root: Vec<u8>,
    /// The tree's right edge: its perfect subtrees' roots, largest first.
    pub frontier: Vec<u8>,
    /// The process that wrote it.
    pub instance: String,
    /// Microseconds since the epoch.
    pub at: i64,
}

/// The erasable link from an entry to a person.
#[derive(Clone, PartialEq, Eq, Insertable, Queryable, Selectable)]
#[diesel(table_name = audit_resident, treat_none_as_default_value = false)]
pub struct ResidentRow {
    /// The entry.
    pub seq: i64,
    /// Salt of the commitments in the record, 32 bytes.
    pub salt: Vec<u8>,
    /// Keyed index, 32 bytes.
    pub resident_index: Vec<u8>,
    /// The resident's id and the request's free text, sealed.
    pub sealed: Vec<u8>,
}

impl std::fmt::Debug for ResidentRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ResidentRow").field("seq", &self.seq).finish_non_exhaustive()
    }
}
