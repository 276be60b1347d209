//! Instants as people of the city read them: in Mountain Time, in their language.

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, Timelike, Utc};
use chrono_tz::{OffsetName, Tz};

use super::Tongue;
use crate::domain::language::Language;

/// The zone of Las Cruces.
pub const MOUNTAIN: Tz = chrono_tz::America::Denver;

impl Tongue {
    /// A day of the calendar: `March 4, 2031`, `4 de marzo de 2031`.
    #[must_use]
    pub fn day(self, day: NaiveDate) -> String {
        let month = self.say(&format!("month-{}", day.month()));
        let (date, year) = (day.day().to_string(), day.year().to_string());
        self.say_with("date", [("month", month.into()), ("day", date.into()), ("year", year.into())])
    }

    /// The month of a day: `March 2031`, `marzo de 2031`.
    #[must_use]
    pub fn month(self, day: NaiveDate) -> String {
        let month = self.say(&format!("month-{}", day.month()));
        self.say_with("month-of-year", [("month", month.into()), ("year", day.year().to_string().into())])
    }

    /// The day of an instant.
    #[must_use]
    pub fn date(self, at: DateTime<Utc>) -> String {
        self.day(at.with_timezone(&MOUNTAIN).date_naive())
    }

    /// The time of day of an instant: `5:00 a.m.`, `5:00 a. m.`.
    #[must_use]
    pub fn time(self, at: DateTime<Utc>) -> String {
        self.time_of_day(at.with_timezone(&MOUNTAIN).time())
    }

    /// A time of day, wherever it is read off a clock.
    #[must_use]
    pub fn time_of_day(self, time: NaiveTime) -> String {
        let (is_afternoon, hour) = time.hour12();
        let half = match (self.language(), is_afternoon) {
            (Language::English, false) => "a.m.",
            (Language::English, true) => "p.m.",
            (Language::Spanish, false) => "a.\u{a0}m.",
            (Language::Spanish, true) => "p.\u{a0}m.",
        };
        format!("{hour}:{:02}\u{a0}{half}", time.minute())
    }

    /// An instant with its zone: `March 4, 2031, 5:00 a.m. MST`. The zone tells the two hours of an autumn night apart.
    #[must_use]
    pub fn instant(self, at: DateTime<Utc>) -> String {
        let zone = at.with_timezone(&MOUNTAIN).offset().abbreviation().unwrap_or("MT").to_owned();
        let values = [("date", self.date(at).into()), ("time", self.time(at).into()), ("zone", zone.into())];
        self.say_with("instant", values)
    }

    /// A stretch of time in its two largest units, rounded down: `2 days 3 hours`, `14 minutes`.
    #[must_use]
    pub fn stretch(self, stretch: TimeDelta) -> String {
        let minutes = stretch.num_minutes().max(0);
        let (days, hours, minutes) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
        let parts = [("stretch-days", days), ("stretch-hours", hours), ("stretch-minutes", minutes)];
        let shown = parts.into_iter().skip_while(|(_, count)| *count == 0).take(2).filter(|(_, count)| *count > 0);
        let said: Vec<String> = shown.map(|(key, count)| self.say_with(key, [("count", count.into())])).collect();
        if said.is_empty() { self.say("stretch-moment") } else { said.join(" ") }
    }
}
