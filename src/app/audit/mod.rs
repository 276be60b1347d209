//! Checking the log: everything is recomputed from the records, and the first row that does not fit is named.

mod beside;
mod columns;
mod cosigned;
mod lanes;
mod links;
mod segments;
mod stretch;
mod tallied;
mod verified;
mod walk;

use std::fmt::Display;

use super::witnesses::LogKeys;
use crate::domain::report::TallyDigest;
use crate::ledger::{Anchor, AnchorError, HeadError, Names, StoredTree};
use crate::storage::audit::{self, CheckpointRow};
use crate::storage::{AnyConnection, Store, StoreError};
use crate::tlog::{Checkpoint, Hash};

pub use cosigned::Cosignatures;
pub use links::LinkKeys;
pub use verified::{SinceError, VerifiedState};

use cosigned::Cosigning;
use stretch::position;
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
    /// What those tallies were, in short, when they covered all these entries; not kept with the recorded result.
    pub tallies: Option<TallyDigest>,
    /// Links to residents that were opened and lead to whom the records commit to, if the key was at hand; not kept with the
    /// recorded result.
    pub links: Option<u64>,
    /// What witnesses signed; not kept with the recorded result.
    pub cosignatures: Cosignatures,
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

/// What a log is verified against, and how.
#[derive(Debug, Clone, Copy)]
pub struct Check<'a> {
    /// The log's keys and its witnesses'.
    pub keys: LogKeys<'a>,
    /// The checkpoint outside the database.
    pub anchor: &'a Anchor,
    /// What was verified before; `None` to begin at the first entry.
    pub since: Option<&'a VerifiedState>,
    /// What opens the links to residents; `None` when it is not at hand, and whom they lead to is not checked.
    pub links: Option<&'a LinkKeys>,
    /// How many threads read and hash.
    pub threads: usize,
}

/// Replays the log in constant memory: records → leaves → nodes → every batch's root → checkpoints → anchor → tallies. Says
/// after each stretch how many entries are done, and of how many.
///
/// # Errors
/// The first row that does not fit.
pub fn verify(store: &Store, check: &Check<'_>, mut progress: impl FnMut(u64, u64)) -> Result<Verified, VerifyError> {
    // The newest batch is read first: what is appended while we read is not looked at.
    let size = store.read(|conn| -> Result<u64, StoreError> {
        let last = audit::find_last_batch(conn)?;
        Ok(last.map_or(0, |row| u64::try_from(row.size_after).unwrap_or(0)))
    })?;
    let mut walk = match check.since {
        None => Walk::new(),
        Some(since) => store.read(|conn| Walk::since(conn, since, size))?,
    };
    lanes::read(store, (walk.size(), size), check, |stretch| {
        store.read(|conn| walk.go_on(conn, stretch))?;
        progress(walk.size(), size);
        Ok(())
    })?;
    store.read(|conn| walk.check_surplus(conn, size))?;
    store.read(links::check_surplus)?;
    store.read(segments::check_surplus)?;
    // Read after the walk, which has compared every entry's kind with its record.
    let names = store.read(|conn| Names::load(conn, check.keys.known, check.keys.origin))?;
    store.read(|conn| check_openings(conn, size, &names))?;
    let (checkpoints, cosignatures) = store.read(|conn| check_checkpoints(conn, size, check, &names))?;
    let (root, batches, links) = (walk.root(), walk.batches(), check.links.map(|_| walk.links()));
    let tallied = store.read_at_once(|conn| tallied::check(conn, walk.tally(), check.since, size))?;
    let (tallied, tallies) = (tallied.entries, tallied.digest);
    // Last: of a database that is behind its anchor, everything else has verified.
    let anchored = store.read(|conn| check_anchor(conn, check))?;
    Ok(Verified { entries: size, root, batches, checkpoints, anchored, tallied, tallies, links, cosignatures })
}

/// Each entry that opened an epoch says of the entries before it what they are.
fn check_openings(conn: &mut AnyConnection, size: u64, names: &Names) -> Result<(), VerifyError> {
    for opening in names.openings().iter().filter(|opening| opening.index < size) {
        if StoredTree::new(conn, size).root_at(opening.index)? != opening.kept_root {
            let what = "it opens an epoch on entries with another root";
            return Err(VerifyError::row("audit_entry", opening.index, what));
        }
    }
    Ok(())
}

/// Checkpoints of the entries that were walked, and what witnesses signed of them; what was published meanwhile is not
/// looked at.
fn check_checkpoints(
    conn: &mut AnyConnection,
    size: u64,
    check: &Check<'_>,
    names: &Names,
) -> Result<(u64, Cosignatures), VerifyError> {
    let (mut checked, mut cosigned) = (0, Cosigning::after(check.since));
    let mut after = check.since.map_or(-1, |since| position(since.entries));
    loop {
        let page = audit::list_checkpoints_after(conn, after, CHECKPOINT_PAGE)?;
        let Some(last) = page.last() else { return Ok((checked, cosigned.finish(conn)?)) };
        // Read after the page: what was published had been appended before.
        let newest = audit::find_last_batch(conn)?.map_or(0, |row| row.size_after);
        after = last.size;
        for row in &page {
            if row.size > newest {
                return Err(VerifyError::row(CHECKPOINTS, row.size, format!("the log has only {newest} entries")));
            }
            if u64::try_from(row.size).is_ok_and(|at| at <= size) {
                let checkpoint = check_checkpoint(conn, row, size, names)?;
                cosigned.checkpoint(row.size, checkpoint.encode());
                checked += 1;
            }
        }
        cosigned.check_page(conn, last.size, &check.keys)?;
    }
}

const CHECKPOINTS: &str = "audit_checkpoint";
const CHECKPOINT_PAGE: i64 = 1_000;

fn check_checkpoint(
    conn: &mut AnyConnection,
    row: &CheckpointRow,
    size: u64,
    names: &Names,
) -> Result<Checkpoint, VerifyError> {
    let bad = |what: String| VerifyError::row(CHECKPOINTS, row.size, what);
    let checkpoint = names.open(row.note.as_bytes()).map_err(|error| bad(error.to_string()))?;
    if i64::try_from(checkpoint.size()) != Ok(row.size) {
        return Err(bad("its note is of another size".to_owned()));
    }
    if StoredTree::new(conn, size).root_at(checkpoint.size())? != checkpoint.root() {
        return Err(bad("the log has another root at this size".to_owned()));
    }
    // When it was published is signed by nobody: it can only be one that cannot be true.
    if audit::find_batch_before(conn, row.size)?.is_none_or(|batch| row.at < batch.at) {
        return Err(bad("its instant is before that of its last entry".to_owned()));
    }
    Ok(checkpoint)
}

fn check_anchor(conn: &mut AnyConnection, check: &Check<'_>) -> Result<Option<u64>, VerifyError> {
    let (_, anchored) = check.anchor.check(conn, check.keys.known, check.keys.origin)?;
    Ok(anchored)
}
