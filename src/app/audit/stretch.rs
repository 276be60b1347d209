//! A stretch of the log, checked by itself: whatever can be said of its entries without those before them.

use super::columns::check_columns;
use super::{VerifyError, beside};
use crate::domain::record::entry_bytes;
use crate::domain::report::Tally;
use crate::storage::audit::{self, EntryRow};
use crate::storage::{AnyConnection, StoreError};
use crate::tlog::{Hash, leaf_hash};

/// Entries in a stretch.
pub(super) const LENGTH: u64 = 4_096;

/// What a stretch amounts to, up to its first fault.
pub(super) struct Stretch {
    /// Of each entry the leaf, and the instant in microseconds since the epoch.
    pub(super) leaves: Vec<(Hash, i64)>,
    /// What its records add up to.
    pub(super) tally: Tally,
    /// The first entry that does not fit.
    pub(super) fault: Option<VerifyError>,
}

impl Stretch {
    /// Reads and checks the entries from `first` up to, and without, `end`.
    pub(super) fn read(conn: &mut AnyConnection, first: u64, end: u64) -> Result<Self, StoreError> {
        let entries = audit::list_entries(conn, position(first), position(end - first))?;
        let mut stretch = Self { leaves: Vec::with_capacity(entries.len()), tally: Tally::default(), fault: None };
        let mut rows = entries.iter();
        for seq in first..end {
            match check_entry(rows.next(), seq) {
                Ok((entry, leaf)) => {
                    stretch.tally.count(&entry.record);
                    stretch.leaves.push((leaf, entry.at));
                }
                Err(fault) => {
                    stretch.fault = Some(fault);
                    return Ok(stretch);
                }
            }
        }
        stretch.fault = beside::check(conn, (position(first), position(end)), &entries).err();
        Ok(stretch)
    }
}

/// Checks the row that should stand at `seq`, and gives its leaf.
fn check_entry(entry: Option<&EntryRow>, seq: u64) -> Result<(&EntryRow, Hash), VerifyError> {
    let bad = |what: &str| VerifyError::row("audit_entry", seq, what);
    let entry = entry.filter(|entry| entry.seq == position(seq)).ok_or_else(|| bad("it is missing"))?;
    let nonce = entry.nonce.as_slice().try_into().map_err(|_| bad("its nonce is not 32 bytes"))?;
    let leaf = leaf_hash(&entry_bytes(nonce, &entry.record));
    if leaf.as_bytes().as_slice() != entry.leaf {
        return Err(bad("its leaf is not the hash of its record"));
    }
    check_columns(entry).map_err(|what| bad(&what))?;
    Ok((entry, leaf))
}

/// A position as the database counts.
pub(super) fn position(size: u64) -> i64 {
    i64::try_from(size).unwrap_or(i64::MAX)
}
