//! Entries of every kind, for those who watch over the log. That somebody read or searched them is an entry before anything
//! is shown.

use std::convert::Infallible;

use chrono::{DateTime, Utc};

use super::inclusion::{Inclusion, NotIncluded};
use crate::app::authority::{Authority, ReadLog, StaffFailure};
use crate::app::find::{Page, find};
use crate::app::noted::Noted;
use crate::app::{App, AsOf};
use crate::domain::record::{EventKind, instant_text};
use crate::domain::segment::{ColumnName, Wanted};
use crate::storage::audit::{self, EntryRow, Stretch};
use crate::storage::{AnyConnection, StoreError};
use crate::tlog::Receipt;

/// Which entries somebody is looking for; `None` is "whatever it is".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EntryFilter {
    /// Not before this instant.
    pub from: Option<DateTime<Utc>>,
    /// Before this instant.
    pub until: Option<DateTime<Utc>>,
    /// Of this kind.
    pub kind: Option<EventKind>,
    /// Caused by this person, application or process.
    pub actor: Option<String>,
}

/// What somebody is looking for, and how much of it.
#[derive(Debug, Clone)]
pub struct EntrySearch {
    /// What entries must be like.
    pub filter: EntryFilter,
    /// Only entries before this position.
    pub before: Option<u64>,
    /// Entries on one page.
    pub limit: usize,
    /// Entries that are read for one page.
    pub reach: u32,
}

/// One page of entries, newest first.
pub struct EntryPage {
    /// The rows of the log.
    pub entries: Vec<EntryRow>,
    /// Where the next page begins; none when everything was looked at.
    pub next: Option<u64>,
    /// How far the log reached that was searched.
    pub as_of: AsOf,
}

/// One entry, and whether the log can prove it.
pub struct ReadEntry {
    /// The row of the log.
    pub row: EntryRow,
    /// Whether it is there.
    pub inclusion: Result<Inclusion, NotIncluded>,
    /// How many entries the log had.
    pub length: u64,
}

impl App {
    /// The entry at a position; `None` when the log is not that long.
    ///
    /// # Errors
    /// When the entry about the reading could not be made, or the log cannot be read: then nothing is shown.
    pub fn read_entry(
        &self,
        who: &Authority<ReadLog>,
        index: u64,
    ) -> Result<Option<ReadEntry>, StaffFailure<Infallible>> {
        let Ok(seq) = i64::try_from(index) else { return Ok(None) };
        let found = self.store.read(|conn| -> Result<_, StoreError> {
            Ok((audit::find_entry_by_seq(conn, seq)?, audit::length(conn)?))
        })?;
        let (Some(row), length) = found else { return Ok(None) };
        self.note_log(who, EventKind::EntryRead, vec![("index", index.to_string())])?;
        let inclusion = self.inclusion_of(&row)?;
        Ok(Some(ReadEntry { row, inclusion, length: u64::try_from(length).unwrap_or_default() }))
    }

    /// The receipt of the entry at a position: under the newest checkpoint, or under the one that was published at `size`.
    /// `None` when there is no such entry or checkpoint.
    ///
    /// # Errors
    /// As [`App::read_entry`].
    pub fn entry_receipt(
        &self,
        who: &Authority<ReadLog>,
        index: u64,
        size: Option<u64>,
    ) -> Result<Option<Result<Receipt, NotIncluded>>, StaffFailure<Infallible>> {
        let Some(read) = self.read_entry(who, index)? else { return Ok(None) };
        let Some(size) = size else { return Ok(Some(read.inclusion.map(|inclusion| inclusion.receipt))) };
        let Some(size) = i64::try_from(size).ok().filter(|size| read.row.seq < *size) else { return Ok(None) };
        Ok(self.store.read(|conn| -> Result<_, StoreError> {
            let published = audit::find_checkpoint(conn, size)?;
            let inclusion = published.map(|published| self.prove_under(conn, &read.row, &published.note, None));
            Ok(inclusion.map(|inclusion| inclusion.map(|inclusion| inclusion.receipt)))
        })?)
    }

    /// One page of the entries that fit.
    ///
    /// # Errors
    /// As [`App::read_entry`].
    pub fn search_entries(
        &self,
        who: &Authority<ReadLog>,
        search: &EntrySearch,
    ) -> Result<EntryPage, StaffFailure<Infallible>> {
        let mut about = search.filter.given();
        about.extend(search.before.map(|before| ("before", before.to_string())));
        self.note_log(who, EventKind::EntriesSearched, about)?;
        let reaching = search.before.unwrap_or(0);
        let ((entries, next), as_of) = self.read_maybe_old(reaching, |conn| page(conn, search))?;
        Ok(EntryPage { entries, next, as_of })
    }

    fn note_log(
        &self,
        who: &Authority<ReadLog>,
        kind: EventKind,
        about: Vec<(&'static str, String)>,
    ) -> Result<(), StaffFailure<Infallible>> {
        let noted = Noted { kind, actor: who.actor().to_owned(), about, stamp: self.stamp()? };
        self.change_by_blocking(who, noted)
    }
}

impl EntryFilter {
    fn given(&self) -> Vec<(&'static str, String)> {
        let parts = [
            ("from", self.from.map(instant_text)),
            ("until", self.until.map(instant_text)),
            ("kind", self.kind.map(|kind| kind.to_string())),
            ("actor", self.actor.clone()),
        ];
        parts.into_iter().filter_map(|(name, value)| value.map(|value| (name, value))).collect()
    }

    fn wanted(&self) -> Wanted {
        let kind = self.kind.map(|kind| (ColumnName::Kind, kind.to_string()));
        let actor = self.actor.clone().map(|actor| (ColumnName::Actor, actor));
        Wanted { words: kind.into_iter().chain(actor).collect(), ..Wanted::default() }
    }

    fn fits(&self, row: &EntryRow) -> bool {
        self.kind.is_none_or(|kind| row.kind == kind.as_str())
            && self.actor.as_ref().is_none_or(|actor| row.actor == *actor)
    }
}

fn page(conn: &mut AnyConnection, search: &EntrySearch) -> Result<(Vec<EntryRow>, Option<u64>), StoreError> {
    let filter = &search.filter;
    let stretch = Stretch::between(conn, filter.from, filter.until, search.before)?;
    let page = Page { limit: search.limit, reach: i64::from(search.reach) };
    let found = find(conn, stretch, &filter.wanted(), page, |row| Ok(filter.fits(row).then(|| row.clone())))?;
    let next = found.next(stretch);
    Ok((found.items, next))
}
