//! What the log shows to everybody, without asking who they are: the newest published checkpoint, and the tiles and
//! entry bundles beneath it.
//!
//! Must never show anything beyond the newest published checkpoint: how fast the log grows between two of them would tell
//! when somebody asked. Outsiders may ask as often as they like and must not be felt by those who wait for decisions.

mod content;
pub mod copy;
mod receipt;
mod shelf;

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::Semaphore;

use super::App;
use super::log::Published;
use super::witnesses::{LogKeys, last_cosigned};
use crate::storage::{AnyConnection, StoreError, audit};
use crate::tlog::Piece;

pub use receipt::{Evidence, Proven, ReceiptFault, verify_receipt};

use shelf::Shelf;

/// Reading connections that outsiders may hold at once.
const MOST_READING: usize = 2;

/// How long a checkpoint passes for the newest without another look: far shorter than two of them are apart.
const NEWEST_FOR: TimeDelta = TimeDelta::seconds(1);

/// What this process remembers of the published log.
pub struct PublicLog {
    newest: Mutex<Option<Newest>>,
    shelf: Mutex<Shelf>,
    reading: Semaphore,
}

#[derive(Clone)]
struct Newest {
    published: Arc<Published>,
    read_at: DateTime<Utc>,
}

/// Why the public cannot be answered.
#[derive(Debug, thiserror::Error)]
pub enum PublicLogError {
    /// Others are reading already.
    #[error("too many others are reading the log")]
    Busy,
    /// The database cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Default for PublicLog {
    fn default() -> Self {
        Self { newest: Mutex::default(), shelf: Mutex::default(), reading: Semaphore::new(MOST_READING) }
    }
}

impl PublicLog {
    fn newest(&self) -> Option<Newest> {
        self.newest.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Published checkpoints only grow: the larger of two is the newer.
    fn remember(&self, newest: Newest) {
        let mut held = self.newest.lock().unwrap_or_else(PoisonError::into_inner);
        if held.as_ref().is_none_or(|held| held.published.size <= newest.published.size) {
            *held = Some(newest);
        }
    }
}

impl App {
    /// The newest published checkpoint, as it was at most a second ago; `None` when none was published yet.
    ///
    /// # Errors
    /// When the database has to be asked and fails, or too many others are asking it.
    pub fn published(&self) -> Result<Option<Arc<Published>>, PublicLogError> {
        let held = self.public_log.newest();
        if let Some(held) = held.as_ref().filter(|held| self.is_new(held)) {
            return Ok(Some(Arc::clone(&held.published)));
        }
        let Ok(_reading) = self.public_log.reading.try_acquire() else {
            // The last one that was read is still true.
            return held.map(|held| Some(held.published)).ok_or(PublicLogError::Busy);
        };
        Ok(self.store.read(|conn| self.look_for_newest(conn))?)
    }

    /// A full piece that somebody asked for before. Waits for nothing.
    #[must_use]
    pub fn held_piece(&self, piece: Piece) -> Option<Arc<[u8]>> {
        self.public_log.shelf.lock().unwrap_or_else(PoisonError::into_inner).find(piece)
    }

    /// A piece of the published tree, from the database; `None` when the newest published checkpoint does not hold it.
    ///
    /// # Errors
    /// When the database fails, or too many others are asking it.
    pub fn read_piece(&self, piece: Piece) -> Result<Option<Arc<[u8]>>, PublicLogError> {
        let _reading = self.public_log.reading.try_acquire().map_err(|_| PublicLogError::Busy)?;
        let read = self.store.read(|conn| -> Result<_, StoreError> {
            let is_there = self.is_published(conn, piece)?;
            is_there.then(|| content::read(conn, piece)).transpose()
        })?;
        let content: Option<Arc<[u8]>> = read.map(Into::into);
        if let Some(content) = content.as_ref().filter(|_| piece.is_full()) {
            self.public_log.shelf.lock().unwrap_or_else(PoisonError::into_inner).put(piece, content);
        }
        Ok(content)
    }

    fn is_published(&self, conn: &mut AnyConnection, piece: Piece) -> Result<bool, StoreError> {
        let held = self.public_log.newest();
        match held {
            // However old: what was published stays published.
            Some(held) if piece.is_within(held.published.size) => Ok(true),
            Some(held) if self.is_new(&held) => Ok(false),
            _ => Ok(self.look_for_newest(conn)?.is_some_and(|published| piece.is_within(published.size))),
        }
    }

    fn look_for_newest(&self, conn: &mut AnyConnection) -> Result<Option<Arc<Published>>, StoreError> {
        let found = newest_published(conn, &self.log_keys())?.map(Arc::new);
        if let Some(published) = &found {
            self.public_log.remember(Newest { published: Arc::clone(published), read_at: self.clock.now() });
        }
        Ok(found)
    }

    fn is_new(&self, newest: &Newest) -> bool {
        let age = self.clock.now() - newest.read_at;
        (TimeDelta::zero()..NEWEST_FOR).contains(&age)
    }
}

/// The newest published checkpoint as it goes out, for the service and for copies alike: beneath its note stands what
/// witnesses have signed of it.
fn newest_published(conn: &mut AnyConnection, keys: &LogKeys<'_>) -> Result<Option<Published>, StoreError> {
    let Some(row) = audit::find_last_checkpoint(conn)? else { return Ok(None) };
    let published = Published::of(row).ok_or(StoreError::Corrupt("a published checkpoint"))?;
    let note = keys.cosigned(conn, published.note)?;
    let witnesses = keys.witnesses.iter().map(|key| last_cosigned(conn, keys, key)).collect::<Result<_, _>>()?;
    Ok(Some(Published { note, witnesses, ..published }))
}
