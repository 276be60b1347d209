//! Waiting for what another thread or process does.

use std::time::{Duration, Instant};

/// Waits until something becomes true. Looks often; gives up after a while.
pub fn eventually(what: &str, is_true: impl FnMut() -> bool) {
    within(Duration::from_secs(30), what, is_true);
}

/// [`eventually`], for as long as the caller says.
pub fn within(limit: Duration, what: &str, mut is_true: impl FnMut() -> bool) {
    let end = Instant::now() + limit;
    while !is_true() {
        assert!(Instant::now() < end, "never: {what}");
        std::thread::park_timeout(Duration::from_millis(2));
    }
}
