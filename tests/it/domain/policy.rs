//! The policy's file is read strictly, and every fault is shown where it is.

use proptest::prelude::*;
use zaguan::domain::decision::{ClassPolicy, Policy, PolicyScope};
use zaguan::domain::field::FieldClass;
use zaguan::domain::language::Language;
use zaguan::domain::requester::RequesterKind;

use super::scene::{self, SHIPPED_POLICY};

/// The shipped policy with one text put in place of another, and the line on which that text begins.
fn edited(from: &str, to: &str) -> (String, usize) {
    let at = SHIPPED_POLICY.find(from).unwrap_or_else(|| panic!("`{from}` is not in the shipped policy"));
    (SHIPPED_POLICY.replacen(from, to, 1), SHIPPED_POLICY.chars().take(at).filter(|c| *c == '\n').count() + 1)
}

/// One fault, `below` lines under the edited text, whose message holds `expected`.
fn assert_refused(from: &str, to: &str, below: usize, expected: &str) {
    let (text, line) = edited(from, to);
    let errors = Policy::parse(&text).expect_err(expected);
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert_eq!((errors[0].line, errors[0].message.contains(expected)), (Some(line + below), true), "{:?}", errors[0]);
}

fn assert_missing(from: &str, to: &str, expected: &str) {
    let errors = Policy::parse(&edited(from, to).0).expect_err(expected);
    let found: Vec<_> = errors.iter().map(ToString::to_string).collect();
    assert_eq!(found, [expected]);
}

const EMPLOYMENT: &str = "[classes.employment]\nprotected = true\ncitation = \"Resolution 26-049\"\n\
    accepts = [\"judicial_warrant\", \"legal_mandate\", \"emergency_exception\"]\nmax_verification_age_hours = 720\n";

#[test]
fn the_shipped_policy_protects_the_three_of_the_resolution() {
    let policy = scene::shipped_policy();
    let protected: Vec<_> = policy.classes().iter().filter(|row| row.is_protected()).map(ClassPolicy::class).collect();
    assert_eq!(protected, [FieldClass::ImmigrationStatus, FieldClass::HomeAddress, FieldClass::Employment]);
    assert_eq!((policy.id(), policy.scope()), ("las-cruces-26-049", PolicyScope::AllExternal));
    let inside: Vec<_> = RequesterKind::ALL.into_iter().filter(|kind| !policy.is_outbound(*kind)).collect();
    assert_eq!(inside, [RequesterKind::CityDepartment, RequesterKind::ResidentSelf]);
}

#[test]
fn the_classes_whose_answer_is_fixed_have_no_row() {
    let policy = scene::shipped_policy();
    assert_eq!(policy.classes().len(), 15);
    assert!(policy.class(FieldClass::Unprotected).is_none() && policy.class(FieldClass::Unclassified).is_none());
    for row in policy.classes() {
        assert_eq!(policy.class(row.class()), Some(row));
    }
    assert_refused("[classes.school]", "[classes.unprotected]\n[classes.school]", 0, "`unprotected` has no row");
}

#[test]
fn the_hash_is_that_of_the_exact_text() {
    let hex = |policy: &Policy| policy.sha256().iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
    let one = Policy::parse(SHIPPED_POLICY).unwrap();
    let other = Policy::parse(&format!("{SHIPPED_POLICY}# a comment\n")).unwrap();
    assert_ne!(one.sha256(), other.sha256());
    assert_eq!(hex(&one).len(), 64);
}

#[test]
fn unknown_words_are_refused_where_they_stand() {
    assert_refused("[classes.school]", "[classes.skool]\n[classes.school]", 0, "unknown field class `skool`");
    assert_refused("[requesters.court]", "[requesters.kourt]\n[requesters.court]", 0, "unknown requester kind");
    assert_refused("scope = \"all", "scope = \"none", 0, "unknown policy scope");
    assert_refused(EMPLOYMENT, &EMPLOYMENT.replace("legal_mandate", "hunch"), 3, "unknown legal basis kind `hunch`");
}

#[test]
fn unknown_keys_are_refused_where_they_stand() {
    assert_refused("title =", "titel = \"x\"\ntitle =", 0, "unknown key `titel`");
    assert_refused(EMPLOYMENT, &EMPLOYMENT.replace("accepts", "colour = 1\naccepts"), 3, "unknown key `colour`");
    let court = "[requesters.court]\n";
    assert_refused(court, &format!("{court}colour = 1\n"), 1, "unknown key `colour`");
}

#[test]
fn duplicates_are_refused_where_they_stand() {
    assert_refused(EMPLOYMENT, &format!("{EMPLOYMENT}{EMPLOYMENT}"), 5, "duplicate key");
    assert_refused("title =", "title = \"x\"\ntitle =", 1, "duplicate key");
    let twice = EMPLOYMENT.replace("\"legal_mandate\"", "\"judicial_warrant\"");
    assert_refused(EMPLOYMENT, &twice, 3, "`judicial_warrant` is there twice");
}

#[test]
fn missing_rows_and_keys_are_named() {
    assert_missing(EMPLOYMENT, "", "`[classes.employment]` is missing");
    assert_missing("[requesters.court]\noutbound = true\n", "", "`[requesters.court]` is missing");
    assert_missing("id = \"las-cruces-26-049\"\n", "", "`id` is missing");
    let hours = "max_verification_age_hours = 720\n";
    assert_refused(EMPLOYMENT, &EMPLOYMENT.replace(hours, ""), 0, "`max_verification_age_hours` is missing");
    assert_refused(EMPLOYMENT, &EMPLOYMENT.replace("protected = true\n", ""), 0, "`protected` is missing");
    assert_refused("[requesters.court]\noutbound = true", "[requesters.court]", 0, "`outbound` is missing");
}

#[test]
fn contradictions_are_refused_where_they_stand() {
    let without = |line: &str| EMPLOYMENT.lines().filter(|text| !text.starts_with(line)).collect::<Vec<_>>().join("\n");
    assert_refused(EMPLOYMENT, &(without("citation") + "\n"), 0, "`employment` is protected but has no `citation`");
    assert_refused(EMPLOYMENT, &(without("accepts") + "\n"), 0, "`employment` is protected but `accepts` nothing");
    let emptied = EMPLOYMENT.replace("[\"judicial_warrant\", \"legal_mandate\", \"emergency_exception\"]", "[]");
    assert_refused(EMPLOYMENT, &emptied, 0, "`employment` is protected but `accepts` nothing");
    assert_refused(EMPLOYMENT, &EMPLOYMENT.replace("true", "false"), 3, "`employment` is not protected");
    assert_refused(EMPLOYMENT, &EMPLOYMENT.replace("Resolution 26-049", "  "), 2, "`citation` is empty");
}

#[test]
fn only_the_city_and_the_resident_may_be_inside() {
    for kind in RequesterKind::ALL {
        let row = format!("[requesters.{kind}]\noutbound = ");
        if [RequesterKind::CityDepartment, RequesterKind::ResidentSelf].contains(&kind) {
            assert!(Policy::parse(&edited(&format!("{row}false"), &format!("{row}true")).0).is_ok());
        } else {
            assert_refused(&format!("{row}true"), &format!("{row}false"), 1, "is outside the city");
        }
    }
}

#[test]
fn an_age_must_be_a_whole_number_of_hours_within_a_year() {
    for age in ["0", "-1", "8785", "1.5", "\"720\"", "99999999999999999999"] {
        let text = EMPLOYMENT.replace("hours = 720", &format!("hours = {age}"));
        assert_refused(EMPLOYMENT, &text, 4, "must be a whole number from 1 to 8784");
    }
}

#[test]
fn values_of_the_wrong_kind_are_refused_where_they_stand() {
    assert_refused(EMPLOYMENT, &EMPLOYMENT.replace("= true", "= \"yes\""), 1, "`protected` must be true or false");
    assert_refused("id = \"las", "id = \"Las", 0, "`id` must be");
    assert_refused("[requesters.court]\noutbound = true", "[requesters]\ncourt = true", 1, "`court` must be a table");
    let text = EMPLOYMENT.replace("[\"judicial_warrant\", \"legal_mandate\", \"emergency_exception\"]", "\"all\"");
    assert_refused(EMPLOYMENT, &text, 3, "`accepts` must be a list of texts");
}

#[test]
fn every_fault_is_reported_at_once_in_the_order_of_the_lines() {
    let text = SHIPPED_POLICY.replacen("scope = \"all", "scope = \"x", 1).replacen("hours = 720", "hours = 0", 2);
    let errors = Policy::parse(&text).unwrap_err();
    let lines: Vec<_> = errors.iter().map(|error| error.line).collect();
    assert_eq!(lines.len(), 3);
    assert!(lines.is_sorted());
    assert!(errors[0].to_string().starts_with(&format!("line {}, column ", lines[0].unwrap())));
}

#[test]
fn the_table_is_never_wider_than_a_page() {
    let long = SHIPPED_POLICY.replacen("Welcoming Community policy", &"long ".repeat(40), 1);
    let long = long.replacen("NMSA 40-13B\"", &format!("{}\"", "x".repeat(150)), 1);
    let policy = Policy::parse(&long).unwrap();
    for language in Language::ALL {
        let table = policy.to_table(language);
        assert!(table.lines().all(|line| line.chars().count() <= 100), "{table}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_the_parser_panic(text in "\\PC{0,200}|[\\[\\]=\"a-z._\n# 0-9]{0,300}") {
        prop_assert!(Policy::parse(&text).is_err());
    }

    #[test]
    fn a_policy_with_a_piece_cut_out_is_read_or_refused_but_never_panics(from in 0_usize..6000, count in 0_usize..400) {
        let cut: String = SHIPPED_POLICY.chars().take(from).chain(SHIPPED_POLICY.chars().skip(from + count)).collect();
        if let Err(errors) = Policy::parse(&cut) {
            prop_assert!(!errors.is_empty());
        }
    }
}
