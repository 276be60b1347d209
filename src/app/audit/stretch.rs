//! A stretch of the log, checked by itself: whatever can be said of its entries without those before them.

use super::VerifyError;
use super::beside::Beside;
use super::columns::check_columns;
use crate::domain::record::{FieldWords, Members, entry_bytes};
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
        let mut beside = Beside::default();
        let mut rows = entries.iter();
        for seq in first..end {
            match check_entry(rows.next(), seq) {
                Ok(checked) => {
                    let fields = FieldWords::list(&checked.record);
                    stretch.tally.count_members(&checked.record, &fields);
                    beside.expect_of(checked.row, &checked.record, &fields);
                    stretch.leaves.push((checked.leaf, checked.row.at));
                }
                Err(fault) => {
                    stretch.fault = Some(fault);
                    return Ok(stretch);
                }
            }
        }
        stretch.fault = beside.check(conn, position(first), position(end)).err();
        Ok(stretch)
    }
}

/// An entry that fits.
struct Checked<'a> {
    row: &'a EntryRow,
    record: Members<'a>,
    leaf: Hash,
}

/// Checks the row that should stand at `seq`.
fn check_entry(row: Option<&EntryRow>, seq: u64) -> Result<Checked<'_>, VerifyError> {
    let bad = |what: &str| VerifyError::row("audit_entry", seq, what);
    let row = row.filter(|row| row.seq == position(seq)).ok_or_else(|| bad("it is missing"))?;
    let nonce = row.nonce.as_slice().try_into().map_err(|_| bad("its nonce is not 32 bytes"))?;
    let leaf = leaf_hash(&entry_bytes(nonce, &row.record));
    if leaf.as_bytes().as_slice() != row.leaf {
        return Err(bad("its leaf is not the hash of its record"));
    }
    let record = Members::read(&row.record).map_err(|error| bad(&format!("its record is {error}")))?;
    check_columns(row, &record).map_err(|what| bad(&what))?;
    Ok(Checked { row, record, leaf })
}

/// A position as the database counts.
pub(super) fn position(size: u64) -> i64 {
    i64::try_from(size).unwrap_or(i64::MAX)
}
