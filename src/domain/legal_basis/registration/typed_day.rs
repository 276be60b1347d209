//! A day, and perhaps a time of day, as somebody types them: an instant in the city's own time.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};

use crate::domain::legal_basis::window::in_city_time;

/// What a day without a time of day means. Either way the basis counts for the shorter time, but for a last day that a
/// paper states: that day is still in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    /// The instant at which the day begins.
    Begins,
    /// The instant at which the day is over.
    Ends,
}

/// The instant; `None` when there is no such day or time. Days are written `2026-11-28` or `11/28/2026`, times `14:30`.
pub(super) fn instant_of(day: &str, time: Option<&str>, bound: Bound) -> Option<DateTime<Utc>> {
    let day = day_of(day)?;
    let (day, time) = match (time, bound) {
        (Some(time), _) => (day, time_of(time)?),
        (None, Bound::Begins) => (day, NaiveTime::MIN),
        (None, Bound::Ends) => (day.checked_add_days(Days::new(1))?, NaiveTime::MIN),
    };
    Some(in_city_time(day.and_time(time)))
}

fn day_of(text: &str) -> Option<NaiveDate> {
    let formats = ["%Y-%m-%d", "%m/%d/%Y"];
    let day = formats.into_iter().find_map(|format| NaiveDate::parse_from_str(text, format).ok())?;
    // A year of two digits, or of five, is a slip of the pen.
    (1900..=9999).contains(&chrono::Datelike::year(&day)).then_some(day)
}

fn time_of(text: &str) -> Option<NaiveTime> {
    ["%H:%M", "%H:%M:%S"].into_iter().find_map(|format| NaiveTime::parse_from_str(text, format).ok())
}
