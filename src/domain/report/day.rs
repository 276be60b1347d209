//! Days as they begin and end on the wall in Las Cruces.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use crate::domain::legal_basis::window::on_the_wall;

/// A day of the city's calendar, from one midnight to the next, as the number of days since 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Day(i64);

impl Day {
    /// The day on which an instant falls.
    #[must_use]
    pub fn of(at: DateTime<Utc>) -> Self {
        Self::from(on_the_wall(at).date())
    }

    /// A day by its number, as it is stored.
    #[must_use]
    pub const fn numbered(number: i64) -> Self {
        Self(number)
    }

    /// Its number, as it is stored.
    #[must_use]
    pub const fn number(self) -> i64 {
        self.0
    }

    /// The day so many days later.
    #[must_use]
    pub const fn plus(self, days: i64) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// Its date; none at the two ends of time.
    #[must_use]
    pub fn date(self) -> Option<NaiveDate> {
        NaiveDate::default().checked_add_signed(TimeDelta::try_days(self.0)?)
    }
}

impl From<NaiveDate> for Day {
    fn from(date: NaiveDate) -> Self {
        Self(date.signed_duration_since(NaiveDate::default()).num_days())
    }
}
