//! How far files are that this process writes, for whoever waits for them.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

use crate::storage::audit::Stretch;

/// How long a file's progress is told after it was begun.
pub(super) const TOLD_FOR: TimeDelta = TimeDelta::hours(24);

/// Files whose progress is told at once; the oldest are forgotten first.
const TOLD_AT_ONCE: usize = 100;

/// How far one file is.
#[derive(Debug)]
pub struct ExportProgress {
    begun_at: DateTime<Utc>,
    whole: Stretch,
    down_to: AtomicI64,
    decisions: AtomicU64,
    is_done: AtomicBool,
}

impl ExportProgress {
    /// Decisions written so far.
    #[must_use]
    pub fn decisions(&self) -> u64 {
        self.decisions.load(Ordering::Relaxed)
    }

    /// The share of the period's entries that was looked through, in hundredths.
    #[must_use]
    pub fn percent(&self) -> i64 {
        let (done, of) = (self.whole.end - self.down_to.load(Ordering::Relaxed), self.whole.end - self.whole.first);
        if of <= 0 { 100 } else { done.saturating_mul(100) / of }
    }

    /// Whether the file was written to its end. A file that the browser gave up never is.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.is_done.load(Ordering::Relaxed)
    }

    pub(super) fn move_to(&self, down_to: i64, decisions: usize) {
        self.down_to.store(down_to, Ordering::Relaxed);
        self.decisions.fetch_add(decisions as u64, Ordering::Relaxed);
    }

    pub(super) fn end(&self) {
        self.is_done.store(true, Ordering::Relaxed);
    }
}

/// The files that are told about, each by the ticket it was begun with.
#[derive(Debug, Default)]
pub struct ExportTickets(Mutex<HashMap<String, Arc<ExportProgress>>>);

impl ExportTickets {
    pub(super) fn open(&self, ticket: &str, whole: Stretch, now: DateTime<Utc>) -> Arc<ExportProgress> {
        let progress = Arc::new(ExportProgress {
            begun_at: now,
            whole,
            down_to: AtomicI64::new(whole.end),
            decisions: AtomicU64::new(0),
            is_done: AtomicBool::new(false),
        });
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        told.retain(|_, progress| now - progress.begun_at < TOLD_FOR);
        if told.len() >= TOLD_AT_ONCE {
            let oldest = told.iter().min_by_key(|(_, progress)| progress.begun_at).map(|(ticket, _)| ticket.clone());
            oldest.map(|oldest| told.remove(&oldest));
        }
        told.insert(ticket.to_owned(), Arc::clone(&progress));
        progress
    }

    pub(super) fn find(&self, ticket: &str) -> Option<Arc<ExportProgress>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(ticket).cloned()
    }
}
