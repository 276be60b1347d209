//! Docket numbers: how courts write them, and which do not belong to the paper they stand on.

use chrono::{DateTime, Utc};
use proptest::prelude::*;
use zaguan::domain::court::{Court, Docket, DocketFault};

use super::court::shipped_courts;

fn court(name: &str) -> Court {
    shipped_courts().find(name).unwrap_or_else(|| panic!("{name}")).clone()
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn check(docket: &str, name: &str, issued_at: &str) -> Result<(), DocketFault> {
    Docket::parse(docket)?.check(&court(name), at(issued_at))
}

const NOON: &str = "2025-06-01T18:00:00Z";

#[test]
fn well_formed_numbers_are_read_and_written_as_the_courts_write_them() {
    for (typed, written) in [
        ("2:25-mj-01234", "2:25-mj-01234"),
        (" 2:25-MJ-01234-abc ", "2:25-mj-01234-ABC"),
        ("1:25-cr-00001-KG-GBW", "1:25-cr-00001-KG-GBW"),
        ("2:25\u{2013}sw\u{2013}00077", "2:25-sw-00077"),
        ("D-307-CR-2025-00123", "D-307-CR-2025-00123"),
        ("d-1215-cv-2024-00009", "D-1215-CV-2024-00009"),
        ("M-14-MR-2025-00456", "M-14-MR-2025-00456"),
        ("T-4-CR-2025-001234", "T-4-CR-2025-001234"),
        ("S-1-SC-12345", "S-1-SC-12345"),
        ("A-1-CA-00042", "A-1-CA-00042"),
        ("25-2101", "25-2101"),
    ] {
        assert_eq!(Docket::parse(typed).map(|docket| docket.to_string()).as_deref(), Ok(written), "{typed}");
    }
}

#[test]
fn every_federal_type_of_case_is_known_and_no_other() {
    for case_type in ["mj", "cr", "cv", "mc", "sw", "po", "gj"] {
        assert!(Docket::parse(&format!("2:25-{case_type}-01234")).is_ok(), "{case_type}");
    }
    assert_eq!(Docket::parse("2:25-xx-01234"), Err(DocketFault::Malformed));
}

#[test]
fn malformed_numbers_are_refused() {
    for text in [
        "",
        "2:25-mj-1234",
        "2:2025-mj-01234",
        "2:25-mj-012345",
        "0:25-mj-01234",
        "2-25-mj-01234",
        "2:25-mj-01234-",
        "2:25-mj-01234-A1",
        "D-307-CR-25-00123",
        "D-307-CRX-2025-00123",
        "D-30-CR-2025-00123",
        "D-30777-CR-2025-00123",
        "D-307-CR-2025-123",
        "D-307-CR-2025-00123-X",
        "X-307-CR-2025-00123",
        "S-2-SC-12345",
        "S-1-SC-1234",
        "2:25-mj-\u{663}1234",
        "no number",
    ] {
        assert_eq!(Docket::parse(text), Err(DocketFault::Malformed), "{text}");
    }
}

#[test]
fn a_running_number_of_zeros_is_invalid() {
    for text in ["2:25-mj-00000", "D-307-CR-2025-00000", "S-1-SC-00000", "25-0"] {
        assert_eq!(Docket::parse(text), Err(DocketFault::Zero), "{text}");
    }
}

#[test]
fn a_federal_number_goes_only_with_a_court_of_the_united_states() {
    assert_eq!(check("2:25-mj-01234", "us-d-nm", NOON), Ok(()));
    assert_eq!(check("2:25-mj-01234", "nm-d3", NOON), Err(DocketFault::OtherSystem));
    assert_eq!(check("D-307-CR-2025-00123", "us-d-nm", NOON), Err(DocketFault::OtherSystem));
    assert_eq!(check("2:25-mj-01234", "us-ca10", NOON), Err(DocketFault::OtherCourt));
    assert_eq!(check("25-2101", "us-ca10", NOON), Ok(()));
    assert_eq!(check("25-2101", "us-d-nm", NOON), Err(DocketFault::OtherCourt));
}

#[test]
fn d_307_goes_only_with_the_third_judicial_district() {
    assert_eq!(check("D-307-CR-2025-00123", "nm-d3", NOON), Ok(()));
    for other in ["nm-d2", "nm-d1", "nm-magistrate-dona-ana", "nm-municipal-las-cruces", "nm-supreme"] {
        assert_eq!(check("D-307-CR-2025-00123", other, NOON), Err(DocketFault::OtherCourt), "{other}");
    }
    assert_eq!(check("D-202-CR-2025-00123", "nm-d3", NOON), Err(DocketFault::OtherCourt));
    assert_eq!(check("M-14-MR-2025-00456", "nm-magistrate-dona-ana", NOON), Ok(()));
    assert_eq!(check("S-1-SC-12345", "nm-supreme", NOON), Ok(()));
    assert_eq!(check("S-1-SC-12345", "nm-appeals", NOON), Err(DocketFault::OtherCourt));
}

#[test]
fn the_year_lies_within_one_year_of_the_year_of_issue_in_las_cruces() {
    for (issued_at, expected) in [
        ("2024-01-01T12:00:00Z", Ok(())),
        ("2026-12-31T12:00:00Z", Ok(())),
        ("2023-12-31T12:00:00Z", Err(DocketFault::OtherYear)),
        ("2027-01-02T12:00:00Z", Err(DocketFault::OtherYear)),
        // Still 31 December 2026 in Las Cruces, seven hours behind.
        ("2027-01-01T06:59:59Z", Ok(())),
        ("2027-01-01T07:00:00Z", Err(DocketFault::OtherYear)),
    ] {
        assert_eq!(check("2:25-mj-01234", "us-d-nm", issued_at), expected, "{issued_at}");
        assert_eq!(check("D-307-CR-2025-00123", "nm-d3", issued_at), expected, "{issued_at}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_read_is_written_in_a_form_that_reads_the_same(
        text in "[0-9]{1,2}:[0-9]{2}-(mj|CR|gj)-[0-9]{5}(-[A-Z]{2,3})?|[DMT]-[0-9]{1,4}-[A-Za-z]{2}-[0-9]{4}-[0-9]{5,6}|\\PC{0,30}"
    ) {
        if let Ok(docket) = Docket::parse(&text) {
            prop_assert_eq!(Docket::parse(&docket.to_string()), Ok(docket));
        }
    }
}
