//! What people type into fields for days and hours: the time on the wall in Las Cruces.

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeZone as _, Utc};

use crate::i18n::MOUNTAIN;

/// A day and an hour, as `datetime-local` sends them. Of an hour that comes twice in autumn, the first.
pub(super) fn instant(text: &str) -> Option<DateTime<Utc>> {
    let formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"];
    let typed = formats.into_iter().find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())?;
    MOUNTAIN.from_local_datetime(&typed).earliest().map(|at| at.to_utc())
}

/// The first instant of a day, as `date` sends it.
pub(super) fn first_instant_of(text: &str) -> Option<DateTime<Utc>> {
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
    MOUNTAIN.from_local_datetime(&day.and_hms_opt(0, 0, 0)?).earliest().map(|at| at.to_utc())
}

/// A day as `date` takes it.
pub(super) fn day(at: DateTime<Utc>) -> String {
    at.with_timezone(&MOUNTAIN).format("%Y-%m-%d").to_string()
}

/// A day and an hour as `datetime-local` takes them.
pub(super) fn minute(at: DateTime<Utc>) -> String {
    at.with_timezone(&MOUNTAIN).format("%Y-%m-%dT%H:%M").to_string()
}

/// Whether a text is longer than free texts may be.
pub(super) fn is_too_long(text: &str, limit: usize) -> bool {
    text.chars().count() > limit
}
