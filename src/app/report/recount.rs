//! Counting anew from the records: slow, and beholden to nothing but them.

use super::ReportError;
use crate::domain::report::{Counter, Tally};
use crate::storage::{Store, StoreError, audit};

const PAGE: i64 = 5_000;

/// The tallies of the first `entries` entries. Says after each page how many are done.
pub(super) fn count(store: &Store, entries: i64, mut progress: impl FnMut(u64)) -> Result<Tally, ReportError> {
    let length = store.read(audit::length)?;
    if entries > length {
        return Err(ReportError::Beyond { entries: length });
    }
    let (mut tally, mut next) = (Tally::default(), 0);
    while next < entries {
        let limit = PAGE.min(entries - next);
        let page = store.read(|conn| audit::list_entries(conn, next, limit))?;
        if page.is_empty() {
            return Err(StoreError::Corrupt("a log with a gap").into());
        }
        if !page.iter().zip(next..).all(|(entry, seq)| entry.seq == seq) {
            return Err(StoreError::Corrupt("a log with a gap").into());
        }
        tally.absorb(&Counter::sum(page.iter().map(|entry| &entry.record)));
        next = page.last().map_or(next, |last| last.seq + 1);
        progress(u64::try_from(next).unwrap_or(0));
    }
    Ok(tally)
}
