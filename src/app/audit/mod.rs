//! Checking the log: everything is recomputed from the records, and the first row that does not fit is named.

mod columns;
mod tallied;
mod walk;

use std::fmt::Display;

use crate::ledger::{Anchor, AnchorError, HeadError, StoredTree};
use crate::storage::audit::{self, CheckpointRow};
use crate::storage::{AnyConnection, Store, StoreError};
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
    /// Entries that the tallies of the reports cover; fewer than there are until the program has caught up.
    pub tallied: u64,
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

/// Replays the whole log in constant memory: records → leaves → nodes → every batch's root → checkpoints → anchor →
/// tallies. Says after each page how many entries are done, and of how many.
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
    let checkpoints = store.read(|conn| check_checkpoints(conn, size, known, origin))?;
    let anchored = store.read(|conn| check_anchor(conn, anchor, known, origin))?;
    let (root, batches) = (walk.root(), walk.batches());
    let tallied = store.read_at_once(|conn| tallied::check(conn, walk.into_tally(), size))?;
    Ok(Verified { entries: size, root, batches, checkpoints, anchored, tallied })
}

/// Checkpoints of the entries that were walked; what was published meanwhile is not looked at.
fn check_checkpoints(
    conn: &mut AnyConnection,
    size: u64,
    known: &[Verifier],
    origin: &str,
) -> Result<u64, VerifyError> {
    let mut checked = 0;
    let mut after = -1;
    loop {
        let page = audit::list_checkpoints_after(conn, after, CHECKPOINT_PAGE)?;
        let Some(last) = page.last() else { return Ok(checked) };
        // Read after the page: what was published had been appended before.
        let newest = audit::find_last_batch(conn)?.map_or(0, |row| row.size_after);
        after = last.size;
        for row in &page {
            if row.size > newest {
                return Err(VerifyError::row(CHECKPOINTS, row.size, format!("the log has only {newest} entries")));
            }
            if u64::try_from(row.size).is_ok_and(|at| at <= size) {
                check_checkpoint(conn, row, size, known, origin)?;
                checked += 1;
            }
        }
    }
}

const CHECKPOINTS: &str = "audit_checkpoint";
const CHECKPOINT_PAGE: i64 = 1_000;

fn check_checkpoint(
    conn: &mut AnyConnection,
    row: &CheckpointRow,
    size: u64,
    known: &[Verifier],
    origin: &str,
) -> Result<(), VerifyError> {
    let bad = |what: String| VerifyError::row(CHECKPOINTS, row.size, what);
    let checkpoint = Checkpoint::open(row.note.as_bytes(), known, origin).map_err(|error| bad(error.to_string()))?;
    if i64::try_from(checkpoint.size()) != Ok(row.size) {
        return Err(bad("its note is of another size".to_owned()));
    }
    if StoredTree::new(conn, size).root_at(checkpoint.size())? != checkpoint.root() {
        return Err(bad("the log has another root at this size".to_owned()));
    }
    Ok(())
}

fn check_anchor(
    conn: &mut AnyConnection,
    anchor: &Anchor,
    known: &[Verifier],
    origin: &str,
) -> Result<Option<u64>, VerifyError> {
    let (_, anchored) = anchor.check(conn, known, origin)?;
    Ok(anchored)
}
