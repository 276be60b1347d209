//! The council's report: read from the tallies that the ledger keeps, or counted anew from the records.
//!
//! Both ways give the same bytes. Must never give a report from tallies that are behind the log: better none than a wrong one.

mod catch_up;
mod recount;

use chrono::{DateTime, Utc};

use crate::domain::record::{EventKind, hex, instant_text};
use crate::domain::report::{Counts, Day, Period, Range, Report, ReportSecret};
use crate::ledger::{HeadError, StoredTree};
use crate::storage::{AnyConnection, StoreError, audit, tallies};

use super::authority::{Authority, ReadReport, StaffFailure};
use super::noted::Noted;
use super::{App, ChangeFailure};

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The entry about the reading could not be made.
    #[error(transparent)]
    Noted(#[from] StaffFailure<std::convert::Infallible>),
    /// The tallies do not cover the whole log.
    #[error("the tallies cover {counted} of {entries} entries: restart the service, and it counts the rest")]
    Behind {
        /// How many entries have been counted.
        counted: i64,
        /// How many there are.
        entries: i64,
    },
    /// The log never was, or is not yet, that long.
    #[error("the log has {entries} entries")]
    Beyond {
        /// How many there are.
        entries: i64,
    },
    /// There is nothing to report on.
    #[error("the log is empty")]
    Empty,
    /// The tree cannot be read.
    #[error(transparent)]
    Head(#[from] HeadError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl App {
    /// The report over a period, as the log stands now, or stood a moment ago in a replica: it says of how many entries it is.
    /// That it was read is an entry. Blocks.
    ///
    /// # Errors
    /// Why there is none.
    pub fn report(&self, who: &Authority<ReadReport>, period: Period) -> Result<Report, ReportError> {
        self.note_report(who, period, None)?;
        let (report, _) = self.read_maybe_old(0, |conn| {
            let entries = audit::length(conn)?;
            let counted = tallies::find_size(conn)?;
            if counted != entries {
                return Err(ReportError::Behind { counted, entries });
            }
            let ends = Ends::load(conn, entries)?;
            let counts = tallies::load(conn, period.marks(ends.open))?;
            ends.report(conn, period, &counts)
        })?;
        Ok(report)
    }

    /// The report over a period as it was when the log had `entries` entries, counted anew from their records. Blocks for as
    /// long as reading them takes.
    ///
    /// # Errors
    /// Why there is none.
    pub fn report_at(
        &self,
        who: &Authority<ReadReport>,
        period: Period,
        entries: u64,
        progress: impl FnMut(u64),
    ) -> Result<Report, ReportError> {
        self.note_report(who, period, Some(entries))?;
        let entries = i64::try_from(entries).unwrap_or(i64::MAX);
        let tally = recount::count(&self.store, entries, progress)?;
        self.store.read_at_once(|conn| {
            let ends = Ends::load(conn, entries)?;
            let counts = Counts::of(&tally, period.marks(ends.open));
            ends.report(conn, period, &counts)
        })
    }

    fn note_report(&self, who: &Authority<ReadReport>, period: Period, at: Option<u64>) -> Result<(), ReportError> {
        let mut about = vec![("from", period.from().to_string()), ("to", period.to().to_string())];
        about.extend(at.map(|entries| ("at_index", entries.to_string())));
        let (kind, actor) = (EventKind::ReportRead, who.actor().to_owned());
        let stamp = self.stamp().map_err(ChangeFailure::from)?;
        Ok(self.change_by_blocking(who, Noted { kind, actor, about, stamp })?)
    }
}

/// The first entry of a log, and the last of those that are counted.
struct Ends {
    entries: i64,
    secret: ReportSecret,
    last_at: DateTime<Utc>,
    /// The day that is not over: that of the last entry.
    open: Day,
}

impl Ends {
    fn load(conn: &mut AnyConnection, entries: i64) -> Result<Self, ReportError> {
        let first = audit::find_entry_by_seq(conn, 0)?.ok_or(ReportError::Empty)?;
        let last = audit::find_entry_by_seq(conn, entries.saturating_sub(1))?.ok_or(ReportError::Empty)?;
        let last_at = DateTime::from_timestamp_micros(last.at).ok_or(StoreError::Corrupt("an instant out of range"))?;
        Ok(Self { entries, secret: ReportSecret::of(&first.nonce), last_at, open: Day::of(last_at) })
    }

    fn report(&self, conn: &mut AnyConnection, period: Period, counts: &Counts) -> Result<Report, ReportError> {
        let size = u64::try_from(self.entries).unwrap_or(0);
        let root = StoredTree::new(conn, size).root_at(size)?;
        let through = self.open.plus(-1).date().ok_or(StoreError::Corrupt("an instant out of range"))?;
        let log = Range { entries: size, root: hex(root.as_bytes()), last_at: instant_text(self.last_at), through };
        Ok(Report::new(period, counts, log, &self.secret))
    }
}
