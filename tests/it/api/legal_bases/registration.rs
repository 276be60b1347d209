//! Registering: what is taken, what is refused and how it is told, what replaces what.

use serde_json::{Value, json};
use zaguan::domain::staff::Role;

use super::{Hall, RESIDENT, ask_citing, emergency, mandate, warrant, with, without};
use crate::api::assert_problem;
use crate::support::{TestDatabase, on_every_database};

/// The members that a problem names, in order.
fn members(problem: &Value) -> Vec<&str> {
    problem["errors"].as_array().unwrap().iter().map(|error| error["member"].as_str().unwrap()).collect()
}

#[test]
fn each_kind_is_registered_with_its_window_and_waits_for_a_second_person() {
    on_every_database(|database| {
        let hall = Hall::open(database);
        // Fed. R. Crim. P. 41(e)(2): 14 days from issue. A mandate ends with its review date, an emergency as it says.
        let ends = [
            (warrant(), "2031-03-17T17:00:00.000000Z"),
            (mandate(), "2031-09-01T06:00:00.000000Z"),
            (emergency(), "2031-03-04T20:00:00.000000Z"),
        ];
        for (form, end) in ends {
            let reply = hall.post(Role::Records, "/api/v1/legal-bases", &form);
            assert_eq!(reply.status, 201, "{reply:?}");
            let answer = reply.json();
            let id = answer["id"].as_str().unwrap();
            assert_eq!(answer, json!({ "id": id, "status": "registered", "duplicates": [] }));
            assert_eq!(reply.header("location"), Some(format!("/api/v1/legal-bases/{id}").as_str()));
            let shown = hall.show(id);
            assert_eq!(shown["valid_until"], end);
            assert_eq!(shown["registrar"], hall.name(Role::Records));
            assert_eq!(shown["needs"], json!({ "what": "verification" }));
            assert_eq!(shown["kind"], form["kind"]);
        }
        let shown = hall.show(&hall.register(&warrant()));
        assert_eq!(shown["court"]["name"], warrant()["court"]);
        assert_eq!(shown["paper"]["judge"], "Hon. Fictional Person");
        assert_eq!(shown["paper"]["serving_officer"]["badge"], "0000");
        assert_eq!(shown["scope"]["requester_agency"], "ICE ERO El Paso");
    });
}

#[test]
fn a_new_mexico_warrant_ends_with_its_tenth_day_across_the_change_of_clocks() {
    let database = TestDatabase::sqlite();
    let hall = Hall::open(&database);
    // Issued on 3 March, day 10 is 13 March; clocks went forward on 9 March, so the midnight after it is 06:00 UTC.
    let form = with(&warrant(), "/court", json!("Third Judicial District Court"));
    let form = with(&form, "/docket", json!("D-307-CR-2031-00123"));
    let shown = hall.show(&hall.register(&form));
    assert_eq!(shown["valid_until"], "2031-03-14T06:00:00.000000Z");
}

#[test]
fn every_fault_is_named_at_once_and_nothing_that_was_typed_is_repeated() {
    let database = TestDatabase::sqlite();
    let hall = Hall::open(&database);
    let size = hall.size();
    let mut form = without(&without(&warrant(), "judge"), "docket");
    form["execute_by"] = json!("2031-03-01T00:00:00Z");
    form["facts"] = json!("SECRET-WORDS do not belong to a warrant at all, and are refused");
    form["scope"]["classes"] = json!(["unclassified", "SECRET-CLASS"]);
    form["scope"]["residents"] = json!([{ "store": "SECRET-STORE", "resident": " SECRET-ID" }]);
    form["scope"]["purposes"] = json!([]);
    let problem = assert_problem(&hall.post(Role::Records, "/api/v1/legal-bases", &form), 400, "invalid-request");
    let named = members(&problem);
    for member in [
        "/judge",
        "/execute_by",
        "/facts",
        "/scope/residents/0/store",
        "/scope/residents/0/resident",
        "/scope/purposes",
    ] {
        assert!(named.contains(&member), "{member}: {named:?}");
    }
    assert!(named.iter().any(|member| member.starts_with("/scope/classes")), "{named:?}");
    assert!(!problem.to_string().contains("SECRET"), "{problem}");
    assert_eq!(hall.size(), size, "what could not have been done leaves no entry");
}

#[test]
fn unknown_members_and_words_are_refused_by_their_place() {
    let database = TestDatabase::sqlite();
    let hall = Hall::open(&database);
    let cases = [
        ("/colour", json!("blue"), "/colour"),
        ("/scope/everything", json!(true), "/scope/everything"),
        ("/serving_officer/shoe_size", json!(42), "/serving_officer/shoe_size"),
        ("/kind", json!("SECRET-KIND"), "/kind"),
        ("/issued_at", json!("yesterday"), "/issued_at"),
        ("/scope/residents/0/name", json!("SECRET"), "/scope/residents/0/name"),
    ];
    for (pointer, value, member) in cases {
        let form = with(&warrant(), pointer, value);
        let problem = assert_problem(&hall.post(Role::Records, "/api/v1/legal-bases", &form), 400, "invalid-request");
        assert_eq!(members(&problem), [member], "{problem}");
        assert!(!problem.to_string().contains("SECRET"), "{problem}");
    }
    let lists = [json!([]), json!("warrant"), Value::Null];
    for body in lists {
        assert_problem(&hall.post(Role::Records, "/api/v1/legal-bases", &body), 400, "invalid-request");
    }
}

#[test]
fn a_store_that_nobody_knows_and_an_empty_list_are_refused() {
    let database = TestDatabase::sqlite();
    let hall = Hall::open(&database);
    let form = with(&warrant(), "/scope/stores", json!(["nowhere"]));
    let problem = assert_problem(&hall.post(Role::Records, "/api/v1/legal-bases", &form), 400, "invalid-request");
    assert!(members(&problem).contains(&"/scope/stores/0"), "{problem}");
    let form = with(&warrant(), "/scope/requester_kinds", json!([]));
    let problem = assert_problem(&hall.post(Role::Records, "/api/v1/legal-bases", &form), 400, "invalid-request");
    assert_eq!(members(&problem), ["/scope/requester_kinds"]);
}

#[test]
fn only_records_staff_register() {
    let database = TestDatabase::sqlite();
    let hall = Hall::open(&database);
    for role in [Role::Counsel, Role::Supervisor, Role::Auditor] {
        assert_problem(&hall.post(role, "/api/v1/legal-bases", &warrant()), 403, "forbidden");
    }
    let client = hall.app.post("/api/v1/legal-bases", &warrant());
    assert_problem(&client, 401, "unauthenticated");
}

#[test]
fn papers_of_immigration_officers_are_counted_and_come_out_rejected() {
    // DOMAIN: never verifiable. An arrest warrant by a judge seizes a person; it produces no records either.
    let never = [
        "ice_i200",
        "ice_i203",
        "ice_i205",
        "ice_i286",
        "notice_to_appear",
        "expedited_removal",
        "detainer_i247",
        "ncic_hit",
        "administrative_subpoena",
        "immigration_judge_order",
        "arrest_warrant",
    ];
    on_every_database(|database| {
        let hall = Hall::open(database);
        for instrument in never {
            let size = hall.size();
            let form = json!({
                "kind": "judicial_warrant", "instrument": instrument,
                "scope": {
                    "residents": [{ "store": "utility-billing", "resident": RESIDENT }], "classes": ["home_address"],
                    "stores": ["utility-billing"], "requester_kinds": ["federal_immigration"],
                    "purposes": ["immigration_enforcement"],
                },
            });
            let reply = hall.post(Role::Records, "/api/v1/legal-bases", &form);
            assert_eq!(reply.status, 201, "{instrument}: {reply:?}");
            let answer = reply.json();
            assert_eq!(answer["status"], "rejected", "{instrument}");
            assert_eq!(answer["rejection"]["reason"], "instrument_not_accepted");
            let entries = hall.entries_after(size);
            assert_eq!(entries.len(), 1, "{entries:?}");
            let about = &entries[0]["about"];
            assert_eq!(entries[0]["kind"], "legal_basis_registered");
            assert_eq!((&about["outcome"], &about["instrument"]), (&json!("rejected"), &json!(instrument)));
            assert_eq!(about["reason"], "instrument_not_accepted");
            assert!(about["failed_checks"].as_str().unwrap().contains("W01"), "{about}");
            let id = answer["id"].as_str().unwrap();
            assert_eq!(hall.reason(&ask_citing(&[id])), "instrument_not_accepted");
            assert_problem(&hall.act(Role::Counsel, id, "verification", &super::verified()), 409, "conflict");
            assert_eq!(hall.show(id)["status"], "rejected");
        }
        let listed = hall.get(Role::Auditor, "/api/v1/legal-bases?status=rejected").json();
        assert_eq!(listed["legal_bases"].as_array().unwrap().len(), never.len());
    });
}

#[test]
fn a_correction_replaces_the_old_basis_and_inherits_nothing_of_its_verification() {
    on_every_database(|database| {
        let hall = Hall::open(database);
        let old = hall.verified(&warrant());
        let size = hall.size();
        let correction = with(&warrant(), "/supersedes", json!(old));
        let new = hall.register(&correction);
        assert_eq!(hall.reason(&ask_citing(&[&old])), "basis_revoked");
        assert_eq!(hall.reason(&ask_citing(&[&new])), "basis_not_verified");
        let shown = hall.show(&old);
        assert_eq!((&shown["status"], &shown["superseded_by"]), (&json!("superseded"), &json!(new)));
        assert_eq!(hall.show(&new)["supersedes"], json!(old));
        let kinds: Vec<Value> = hall.entries_after(size)[..2].iter().map(|entry| entry["kind"].clone()).collect();
        assert_eq!(kinds, ["legal_basis_registered", "legal_basis_superseded"]);
        assert_eq!(hall.entries_after(size)[1]["about"], json!({ "legal_basis": old, "superseded_by": new }));
        // Nothing is replaced twice, and nothing that has ended.
        let again = hall.post(Role::Records, "/api/v1/legal-bases", &correction);
        assert_problem(&again, 409, "conflict");
        assert_problem(&hall.act(Role::Counsel, &old, "verification", &super::verified()), 409, "conflict");
    });
}

#[test]
fn a_correction_that_may_not_be_made_changes_nothing() {
    on_every_database(|database| {
        let hall = Hall::open(database);
        let old = hall.verified(&warrant());
        let size = hall.size();
        let other_kind = with(&emergency(), "/supersedes", json!(old));
        assert_problem(&hall.post(Role::Records, "/api/v1/legal-bases", &other_kind), 409, "conflict");
        let nobody = with(&warrant(), "/supersedes", json!("0197aaaa-bbbb-7ccc-8ddd-eeeeffff0000"));
        let problem = assert_problem(&hall.post(Role::Records, "/api/v1/legal-bases", &nobody), 400, "invalid-request");
        assert_eq!(members(&problem), ["/supersedes"]);
        let entries = hall.entries_after(size);
        let told: Vec<_> = entries.iter().map(|entry| (&entry["kind"], &entry["about"]["change"])).collect();
        let refused = (&json!("change_refused"), &json!("legal_basis_registered"));
        assert_eq!(told, [refused, refused]);
        assert_eq!(hall.reason(&ask_citing(&[&old])), "legal_basis");
        let listed = hall.get(Role::Auditor, "/api/v1/legal-bases").json();
        assert_eq!(listed["legal_bases"].as_array().unwrap().len(), 1);
    });
}

#[test]
fn another_paper_with_the_same_docket_of_the_same_court_is_pointed_out() {
    on_every_database(|database| {
        let hall = Hall::open(database);
        let first = hall.register(&warrant());
        let respelled = with(&warrant(), "/docket", json!(" 2:31-MJ-01234 "));
        let respelled = with(&respelled, "/court", json!("D.N.M."));
        let second = hall.post(Role::Records, "/api/v1/legal-bases", &respelled).json();
        assert_eq!(second["duplicates"], json!([first]), "{second}");
        let other_court = with(
            &with(&warrant(), "/court", json!("Third Judicial District Court")),
            "/docket",
            json!("D-307-CR-2031-00123"),
        );
        let third = hall.post(Role::Records, "/api/v1/legal-bases", &other_court).json();
        assert_eq!(third["duplicates"], json!([]), "{third}");
        // Courts number their cases each for itself.
        let arizona = json!("United States District Court for the District of Arizona");
        let fourth = hall.post(Role::Records, "/api/v1/legal-bases", &with(&warrant(), "/court", arizona)).json();
        assert_eq!(fourth["duplicates"], json!([]), "{fourth}");
        assert_eq!(hall.show(&first)["duplicates"], json!([second["id"]]));
    });
}

#[test]
fn a_resident_who_is_named_twice_is_one_resident() {
    let database = TestDatabase::sqlite();
    let hall = Hall::open(&database);
    let twice = json!([
        { "store": "utility-billing", "resident": RESIDENT },
        { "store": "utility-billing", "resident": RESIDENT },
    ]);
    let id = hall.register(&with(&warrant(), "/scope/residents", twice));
    assert_eq!(hall.show(&id)["residents"].as_array().unwrap().len(), 1);
}
