//! A clock for made-up history: it stands in the past, and is moved by hand.

use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, Utc};

use crate::clock::Clock;

/// A clock that stands where it was put.
pub(super) struct PastClock(AtomicI64);

impl PastClock {
    pub(super) fn at(instant: DateTime<Utc>) -> Self {
        Self(AtomicI64::new(instant.timestamp_micros()))
    }

    /// Moves it, but never back.
    pub(super) fn move_to(&self, instant: DateTime<Utc>) {
        self.0.fetch_max(instant.timestamp_micros(), Ordering::SeqCst);
    }

    pub(super) fn set(&self, instant: DateTime<Utc>) {
        self.0.store(instant.timestamp_micros(), Ordering::SeqCst);
    }
}

impl Clock for PastClock {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.0.load(Ordering::SeqCst)).unwrap_or_default()
    }
}
