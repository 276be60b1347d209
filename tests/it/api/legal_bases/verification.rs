//! The second person: who may, what must hold, what is kept.

use chrono::TimeDelta;
use serde_json::{Value, json};
use zaguan::domain::staff::Role;

use super::{Hall, ask_citing, emergency, emergency_ask, verified, warrant, with};
use crate::api::{assert_problem, last_record};
use crate::support::staff::enrol;
use crate::support::{TestDatabase, on_every_database};

const MICROSECOND: TimeDelta = TimeDelta::microseconds(1);

/// The checks that a 422 names, in order.
fn open(problem: &Value) -> Vec<String> {
    let errors = problem["errors"].as_array().unwrap().iter();
    errors.map(|error| error["member"].as_str().unwrap().strip_prefix("/checks/").unwrap().to_owned()).collect()
}

#[test]
fn nobody_verifies_or_rejects_what_they_registered() {
    on_every_database(|database| {
        let hall = Hall::open(database);
        let both = enrol(&hall.app.app, "r-and-c", &[Role::Records, Role::Counsel]).sign_in(&hall.app.app);
        let both = hall.app.as_staff(&both);
        let id = both.post("/api/v1/legal-bases", &warrant()).json()["id"].as_str().unwrap().to_owned();
        hall.scan(&id);
        let path = format!("/api/v1/legal-bases/{id}/verification");
        for body in [verified(), json!({ "outcome": "rejected", "note": "not good" })] {
            assert_problem(&both.post(&path, &body), 409, "same-person");
            let entry = last_record(&hall.app);
            assert_eq!((&entry["kind"], &entry["actor"]), (&json!("change_refused"), &json!("r-and-c")));
            assert_eq!(hall.reason(&ask_citing(&[&id])), "basis_not_verified");
        }
        hall.verify(Role::Counsel, &id);
        assert_eq!(hall.reason(&ask_citing(&[&id])), "legal_basis");
    });
}

#[test]
fn a_supervisor_verifies_emergencies_and_nothing_else() {
    on_every_database(|database| {
        let hall = Hall::open(database);
        let id = hall.register(&warrant());
        hall.scan(&id);
        for body in [verified(), json!({ "outcome": "rejected", "note": "not good" })] {
            assert_problem(&hall.act(Role::Supervisor, &id, "verification", &body), 403, "forbidden");
            assert_eq!(last_record(&hall.app)["kind"], "change_refused");
        }
        assert_eq!(hall.show(&id)["status"], "registered");
        let id = hall.register(&emergency());
        assert_eq!(hall.reason(&emergency_ask(&[&id])), "basis_not_verified");
        hall.verify(Role::Supervisor, &id);
        let decision = hall.app.decide(&emergency_ask(&[&id])).json();
        assert_eq!(decision["outcome"], "released");
        assert_eq!(decision["obligations"], json!(["review_after_release"]));
    });
}

#[test]
fn neither_records_nor_auditors_verify() {
    let database = TestDatabase::sqlite();
    let hall = Hall::open(&database);
    let id = hall.register(&warrant());
    for role in [Role::Records, Role::Auditor] {
        assert_problem(&hall.act(role, &id, "verification", &verified()), 403, "forbidden");
        assert_problem(&hall.act(role, &id, "revocation", &json!({ "reason": "no" })), 403, "forbidden");
    }
    let missing = "0197aaaa-bbbb-7ccc-8ddd-eeeeffff0000";
    assert_problem(&hall.act(Role::Counsel, missing, "verification", &verified()), 404, "not-found");
    assert_problem(&hall.act(Role::Counsel, "warrant", "verification", &verified()), 404, "not-found");
}

#[test]
fn what_nobody_answered_is_unknown_and_never_passes() {
    on_every_database(|database| {
        let hall = Hall::open(database);
        let id = hall.register(&warrant());
        hall.scan(&id);
        let problem = assert_problem(
            &hall.act(Role::Counsel, &id, "verification", &json!({ "outcome": "verified" })),
            422,
            "checks-open",
        );
        // A person must have looked at the signature, for form numbers, at the names, at the records, and called.
        for check in ["W04", "W05", "W08", "W09", "W17"] {
            assert!(open(&problem).contains(&check.to_owned()), "{check}: {problem}");
        }
        let sentences = problem["errors"].as_array().unwrap().iter().map(|error| error["detail"].as_str().unwrap());
        assert!(sentences.clone().all(|sentence| sentence.len() > 20), "{problem}");
        let entry = last_record(&hall.app);
        assert_eq!(entry["kind"], "change_refused");
        assert_eq!(entry["about"]["open_checks"], json!(open(&problem).join(" ")));
        let shown = hall.show(&id);
        assert_eq!((&shown["status"], &shown["answered_checks"]), (&json!("registered"), &json!([])));
        assert_eq!(shown["steps"].as_array().unwrap().len(), 2, "registered, and scanned");
        // One `unknown` or `fail` among sound answers is enough.
        for answer in ["unknown", "fail"] {
            let body = with(&verified(), "/checks/W04", json!(answer));
            let problem = assert_problem(&hall.act(Role::Counsel, &id, "verification", &body), 422, "checks-open");
            assert_eq!(open(&problem), ["W04"]);
        }
        assert_eq!(hall.reason(&ask_citing(&[&id])), "basis_not_verified");
    });
}

#[test]
fn nobody_passes_by_hand_what_the_program_found_to_fail() {
    let database = TestDatabase::sqlite();
    let hall = Hall::open(&database);
    let id = hall.register(&warrant());
    let body = with(&verified(), "/checks/W16", json!({ "outcome": "pass", "note": "it is on my desk" }));
    let problem = assert_problem(&hall.act(Role::Counsel, &id, "verification", &body), 422, "checks-open");
    assert_eq!(open(&problem), ["W16"]);
    hall.scan(&id);
    let late = with(&warrant(), "/execute_by", json!("2031-03-04T12:00:00.000001Z"));
    let late = hall.register(&late);
    hall.scan(&late);
    hall.app.clock.advance(MICROSECOND);
    assert_problem(&hall.act(Role::Counsel, &late, "verification", &verified()), 409, "conflict");
}

#[test]
fn the_clerk_is_called_on_a_number_of_the_citys_own() {
    let database = TestDatabase::sqlite();
    let hall = Hall::open(&database);
    let id = hall.register(&warrant());
    hall.scan(&id);
    let call = |number: &str, source: &str| {
        let call =
            json!({ "number": number, "number_source": source, "spoken_with": "clerk", "at": "2031-03-04T11:55:00Z" });
        with(&verified(), "/checks/W17", json!({ "outcome": "pass", "call_back": call }))
    };
    // The officer's own telephone, in another spelling; a number from somewhere else.
    for body in [call("(915) 555-0100", "city_directory"), call("575 555 0199", "paper"), call("575 555 0199", "other")]
    {
        let problem = assert_problem(&hall.act(Role::Counsel, &id, "verification", &body), 422, "checks-open");
        assert_eq!(open(&problem), ["W17"]);
    }
    let sound = hall.act(Role::Counsel, &id, "verification", &call("575 555 0199", "city_directory"));
    assert_eq!(sound.status, 200, "{sound:?}");
    let shown = hall.show(&id);
    let answered = shown["answered_checks"].as_array().unwrap();
    let called = answered.iter().find(|check| check["id"] == "W17").unwrap();
    assert_eq!(called["call_back"]["number"], "575 555 0199");
    assert_eq!(called["answered_by"], hall.name(Role::Counsel));
}

#[test]
fn the_city_may_demand_that_the_call_is_written_down() {
    let database = TestDatabase::sqlite();
    let demand = [("ZAGUAN__LEGAL_BASES__DEMAND_CALL_BACK_DETAILS", "true")];
    let hall = Hall::open_with(&database, &demand, std::sync::Arc::new(zaguan::ledger::NoProbe));
    let id = hall.register(&warrant());
    hall.scan(&id);
    let bare = with(&verified(), "/checks/W17", json!("pass"));
    let problem = assert_problem(&hall.act(Role::Counsel, &id, "verification", &bare), 422, "checks-open");
    assert_eq!(open(&problem), ["W17"]);
    hall.verify(Role::Counsel, &id);
}

#[test]
fn a_court_that_the_registry_does_not_know_holds_until_counsel_says_why_it_may_pass() {
    let database = TestDatabase::sqlite();
    let hall = Hall::open(&database);
    let id = hall.register(&with(&warrant(), "/court", json!("Tribunal of the Fictional Territory")));
    hall.scan(&id);
    let answers = |w03: Value| {
        let body = with(&verified(), "/checks/W03", w03);
        let body = with(&body, "/checks/W02", json!("pass"));
        // Nobody can say whether the rules of New Mexico apply to a court that nobody knows.
        let body = with(&body, "/checks/W14", json!({ "outcome": "pass", "note": "the statement is attached" }));
        with(&body, "/checks/W15", json!({ "outcome": "pass", "note": "read to me by the clerk" }))
    };
    let problem =
        assert_problem(&hall.act(Role::Counsel, &id, "verification", &answers(json!("pass"))), 422, "checks-open");
    assert_eq!(open(&problem), ["W03"]);
    let noted = answers(json!({ "outcome": "pass", "note": "a court of record; looked up" }));
    let reply = hall.act(Role::Counsel, &id, "verification", &noted);
    assert_eq!(reply.status, 200, "{reply:?}");
    let shown = hall.show(&id);
    assert_eq!(shown["court"], Value::Null, "what is not in the registry stands in the sealed paper only");
    assert_eq!(shown["paper"]["court"], "Tribunal of the Fictional Territory");
}

#[test]
fn an_immigration_court_is_no_court_and_nobody_can_pass_it() {
    let database = TestDatabase::sqlite();
    let hall = Hall::open(&database);
    let id = hall.register(&with(&warrant(), "/court", json!("Immigration Court, El Paso")));
    hall.scan(&id);
    let body = with(&verified(), "/checks/W03", json!({ "outcome": "pass", "note": "looks like a court" }));
    let body = with(&body, "/checks/W15", json!({ "outcome": "pass", "note": "fine" }));
    let problem = assert_problem(&hall.act(Role::Counsel, &id, "verification", &body), 422, "checks-open");
    assert!(open(&problem).contains(&"W02".to_owned()), "{problem}");
}

#[test]
fn a_rejection_needs_a_word_keeps_the_failed_checks_and_is_for_good() {
    on_every_database(|database| {
        let hall = Hall::open(database);
        let id = hall.register(&warrant());
        let silent = json!({ "outcome": "rejected", "checks": { "W04": "fail" } });
        let problem = assert_problem(&hall.act(Role::Counsel, &id, "verification", &silent), 400, "invalid-request");
        assert_eq!(problem["errors"][0]["member"], "/note");
        let spoken = with(&silent, "/note", json!("the signature is a stamp"));
        assert_eq!(hall.act(Role::Counsel, &id, "verification", &spoken).json()["status"], "rejected");
        let entry = last_record(&hall.app);
        assert_eq!(entry["kind"], "legal_basis_rejected");
        let failed = entry["about"]["failed_checks"].as_str().unwrap();
        assert!(failed.contains("W04") && failed.contains("W16"), "{failed}");
        assert_eq!(hall.reason(&ask_citing(&[&id])), "basis_rejected");
        let shown = hall.show(&id);
        assert_eq!(shown["answered_checks"].as_array().unwrap().len(), 20);
        assert_eq!(shown["steps"][1]["note"], "the signature is a stamp");
        assert_problem(&hall.act(Role::Counsel, &id, "verification", &verified()), 409, "conflict");
        assert_problem(&hall.act(Role::Counsel, &id, "revocation", &json!({ "reason": "again" })), 409, "conflict");
    });
}

#[test]
fn a_verification_that_grew_old_is_made_again_and_each_round_is_kept() {
    on_every_database(|database| {
        let mut hall = Hall::open(database);
        let order = with(&warrant(), "/instrument", json!("court_order"));
        let id = hall.verified(&order);
        let first = hall.app.app.now();
        hall.go_to(first + super::hours(720));
        assert_eq!(hall.reason(&ask_citing(&[&id])), "legal_basis");
        hall.app.clock.advance(MICROSECOND);
        assert_eq!(hall.reason(&ask_citing(&[&id])), "basis_not_verified");
        hall.verify(Role::Counsel, &id);
        assert_eq!(last_record(&hall.app)["about"]["is_again"], "true");
        assert_eq!(hall.reason(&ask_citing(&[&id])), "legal_basis");
        let shown = hall.show(&id);
        let rounds: Vec<i64> =
            shown["answered_checks"].as_array().unwrap().iter().map(|check| check["round"].as_i64().unwrap()).collect();
        assert_eq!(rounds, [vec![1; 20], vec![2; 20]].concat());
        let steps: Vec<&str> =
            shown["steps"].as_array().unwrap().iter().map(|step| step["kind"].as_str().unwrap()).collect();
        assert_eq!(steps, ["registered", "document_stored", "verified", "verified_again"]);
        assert_problem(
            &hall.act(Role::Counsel, &id, "verification", &json!({ "outcome": "rejected", "note": "late" })),
            409,
            "conflict",
        );
    });
}

#[test]
fn the_check_list_says_in_two_languages_what_the_program_sees() {
    let database = TestDatabase::sqlite();
    let hall = Hall::open(&database);
    let id = hall.register(&warrant());
    let size = hall.size();
    let list = hall.get(Role::Counsel, &format!("/api/v1/legal-bases/{id}/checks")).json();
    let checks = list["checks"].as_array().unwrap();
    assert_eq!(checks.len(), 20);
    let of = |id: &str| checks.iter().find(|check| check["id"] == id).unwrap().clone();
    assert_eq!((&of("W01")["outcome"], &of("W16")["outcome"]), (&json!("pass"), &json!("fail")));
    assert_eq!(of("W17")["outcome"], "unknown");
    assert!(checks.iter().all(|check| check["title"] != check["title_es"] && check["how"] != check["how_es"]));
    assert!(!list.to_string().contains(super::RESIDENT));
    assert_eq!(hall.size(), size, "it shows neither paper nor residents, and is no entry");
}

#[test]
fn answers_that_cannot_be_read_are_refused_by_their_place() {
    let database = TestDatabase::sqlite();
    let hall = Hall::open(&database);
    let id = hall.register(&warrant());
    let cases = [
        (json!({ "outcome": "maybe" }), "/outcome"),
        (json!({ "outcome": "verified", "checks": { "W04": "SECRET" } }), "/checks/W04"),
        (
            json!({ "outcome": "verified", "checks": { "W04": { "outcome": "pass", "colour": 1 } } }),
            "/checks/W04/colour",
        ),
        (json!({ "outcome": "verified", "checks": { "W04": { "note": "no outcome" } } }), "/checks/W04/outcome"),
        (json!({ "outcome": "verified", "surprise": 1 }), "/surprise"),
        (json!({ "outcome": "verified", "note": "x".repeat(1001) }), "/note"),
        (
            json!({ "outcome": "verified", "checks": { "W04": { "outcome": "pass", "note": "bell\u{7}" } } }),
            "/checks/W04/note",
        ),
    ];
    for (body, member) in cases {
        let problem = assert_problem(&hall.act(Role::Counsel, &id, "verification", &body), 400, "invalid-request");
        assert_eq!(problem["errors"][0]["member"], member, "{problem}");
        assert!(!problem.to_string().contains("SECRET"), "{problem}");
    }
    let unknown = json!({ "outcome": "verified", "checks": { "W21": "pass" } });
    assert_problem(&hall.act(Role::Counsel, &id, "verification", &unknown), 400, "invalid-request");
    let twice = r#"{"outcome":"verified","checks":{"W04":"fail","W04":"pass"}}"#;
    let bearer = format!("Bearer {}", hall.token(Role::Counsel));
    let headers = [("Authorization", bearer.as_str()), ("Content-Type", "application/json")];
    let reply = hall.app.send("POST", &format!("/api/v1/legal-bases/{id}/verification"), &headers, twice.as_bytes());
    assert_problem(&reply, 400, "invalid-request");
}

#[test]
fn an_emergency_needs_no_scan_and_is_not_called_back_on_the_number_that_came_with_it() {
    let database = TestDatabase::sqlite();
    let hall = Hall::open(&database);
    let id = hall.register(&emergency());
    let on_the_form = json!({
        "outcome": "pass",
        "call_back": {
            "number": "(575) 555-0111", "number_source": "city_directory",
            "spoken_with": "dispatch", "at": "2031-03-04T11:58:00Z",
        },
    });
    let body = with(&verified(), "/checks/W17", on_the_form);
    let problem = assert_problem(&hall.act(Role::Supervisor, &id, "verification", &body), 422, "checks-open");
    assert_eq!(open(&problem), ["W17"]);
    hall.verify(Role::Supervisor, &id);
}
