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

impl Certification {
    /// The one word for it in answers.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Current { .. } => "current",
            Self::Overdue { .. } => "overdue",
            Self::Suspended => "suspended",
        }
    }
}

impl CertificationRules {
    /// When access that was certified at `certified_at` is to be reviewed.
    #[must_use]
    pub fn due_at(self, certified_at: DateTime<Utc>) -> DateTime<Utc> {
        certified_at + self.period
    }

    /// From when on it is suspended, if nobody certifies it.
    #[must_use]
    pub fn suspended_at(self, certified_at: DateTime<Utc>) -> DateTime<Utc> {
        self.due_at(certified_at) + self.grace
    }

    /// Whole days that are left until the review; below zero when it is overdue.
    #[must_use]
    pub fn days_to_review(self, certified_at: DateTime<Utc>, now: DateTime<Utc>) -> i64 {
        let left = self.due_at(certified_at) - now;
        left.num_microseconds().unwrap_or(i64::MAX).div_euclid(86_400_000_000)
    }

    /// Judges a certification of `certified_at` at `now`. To the microsecond: at the instant at which it is due, it is due.
    #[must_use]
    pub fn judge(self, certified_at: DateTime<Utc>, now: DateTime<Utc>) -> Certification {
        let (due_at, suspended_at) = (self.due_at(certified_at), self.suspended_at(certified_at));
        if now < due_at {
            Certification::Current { due_at }
        } else if now < suspended_at {
            Certification::Overdue { suspended_at }
        } else {
            Certification::Suspended
        }
    }
}
