//! Counting what an older version of the program appended: at start, a slice of the log in each turn of the writer.

use std::convert::Infallible;

use crate::app::{App, ChangeFailure};
use crate::domain::report::Counter;
use crate::ledger::{Change, ChangeError, Turn};
use crate::storage::{StoreError, audit, tallies};

/// Entries that are counted in one turn: others wait for it.
const SLICE: i64 = 5_000;

impl App {
    /// Counts whatever of the log has not been counted. Nothing to do but after an update of the program.
    ///
    /// # Errors
    /// Why the tallies are still behind.
    pub fn catch_up_tallies(&self) -> Result<(), ChangeFailure<Infallible>> {
        let missing = self
            .store
            .read_at_once(|conn| -> Result<i64, StoreError> { Ok(audit::length(conn)? - tallies::find_size(conn)?) })?;
        if missing > 0 {
            tracing::warn!(entries = missing, "counting the log for the reports; this is done once");
            while !self.ledger.change_blocking(CatchUp)?.map_err(ChangeFailure::Refused)? {}
        }
        Ok(())
    }
}

/// Adds no entry: tallies say nothing that the log does not say.
struct CatchUp;

impl Change for CatchUp {
    /// Whether all that stands in the log is counted.
    type Output = bool;
    type Refusal = Infallible;

    fn apply(self, turn: &mut Turn<'_, '_>) -> Result<bool, ChangeError<Infallible>> {
        let size = i64::try_from(turn.head.size).map_err(|_| StoreError::Corrupt("a size out of range"))?;
        let counted = tallies::find_size(turn.tx.conn())?;
        if counted >= size {
            return Ok(true);
        }
        let entries = audit::list_entries(turn.tx.conn(), counted, SLICE.min(size - counted))?;
        let end = entries.last().map_or(counted, |last| last.seq + 1);
        let tally = Counter::sum(entries.iter().map(|entry| &entry.record));
        if !tallies::add(turn.tx, counted, end, &tally)? || end == counted {
            return Err(StoreError::Corrupt("a log that cannot be counted").into());
        }
        Ok(end == size)
    }
}
