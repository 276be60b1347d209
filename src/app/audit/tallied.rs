//! The tallies of the reports are what the records add up to.

use super::stretch::position;
use super::{VerifiedState, VerifyError};
use crate::domain::report::{Counter, Tally, TallyDigest};
use crate::storage::{AnyConnection, audit, tallies};

const TALLIES: &str = "tally";
const PAGE: i64 = 5_000;

/// What the tallies cover.
pub(super) struct Tallied {
    /// Entries.
    pub(super) entries: u64,
    /// The counts at the end of the walk, if they cover as much.
    pub(super) digest: Option<TallyDigest>,
}

/// Compares the stored tallies with those of the walk, which went from `since` to `size`; what was appended meanwhile is
/// counted here. Tallies that are behind the log are not compared: no report is made of them.
pub(super) fn check(
    conn: &mut AnyConnection,
    walked: &Tally,
    since: Option<&VerifiedState>,
    size: u64,
) -> Result<Tallied, VerifyError> {
    let counted = tallies::find_size(conn)?;
    let length = audit::length(conn)?;
    if counted > length {
        let what = format!("the tallies cover {counted} entries, and the log has {length}");
        return Err(VerifyError::row("tally_size", 1, what));
    }
    if counted < length {
        return Ok(Tallied { entries: u64::try_from(counted).unwrap_or(0), digest: None });
    }
    if let Some(unknown) = tallies::find_unknown(conn)? {
        return Err(VerifyError::row(TALLIES, unknown, "nothing of that kind is counted"));
    }
    let mut at_end = tallies::load_all(conn)?;
    at_end.take_away(&count_from(conn, position(size))?);
    let digest = Some(at_end.digest());
    match since {
        None => compare(&at_end, walked)?,
        Some(since) => {
            at_end.take_away(walked);
            if at_end.digest() != since.tallies {
                let what = "they are not what was verified before and the entries since add up to; verify from the \
                            beginning";
                return Err(VerifyError::row(TALLIES, "of the entries verified before", what));
            }
        }
    }
    Ok(Tallied { entries: size, digest })
}

fn compare(stored: &Tally, walked: &Tally) -> Result<(), VerifyError> {
    let Some((cell, kept, right)) = stored.first_difference(walked) else { return Ok(()) };
    let day = cell.day.date().map_or_else(|| cell.day.number().to_string(), |date| date.to_string());
    let what = format!("it says {kept}, and the entries give {right}");
    Err(VerifyError::row(TALLIES, format!("{} {}, {day}", cell.counted, cell.key), what))
}

fn count_from(conn: &mut AnyConnection, mut next: i64) -> Result<Tally, VerifyError> {
    let mut tally = Tally::default();
    loop {
        let page = audit::list_entries(conn, next, PAGE)?;
        let Some(last) = page.last() else { return Ok(tally) };
        next = last.seq + 1;
        tally.absorb(&Counter::sum(page.iter().map(|entry| &entry.record)));
    }
}
