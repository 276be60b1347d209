//! Finding entries of the log, newest first: what is recent one by one, the rest by segments.
//!
//! Must never answer from a column alone: what a segment offers is read, and compared with the record.

mod keeper;
mod segment;

pub use keeper::SegmentKeeper;

use std::collections::BTreeMap;

use crate::domain::segment::{Column, ColumnName, LinkMarks, Selection, Wanted};
use crate::storage::audit::{self, EntryRow, Stretch};
use crate::storage::segments::{self, ColumnRow};
use crate::storage::{AnyConnection, StoreError};

/// Entries that are looked at one by one in one query.
const STRETCH: i64 = 10_000;

/// Segments whose columns are read in one query, at the most. A search begins with one, because most find enough there.
const SEGMENTS_AT_ONCE: i64 = 64;

/// Segments that are looked at for one page: sixteen million entries.
const SEGMENTS_PER_PAGE: i64 = 4_096;

/// How much of what is wanted is wanted now.
#[derive(Clone, Copy)]
pub(super) struct Page {
    /// Entries on it.
    pub(super) limit: usize,
    /// Entries that are read for it, whether they fit or not.
    pub(super) reach: i64,
}

/// What was found, newest first.
pub(super) struct Found<T> {
    pub(super) items: Vec<T>,
    /// Everything from this position on was looked at. Not the first of the stretch: there is more.
    pub(super) down_to: i64,
}

impl<T> Found<T> {
    /// Where the next page begins; none when the whole stretch was looked at.
    pub(super) fn next(&self, stretch: Stretch) -> Option<u64> {
        (self.down_to > stretch.first).then(|| u64::try_from(self.down_to).ok()).flatten()
    }
}

/// Looks through a stretch. `read` makes what is looked for out of an entry, or nothing if it does not fit after all.
pub(super) fn find<T>(
    conn: &mut AnyConnection,
    stretch: Stretch,
    wanted: &Wanted,
    page: Page,
    read: impl Fn(&EntryRow) -> Result<Option<T>, StoreError>,
) -> Result<Found<T>, StoreError> {
    let covered = segments::covered(conn)?;
    let found = Found { items: Vec::new(), down_to: stretch.end };
    let mut search = Search { conn, stretch, wanted, limit: page.limit, reach: page.reach, read, found };
    while search.found.down_to > stretch.first.max(covered) {
        if !search.recent(covered)? {
            return Ok(search.found);
        }
    }
    let (mut at_once, mut left) = (1, SEGMENTS_PER_PAGE);
    while search.found.down_to > stretch.first && left > 0 {
        if !search.segments(at_once)? {
            return Ok(search.found);
        }
        left -= at_once;
        at_once = SEGMENTS_AT_ONCE.min(at_once * 2);
    }
    Ok(search.found)
}

struct Search<'a, T, R> {
    conn: &'a mut AnyConnection,
    stretch: Stretch,
    wanted: &'a Wanted,
    limit: usize,
    /// Entries that may still be read.
    reach: i64,
    read: R,
    found: Found<T>,
}

impl<T, R: Fn(&EntryRow) -> Result<Option<T>, StoreError>> Search<'_, T, R> {
    /// The next entries that no segment holds yet. Returns whether to go on.
    fn recent(&mut self, covered: i64) -> Result<bool, StoreError> {
        let end = self.found.down_to;
        let first = self.stretch.first.max(covered).max(end - STRETCH.min(self.reach));
        if first == end {
            return Ok(false);
        }
        self.reach -= end - first;
        let rows = audit::list_wanted(self.conn, Stretch { first, end }, self.wanted)?;
        Ok(self.take(&rows, first)? == Next::GoOn)
    }

    /// The next segments, at most so many. Returns whether to go on.
    fn segments(&mut self, at_once: i64) -> Result<bool, StoreError> {
        let end = self.found.down_to;
        let newest = begin_of(end - 1);
        let oldest = begin_of(self.stretch.first).max(newest - (at_once - 1) * segments::length());
        let columns = Columns::load(self.conn, self.wanted, oldest, end)?;
        let mut first = newest;
        while first >= oldest {
            if !self.segment(first, &columns.select(self.wanted, first))? {
                return Ok(false);
            }
            first -= segments::length();
        }
        Ok(true)
    }

    /// What a segment offers. Returns whether to go on.
    fn segment(&mut self, first: i64, selection: &Selection) -> Result<bool, StoreError> {
        let (lowest, end) = (self.stretch.first.max(first), self.found.down_to);
        let places = selection.newest_first().filter_map(|place| Some(first + i64::try_from(place).ok()?));
        let offered: Vec<i64> = places.filter(|seq| (lowest..end).contains(seq)).collect();
        // One more than the page holds, to know whether there is another page.
        for some in offered.chunks(self.limit.saturating_add(1)) {
            if self.reach <= 0 {
                return Ok(false);
            }
            self.reach -= i64::try_from(some.len()).unwrap_or(i64::MAX);
            let rows = self.rows_at(some)?;
            if self.take(&rows, some.last().copied().unwrap_or(lowest))? == Next::Full {
                return Ok(false);
            }
        }
        self.found.down_to = lowest;
        Ok(true)
    }

    fn rows_at(&mut self, positions: &[i64]) -> Result<Vec<EntryRow>, StoreError> {
        match &self.wanted.residents {
            Some(residents) => {
                let linked = audit::list_linked_at(self.conn, positions, residents)?;
                audit::list_at(self.conn, &linked)
            }
            None => audit::list_at(self.conn, positions),
        }
    }

    /// Takes what fits out of rows that reach down to `lowest`.
    fn take(&mut self, rows: &[EntryRow], lowest: i64) -> Result<Next, StoreError> {
        for row in rows {
            let Some(item) = (self.read)(row)? else { continue };
            if self.found.items.len() == self.limit {
                // The row at hand is the first of the next page.
                self.found.down_to = row.seq + 1;
                return Ok(Next::Full);
            }
            self.found.items.push(item);
        }
        self.found.down_to = lowest;
        Ok(Next::GoOn)
    }
}

#[derive(PartialEq, Eq)]
enum Next {
    GoOn,
    Full,
}

fn begin_of(seq: i64) -> i64 {
    seq - seq.rem_euclid(segments::length())
}

/// The columns that tell something about what is wanted, of some segments.
struct Columns {
    words: Vec<(ColumnName, BTreeMap<i64, ColumnRow>)>,
    links: BTreeMap<i64, ColumnRow>,
}

impl Columns {
    fn load(conn: &mut AnyConnection, wanted: &Wanted, first: i64, end: i64) -> Result<Self, StoreError> {
        let names = wanted.columns().into_iter();
        let words = names.map(|name| Ok((name, segments::list(conn, name, first, end)?)));
        let words = words.collect::<Result<_, StoreError>>()?;
        let links = match wanted.residents {
            Some(_) => segments::list(conn, ColumnName::Resident, first, end)?,
            None => BTreeMap::new(),
        };
        Ok(Self { words, links })
    }

    /// The places of one segment that may be wanted. A column that is missing, or cannot be read, narrows nothing: whoever
    /// tampers with it makes searches slow, not blind.
    fn select(&self, wanted: &Wanted, first: i64) -> Selection {
        let mut selection = Selection::all();
        for (name, rows) in &self.words {
            let column = rows.get(&first).and_then(|row| Column::read(&row.words, &row.marks));
            if let Some(column) = column {
                selection.narrow(&column.select(|word| wanted.accepts(*name, word)));
            }
        }
        let links = self.links.get(&first).and_then(|row| LinkMarks::read(row.marks.clone()));
        if let (Some(links), Some(residents)) = (links, &wanted.residents) {
            selection.narrow(&links.select(residents));
        }
        selection
    }
}
