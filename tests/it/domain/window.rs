//! Instants at which an answer turns, to the microsecond.

use chrono::{DateTime, TimeDelta, Utc};
use zaguan::domain::decision::{Effect, Facts, decide};
use zaguan::domain::field::FieldClass;
use zaguan::domain::legal_basis::{LegalBasis, Status};

use super::scene::{self, WARRANT};

fn reason_at(basis: &LegalBasis, instant: DateTime<Utc>) -> &'static str {
    let on_file = scene::on_file([basis.clone()]);
    let facts = Facts { is_confidential: false, bases: &on_file };
    let ask = scene::ask(FieldClass::HomeAddress, true);
    let decision = decide(&ask, &facts, &scene::shipped_policy(), instant);
    assert_eq!(decision.fields[0].effect == Effect::Permit, decision.fields[0].reason.code() == "legal_basis");
    decision.fields[0].reason.code()
}

#[test]
fn a_basis_opens_at_its_first_instant_and_not_a_microsecond_before() {
    let basis = scene::good_basis(WARRANT);
    let basis = LegalBasis { status: Status::Verified { at: basis.valid_from - scene::hours(1) }, ..basis };
    assert_eq!(reason_at(&basis, basis.valid_from), "legal_basis");
    assert_eq!(reason_at(&basis, basis.valid_from - TimeDelta::microseconds(1)), "basis_not_yet_valid");
}

#[test]
fn a_basis_no_longer_opens_at_its_end_but_does_a_microsecond_before() {
    let basis = scene::good_basis(WARRANT);
    let end = basis.valid_until.unwrap();
    assert_eq!(reason_at(&basis, end), "basis_expired");
    assert_eq!(reason_at(&basis, end - TimeDelta::microseconds(1)), "legal_basis");
}

#[test]
fn a_basis_without_an_end_does_not_expire() {
    let basis = LegalBasis { valid_until: None, ..scene::good_basis(WARRANT) };
    assert_eq!(reason_at(&basis, scene::now() + scene::hours(700)), "legal_basis");
}

#[test]
fn a_verification_counts_until_its_greatest_age_and_not_a_microsecond_longer() {
    let basis = LegalBasis { valid_until: None, ..scene::good_basis(WARRANT) };
    let oldest = scene::now() - scene::hours(1) + scene::hours(720);
    assert_eq!(reason_at(&basis, oldest), "legal_basis");
    assert_eq!(reason_at(&basis, oldest + TimeDelta::microseconds(1)), "basis_not_verified");
}

#[test]
fn a_verification_counts_from_its_own_instant() {
    let basis = LegalBasis { status: Status::Verified { at: scene::now() }, ..scene::good_basis(WARRANT) };
    assert_eq!(reason_at(&basis, scene::now()), "legal_basis");
    assert_eq!(reason_at(&basis, scene::now() - TimeDelta::microseconds(1)), "basis_not_verified");
}

#[test]
fn the_last_permitted_use_opens_and_the_next_does_not() {
    let basis = LegalBasis { max_uses: Some(3), uses: 2, ..scene::good_basis(WARRANT) };
    assert_eq!(reason_at(&basis, scene::now()), "legal_basis");
    assert_eq!(reason_at(&LegalBasis { uses: 3, ..basis }, scene::now()), "basis_used_up");
    let none_allowed = LegalBasis { max_uses: Some(0), uses: 0, ..scene::good_basis(WARRANT) };
    assert_eq!(reason_at(&none_allowed, scene::now()), "basis_used_up");
}

#[test]
fn the_ends_of_time_do_not_break_the_arithmetic() {
    let basis = scene::good_basis(WARRANT);
    assert_eq!(reason_at(&basis, DateTime::<Utc>::MAX_UTC), "basis_not_verified");
    let ancient = LegalBasis { status: Status::Verified { at: DateTime::<Utc>::MIN_UTC }, ..basis };
    assert_eq!(reason_at(&ancient, DateTime::<Utc>::MAX_UTC), "basis_not_verified");
}
