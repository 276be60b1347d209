//! Registration of the three kinds: what is in order, and what a clerk is told when it is not.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use zaguan::domain::StoreId;
use zaguan::domain::court::CourtRegistry;
use zaguan::domain::legal_basis::registration::{FormFault, NamedCourt, RegistrationRules};
use zaguan::domain::legal_basis::{
    BasisKind, Instrument, Paper, Registration, RegistrationForm, ResidentScope, Status,
};

use super::court::shipped_courts;
use super::scene;

pub fn now() -> DateTime<Utc> {
    at("2026-11-28T18:00:00Z")
}

pub fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap_or_else(|_| panic!("{text}"))
}

pub fn stores() -> BTreeSet<StoreId> {
    ["utility-billing", "library"].map(scene::store).into()
}

pub fn register_at(form: Value, courts: &CourtRegistry, now: DateTime<Utc>) -> Result<Registration, Vec<FormFault>> {
    let form: RegistrationForm = serde_json::from_value(form).unwrap();
    let stores = stores();
    let emergency_lifetime = TimeDelta::hours(12);
    form.validate(&RegistrationRules { now, courts, stores: &stores, emergency_lifetime, text_chars: 4_000 })
}

pub fn register(form: Value) -> Result<Registration, Vec<FormFault>> {
    register_at(form, shipped_courts(), now())
}

/// The form with members set; `null` takes one out.
pub fn with(mut form: Value, changes: &Value) -> Value {
    for (pointer, value) in changes.as_object().unwrap() {
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        let parent = form.pointer_mut(parent).and_then(Value::as_object_mut).unwrap();
        if value.is_null() {
            parent.remove(name);
        } else {
            parent.insert(name.to_owned(), value.clone());
        }
    }
    form
}

fn scope() -> Value {
    json!({
        "residents": [{ "store": "utility-billing", "resident": "ACCT-0048213" }],
        "classes": ["home_address"], "stores": ["utility-billing"], "requester_kinds": ["federal_immigration"],
        "requester_agency": "ICE ERO El Paso", "purposes": ["immigration_enforcement"],
    })
}

pub fn warrant() -> Value {
    json!({
        "kind": "judicial_warrant", "instrument": "search_warrant",
        "court": "United States District Court for the District of New Mexico", "docket": "2:26-mj-01234",
        "judge": "Ysidra Quill", "judge_title": "United States Magistrate Judge",
        "issued_at": "2026-11-27T17:30:00Z", "execute_by": "2026-12-04T07:00:00Z", "scope": scope(),
        "serving_officer": { "name": "Ofelia Tarn", "agency": "ICE ERO El Paso", "badge": "B-1", "phone": "575-555-0100" },
        "single_use": false, "note": "Handed over at the counter",
    })
}

pub fn mandate() -> Value {
    json!({
        "kind": "legal_mandate", "instrument": "statute", "citation": "NMSA 1978, 27-2-12", "standing": true,
        "review_by": "2027-06-01T06:00:00Z", "scope": with(scope(), &json!({ "/residents": null })),
    })
}

pub fn emergency() -> Value {
    json!({
        "kind": "emergency_exception",
        "facts": "The caller heard a child cry for help at the address and nobody answers the door.",
        "person_in_danger": "A child of about six", "why_delay_harms": "The house may be on fire",
        "not_for_immigration_enforcement": true, "expires_at": "2026-11-29T05:00:00Z",
        "scope": with(scope(), &json!({ "/purposes": ["emergency_response"] })),
    })
}

pub fn detainer() -> Value {
    json!({ "kind": "judicial_warrant", "instrument": "detainer_i247" })
}

fn faults(form: Value) -> Vec<(String, String)> {
    let faults = register(form).expect_err("a fault");
    faults.into_iter().map(|fault| (fault.member, fault.fault.to_string())).collect()
}

/// Exactly one fault, at this member, that says so.
fn assert_fault(form: Value, member: &str, expected: &str) {
    let found = faults(form);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].0.as_str(), found[0].1.contains(expected)), (member, true), "{found:?}");
}

#[test]
fn a_warrant_a_mandate_and_an_emergency_are_registered_as_they_were_typed() {
    let warrant = register(warrant()).unwrap();
    assert_eq!((warrant.kind(), warrant.instrument()), (BasisKind::JudicialWarrant, Some(Instrument::SearchWarrant)));
    assert_eq!(warrant.court(), Some(&NamedCourt::Known("us-d-nm".parse().unwrap())));
    assert_eq!((warrant.docket(), warrant.max_uses()), (Some("2:26-mj-01234"), None));
    assert_eq!(warrant.valid_from(), at("2026-11-27T17:30:00Z"));
    assert_eq!(warrant.valid_until(), Some(at("2026-12-04T07:00:00Z")));
    assert_eq!(warrant.paper().judge.as_deref(), Some("Ysidra Quill"));
    assert_eq!(warrant.paper().numbers().collect::<Vec<_>>(), ["575-555-0100"]);
    assert_eq!(warrant.scope().residents[0].1.expose(), "ACCT-0048213");

    let mandate = register(mandate()).unwrap();
    assert!(mandate.is_standing() && mandate.citation() == Some("NMSA 1978, 27-2-12"));
    assert_eq!((mandate.valid_from(), mandate.valid_until()), (now(), Some(at("2027-06-01T06:00:00Z"))));
    assert_eq!(mandate.review_by(), mandate.valid_until());

    let emergency = register(emergency()).unwrap();
    assert_eq!((emergency.instrument(), emergency.valid_from()), (None, now()));
    assert_eq!(emergency.valid_until(), Some(at("2026-11-29T05:00:00Z")));
}

#[test]
fn a_registration_becomes_a_basis_that_waits_for_a_second_person() {
    let listed = BTreeSet::from([(scene::store("utility-billing"), scene::resident(7))]);
    let basis = register(warrant()).unwrap().into_basis(scene::basis_id(1), listed.clone());
    assert_eq!((basis.status, basis.uses), (Status::Registered, 0));
    assert_eq!(basis.scope.residents, ResidentScope::Listed(listed));
    let standing = register(mandate()).unwrap().into_basis(scene::basis_id(2), BTreeSet::new());
    assert_eq!(standing.scope.residents, ResidentScope::Standing);
}

#[test]
fn the_window_of_the_court_ends_a_warrant_that_states_a_later_day_or_none() {
    let until = |changes: Value| register(with(warrant(), &changes)).unwrap().valid_until();
    let fourteen_days = Some(at("2026-12-11T17:30:00Z"));
    assert_eq!(until(json!({ "/execute_by": null })), fourteen_days);
    assert_eq!(until(json!({ "/execute_by": "2027-11-27T17:30:00Z" })), fourteen_days);
    // Issued on 27 November; day 10 is 7 December.
    let ten_days = Some(at("2026-12-08T00:00:00-07:00"));
    assert_eq!(until(json!({ "/execute_by": null, "/court": "Third Judicial District Court" })), ten_days);
    assert_eq!(until(json!({ "/execute_by": null, "/court": "Court of Nowhere" })), ten_days);
    assert_eq!(until(json!({ "/execute_by": null, "/instrument": "court_order" })), None);
}

#[test]
fn a_court_that_nobody_knows_is_kept_as_the_paper_names_it() {
    let registration = register(with(warrant(), &json!({ "/court": " Court of Nowhere " }))).unwrap();
    assert_eq!(registration.court(), Some(&NamedCourt::Unknown("Court of Nowhere".to_owned())));
}

#[test]
fn what_can_never_unlock_is_registered_with_next_to_nothing_and_comes_out_rejected() {
    let never = Instrument::ALL.into_iter().filter(|instrument| {
        !instrument.can_unlock(BasisKind::JudicialWarrant) && !instrument.can_unlock(BasisKind::LegalMandate)
    });
    let never: Vec<_> = never.collect();
    assert_eq!(never.len(), 11);
    for instrument in never {
        for kind in ["judicial_warrant", "legal_mandate"] {
            let registration = register(json!({ "kind": kind, "instrument": instrument })).unwrap();
            assert!(registration.is_never_verifiable(), "{instrument}");
            let basis = registration.into_basis(scene::basis_id(1), BTreeSet::new());
            assert_eq!(basis.status, Status::Rejected, "{instrument}");
        }
    }
    let full = with(warrant(), &json!({ "/instrument": "ice_i205", "/execute_by": "2026-11-01T00:00:00Z" }));
    assert!(register(full).unwrap().is_never_verifiable());
    assert!(!register(warrant()).unwrap().is_never_verifiable());
    assert!(!register(emergency()).unwrap().is_never_verifiable());
}

#[test]
fn an_instrument_goes_only_with_its_kind() {
    assert_fault(
        with(warrant(), &json!({ "/instrument": "statute" })),
        "/instrument",
        "register it as `legal_mandate`",
    );
    let order = with(mandate(), &json!({ "/instrument": "court_order" }));
    assert_fault(order, "/instrument", "register it as `judicial_warrant`");
    assert_fault(with(emergency(), &json!({ "/instrument": "statute" })), "/instrument", "rests on facts");
    assert_fault(with(warrant(), &json!({ "/instrument": null })), "/instrument", "say what kind of paper");
    assert_fault(with(warrant(), &json!({ "/instrument": "warrant" })), "/instrument", "nobody knows this word");
    assert_fault(with(warrant(), &json!({ "/kind": null })), "/kind", "choose");
}

#[test]
fn members_of_another_kind_are_refused_by_name() {
    for (form, member, value) in [
        (warrant(), "citation", json!("NMSA 1978")),
        (warrant(), "facts", json!("A long story that has nothing to do with this warrant.")),
        (warrant(), "expires_at", json!("2026-11-29T00:00:00Z")),
        (warrant(), "standing", json!(true)),
        (warrant(), "requester", json!({})),
        (mandate(), "court", json!("Third Judicial District Court")),
        (mandate(), "judge", json!("Ysidra Quill")),
        (mandate(), "execute_by", json!("2027-01-01T00:00:00Z")),
        (mandate(), "not_for_immigration_enforcement", json!(true)),
        (emergency(), "court", json!("Third Judicial District Court")),
        (emergency(), "issued_at", json!("2026-11-27T00:00:00Z")),
        (emergency(), "serving_officer", json!({})),
        (emergency(), "standing", json!(true)),
    ] {
        let found = faults(with(form, &json!({ (format!("/{member}")): value })));
        let belongs = (format!("/{member}"), true);
        assert!(found.iter().any(|(at, why)| (at.clone(), why.contains("does not belong")) == belongs), "{found:?}");
    }
}

#[test]
fn what_a_kind_cannot_do_without_is_asked_for_by_name() {
    for member in ["court", "judge", "judge_title", "issued_at", "scope"] {
        assert_fault(with(warrant(), &json!({ (format!("/{member}")): null })), &format!("/{member}"), "needs");
    }
    assert_fault(with(mandate(), &json!({ "/citation": null })), "/citation", "needs `citation`");
    assert_fault(with(mandate(), &json!({ "/review_by": null })), "/review_by", "needs a review date");
    for member in
        ["facts", "person_in_danger", "why_delay_harms", "not_for_immigration_enforcement", "expires_at", "scope"]
    {
        assert_fault(with(emergency(), &json!({ (format!("/{member}")): null })), &format!("/{member}"), "needs");
    }
}

#[test]
fn every_law_is_cited_and_a_subpoena_need_not_be() {
    for instrument in ["statute", "regulation", "court_rule", "agreement", "public_records_duty"] {
        let form = with(mandate(), &json!({ "/instrument": instrument, "/citation": null }));
        assert_fault(form, "/citation", "needs `citation`");
    }
    for instrument in ["judicial_subpoena", "grand_jury_subpoena"] {
        let subpoena = json!({
            "/instrument": instrument, "/citation": null, "/standing": null, "/review_by": null, "/scope": scope(),
            "/court": "Third Judicial District Court", "/docket": "D-307-CV-2026-00002", "/judge": "Ysidra Quill",
            "/issued_at": "2026-11-20T18:00:00Z", "/execute_by": "2026-12-20T18:00:00Z",
        });
        let registration = register(with(mandate(), &subpoena)).unwrap();
        assert_eq!(registration.valid_until(), Some(at("2026-12-20T18:00:00Z")));
        assert_eq!(registration.valid_from(), at("2026-11-20T18:00:00Z"));
    }
}

#[test]
fn the_attestation_must_be_true() {
    let form = with(emergency(), &json!({ "/not_for_immigration_enforcement": false }));
    assert_fault(form, "/not_for_immigration_enforcement", "only if it is not for immigration enforcement");
}

#[test]
fn facts_are_told_in_forty_characters_that_say_something() {
    let facts = |facts: &str| with(emergency(), &json!({ "/facts": facts }));
    assert!(register(facts(&"é".repeat(40))).is_ok());
    assert_fault(facts(&"x".repeat(39)), "/facts", "at least 40 characters");
    assert_fault(facts(&format!("danger{}now", " ".repeat(60))), "/facts", "at least 40 characters");
    assert_fault(facts(&format!("danger{}", "\u{200B}".repeat(60))), "/facts", "at least 40 characters");
}

#[test]
fn an_emergency_ends_within_its_lifetime_and_in_the_future() {
    let ends = |at: &str| with(emergency(), &json!({ "/expires_at": at }));
    assert!(register(ends("2026-11-29T06:00:00Z")).is_ok());
    assert_fault(ends("2026-11-29T06:00:00.000001Z"), "/expires_at", "at most 12 hours");
    assert!(register(ends("2026-11-28T18:00:00.000001Z")).is_ok());
    let over = faults(ends("2026-11-28T18:00:00Z"));
    assert!(over.iter().any(|(member, why)| member == "/expires_at" && why.contains("in the future")), "{over:?}");
}

#[test]
fn no_policy_lets_an_emergency_last_longer_than_a_day() {
    let (courts, stores) = (shipped_courts(), stores());
    let validate = |expires_at: &str| {
        let form = with(emergency(), &json!({ "/expires_at": expires_at }));
        let form: RegistrationForm = serde_json::from_value(form).unwrap();
        let emergency_lifetime = TimeDelta::hours(100);
        let rules = RegistrationRules { now: now(), courts, stores: &stores, emergency_lifetime, text_chars: 4_000 };
        form.validate(&rules).map(drop)
    };
    assert!(validate("2026-11-29T18:00:00Z").is_ok());
    assert!(validate("2026-11-29T18:00:00.000001Z").unwrap_err()[0].fault.to_string().contains("at most 24 hours"));
}

#[test]
fn an_emergency_is_never_for_immigration_enforcement() {
    let form = with(emergency(), &json!({ "/scope/purposes": ["emergency_response", "immigration_enforcement"] }));
    assert_fault(form, "/scope/purposes/1", "never for immigration enforcement");
}

#[test]
fn a_standing_mandate_names_nobody_and_is_reviewed_within_twelve_months() {
    let review = |at: &str| with(mandate(), &json!({ "/review_by": at }));
    assert!(register(review("2027-11-28T18:00:00Z")).is_ok());
    assert_fault(review("2027-11-28T18:00:00.000001Z"), "/review_by", "within twelve months");
    let past = faults(review("2026-11-28T18:00:00Z"));
    assert!(past.iter().any(|(member, why)| member == "/review_by" && why.contains("in the future")), "{past:?}");
    assert_fault(with(mandate(), &json!({ "/scope": scope() })), "/scope/residents", "names none");
    // One that names residents may be reviewed later.
    let named = json!({ "/standing": false, "/scope": scope(), "/review_by": "2029-01-01T00:00:00Z" });
    assert!(register(with(mandate(), &named)).is_ok());
}

#[test]
fn whatever_is_not_standing_names_a_resident_in_a_store_of_its_scope() {
    let scoped = |changes: Value| with(warrant(), &changes);
    assert_fault(scoped(json!({ "/scope/residents": [] })), "/scope/residents", "at least one resident");
    let other = json!([{ "store": "library", "resident": "CARD-1" }]);
    assert_fault(scoped(json!({ "/scope/residents": other })), "/scope/residents/0/store", "not among the `stores`");
    let unknown = json!([{ "store": "dog-licences", "resident": "D-1" }]);
    assert_fault(scoped(json!({ "/scope/residents": unknown })), "/scope/residents/0/store", "no record store");
    let nobody = json!([{ "store": "utility-billing", "resident": "" }]);
    assert_fault(scoped(json!({ "/scope/residents": nobody })), "/scope/residents/0/resident", "empty");
}

#[test]
fn a_scope_says_what_it_covers_in_words_that_are_known() {
    for (member, value, at, expected) in [
        ("classes", json!([]), "/scope/classes", "covers nothing"),
        ("classes", json!(["adress"]), "/scope/classes/0", "nobody knows this word"),
        ("classes", json!(["home_address", "unprotected"]), "/scope/classes/1", "its answer is fixed"),
        ("classes", json!(["unclassified"]), "/scope/classes/0", "its answer is fixed"),
        ("stores", json!(["utility-billing", "Dogs"]), "/scope/stores/1", "no record store"),
        ("requester_kinds", json!([]), "/scope/requester_kinds", "covers nothing"),
        ("requester_kinds", json!(["ice"]), "/scope/requester_kinds/0", "nobody knows this word"),
        ("purposes", json!([]), "/scope/purposes", "covers nothing"),
        ("purposes", json!(["not_stated"]), "/scope/purposes/0", "states its purposes"),
        ("requester_agency", json!(" "), "/scope/requester_agency", "the agency is empty"),
        ("period", json!({ "from": "2026-01-01T00:00:00Z" }), "/scope/period", "`from` and `until`"),
    ] {
        assert_fault(with(warrant(), &json!({ (format!("/scope/{member}")): value })), at, expected);
    }
    let backwards = json!({ "from": "2026-02-01T00:00:00Z", "until": "2026-02-01T00:00:00Z" });
    assert_fault(with(warrant(), &json!({ "/scope/period": backwards })), "/scope/period/until", "after it begins");
}

#[test]
fn dates_follow_one_another() {
    let dated = |changes: Value| with(warrant(), &changes);
    let future = dated(json!({ "/issued_at": "2026-11-28T18:00:00.000001Z" }));
    assert_fault(future, "/issued_at", "in the future");
    assert!(register(dated(json!({ "/issued_at": "2026-11-28T18:00:00Z" }))).is_ok());
    let same = dated(json!({ "/execute_by": "2026-11-27T17:30:00Z" }));
    assert!(
        faults(same).iter().any(|(member, why)| member == "/execute_by" && why.contains("after the date of issue"))
    );
    let served = dated(json!({ "/served_at": "2026-11-27T17:29:59Z" }));
    assert_fault(served, "/served_at", "before it was issued");
    assert_fault(dated(json!({ "/served_at": "2026-11-28T18:00:01Z" })), "/served_at", "in the future");
    assert_fault(dated(json!({ "/valid_from": "2026-11-27T17:00:00Z" })), "/valid_from", "before it was issued");
    assert_fault(dated(json!({ "/valid_from": "2026-12-05T00:00:00Z" })), "/valid_from", "end before it begins");
    let later = register(dated(json!({ "/valid_from": "2026-12-01T00:00:00Z" }))).unwrap();
    assert_eq!(later.valid_from(), at("2026-12-01T00:00:00Z"));
}

#[test]
fn instants_are_cut_to_the_microsecond_that_is_stored() {
    let form = with(warrant(), &json!({ "/issued_at": "2026-11-27T17:30:00.123456789Z" }));
    assert_eq!(register(form).unwrap().issued_at(), Some(at("2026-11-27T17:30:00.123456Z")));
}

#[test]
fn single_use_and_the_number_of_uses_agree() {
    let uses = |changes: Value| register(with(warrant(), &changes)).map(|registration| registration.max_uses());
    assert_eq!(uses(json!({ "/single_use": true })), Ok(Some(1)));
    assert_eq!(uses(json!({ "/single_use": true, "/max_uses": 1 })), Ok(Some(1)));
    assert_eq!(uses(json!({ "/max_uses": 5 })), Ok(Some(5)));
    let contradiction = with(warrant(), &json!({ "/single_use": true, "/max_uses": 2 }));
    assert_fault(contradiction, "/max_uses", "contradict");
    assert_fault(with(warrant(), &json!({ "/max_uses": 0 })), "/max_uses", "from 1 on");
}

#[test]
fn texts_are_trimmed_and_neither_blank_nor_endless() {
    let judge = register(with(warrant(), &json!({ "/judge": "  Ysidra Quill \n" }))).unwrap();
    assert_eq!(judge.paper().judge.as_deref(), Some("Ysidra Quill"));
    assert_fault(with(warrant(), &json!({ "/judge": " \u{200B}" })), "/judge", "this is empty");
    assert_fault(with(warrant(), &json!({ "/judge": "x".repeat(201) })), "/judge", "longer than 200");
    assert_fault(with(warrant(), &json!({ "/judge": "Ysidra\nQuill" })), "/judge", "control character");
    assert!(register(with(warrant(), &json!({ "/note": format!("a\n{}", "x".repeat(3_998)) }))).is_ok());
    assert_fault(with(warrant(), &json!({ "/note": "x".repeat(4_001) })), "/note", "longer than 4000");
    assert_fault(with(warrant(), &json!({ "/serving_officer/phone": "" })), "/serving_officer/phone", "this is empty");
    assert_fault(with(warrant(), &json!({ "/supersedes": "the old one" })), "/supersedes", "not the id");
}

#[test]
fn all_faults_come_at_once_in_the_order_of_the_members() {
    let form = with(
        warrant(),
        &json!({
            "/note": " ", "/max_uses": 0, "/court": null, "/issued_at": "2027-01-01T00:00:00Z", "/facts": "x",
            "/execute_by": null, "/scope/classes": ["zz"], "/scope/residents": [], "/instrument": "statute",
        }),
    );
    let members: Vec<_> = faults(form).into_iter().map(|(member, _)| member).collect();
    let expected = ["/instrument", "/court", "/issued_at", "/facts", "/facts", "/scope/residents", "/scope/classes/0"];
    assert_eq!(members, [&expected[..], &["/max_uses", "/note"]].concat());
}

#[test]
fn no_fault_repeats_what_was_typed() {
    let secret = "Zzyzx-4711";
    let form = with(
        warrant(),
        &json!({
            "/instrument": secret, "/supersedes": secret, "/judge": format!("{secret}\n{secret}"), "/scope/classes": [secret],
            "/scope/stores": [secret], "/scope/purposes": [secret], "/scope/requester_kinds": [secret],
            "/scope/residents": [{ "store": secret, "resident": format!(" {secret}") }], "/note": format!("{secret}\u{7}"),
        }),
    );
    let found = faults(form);
    assert_eq!(found.len(), 10, "{found:?}");
    assert!(found.iter().all(|(member, why)| !member.contains(secret) && !why.contains(secret)), "{found:?}");
}

#[test]
fn members_that_nobody_knows_are_refused() {
    for pointer in ["/colour", "/scope/colour", "/serving_officer/colour", "/scope/residents/0/colour"] {
        let mut form = warrant();
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        form.pointer_mut(parent).and_then(Value::as_object_mut).unwrap().insert(name.to_owned(), json!(1));
        assert!(serde_json::from_value::<RegistrationForm>(form).is_err(), "{pointer}");
    }
}

#[test]
fn a_registration_and_its_paper_do_not_print_people_and_the_paper_comes_back_from_its_seal() {
    let registration = register(warrant()).unwrap();
    let printed = format!("{registration:?} {:?} {:?}", registration.paper(), registration.scope());
    for person in ["Quill", "Tarn", "0048213", "575"] {
        assert!(!printed.contains(person), "{printed}");
    }
    for form in [warrant(), mandate(), emergency(), detainer()] {
        let paper = register(form).unwrap().paper().clone();
        let sealed = serde_json::to_vec(&paper).unwrap();
        assert!(serde_json::from_slice::<Paper>(&sealed).unwrap() == paper);
    }
}
