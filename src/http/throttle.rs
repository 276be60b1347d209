//! Slows down whoever guesses at secrets, and whoever asks more than their share.

use std::num::NonZeroU32;

use governor::clock::DefaultClock;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};

use super::{Problem, ProblemKind};
use crate::domain::ClientId;

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

/// Decisions a second, for each client.
pub struct Pace {
    /// `None` when there is no limit.
    limiter: Option<RateLimiter<ClientId, DashMapStateStore<ClientId>, DefaultClock>>,
}

impl Pace {
    /// Allows so many decisions a second, and as many at once as one batch may hold; 0 allows any number.
    #[must_use]
    pub fn new(per_second: u32, batch: usize) -> Self {
        let burst = u32::try_from(batch).ok().and_then(NonZeroU32::new).unwrap_or(NonZeroU32::MIN);
        let quota = |per_second: NonZeroU32| Quota::per_second(per_second).allow_burst(burst.max(per_second));
        Self { limiter: NonZeroU32::new(per_second).map(|limit| RateLimiter::dashmap(quota(limit))) }
    }

    /// Takes so many decisions from what the client may ask now.
    ///
    /// # Errors
    /// [`ProblemKind::TooManyRequests`] when it may not.
    pub fn take(&self, client: &ClientId, decisions: usize) -> Result<(), Problem> {
        let (Some(limiter), Ok(decisions)) = (&self.limiter, u32::try_from(decisions)) else { return Ok(()) };
        let Some(decisions) = NonZeroU32::new(decisions) else { return Ok(()) };
        if matches!(limiter.check_key_n(client, decisions), Ok(Ok(()))) {
            return Ok(());
        }
        let detail = "this client asks more decisions a second than it may";
        Err(Problem::new(ProblemKind::TooManyRequests, detail))
    }
}
