//! The single writer: every entry and every change of state goes through here, and no answer leaves before its
//! entry is durable.
//!
//! Callers hand in a [`Judgement`] (a decision) or a [`Change`]. One thread takes whatever is waiting, opens one
//! transaction, runs the changes each in its savepoint, loads the facts that the judgements need, judges them,
//! appends all entries with the tree's new nodes and one batch row, commits, and only then signs and answers. It
//! waits for no timer: under load the batches grow by themselves.
//!
//! After a failed or ambiguous commit nothing cached is trusted: the connection, the tree and the facts are dropped and
//! read again. An entry for a release that never happened is harmless; the reverse is not.

mod anchor;
mod batch;
mod entries;
mod facts;
mod handle;
mod head;
mod housekeeping;
mod job;
mod keeper;
mod names;
mod opened;
mod opening;
mod probe;
mod queue;
mod shared;
mod stamp;
mod start;
mod writer;

pub use anchor::{Anchor, AnchorError};
pub use entries::Entries;
pub use facts::{Facts, KeysInUse, Needs, Remembered, Snapshot};
pub use handle::Ledger;
pub use head::{Head, HeadError, StoredTree, UnsignedHead};
pub use job::{Bench, Change, ChangeError, Judgement, Refused, Turn};
pub use names::Names;
pub use opened::Opening;
pub use opening::{EpochOptions, Loss, OpenEpochError, open_epoch};
pub use probe::{NoProbe, Probe, Step};
pub use shared::Health;
pub use stamp::Stamp;
pub use start::{LedgerOptions, StartError};

use crate::storage::StoreError;

/// Why a job was not carried out. Whatever it is, nothing was released.
#[derive(Debug, Clone, thiserror::Error)]
pub enum LedgerError {
    /// The queue is full: try again shortly.
    #[error("too many requests are waiting for the audit log")]
    Overloaded,
    /// This client's own requests fill its share of the queue: try again shortly, and send fewer.
    #[error("too many requests of this client are waiting for the audit log")]
    Crowded,
    /// The entry could not be written.
    #[error("the audit log cannot be written: {0}")]
    Unwritable(String),
    /// The database did not answer in time. An entry may come to stand in the log; nobody got an answer.
    #[error("the audit log did not answer in time")]
    Late,
    /// The ledger has been closed.
    #[error("the audit log is closed")]
    Closed,
    /// The change itself failed in the database and was undone.
    #[error("the change failed and was undone: {0}")]
    Undone(String),
    /// Another process has put newer keys in force.
    #[error("the database is in use with newer keys; restart with the current key files")]
    ForeignKey,
    /// Another process has opened a new epoch.
    #[error("a new epoch of the log was opened, and this process would sign under the old name; restart it")]
    ForeignEpoch,
}

impl From<StoreError> for LedgerError {
    fn from(error: StoreError) -> Self {
        Self::Unwritable(error.to_string())
    }
}
