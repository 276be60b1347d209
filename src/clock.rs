//! The one place that reads the time, and the one that draws random bytes.
//!
//! Everything else takes a [`Clock`] and an [`Entropy`], so that tests move time by hand and repeat their dice.

use chrono::{DateTime, Utc};
use uuid::Uuid;

/// Where instants come from.
pub trait Clock: Send + Sync {
    /// The present instant.
    fn now(&self) -> DateTime<Utc>;
}

/// Where ids, nonces and keys come from.
pub trait Entropy: Send + Sync {
    /// Fills `bytes` with unpredictable values.
    ///
    /// # Errors
    /// When there are none to be had: then nothing may be released.
    fn fill(&self, bytes: &mut [u8]) -> Result<(), EntropyError>;
}

/// The system has no random bytes to give.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("the system gives no random bytes")]
pub struct EntropyError;

/// The system's own clock and random source.
#[derive(Debug, Clone, Copy, Default)]
pub struct System;

impl Clock for System {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the time")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}

impl Entropy for System {
    #[expect(clippy::disallowed_methods, reason = "the one place that draws random bytes")]
    fn fill(&self, bytes: &mut [u8]) -> Result<(), EntropyError> {
        getrandom::fill(bytes).map_err(|_| EntropyError)
    }
}

/// A UUID version 7 (RFC 9562) of this instant and these ten random bytes.
#[must_use]
pub fn uuid_v7(at: DateTime<Utc>, random: &[u8; 10]) -> Uuid {
    let millis = u64::try_from(at.timestamp_millis()).unwrap_or_default();
    uuid::Builder::from_unix_timestamp_millis(millis, random).into_uuid()
}
