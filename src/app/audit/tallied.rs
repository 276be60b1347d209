//! The tallies of the reports are what the records add up to.

use std::collections::BTreeMap;

use super::VerifyError;
use crate::domain::report::{Cell, Tally};
use crate::storage::{AnyConnection, audit, tallies};

const TALLIES: &str = "tally";
const PAGE: i64 = 5_000;

/// Compares the stored tallies with those of the walk, which covers `size` entries; what was appended since is counted here.
/// Tallies that are behind the log are not compared: no report is made of them. Returns how many entries they cover.
pub(super) fn check(conn: &mut AnyConnection, mut walked: Tally, size: u64) -> Result<u64, VerifyError> {
    let counted = tallies::find_size(conn)?;
    let length = audit::length(conn)?;
    let covered = u64::try_from(counted).unwrap_or(0);
    if counted > length {
        let what = format!("the tallies cover {counted} entries, and the log has {length}");
        return Err(VerifyError::row("tally_size", 1, what));
    }
    if counted < length {
        return Ok(covered);
    }
    count_from(conn, &mut walked, i64::try_from(size).unwrap_or(i64::MAX))?;
    let stored: BTreeMap<Cell, i64> = tallies::list(conn)?.into_iter().collect();
    let walked: BTreeMap<Cell, i64> = walked.cells().map(|(cell, count)| (cell.clone(), count)).collect();
    let all = stored.keys().chain(walked.keys());
    let first = all.filter(|cell| stored.get(*cell) != walked.get(*cell)).min();
    let Some(cell) = first else { return Ok(covered.min(size)) };
    let [kept, right] = [&stored, &walked].map(|counts| counts.get(cell).map_or("nothing".to_owned(), i64::to_string));
    let day = cell.day.date().map_or_else(|| cell.day.number().to_string(), |date| date.to_string());
    let what = format!("it says {kept}, and the entries give {right}");
    Err(VerifyError::row(TALLIES, format!("{} {}, {day}", cell.counted, cell.key), what))
}

fn count_from(conn: &mut AnyConnection, tally: &mut Tally, mut next: i64) -> Result<(), VerifyError> {
    loop {
        let page = audit::list_entries(conn, next, PAGE)?;
        let Some(last) = page.last() else { return Ok(()) };
        next = last.seq + 1;
        for entry in &page {
            tally.count(&entry.record);
        }
    }
}
