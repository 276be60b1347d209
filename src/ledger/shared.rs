//! What the writer and those who hold the ledger both see.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use arc_swap::ArcSwap;

use super::facts::Snapshot;
use super::keeper::Keeper;
use super::queue::Queue;
use super::{Head, LedgerError};

/// Whether entries can be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Health {
    /// False from a failed batch to the next one that succeeds, and while a batch takes too long.
    pub is_writable: bool,
    /// Batches that failed since the last one that succeeded.
    pub failed_batches: u64,
    /// What the last failure was.
    pub last_error: Option<String>,
}

pub(super) struct Shared {
    pub(super) queue: Queue,
    pub(super) snapshot: ArcSwap<Snapshot>,
    /// Keeps the anchor file.
    pub(super) anchor: Keeper<Arc<str>>,
    /// Carries commits out of the write-ahead log.
    pub(super) wal: Keeper<()>,
    head: ArcSwap<Head>,
    health: Mutex<Health>,
    /// Since when the writer has been working on one batch.
    busy_since: Mutex<Option<Instant>>,
    /// After which time a batch takes too long.
    patience: Duration,
}

impl Shared {
    /// At the beginning: nothing has failed, and after `patience` a batch takes too long.
    pub(super) fn new(
        queue: Queue,
        (head, snapshot): (Head, Arc<Snapshot>),
        (anchor, wal): (Keeper<Arc<str>>, Keeper<()>),
        patience: Duration,
    ) -> Self {
        Self {
            queue,
            snapshot: ArcSwap::new(snapshot),
            anchor,
            wal,
            head: ArcSwap::from_pointee(head),
            health: Mutex::new(Health { is_writable: true, failed_batches: 0, last_error: None }),
            busy_since: Mutex::new(None),
            patience,
        }
    }

    pub(super) fn head(&self) -> Arc<Head> {
        self.head.load_full()
    }

    pub(super) fn move_head(&self, head: &Arc<Head>) {
        self.head.store(Arc::clone(head));
        self.anchor.hand(Arc::clone(&head.note));
        self.wal.hand(());
    }

    pub(super) fn health(&self) -> Health {
        let mut health = self.health.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if self.busy_since().is_some_and(|since| since.elapsed() > self.patience) {
            health.is_writable = false;
            health.last_error = Some(LedgerError::Late.to_string());
        }
        health
    }

    /// The writer begins a batch, or has ended it.
    pub(super) fn note_batch(&self, since: Option<Instant>) {
        *self.busy_since.lock().unwrap_or_else(PoisonError::into_inner) = since;
    }

    fn busy_since(&self) -> Option<Instant> {
        *self.busy_since.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn note_success(&self) {
        let mut health = self.health.lock().unwrap_or_else(PoisonError::into_inner);
        if !health.is_writable {
            tracing::info!(failed_batches = health.failed_batches, "the audit log can be written again");
            *health = Health { is_writable: true, failed_batches: 0, last_error: None };
        }
    }

    pub(super) fn note_failure(&self, error: &LedgerError) {
        metrics::counter!("zaguan_ledger_failed_batches_total").increment(1);
        tracing::error!(%error, "the audit log cannot be written: nothing is released");
        let mut health = self.health.lock().unwrap_or_else(PoisonError::into_inner);
        health.is_writable = false;
        health.failed_batches += 1;
        health.last_error = Some(error.to_string());
    }
}
