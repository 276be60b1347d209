//! How long a request waited for its decision.
//!
//! The id of a decision is drawn when the call has been read, and holds that instant to the millisecond (UUID version 7);
//! its record holds the instant of the decision. Both stand in the log.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::domain::closed_set::closed_set;

/// A time, from the call to the decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Delay {
    /// Less than ten milliseconds.
    Under10Ms,
    /// Less than a tenth of a second.
    Under100Ms,
    /// Less than a second.
    Under1S,
    /// Less than ten seconds.
    Under10S,
    /// Ten seconds or more.
    Longer,
    /// The id holds no instant.
    Unknown,
}

closed_set!(Delay, "time to decide", {
    Under10Ms => "under_10_ms",
    Under100Ms => "under_100_ms",
    Under1S => "under_1_s",
    Under10S => "under_10_s",
    Longer => "longer",
    Unknown => "unknown",
});

impl Delay {
    /// The time between the drawing of an id, as it is spelled, and an instant.
    #[must_use]
    pub fn of(id: &str, decided_at: DateTime<Utc>) -> Self {
        Uuid::try_parse(id).map_or(Self::Unknown, |id| Self::between(id, decided_at))
    }

    /// The time between the drawing of an id and an instant.
    #[must_use]
    pub fn between(id: Uuid, decided_at: DateTime<Utc>) -> Self {
        let Some((seconds, nanos)) = id.get_timestamp().map(|drawn| drawn.to_unix()) else { return Self::Unknown };
        let drawn_at = i64::try_from(seconds).unwrap_or(0).saturating_mul(1_000) + i64::from(nanos / 1_000_000);
        match decided_at.timestamp_millis() - drawn_at {
            ..10 => Self::Under10Ms,
            10..100 => Self::Under100Ms,
            100..1_000 => Self::Under1S,
            1_000..10_000 => Self::Under10S,
            10_000.. => Self::Longer,
        }
    }
}
