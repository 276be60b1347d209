//! Writing what a search finds to a file, of any size: page by page, never more than one page in memory.
//!
//! A file holds what the records hold: commitments, never a resident. That somebody exports is an entry before the first
//! byte leaves.

mod csv;
mod lines;
mod progress;

use std::convert::Infallible;
use std::sync::Arc;

use chrono::DateTime;
use uuid::Uuid;

use progress::TOLD_FOR;
pub use progress::{ExportProgress, ExportTickets};

use super::search::fitting;
use super::{DecisionRecord, Recorded, Search};
use crate::app::App;
use crate::app::authority::{Authority, ReadDecision, StaffFailure};
use crate::app::find::{Page, find};
use crate::app::noted::Noted;
use crate::clock::{EntropyError, uuid_v7};
use crate::domain::decision::ExportFormat;
use crate::domain::record::EventKind;
use crate::domain::segment::Wanted;
use crate::storage::audit::{EntryRow, Stretch};
use crate::storage::{AnyConnection, StoreError};

/// Decisions that are held in memory at once.
const DECISIONS_AT_ONCE: usize = 500;

/// A file that is being written.
pub struct Export {
    app: Arc<App>,
    format: ExportFormat,
    search: Search,
    wanted: Wanted,
    whole: Stretch,
    /// Everything from here on was looked at.
    down_to: i64,
    is_begun: bool,
    progress: Arc<ExportProgress>,
}

/// A decision as it is written.
struct Exported {
    row: EntryRow,
    record: DecisionRecord,
    index: u64,
}

impl App {
    /// Begins to write what a search finds. `ticket` is what its progress goes by.
    ///
    /// # Errors
    /// When the entry about it could not be made, or the log cannot be read: then there is no file.
    pub fn begin_export(
        self: &Arc<Self>,
        who: &Authority<ReadDecision>,
        search: Search,
        format: ExportFormat,
        ticket: &str,
    ) -> Result<Export, StaffFailure<Infallible>> {
        let filter = &search.filter;
        // Bounded before the entry about it is made: no file is about itself.
        let whole = self.store.read(|conn| Stretch::between(conn, filter.from, filter.until, search.before))?;
        let mut about = filter.given();
        about.extend(search.resident.as_ref().map(|(store, _)| ("resident_in", store.to_string())));
        about.extend([("format", format.to_string()), ("before", whole.end.to_string())]);
        let (kind, actor) = (EventKind::DecisionsExported, who.actor().to_owned());
        self.change_by_blocking(who, Noted { kind, actor, about, stamp: self.stamp()? })?;
        let residents = search.resident.as_ref().map(|(store, resident)| self.resident_indexes(store, resident));
        let wanted = Wanted::decisions(filter, residents);
        let progress = self.exports.open(ticket, whole, self.clock.now());
        let app = Arc::clone(self);
        Ok(Export { app, format, search, wanted, whole, down_to: whole.end, is_begun: false, progress })
    }

    /// What the progress of a file will go by: nobody can guess it.
    ///
    /// # Errors
    /// When there are no random bytes.
    pub fn export_ticket(&self) -> Result<String, EntropyError> {
        let mut random = [0; 10];
        self.entropy.fill(&mut random)?;
        Ok(uuid_v7(self.clock.now(), &random).to_string())
    }

    /// Whether a form that is still good may have been handed this ticket: one that was drawn in the last hours, as long as
    /// files are told about.
    #[must_use]
    pub fn may_begin_export(&self, ticket: &str) -> bool {
        let drawn_at = ticket.parse::<Uuid>().ok().and_then(|ticket| ticket.get_timestamp());
        let drawn_at = drawn_at.and_then(|drawn_at| {
            let (seconds, nanos) = drawn_at.to_unix();
            DateTime::from_timestamp(i64::try_from(seconds).ok()?, nanos)
        });
        let now = self.clock.now();
        drawn_at.is_some_and(|drawn_at| drawn_at <= now && now - drawn_at < TOLD_FOR)
    }

    /// How far a file is; nothing when none was begun with this ticket, or it is told about no longer.
    #[must_use]
    pub fn export_progress(&self, ticket: &str) -> Option<Arc<ExportProgress>> {
        self.exports.find(ticket)
    }
}

impl Export {
    /// The next part of the file; `None` at its end. A part may be empty: what is rare lies far apart, and whoever waits may
    /// have gone away meanwhile. Blocks.
    ///
    /// # Errors
    /// When the log cannot be read: then the file must be seen to be broken off.
    pub fn next_part(&mut self) -> Result<Option<Vec<u8>>, StoreError> {
        if !std::mem::replace(&mut self.is_begun, true) && self.format == ExportFormat::Csv {
            return Ok(Some(csv::head()));
        }
        if self.down_to <= self.whole.first {
            self.progress.end();
            return Ok(None);
        }
        let written = self.next_page()?.into_iter().flat_map(|exported| match self.format {
            ExportFormat::Csv => csv::rows(&exported),
            ExportFormat::JsonLines => lines::line(&exported),
        });
        Ok(Some(written.collect()))
    }

    fn next_page(&mut self) -> Result<Vec<Exported>, StoreError> {
        let stretch = Stretch { first: self.whole.first, end: self.down_to };
        let page = Page { limit: DECISIONS_AT_ONCE, reach: i64::from(self.search.reach) };
        let filter = &self.search.filter;
        let query = |conn: &mut AnyConnection| {
            find(conn, stretch, &self.wanted, page, |row| {
                let found = fitting(row, filter)?;
                Ok(found.map(|Recorded { record, index, .. }| Exported { row: row.clone(), record, index }))
            })
        };
        let reaching = u64::try_from(self.down_to).unwrap_or(0);
        // Links that were erased may still stand in a replica.
        let is_about_somebody = self.search.resident.is_some();
        let (found, _) =
            if is_about_somebody { self.app.read_fresh(query)? } else { self.app.read_maybe_old(reaching, query)? };
        self.down_to = found.down_to;
        self.progress.move_to(self.down_to, found.items.len());
        Ok(found.items)
    }
}
