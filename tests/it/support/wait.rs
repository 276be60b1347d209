//! Waiting for what another thread does.

use std::time::{Duration, Instant};

/// Waits until something becomes true. Looks often; gives up after a while.
pub fn eventually(what: &str, mut is_true: impl FnMut() -> bool) {
    let end = Instant::now() + Duration::from_secs(10);
    while !is_true() {
        assert!(Instant::now() < end, "never: {what}");
        std::thread::park_timeout(Duration::from_millis(2));
    }
}
