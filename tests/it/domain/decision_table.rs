//! The decision as a table that a lawyer can read: `snapshots/` holds it, and a change to it is a change of policy.

use std::fmt::Write as _;

use zaguan::domain::decision::{Ask, AskedField, Effect, Facts, Outcome, decide};
use zaguan::domain::field::FieldClass;
use zaguan::domain::language::Language;
use zaguan::domain::legal_basis::{LegalBasis, ResidentScope, Status};
use zaguan::domain::requester::{Purpose, RequesterKind};

use super::scene::{self, EMERGENCY, MANDATE, SHIPPED, WARRANT};

use FieldClass::{Contact, Employment, HomeAddress, ImmigrationStatus, Medical, Unclassified, Unprotected};
use Purpose::{EmergencyResponse, ImmigrationEnforcement, NotStated, PublicRecordsRequest, ResidentRequest};
use RequesterKind::{CityDepartment, FederalImmigration, PublicRecords, ResidentSelf, StateOrLocalLawEnforcement};

type Line = (FieldClass, RequesterKind, Purpose, &'static str, Option<LegalBasis>);

fn lines() -> Vec<Line> {
    let warrant = || scene::good_basis(WARRANT);
    let revoked = LegalBasis { status: Status::Revoked { at: scene::now() }, ..warrant() };
    let mut standing = scene::good_basis(MANDATE);
    standing.scope.residents = ResidentScope::Standing;
    let single = LegalBasis { max_uses: Some(1), ..warrant() };
    let waiting = LegalBasis { status: Status::Registered, ..warrant() };
    let expired = LegalBasis { valid_until: Some(scene::now()), ..warrant() };
    let emergency = scene::good_basis(EMERGENCY);
    let (fi, police) = (FederalImmigration, StateOrLocalLawEnforcement);
    let (enforce, crime) = (ImmigrationEnforcement, Purpose::CriminalInvestigation);
    let service = Purpose::ServiceDelivery;
    vec![
        (Unclassified, ResidentSelf, ResidentRequest, "good warrant", Some(warrant())),
        (Unprotected, fi, enforce, "", None),
        (Medical, fi, enforce, "", None),
        (ImmigrationStatus, fi, enforce, "", None),
        (ImmigrationStatus, fi, enforce, "good warrant", Some(warrant())),
        (Employment, fi, enforce, "", None),
        (HomeAddress, fi, enforce, "", None),
        (HomeAddress, fi, NotStated, "", None),
        (HomeAddress, fi, Purpose::Other, "", None),
        (HomeAddress, fi, enforce, "good warrant", Some(warrant())),
        (HomeAddress, fi, enforce, "single-use warrant", Some(single)),
        (HomeAddress, fi, enforce, "unverified warrant", Some(waiting)),
        (HomeAddress, fi, enforce, "revoked warrant", Some(revoked)),
        (HomeAddress, fi, enforce, "expired warrant", Some(expired)),
        (HomeAddress, police, crime, "", None),
        (HomeAddress, police, crime, "good warrant", Some(warrant())),
        (HomeAddress, police, EmergencyResponse, "emergency", Some(emergency)),
        (HomeAddress, police, crime, "standing mandate", Some(standing)),
        (HomeAddress, PublicRecords, PublicRecordsRequest, "", None),
        (Contact, PublicRecords, PublicRecordsRequest, "", None),
        (HomeAddress, CityDepartment, service, "", None),
        (HomeAddress, CityDepartment, NotStated, "", None),
        (HomeAddress, CityDepartment, enforce, "", None),
        (HomeAddress, ResidentSelf, ResidentRequest, "", None),
        (Contact, CityDepartment, service, "", None),
        (Contact, fi, enforce, "good warrant", Some(warrant())),
        (Contact, fi, enforce, "good mandate", Some(scene::good_basis(MANDATE))),
    ]
}

fn table(scope: &str) -> String {
    let heads = ["field", "requester", "purpose", "cites", "answer", "confidential address"];
    let mut out = row(&heads);
    let policy = scene::policy(SHIPPED, scope);
    for (class, requester_kind, purpose, cites, basis) in lines() {
        let ask = Ask { requester_kind, purpose, ..scene::ask(class, basis.is_some()) };
        let bases = scene::on_file(basis);
        let answers = [false, true].map(|is_confidential| {
            let decision = decide(&ask, &Facts { is_confidential, bases: &bases }, &policy, scene::now());
            let obligations: Vec<_> = decision.obligations.iter().map(|owed| format!(" +{owed}")).collect();
            format!("{} {}{}", decision.fields[0].effect, decision.fields[0].reason, obligations.join(""))
        });
        let cells = [class.as_str(), requester_kind.as_str(), purpose.as_str(), cites, &answers[0], &answers[1]];
        out += &row(&cells);
    }
    out
}

fn row(cells: &[&str; 6]) -> String {
    let [class, requester, purpose, cites, answer, confidential] = cells;
    let mut out = String::new();
    write!(out, "{class:18} | {requester:30} | {purpose:23} | {cites:18} | {answer:56} | {confidential}").unwrap();
    out.trim_end().to_owned() + "\n"
}

#[test]
fn the_decision_table_for_every_request_from_outside() {
    insta::assert_snapshot!(table("all_external"));
}

#[test]
fn the_decision_table_when_limited_to_immigration_enforcement() {
    insta::assert_snapshot!(table("solely_federal_immigration"));
}

#[test]
fn the_shipped_policy_reads_like_this_in_english() {
    insta::assert_snapshot!(scene::shipped_policy().to_table(Language::English));
}

#[test]
fn the_shipped_policy_reads_like_this_in_spanish() {
    insta::assert_snapshot!(scene::shipped_policy().to_table(Language::Spanish));
}

fn ask_for(classes: &[FieldClass]) -> Ask {
    let asked = |class: &FieldClass| AskedField { name: scene::field("f"), class: *class };
    Ask { fields: classes.iter().map(asked).collect(), ..scene::ask(HomeAddress, false) }
}

#[test]
fn the_outcome_says_how_much_may_leave() {
    let policy = scene::shipped_policy();
    let outcome = |classes: &[FieldClass]| scene::decide_with(&ask_for(classes), &[], &policy).outcome;
    assert_eq!(outcome(&[]), Outcome::Denied);
    assert_eq!(outcome(&[HomeAddress, Employment]), Outcome::Denied);
    assert_eq!(outcome(&[HomeAddress, Unprotected]), Outcome::Partial);
    assert_eq!(outcome(&[Unprotected, Unprotected]), Outcome::Released);
}

#[test]
fn each_field_is_answered_in_the_order_asked() {
    let classes = [Unprotected, HomeAddress, Unclassified, Medical];
    let decision = scene::decide_with(&ask_for(&classes), &[], &scene::shipped_policy());
    let answered: Vec<_> = decision.fields.iter().map(|field| (field.class, field.effect)).collect();
    let effects = [Effect::Permit, Effect::Deny, Effect::Deny, Effect::Permit];
    assert_eq!(answered, classes.into_iter().zip(effects).collect::<Vec<_>>());
}

#[test]
fn the_strongest_of_several_bases_is_named_whatever_their_order() {
    let mut ask = scene::ask(HomeAddress, false);
    let emergency = LegalBasis { id: scene::basis_id(1), ..scene::good_basis(EMERGENCY) };
    let later = LegalBasis { id: scene::basis_id(3), ..scene::good_basis(WARRANT) };
    let earlier = LegalBasis { id: scene::basis_id(2), ..scene::good_basis(WARRANT) };
    let bases = [emergency, later, earlier];
    for order in [[1, 2, 3], [3, 2, 1], [2, 1, 3]] {
        ask.legal_bases = order.map(scene::basis_id).into();
        let decision = scene::decide_with(&ask, &bases, &scene::shipped_policy());
        assert_eq!(decision.used_bases(), [scene::basis_id(2)]);
        assert!(decision.obligations.is_empty());
    }
}

#[test]
fn one_decision_names_each_basis_that_it_used_once() {
    let mut address = scene::good_basis(WARRANT);
    address.scope.classes = [HomeAddress].into();
    let mut work = LegalBasis { id: scene::basis_id(2), ..scene::good_basis(EMERGENCY) };
    work.scope.classes = [Employment].into();
    let unused = LegalBasis { id: scene::basis_id(3), ..scene::good_basis(EMERGENCY) };
    let mut ask = ask_for(&[HomeAddress, Employment, HomeAddress]);
    // Not for enforcement, which an emergency never covers.
    ask.purpose = Purpose::EmergencyResponse;
    ask.legal_bases = vec![scene::basis_id(3), scene::basis_id(2), scene::basis_id(1)];
    let decision = scene::decide_with(&ask, &[address, work, unused], &scene::shipped_policy());
    assert_eq!(decision.used_bases(), [scene::basis_id(1), scene::basis_id(2)]);
}

#[test]
fn a_resident_is_matched_by_any_key_in_the_ring_and_only_in_the_store_listed() {
    let basis = scene::good_basis(WARRANT);
    let mut ask = scene::ask(HomeAddress, true);
    ask.resident_indexes = vec![scene::resident(9), scene::resident(7)];
    let reason = |ask: &Ask, basis: &LegalBasis| {
        scene::decide_with(ask, std::slice::from_ref(basis), &scene::shipped_policy()).fields[0].reason.code()
    };
    assert_eq!(reason(&ask, &basis), "legal_basis");
    let mut elsewhere = basis.clone();
    elsewhere.scope.residents = ResidentScope::Listed([(scene::store("library"), scene::resident(7))].into());
    assert_eq!(reason(&ask, &elsewhere), "basis_other_resident");
    ask.resident_indexes.clear();
    assert_eq!(reason(&ask, &basis), "basis_other_resident");
}

#[test]
fn an_empty_list_in_a_scope_covers_nothing() {
    type Emptied = (fn(&mut LegalBasis), &'static str);
    let emptied: [Emptied; 5] = [
        (|basis| basis.scope.stores.clear(), "basis_other_store"),
        (|basis| basis.scope.residents = ResidentScope::Listed([].into()), "basis_other_resident"),
        (|basis| basis.scope.requester_kinds.clear(), "basis_other_requester"),
        (|basis| basis.scope.purposes.clear(), "basis_other_purpose"),
        (|basis| basis.scope.classes.clear(), "basis_class_not_in_scope"),
    ];
    for (empty, expected) in emptied {
        let mut basis = scene::good_basis(WARRANT);
        empty(&mut basis);
        let decision = scene::decide_with(&scene::ask(HomeAddress, true), &[basis], &scene::shipped_policy());
        assert_eq!(decision.fields[0].reason.code(), expected);
    }
}

#[test]
fn a_basis_for_any_agency_covers_every_agency_and_a_named_one_only_itself() {
    let reason = |named: Option<&str>, asking: Option<&str>| {
        let mut basis = scene::good_basis(WARRANT);
        basis.scope.requester_agency = named.map(scene::agency);
        let ask = Ask { agency: asking.map(scene::agency), ..scene::ask(HomeAddress, true) };
        scene::decide_with(&ask, &[basis], &scene::shipped_policy()).fields[0].reason.code()
    };
    assert_eq!(reason(None, None), "legal_basis");
    assert_eq!(reason(None, Some("HSI")), "legal_basis");
    assert_eq!(reason(Some("ICE ERO El Paso"), Some("  ice  ERO  EL PASO ")), "legal_basis");
    assert_eq!(reason(Some("ICE ERO El Paso"), Some("ICE ERO")), "basis_other_requester");
    assert_eq!(reason(Some("ICE ERO El Paso"), None), "basis_other_requester");
}
