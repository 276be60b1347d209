//! Slows down whoever guesses at the token endpoint.

use std::num::NonZeroU32;

use governor::clock::DefaultClock;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};

/// Attempts per minute, for each key (a client id or an address).
pub struct Throttle {
    limiter: RateLimiter<String, DashMapStateStore<String>, DefaultClock>,
}

/// Keys remembered before those at rest are forgotten.
const KEPT: usize = 10_000;

impl Throttle {
    /// Allows this many attempts a minute.
    #[must_use]
    pub fn new(attempts_per_minute: u32) -> Self {
        let quota = Quota::per_minute(NonZeroU32::new(attempts_per_minute).unwrap_or(NonZeroU32::MIN));
        Self { limiter: RateLimiter::dashmap(quota) }
    }

    /// Whether one more attempt under this key is allowed now.
    #[must_use]
    pub fn allows(&self, key: &str) -> bool {
        if self.limiter.len() > KEPT {
            self.limiter.retain_recent();
        }
        self.limiter.check_key(&key.to_owned()).is_ok()
    }
}
