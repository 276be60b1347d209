//! A stretch of the log, checked by itself: whatever can be said of its entries without those before them.

use super::beside::Beside;
use super::columns::check_columns;
use super::links::Links;
use super::segments::Segment;
use super::{LinkKeys, VerifyError};
use crate::domain::record::{DecisionWords, Members, entry_bytes};
use crate::domain::report::{Counter, Tally};
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
    /// Links to residents that lead to whom the records commit to.
    pub(super) links: u64,
    /// The first entry that does not fit.
    pub(super) fault: Option<VerifyError>,
}

impl Stretch {
    /// Reads and checks the entries from `first` up to, and without, `end`. Everything must be read at once: links are erased
    /// while others read.
    pub(super) fn read(
        conn: &mut AnyConnection,
        (first, end): (u64, u64),
        keys: Option<&LinkKeys>,
    ) -> Result<Self, StoreError> {
        let entries = audit::list_entries(conn, position(first), position(end - first))?;
        let links = Links::load(conn, position(first), position(end))?;
        let segment = Segment::load(conn, position(first), position(end))?;
        let leaves = Vec::with_capacity(entries.len());
        let mut stretch = Self { leaves, tally: Tally::default(), links: 0, fault: None };
        let mut reading = Reading { links, segment, counter: Counter::default(), beside: Beside::default(), keys };
        let mut rows = entries.iter();
        for seq in first..end {
            match check_entry(rows.next(), seq).and_then(|checked| reading.take(checked)) {
                Ok(leaf) => stretch.leaves.push(leaf),
                Err(fault) => {
                    stretch.fault = Some(fault);
                    return Ok(stretch);
                }
            }
        }
        stretch.tally = reading.counter.finish();
        stretch.links = reading.links.opened();
        let segment = reading.segment.map_or(Ok(()), |segment| segment.check(reading.links.marks()));
        let beside = segment.and_then(|()| reading.beside.check(conn, position(first), position(end)));
        stretch.fault = beside.err();
        Ok(stretch)
    }
}

/// What is made of the entries on the way.
struct Reading<'a, 'k> {
    links: Links,
    segment: Option<Segment<'a>>,
    counter: Counter<'a>,
    beside: Beside,
    keys: Option<&'k LinkKeys>,
}

impl<'a> Reading<'a, '_> {
    /// Takes the next entry in. Gives its leaf and its instant.
    fn take(&mut self, Checked { row, record, leaf }: Checked<'a>) -> Result<(Hash, i64), VerifyError> {
        self.links.check(row, &record, self.keys)?;
        let words = DecisionWords::of(&record);
        if let Some(segment) = &mut self.segment {
            segment.push(row, words.as_ref());
        }
        let bases = self.counter.count_members(&record, words.as_ref());
        if let Some(words) = words {
            self.beside.expect(row.seq, &words, bases);
        }
        Ok((leaf, row.at))
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
