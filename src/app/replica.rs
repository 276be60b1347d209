//! Reading from a replica what may be a little old: searches, files and reports for those who watch over the log.
//!
//! Must never serve what decides, authorises or proves, and never what was erased: those read the database itself.

use std::fmt::Display;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::App;
use crate::storage::audit::{self, BatchRow};
use crate::storage::{self, AnyConnection, Store, StoreError};

/// How long a replica that failed is left alone: nobody else shall wait for it.
const PAUSE: Duration = Duration::from_secs(10);

/// How far what was read reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AsOf {
    /// Entries that the log had where it was read.
    pub entries: u64,
    /// Whether it was read from a replica.
    pub is_replica: bool,
}

/// A replica, and how it is trusted.
pub struct Replica {
    store: storage::Replica,
    longest_lag: u64,
    left_alone_until: Mutex<Option<Instant>>,
}

/// Why a replica was not read. The database itself is, then.
#[derive(Debug, thiserror::Error)]
enum Unread {
    #[error("the replica lacks {0} entries")]
    Behind(u64),
    /// Nothing is wrong with it: what is asked for is newer.
    #[error("the replica does not reach as far yet")]
    TooShort,
    #[error("it is not a replica of this log: its newest commit is none of ours")]
    Foreign,
    #[error("the replica cannot be read: {0}")]
    Failed(String),
}

impl Replica {
    /// A replica that may lack so many entries.
    #[must_use]
    pub fn new(store: storage::Replica, longest_lag: u64) -> Self {
        Self { store, longest_lag, left_alone_until: Mutex::default() }
    }

    /// Reads in one snapshot of the replica, after it was found to be ours, recent and long enough.
    fn read<T, E: From<StoreError> + Display>(
        &self,
        primary: &Store,
        head: u64,
        reaching: u64,
        query: impl FnOnce(&mut AnyConnection) -> Result<T, E>,
    ) -> Result<(T, AsOf), Unread> {
        self.store.read_at_once(|conn| {
            let newest = audit::find_last_batch(conn)?;
            let entries = newest.as_ref().map_or(0, |row| u64::try_from(row.size_after).unwrap_or(0));
            demand_ours(primary, newest.as_ref())?;
            let lag = head.saturating_sub(entries);
            note(true, lag);
            if lag > self.longest_lag {
                return Err(Unread::Behind(lag));
            }
            if entries < reaching {
                return Err(Unread::TooShort);
            }
            let found = query(conn).map_err(|error| Unread::Failed(error.to_string()))?;
            Ok((found, AsOf { entries, is_replica: true }))
        })
    }

    fn is_left_alone(&self) -> bool {
        let until = *self.left_alone_until.lock().unwrap_or_else(PoisonError::into_inner);
        until.is_some_and(|until| Instant::now() < until)
    }

    fn leave_alone(&self, why: &Unread) {
        *self.left_alone_until.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now() + PAUSE);
        metrics::gauge!("zaguan_replica_is_read").set(0.0);
        tracing::warn!(replica = %self.store.location(), "{why}; the database itself is read for a while");
    }
}

/// A replica's newest commit is one of ours, with the same root: then the tree says that all before it is ours, too.
fn demand_ours(primary: &Store, newest: Option<&BatchRow>) -> Result<(), Unread> {
    let Some(newest) = newest else { return Ok(()) };
    let ours = primary.read(|conn| audit::find_batch(conn, newest.first_seq))?;
    if ours.as_ref() == Some(newest) { Ok(()) } else { Err(Unread::Foreign) }
}

#[expect(clippy::cast_precision_loss, reason = "a figure for people")]
fn note(is_read: bool, lag: u64) {
    metrics::gauge!("zaguan_replica_is_read").set(f64::from(u8::from(is_read)));
    metrics::gauge!("zaguan_replica_lag_entries").set(lag as f64);
}

impl From<StoreError> for Unread {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.to_string())
    }
}

impl App {
    /// Reads from the replica, if there is one that reaches as far as `reaching` entries; otherwise, and whenever the replica
    /// fails, from the database itself. Everything is as it stood at one instant, and told with it.
    pub(super) fn read_maybe_old<T, E: From<StoreError> + Display>(
        &self,
        reaching: u64,
        query: impl Fn(&mut AnyConnection) -> Result<T, E>,
    ) -> Result<(T, AsOf), E> {
        if let Some(replica) = self.replica.as_ref().filter(|replica| !replica.is_left_alone()) {
            match replica.read(&self.store, self.ledger.head().size, reaching, &query) {
                Ok(read) => return Ok(read),
                Err(Unread::TooShort) => {}
                Err(why) => replica.leave_alone(&why),
            }
        }
        self.read_fresh(query)
    }

    /// The same from the database itself.
    pub(super) fn read_fresh<T, E: From<StoreError>>(
        &self,
        query: impl FnOnce(&mut AnyConnection) -> Result<T, E>,
    ) -> Result<(T, AsOf), E> {
        self.store.read_at_once(|conn| {
            let entries = u64::try_from(audit::length(conn)?).unwrap_or(0);
            Ok((query(conn)?, AsOf { entries, is_replica: false }))
        })
    }
}
