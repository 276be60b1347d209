//! How long a paper counts, in the city's own time.
//!
//! What is judged is the instant of release, not that of the request. Must never be extended for a week-end or a holiday,
//! and a date stated on the paper may narrow the window of the rule but never widen it.

use chrono::{DateTime, Days, Months, NaiveDateTime, NaiveTime, Offset as _, TimeDelta, TimeZone as _, Utc};
use chrono_tz::Tz;

use super::Instrument;
use crate::domain::court::CourtSystem;

/// The clock on the wall in Las Cruces.
pub const CITY_TIME: Tz = chrono_tz::America::Denver;

/// A federal search warrant is executed within 14 days of issue, Fed. R. Crim. P. 41(e)(2). They are counted from the
/// instant of issue, the strictest reading.
const FEDERAL_DAYS: TimeDelta = TimeDelta::days(14);

/// A search warrant of New Mexico is executed within ten days after the date of issue, Rules 5-211 and 6-208 NMRA: day 1 is
/// the day after, so that the midnight which ends day 10 begins the eleventh day after issue.
const NEW_MEXICO_FIRST_DAY_OUT: Days = Days::new(11);

/// The longest time, in months of the calendar, after which a standing mandate is looked at again.
const REVIEW_MONTHS: Months = Months::new(12);

/// The first instant at which a paper no longer counts by the rule of its court; `None` for one that has only the dates
/// written on it. A search warrant of a court that nobody knows gets the shorter of the two windows.
#[must_use]
pub fn end_of_window(
    system: Option<CourtSystem>,
    instrument: Instrument,
    issued_at: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    if instrument != Instrument::SearchWarrant {
        return None;
    }
    let (federal, state) = (end_of_federal_window(issued_at), end_of_new_mexico_window(issued_at));
    Some(match system {
        Some(CourtSystem::Federal) => federal,
        Some(CourtSystem::State) => state,
        None => federal.min(state),
    })
}

/// The earlier of what the rule says and what the paper says: a stated date narrows, and never widens.
#[must_use]
pub fn narrowed(rule: Option<DateTime<Utc>>, stated: Option<DateTime<Utc>>) -> Option<DateTime<Utc>> {
    match (rule, stated) {
        (Some(rule), Some(stated)) => Some(rule.min(stated)),
        (rule, stated) => rule.or(stated),
    }
}

/// The latest review date that a standing mandate may be given: the same day and time of day twelve months on, and the 28th
/// for a 29 February.
#[must_use]
pub fn latest_review(now: DateTime<Utc>) -> DateTime<Utc> {
    on_the_wall(now).checked_add_months(REVIEW_MONTHS).map_or(now, in_city_time)
}

/// What the clock on the wall in Las Cruces shows at an instant.
#[must_use]
pub fn on_the_wall(at: DateTime<Utc>) -> NaiveDateTime {
    let offset = CITY_TIME.offset_from_utc_datetime(&at.naive_utc()).fix();
    // At the two ends of time there is no local time; nothing depends on it there.
    at.naive_utc().checked_add_offset(offset).unwrap_or_else(|| at.naive_utc())
}

fn end_of_federal_window(issued_at: DateTime<Utc>) -> DateTime<Utc> {
    // At the end of time nothing is left of the window: it ends as it begins.
    issued_at.checked_add_signed(FEDERAL_DAYS).unwrap_or(issued_at)
}

fn end_of_new_mexico_window(issued_at: DateTime<Utc>) -> DateTime<Utc> {
    let day = on_the_wall(issued_at).date();
    day.checked_add_days(NEW_MEXICO_FIRST_DAY_OUT).map_or(issued_at, |day| in_city_time(day.and_time(NaiveTime::MIN)))
}

/// The instant at which the clock on the wall shows `local`; the first of two when it is put back. A time that the clock
/// leaps over is read an hour later, where the clock then stands.
#[must_use]
pub fn in_city_time(local: NaiveDateTime) -> DateTime<Utc> {
    let later = || CITY_TIME.from_local_datetime(&local.checked_add_signed(TimeDelta::hours(1))?).earliest();
    let instant = CITY_TIME.from_local_datetime(&local).earliest().or_else(later);
    instant.map_or_else(|| local.and_utc(), |instant| instant.to_utc())
}
