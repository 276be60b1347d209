//! Periods are whole days on the wall in Las Cruces.

use chrono::NaiveDate;
use zaguan::domain::report::{Day, Period, PeriodError};

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn period(from: &str, to: &str) -> Period {
    Period::new(date(from), date(to)).unwrap()
}

#[test]
fn a_day_begins_at_midnight_in_las_cruces_in_summer_and_in_winter() {
    let day = |instant: &str| Day::of(instant.parse().unwrap()).date().unwrap().to_string();
    // Mountain Standard Time is seven hours behind UTC, Mountain Daylight Time six.
    assert_eq!(day("2031-01-02T06:59:59.999999Z"), "2031-01-01");
    assert_eq!(day("2031-01-02T07:00:00Z"), "2031-01-02");
    assert_eq!(day("2031-07-02T05:59:59.999999Z"), "2031-07-01");
    assert_eq!(day("2031-07-02T06:00:00Z"), "2031-07-02");
    assert_eq!(Day::from(date("1970-01-01")).number(), 0);
    assert_eq!(Day::from(date("1969-12-31")).number(), -1);
}

#[test]
fn the_period_before_has_as_many_days_and_ends_where_this_one_begins() {
    let before = |from, to| period(from, to).before().to_string();
    assert_eq!(before("2031-03-01", "2031-03-31"), "2031-01-29 to 2031-02-28");
    assert_eq!(before("2031-01-01", "2031-12-31"), "2030-01-01 to 2030-12-31");
    assert_eq!(before("2032-01-01", "2032-12-31"), "2030-12-31 to 2031-12-31", "a leap year has a day more");
    assert_eq!(before("2031-05-05", "2031-05-05"), "2031-05-04 to 2031-05-04");
}

#[test]
fn twelve_months_end_with_the_day_that_is_named() {
    let twelve = |to| Period::twelve_months_to(date(to)).to_string();
    assert_eq!(twelve("2031-10-31"), "2030-11-01 to 2031-10-31");
    assert_eq!(twelve("2032-02-29"), "2031-03-01 to 2032-02-29");
    assert_eq!(twelve("2031-06-15"), "2030-06-16 to 2031-06-15");
}

#[test]
fn two_dates_that_make_no_period_are_refused() {
    assert_eq!(Period::new(date("2031-03-02"), date("2031-03-01")), Err(PeriodError::Backwards));
    assert_eq!(Period::new(date("1971-01-01"), date("2031-03-01")), Err(PeriodError::TooLong));
    assert_eq!(Period::new(date("1969-12-31"), date("1970-03-01")), Err(PeriodError::TooLong));
    assert_eq!(period("2031-03-01", "2031-03-01").days(), 1);
}

#[test]
fn counts_are_looked_at_where_months_begin_and_in_long_periods_where_years_do() {
    let marks = |from, to| {
        let marks = period(from, to).marks(Day::numbered(i64::MAX));
        marks.into_iter().map(|day| day.date().unwrap().to_string()).collect::<Vec<_>>()
    };
    let short = ["2030-12-27", "2031-01-30", "2031-02-01", "2031-03-01", "2031-03-05"];
    assert_eq!(marks("2031-01-30", "2031-03-04"), short, "35 days before, the first day, two months, the day after");
    let long = ["2026-06-28", "2028-12-31", "2029-01-01", "2030-01-01", "2031-01-01", "2031-07-06"];
    assert_eq!(marks("2028-12-31", "2031-07-05"), long);
}
