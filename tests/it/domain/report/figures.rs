//! Which counts make up which figures.

use chrono::NaiveDate;
use zaguan::domain::report::{Counted, Counts, Day, Period, Range, Report, ReportSecret, Section, Shown};

const EMERGENCY: &str = "0197aaaa-bbbb-7ccc-8ddd-eeeeffff0000";
const OTHER: &str = "0197aaaa-bbbb-7ccc-8ddd-eeeeffff0001";

fn day(text: &str) -> Day {
    Day::from(text.parse::<NaiveDate>().unwrap())
}

/// The report over 2031 of these counts, when the year is over.
fn report(counted: &[(Counted, &str, &str, i64)]) -> Report {
    report_through("2031-12-31", counted)
}

fn report_through(through: &str, counted: &[(Counted, &str, &str, i64)]) -> Report {
    let period = Period::new("2031-01-01".parse().unwrap(), "2031-12-31".parse().unwrap()).unwrap();
    let mut counts = Counts::new(period.marks(day(through).plus(1)));
    for (kind, key, on, count) in counted {
        counts.add(*kind, key, day(on), *count);
    }
    let through = through.parse().unwrap();
    let log = Range { entries: 7, root: "ab".to_owned(), through, last_at: "2032-01-01T00:00:00.000000Z".to_owned() };
    Report::new(period, &counts, log, &ReportSecret::of(b"a test"))
}

/// Within a few of it: what waited before comes in addition, what waits now is missing.
fn is_about(shown: Shown, count: i64) -> bool {
    shown.number().is_some_and(|number| (number - count).abs() <= 20)
}

#[test]
fn a_year_in_which_nothing_was_asked_is_certified() {
    let quiet = report(&[(Counted::Request, "city_department service_delivery released", "2031-05-05", 400)]);
    assert!(quiet.nil.federal_immigration && quiet.nil.from_outside);
    let asked = report(&[(Counted::Request, "court audit denied", "2031-05-05", 1)]);
    assert!(asked.nil.federal_immigration && !asked.nil.from_outside);
    let paper =
        report(&[(Counted::Basis, &format!("{OTHER} judicial_warrant detainer_i247 rejected"), "2031-05-05", 1)]);
    assert!(!paper.nil.federal_immigration && paper.nil.from_outside, "a detainer that came alone counts");
    let earlier = report(&[(Counted::Request, "federal_immigration audit denied", "2030-12-31", 9)]);
    assert!(earlier.nil.federal_immigration, "the year before is another year");
}

#[test]
fn requests_stand_in_their_period_and_beside_the_one_before() {
    let report = report(&[
        (Counted::Request, "federal_immigration immigration_enforcement denied", "2029-12-31", 500),
        (Counted::Request, "federal_immigration immigration_enforcement denied", "2030-06-01", 300),
        (Counted::Request, "federal_immigration immigration_enforcement denied", "2031-06-01", 100),
        (Counted::Request, "court court_proceeding partial", "2031-07-01", 1),
        (Counted::Request, "federal_immigration immigration_enforcement denied", "2032-01-01", 900),
    ]);
    let row = report.rows(Section::Requesters).iter().find(|row| row.words == ["federal_immigration"]).unwrap();
    assert!(is_about(row.now, 100) && is_about(row.before.unwrap(), 300), "{row:?}");
    assert_eq!(report.figure(Section::Requesters, &["court"]), Shown::Few);
    assert_eq!(report.figure(Section::Requesters, &["resident_self"]), Shown::None);
    assert!(is_about(report.figure(Section::Outcomes, &["denied"]), 100));
    let months: Vec<Shown> = report.rows(Section::Months).iter().map(|row| row.now).collect();
    assert_eq!(months.len(), 12);
    assert!(is_about(months[5], 100) && months[4] == Shown::None && !months[6].is_none(), "{months:?}");
}

#[test]
fn denials_and_classes_are_told_by_reason() {
    let report = report(&[
        (Counted::Field, "home_address no_legal_basis 0123456789ab", "2031-06-01", 200),
        (Counted::Field, "home_address legal_basis 0123456789ab", "2031-06-01", 50),
        (Counted::ClassRequest, "home_address deny", "2031-06-01", 100),
        (Counted::ClassRequest, "home_address both", "2031-06-01", 40),
    ]);
    assert!(is_about(report.figure(Section::Denials, &["no_legal_basis", "0123456789ab"]), 200));
    assert_eq!(report.rows(Section::Denials).len(), 1, "a release is no denial");
    for (section, row, count) in [
        (Section::ClassFields, "asked", 250),
        (Section::ClassFields, "released", 50),
        (Section::ClassFields, "denied", 200),
        (Section::ClassRequests, "asked", 140),
        (Section::ClassRequests, "released", 40),
        (Section::ClassRequests, "denied", 140),
    ] {
        let shown = report.figure(section, &["home_address", row]);
        assert!(is_about(shown, count), "{section} {row}: {shown} instead of {count}");
    }
}

#[test]
fn an_emergency_is_late_when_nobody_looked_at_it_within_three_days() {
    let emergency = format!("{EMERGENCY} emergency_exception none registered");
    let late = |steps: &[(&str, &str)]| {
        let mut counted = vec![(Counted::Basis, emergency.as_str(), "2031-06-01", 1)];
        let keys: Vec<String> = steps.iter().map(|(step, _)| format!("{EMERGENCY} {step}")).collect();
        counted.extend(keys.iter().zip(steps).map(|(key, (_, on))| (Counted::Step, key.as_str(), *on, 1)));
        report(&counted).figure(Section::Emergencies, &["review_late"])
    };
    assert_eq!(late(&[("justified", "2031-06-04")]), Shown::None);
    assert_eq!(late(&[("justified", "2031-06-05")]), Shown::Few);
    assert_eq!(late(&[]), Shown::Few);
    assert_eq!(late(&[("rejected", "2031-06-02")]), Shown::None, "what was never open owes no review");
    assert_eq!(late(&[("verified", "2031-06-02")]), Shown::Few, "a verification is no review");
}

#[test]
fn uses_and_steps_are_told_by_the_kind_of_their_paper() {
    let warrant = format!("{OTHER} judicial_warrant search_warrant registered");
    let report = report(&[
        (Counted::Basis, &warrant, "2030-02-01", 1),
        (Counted::Step, &format!("{OTHER} verified"), "2030-02-02", 1),
        (Counted::Step, &format!("{OTHER} revoked"), "2031-06-02", 1),
        (Counted::BasisUse, OTHER, "2031-03-01", 60),
        (Counted::BasisUse, EMERGENCY, "2031-03-01", 2),
    ]);
    assert!(is_about(report.figure(Section::BasisUses, &["judicial_warrant", "search_warrant"]), 60));
    assert_eq!(
        report.figure(Section::BasisUses, &["other", "none"]),
        Shown::Few,
        "recorded before there were such entries"
    );
    assert_eq!(report.figure(Section::BasisSteps, &["judicial_warrant", "revoked"]), Shown::Few);
    assert_eq!(report.figure(Section::BasisSteps, &["judicial_warrant", "verified"]), Shown::None);
}

#[test]
fn accounts_are_those_at_the_end_and_exact() {
    let report = report(&[
        (Counted::Account, "counsel", "2029-01-01", 3),
        (Counted::Account, "counsel", "2031-05-01", -1),
        (Counted::Account, "counsel", "2032-05-01", 7),
        (Counted::Entry, "signed_in", "2031-05-01", 3),
        (Counted::Entry, "access_certified", "2030-05-01", 2),
    ]);
    let row = report.rows(Section::Accounts).iter().find(|row| row.words == ["counsel"]).unwrap();
    assert_eq!((row.now, row.before), (Shown::Exact(2), Some(Shown::Exact(3))));
    assert_eq!(report.figure(Section::Access, &["signed_in"]), Shown::Exact(3));
    let certified = report.rows(Section::Access).iter().find(|row| row.words == ["access_certified"]).unwrap();
    assert_eq!((certified.now, certified.before), (Shown::Exact(0), Some(Shown::Exact(2))));
}

#[test]
fn half_of_a_stores_requests_were_decided_within_a_time() {
    let report = report(&[
        (Counted::StoreRequest, "library released under_10_ms", "2031-05-01", 300),
        (Counted::StoreRequest, "library denied under_1_s", "2031-05-01", 100),
        (Counted::StoreRequest, "court denied under_10_s", "2031-05-01", 1),
    ]);
    assert_eq!(report.figure(Section::Delays, &["library"]).to_string(), "under_10_ms");
    assert_eq!(report.figure(Section::Delays, &["court"]), Shown::Few);
    assert!(is_about(report.figure(Section::Stores, &["library", "denied"]), 100));
}

#[test]
fn whoever_reads_a_report_finds_words_and_figures_and_nothing_else() {
    let report = report(&[
        (Counted::Request, "federal_immigration immigration_enforcement denied", "2031-06-01", 103),
        (Counted::Basis, &format!("{EMERGENCY} emergency_exception none registered"), "2031-06-01", 1),
        (Counted::BasisUse, EMERGENCY, "2031-06-01", 40),
    ]);
    let (json, csv) = (report.to_json(), report.to_csv());
    assert!(!json.contains("0197aaaa") && !csv.contains("0197aaaa"), "ids of papers stay inside");
    assert!(csv.lines().all(|line| line.matches(',').count() == 6), "{csv}");
    assert!(csv.starts_with("section,point,row,row_2,now,before,note\r\n"));
    let parsed: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(parsed["period"]["from"], "2031-01-01");
    for table in parsed["tables"].as_array().unwrap() {
        let is_exact = ["accounts", "access"].contains(&table["section"].as_str().unwrap());
        for row in table["rows"].as_array().unwrap() {
            let number = row["now"].as_i64();
            assert!(is_exact || number.is_none_or(|number| number % 5 == 0), "{table}");
        }
    }
}

#[test]
fn a_day_is_counted_when_it_is_over_and_only_what_is_over_is_certified() {
    let asked = [(Counted::Request, "federal_immigration audit denied", "2031-06-10", 100)];
    let open = report_through("2031-06-09", &asked);
    assert_eq!(open.figure(Section::Requesters, &["federal_immigration"]), Shown::None);
    assert!(!open.nil.federal_immigration && !open.nil.from_outside, "the year is not over");
    assert_eq!(open.rows(Section::Months).len(), 6, "months that have not begun have no figure");
    let over = report_through("2031-06-10", &asked);
    assert!(is_about(over.figure(Section::Requesters, &["federal_immigration"]), 100));
}
