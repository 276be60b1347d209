//! How the log is: long, published, anchored, verified, writable.

use chrono::{DateTime, Utc};

use super::verification::{LogVerification, Progress};
use crate::app::App;
use crate::app::witnesses::{WitnessHealth, WitnessSeen};
use crate::ledger::{Anchor, Health};
use crate::storage::{AnyConnection, StoreError, audit, segments, verifications};
use crate::tlog::Hash;

/// What an auditor wants to know of the log at a glance.
#[derive(Debug, Clone)]
pub struct LogHealth {
    /// Its name: the first line of every checkpoint.
    pub origin: String,
    /// Entries in it.
    pub length: u64,
    /// The root of its tree, as the newest commit says.
    pub root: Hash,
    /// When the first entry was made.
    pub first_at: Option<DateTime<Utc>>,
    /// When the last entry was made.
    pub last_at: Option<DateTime<Utc>>,
    /// The newest checkpoint that the public can hold.
    pub published: Option<Published>,
    /// The size of the anchor outside the database, when there is one and the database agrees with it; otherwise why not.
    pub anchored: Result<Option<u64>, String>,
    /// Whether entries can be written.
    pub writer: Health,
    /// What the last verification found.
    pub verification: Option<LogVerification>,
    /// The verification that is under way in this process.
    pub progress: Option<Progress>,
    /// The keys by which checkpoints are verified, the one in force first.
    pub keys: Vec<String>,
    /// Entries that searches find by segments; those after them are looked at one by one.
    pub searchable: u64,
    /// Who cosigns it, and how that goes.
    pub witnesses: Vec<WitnessHealth>,
}

/// A published checkpoint.
#[derive(Debug, Clone)]
pub struct Published {
    /// Entries under it.
    pub size: u64,
    /// When it was published.
    pub at: DateTime<Utc>,
    /// The signed note.
    pub note: String,
    /// Who cosigns what is published, and what each cosigned last; nobody where that was not asked for.
    pub witnesses: Vec<WitnessSeen>,
}

impl App {
    /// How the log is. Reads a few rows, however long it is.
    ///
    /// # Errors
    /// When the database fails.
    pub fn log_health(&self, anchor: &Anchor) -> Result<LogHealth, StoreError> {
        let head = self.ledger.head();
        self.store.read(|conn| {
            let last = audit::length(conn)?;
            Ok(LogHealth {
                origin: self.names().current().to_owned(),
                length: u64::try_from(last).unwrap_or_default(),
                root: head.root,
                first_at: instant_of(conn, 0)?,
                last_at: instant_of(conn, last - 1)?,
                published: audit::find_last_checkpoint(conn)?.and_then(Published::of),
                anchored: self.anchored(conn, anchor),
                writer: self.ledger.health(),
                verification: verifications::find_last(conn)?.and_then(LogVerification::of),
                progress: self.log_check.progress(),
                keys: self.verifiers().iter().map(ToString::to_string).collect(),
                witnesses: self.witness_health(conn)?,
                searchable: u64::try_from(segments::covered(conn)?).unwrap_or_default(),
            })
        })
    }

    fn anchored(&self, conn: &mut AnyConnection, anchor: &Anchor) -> Result<Option<u64>, String> {
        let checked = anchor.check(conn, self.verifiers(), self.names().base());
        checked.map(|(_, anchored)| anchored).map_err(|error| error.to_string())
    }
}

fn instant_of(conn: &mut AnyConnection, seq: i64) -> Result<Option<DateTime<Utc>>, StoreError> {
    Ok(audit::find_entry_by_seq(conn, seq)?.and_then(|row| DateTime::from_timestamp_micros(row.at)))
}

impl Published {
    pub(in crate::app) fn of(row: audit::CheckpointRow) -> Option<Self> {
        let at = DateTime::from_timestamp_micros(row.at)?;
        Some(Self { size: u64::try_from(row.size).ok()?, at, note: row.note, witnesses: Vec::new() })
    }
}
