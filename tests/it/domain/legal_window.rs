//! How long papers count. Every expectation was counted by hand on a calendar, from the rules, in the time of Las Cruces:
//! UTC-7 in winter, UTC-6 from the second Sunday of March to the first Sunday of November.

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use zaguan::domain::court::CourtSystem;
use zaguan::domain::legal_basis::Instrument;
use zaguan::domain::legal_basis::window::{end_of_window, latest_review, narrowed};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap_or_else(|_| panic!("{text}"))
}

fn search(system: CourtSystem, issued_at: &str) -> DateTime<Utc> {
    end_of_window(Some(system), Instrument::SearchWarrant, at(issued_at)).unwrap()
}

#[test]
fn a_search_warrant_of_new_mexico_counts_to_the_end_of_the_tenth_day_after_the_day_of_issue() {
    // Issued on 1 June; day 1 is 2 June, day 10 is 11 June; the midnight after it begins 12 June.
    assert_eq!(search(CourtSystem::State, "2026-06-01T18:00:00-06:00"), at("2026-06-12T00:00:00-06:00"));
    // Whether early or late on that day makes no difference.
    assert_eq!(search(CourtSystem::State, "2026-06-01T00:00:00-06:00"), at("2026-06-12T00:00:00-06:00"));
    assert_eq!(search(CourtSystem::State, "2026-06-01T23:59:59.999999-06:00"), at("2026-06-12T00:00:00-06:00"));
    // In London it is 2 June by then; the day that counts is that of Las Cruces.
    assert_eq!(search(CourtSystem::State, "2026-06-02T05:30:00Z"), at("2026-06-12T06:00:00Z"));
}

#[test]
fn the_tenth_day_is_not_moved_by_a_week_end() {
    // 18 June 2026 is a Thursday; day 10 is Sunday, 28 June.
    assert_eq!(search(CourtSystem::State, "2026-06-18T10:00:00-06:00"), at("2026-06-29T00:00:00-06:00"));
}

#[test]
fn the_window_of_new_mexico_keeps_to_the_wall_clock_across_both_changes_of_the_clock() {
    // Clocks go forward on Sunday, 8 March 2026.
    assert_eq!(search(CourtSystem::State, "2026-03-02T10:00:00-07:00"), at("2026-03-13T00:00:00-06:00"));
    // The last midnight falls on the very day of the change.
    assert_eq!(search(CourtSystem::State, "2026-02-25T10:00:00-07:00"), at("2026-03-08T00:00:00-07:00"));
    // Clocks go back on Sunday, 1 November 2026.
    assert_eq!(search(CourtSystem::State, "2026-10-25T10:00:00-06:00"), at("2026-11-05T00:00:00-07:00"));
    assert_eq!(search(CourtSystem::State, "2026-10-21T10:00:00-06:00"), at("2026-11-01T00:00:00-06:00"));
    // Issued in the hour that comes twice.
    assert_eq!(search(CourtSystem::State, "2026-11-01T08:30:00Z"), at("2026-11-12T00:00:00-07:00"));
}

#[test]
fn the_window_of_new_mexico_knows_leap_days_and_the_end_of_the_year() {
    // 2028 has a 29 February: 20 February + 11 is 2 March. In 2026 it is 3 March.
    assert_eq!(search(CourtSystem::State, "2028-02-20T10:00:00-07:00"), at("2028-03-02T00:00:00-07:00"));
    assert_eq!(search(CourtSystem::State, "2026-02-20T10:00:00-07:00"), at("2026-03-03T00:00:00-07:00"));
    assert_eq!(search(CourtSystem::State, "2028-02-29T10:00:00-07:00"), at("2028-03-11T00:00:00-07:00"));
    assert_eq!(search(CourtSystem::State, "2026-12-28T10:00:00-07:00"), at("2027-01-08T00:00:00-07:00"));
    // New Year's Eve in Las Cruces, New Year's Day in London.
    assert_eq!(search(CourtSystem::State, "2027-01-01T05:00:00Z"), at("2027-01-11T07:00:00Z"));
}

#[test]
fn a_federal_search_warrant_counts_fourteen_days_from_its_issue() {
    assert_eq!(search(CourtSystem::Federal, "2026-06-01T18:04:05.123456Z"), at("2026-06-15T18:04:05.123456Z"));
    assert_eq!(search(CourtSystem::Federal, "2026-10-25T12:00:00Z"), at("2026-11-08T12:00:00Z"));
    assert_eq!(search(CourtSystem::Federal, "2028-02-20T12:00:00Z"), at("2028-03-05T12:00:00Z"));
}

#[test]
fn a_search_warrant_of_a_court_that_nobody_knows_gets_the_shorter_window() {
    let issued_at = at("2026-06-01T18:00:00-06:00");
    let end = end_of_window(None, Instrument::SearchWarrant, issued_at);
    assert_eq!(end, Some(at("2026-06-12T00:00:00-06:00")));
}

#[test]
fn only_search_warrants_have_a_window_of_their_own() {
    for instrument in Instrument::ALL.into_iter().filter(|instrument| *instrument != Instrument::SearchWarrant) {
        for system in [None, Some(CourtSystem::Federal), Some(CourtSystem::State)] {
            assert_eq!(end_of_window(system, instrument, at("2026-06-01T18:00:00Z")), None, "{instrument}");
        }
    }
}

#[test]
fn a_stated_date_narrows_and_never_widens() {
    let (early, late) = (Some(at("2026-06-03T00:00:00Z")), Some(at("2026-06-12T00:00:00Z")));
    assert_eq!(narrowed(late, early), early);
    assert_eq!(narrowed(early, late), early);
    assert_eq!(narrowed(None, late), late);
    assert_eq!(narrowed(early, None), early);
    assert_eq!(narrowed(None, None), None);
}

#[test]
fn a_review_is_due_after_twelve_months_of_the_calendar_at_the_same_time_of_day() {
    assert_eq!(latest_review(at("2026-11-28T18:00:00Z")), at("2027-11-28T18:00:00Z"));
    // Leap day has no twin next year.
    assert_eq!(latest_review(at("2028-02-29T10:00:00-07:00")), at("2029-02-28T10:00:00-07:00"));
    // Clocks went forward on 14 March in 2027, on 8 March in 2026: 10 March is in winter time one year later.
    assert_eq!(latest_review(at("2026-03-10T10:00:00-06:00")), at("2027-03-10T10:00:00-07:00"));
    // 2.30 on 14 March 2027 never happens: the clock leaps to 3.30.
    assert_eq!(latest_review(at("2026-03-14T02:30:00-06:00")), at("2027-03-14T03:30:00-06:00"));
}

#[test]
fn the_ends_of_time_do_not_break_the_windows() {
    for instant in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
        for system in [None, Some(CourtSystem::Federal), Some(CourtSystem::State)] {
            assert!(end_of_window(system, Instrument::SearchWarrant, instant).is_some_and(|end| end >= instant));
        }
        assert!(latest_review(instant) >= instant);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_later_issue_never_ends_earlier_and_every_window_is_as_long_as_its_rule(
        seconds in 1_700_000_000_i64..2_000_000_000, later in 0_i64..10_000_000,
    ) {
        let one = DateTime::from_timestamp(seconds, 0).unwrap();
        let other = one + TimeDelta::seconds(later);
        for system in [None, Some(CourtSystem::Federal), Some(CourtSystem::State)] {
            let end = |issued_at| end_of_window(system, Instrument::SearchWarrant, issued_at).unwrap();
            prop_assert!(end(one) <= end(other));
            // Ten whole days and the rest of the day of issue, give or take the hour of a clock change.
            prop_assert!(end(one) - one > TimeDelta::hours(10 * 24 - 1) && end(one) - one <= TimeDelta::days(14));
        }
    }
}
