//! Making the columns of a segment out of its entries.

use std::convert::Infallible;

use crate::domain::record::{DecisionWords, Members};
use crate::domain::segment::{Column, ColumnName, SegmentMaker};
use crate::ledger::{Change, ChangeError, Turn};
use crate::storage::audit::EntryRow;
use crate::storage::segments;

/// The columns of words.
pub(super) fn columns_of(entries: &[EntryRow]) -> Vec<(ColumnName, Column)> {
    let mut maker = SegmentMaker::default();
    for entry in entries {
        let record = Members::read(&entry.record).ok();
        maker.push(entry.words(), record.as_ref().and_then(DecisionWords::of).as_ref());
    }
    maker.finish()
}

/// Adds a segment. It leaves no entry, because it says nothing that the log does not say.
pub(super) struct AppendSegment {
    pub(super) first: i64,
    pub(super) columns: Vec<(ColumnName, Column)>,
}

impl Change for AppendSegment {
    /// Whether it was the next one.
    type Output = bool;
    type Refusal = Infallible;

    fn apply(self, turn: &mut Turn<'_, '_>) -> Result<bool, ChangeError<Infallible>> {
        Ok(segments::append(turn.tx, self.first, &self.columns)?)
    }
}
