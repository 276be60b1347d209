//! The time that a report is about: whole days of the city's calendar.

use chrono::{Datelike as _, Days, Months, NaiveDate};

use super::Day;

/// Whole days, the first and the last of them included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    from: NaiveDate,
    to: NaiveDate,
}

/// Two dates that make no period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PeriodError {
    /// The last day comes before the first.
    #[error("the last day comes before the first")]
    Backwards,
    /// A report over more than fifty years is a mistake in typing.
    #[error("a report covers at most {} years, between 1970 and 9999", Period::MOST_YEARS)]
    TooLong,
}

impl Period {
    /// The longest period, in years.
    pub const MOST_YEARS: i32 = 50;

    /// The period from the first day to the last.
    ///
    /// # Errors
    /// When there is no such period.
    pub fn new(from: NaiveDate, to: NaiveDate) -> Result<Self, PeriodError> {
        if to < from {
            return Err(PeriodError::Backwards);
        }
        let is_usual = from.year() >= 1970 && to.year() <= 9999 && to.year() - from.year() <= Self::MOST_YEARS;
        is_usual.then_some(Self { from, to }).ok_or(PeriodError::TooLong)
    }

    /// The twelve months that end with this day.
    #[must_use]
    pub fn twelve_months_to(to: NaiveDate) -> Self {
        let next = to.checked_add_days(Days::new(1)).unwrap_or(to);
        Self { from: next.checked_sub_months(Months::new(12)).unwrap_or(to), to }
    }

    /// The first day.
    #[must_use]
    pub const fn from(self) -> NaiveDate {
        self.from
    }

    /// The last day.
    #[must_use]
    pub const fn to(self) -> NaiveDate {
        self.to
    }

    /// How many days it has.
    #[must_use]
    pub fn days(self) -> i64 {
        Day::from(self.to).number() - Day::from(self.from).number() + 1
    }

    /// The period of the same number of days that ends where this one begins.
    #[must_use]
    pub fn before(self) -> Self {
        let days = Days::new(u64::try_from(self.days()).unwrap_or(0));
        let end = self.from.checked_sub_days(Days::new(1)).unwrap_or(self.from);
        Self { from: self.from.checked_sub_days(days).unwrap_or(self.from), to: end }
    }

    /// Where what is counted is looked at: the begin of the period before, the begin of this one, the begin of every month
    /// (of every year, when there are more than 24 months) inside, and the day after the last. None of them lies beyond `open`,
    /// the day that is not over: a day is counted when it is.
    #[must_use]
    pub fn marks(self, open: Day) -> Vec<Day> {
        let months = (self.to.year() - self.from.year()) * 12 + month(self.to) - month(self.from);
        let step = Months::new(if months < 24 { 1 } else { 12 });
        let first = if months < 24 { self.from.with_day(1) } else { self.from.with_ordinal(1) };
        let begins = std::iter::successors(first, |begin| begin.checked_add_months(step)).skip(1);
        let inside = begins.take_while(|begin| *begin <= self.to).map(Day::from);
        let [before, from, to] = [self.before().from, self.from, self.to].map(Day::from);
        let all = [before, from].into_iter().chain(inside).chain([to.plus(1)]);
        all.map(|mark| mark.min(open)).collect()
    }
}

fn month(date: NaiveDate) -> i32 {
    i32::try_from(date.month()).unwrap_or(1)
}

impl std::fmt::Display for Period {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} to {}", self.from, self.to)
    }
}
