//! Checking the log: everything is recomputed from the records, and the first row that does not fit is named.

mod columns;
mod walk;

use std::fmt::Display;

use crate::ledger::{Anchor, AnchorError, HeadError, StoredTree, UnsignedHead};
use crate::storage::{AnyConnection, Store, StoreError, audit};
use crate::tlog::{Checkpoint, Hash, Verifier};

use walk::Walk;

/// What was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// Entries, from the first to the last.
    pub entries: u64,
    /// The root they give.
    pub root: Hash,
    /// Commits.
    pub batches: u64,
    /// Published checkpoints whose signature and root were compared.
    pub checkpoints: u64,
    /// The size of the anchor outside the database, if there is one.
    pub anchored: Option<u64>,
}

/// The first thing that does not fit.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// A row is not what its record, its neighbours or the tree say.
    #[error("{table} row {row}: {what}")]
    Row {
        /// The table.
        table: &'static str,
        /// Its key.
        row: String,
        /// What does not fit.
        what: String,
    },
    /// The database is not the one that the anchor saw.
    #[error(transparent)]
    Anchor(#[from] AnchorError),
    /// The tree cannot be read.
    #[error(transparent)]
    Head(#[from] HeadError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl VerifyError {
    fn row(table: &'static str, row: impl Display, what: impl Into<String>) -> Self {
        Self::Row { table, row: row.to_string(), what: what.into() }
    }
}

/// Replays the whole log in constant memory: records → leaves → nodes → every batch's root → checkpoints → anchor. Says
/// after each page how many entries are done, and of how many.
///
/// # Errors
/// The first row that does not fit.
pub fn verify(
    store: &Store,
    known: &[Verifier],
    origin: &str,
    anchor: &Anchor,
    mut progress: impl FnMut(u64, u64),
) -> Result<Verified, VerifyError> {
    // The newest batch is read first: what is appended while we read is not looked at.
    let size = store.read(|conn| -> Result<u64, StoreError> {
        let last = audit::find_last_batch(conn)?;
        Ok(last.map_or(0, |row| u64::try_from(row.size_after).unwrap_or(0)))
    })?;
    let mut walk = Walk::new();
    while walk.size() < size {
        store.read(|conn| walk.step(conn, size))?;
        progress(walk.size(), size);
    }
    store.read(|conn| walk.check_surplus(conn, size))?;
    let checkpoints = store.read(|conn| check_checkpoint(conn, size, known, origin))?;
    let anchored = store.read(|conn| check_anchor(conn, anchor, known, origin))?;
    Ok(Verified { entries: size, root: walk.root(), batches: walk.batches(), checkpoints, anchored })
}

fn check_checkpoint(conn: &mut AnyConnection, size: u64, known: &[Verifier], origin: &str) -> Result<u64, VerifyError> {
    const TABLE: &str = "audit_checkpoint";
    let mut checked = 0;
    for row in audit::list_checkpoints(conn)? {
        let checkpoint = Checkpoint::open(row.note.as_bytes(), known, origin)
            .map_err(|error| VerifyError::row(TABLE, row.size, error.to_string()))?;
        if i64::try_from(checkpoint.size()) != Ok(row.size) {
            return Err(VerifyError::row(TABLE, row.size, "its note is of another size"));
        }
        if checkpoint.size() > size {
            return Err(VerifyError::row(TABLE, row.size, format!("the log has only {size} entries")));
        }
        if StoredTree::new(conn, size).root_at(checkpoint.size())? != checkpoint.root() {
            return Err(VerifyError::row(TABLE, row.size, "the log has another root at this size"));
        }
        checked += 1;
    }
    Ok(checked)
}

fn check_anchor(
    conn: &mut AnyConnection,
    anchor: &Anchor,
    known: &[Verifier],
    origin: &str,
) -> Result<Option<u64>, VerifyError> {
    let head = UnsignedHead::load(conn)?;
    anchor.check(conn, &head, known, origin)?;
    Ok(anchor.load(known, origin)?.map(|checkpoint| checkpoint.size()))
}
