//! The columns that searches read say what the entries say: a column that was altered would hide decisions.

use std::collections::BTreeMap;

use super::VerifyError;
use crate::domain::record::DecisionWords;
use crate::domain::segment::{ColumnName, LENGTH, LinkMarks, SegmentMaker};
use crate::storage::audit::EntryRow;
use crate::storage::segments;
use crate::storage::{AnyConnection, StoreError};

const COLUMNS: &str = "search_column";

/// The segment that begins where a stretch does, as it is stored: ten columns, or none.
pub(super) struct Segment<'a> {
    first: i64,
    stored: BTreeMap<String, (String, Vec<u8>)>,
    maker: SegmentMaker<'a>,
}

impl<'a> Segment<'a> {
    /// Loads the segment of the entries from `first` up to, and without, `end`; `None` when they are not all of one, or it is
    /// not made yet.
    pub(super) fn load(conn: &mut AnyConnection, first: i64, end: i64) -> Result<Option<Self>, StoreError> {
        let is_whole = first % segments::length() == 0 && end - first == segments::length();
        if !is_whole {
            return Ok(None);
        }
        let rows = segments::list_columns(conn, first)?;
        if rows.is_empty() && first >= segments::covered(conn)? {
            return Ok(None);
        }
        let stored = rows.into_iter().map(|(name, words, marks)| (name, (words, marks))).collect();
        Ok(Some(Self { first, stored, maker: SegmentMaker::default() }))
    }

    /// Adds the next entry.
    pub(super) fn push(&mut self, row: &'a EntryRow, decision: Option<&DecisionWords<'a>>) {
        self.maker.push(row.words(), decision);
    }

    /// Compares, when all entries were added.
    pub(super) fn check(mut self, links: &LinkMarks) -> Result<(), VerifyError> {
        let bad = |name: &str, what: &str| VerifyError::row(COLUMNS, format!("{name}, first {}", self.first), what);
        let words = self.maker.finish();
        let words = words.iter().map(|(name, column)| (*name, column.words(), column.marks()));
        for (name, words, marks) in words.chain([(ColumnName::Resident, "[]".to_owned(), links.marks())]) {
            let stored = self.stored.remove(name.as_str()).ok_or_else(|| bad(name.as_str(), "it is missing"))?;
            if stored != (words, marks.to_vec()) {
                return Err(bad(name.as_str(), "it does not say what the entries say"));
            }
        }
        self.stored.keys().next().map_or(Ok(()), |name| Err(bad(name, "there is no such column")))
    }
}

/// Names a column of a segment that there is not.
pub(super) fn check_surplus(conn: &mut AnyConnection) -> Result<(), VerifyError> {
    const _: () = assert!(LENGTH as u64 == super::stretch::LENGTH, "a stretch is a segment");
    match segments::find_stray(conn)? {
        Some((name, first)) => {
            Err(VerifyError::row(COLUMNS, format!("{name}, first {first}"), "there is no such segment"))
        }
        None => Ok(()),
    }
}
