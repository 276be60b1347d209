//! Counting anew from the records: slow, and beholden to nothing but them.

use super::ReportError;
use crate::domain::report::Tally;
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
        for entry in &page {
            if entry.seq != next {
                return Err(StoreError::Corrupt("a log with a gap").into());
            }
            tally.count(&entry.record);
            next += 1;
        }
        progress(u64::try_from(next).unwrap_or(0));
    }
    Ok(tally)
}
