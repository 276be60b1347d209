//! How long it counts that somebody said: this access is still needed.

use chrono::{DateTime, TimeDelta, Utc};

/// How often access is reviewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CertificationRules {
    /// A certification counts this long.
    pub period: TimeDelta,
    /// Overdue access goes on this long, with a warning, before it is suspended.
    pub grace: TimeDelta,
}

/// Where an account or a client stands in the access review at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certification {
    /// Certified, and due again at that instant.
    Current {
        /// When it is due.
        due_at: DateTime<Utc>,
    },
    /// Due, and still in force: suspended from that instant on.
    Overdue {
        /// When it will be suspended.
        suspended_at: DateTime<Utc>,
    },
    /// Not in force until somebody certifies it.
    Suspended,
}

impl CertificationRules {
    /// Judges a certification of `certified_at` at `now`. To the microsecond: at the instant at which it is due, it is due.
    #[must_use]
    pub fn judge(self, certified_at: DateTime<Utc>, now: DateTime<Utc>) -> Certification {
        let due_at = certified_at + self.period;
        let suspended_at = due_at + self.grace;
        if now < due_at {
            Certification::Current { due_at }
        } else if now < suspended_at {
            Certification::Overdue { suspended_at }
        } else {
            Certification::Suspended
        }
    }
}
