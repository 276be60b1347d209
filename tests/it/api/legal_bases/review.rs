//! After the fact: emergencies are reviewed, standing mandates renewed, violations closed.

use serde_json::{Value, json};
use zaguan::domain::staff::Role;

use super::{Hall, emergency, emergency_ask, mandate, mandate_ask, verified, warrant, with};
use crate::api::{assert_problem, last_record};
use crate::support::staff::enrol;
use crate::support::{TestDatabase, on_every_database};

fn needing(hall: &Hall, what: &str) -> Vec<String> {
    let page = hall.get(Role::Auditor, &format!("/api/v1/legal-bases?needs={what}")).json();
    page["legal_bases"].as_array().unwrap().iter().map(|basis| basis["id"].as_str().unwrap().to_owned()).collect()
}

/// A mandate that counsel has verified. Nobody serves a statute, and no clerk is called; its text is scanned.
fn verified_mandate(hall: &Hall) -> String {
    let id = hall.register(&mandate());
    hall.scan(&id);
    hall.verify(Role::Counsel, &id);
    id
}

#[test]
fn an_emergency_owes_a_review_within_72_hours_and_is_marked_when_it_is_late() {
    on_every_database(|database| {
        let mut hall = Hall::open(database);
        let id = hall.register(&emergency());
        assert_eq!(needing(&hall, "verification"), std::slice::from_ref(&id));
        assert!(needing(&hall, "review").is_empty(), "what was never open needs no review");
        hall.verify(Role::Supervisor, &id);
        assert_eq!(needing(&hall, "review"), std::slice::from_ref(&id));
        let due = json!({ "what": "review", "due_at": "2031-03-07T12:00:00.000000Z", "is_overdue": false });
        assert_eq!(hall.show(&id)["needs"], due);
        hall.go_to("2031-03-07T11:59:59.999999Z".parse().unwrap());
        assert_eq!(hall.show(&id)["needs"]["is_overdue"], false);
        hall.app.clock.advance(chrono::TimeDelta::microseconds(1));
        assert_eq!(hall.show(&id)["needs"]["is_overdue"], true);
        let review = json!({ "outcome": "justified", "note": "the resident was found in time" });
        let reply = hall.act(Role::Counsel, &id, "review", &review);
        assert_eq!(reply.json(), json!({ "id": id, "review_outcome": "justified", "violation": null }));
        assert!(needing(&hall, "review").is_empty());
        assert_eq!(hall.show(&id)["review_outcome"], "justified");
        assert_problem(&hall.act(Role::Counsel, &id, "review", &review), 409, "conflict");
        assert!(hall.get(Role::Counsel, "/api/v1/violations").json()["violations"].as_array().unwrap().is_empty());
    });
}

#[test]
fn a_revoked_emergency_owes_its_review_all_the_same() {
    let database = TestDatabase::sqlite();
    let hall = Hall::open(&database);
    let id = hall.verified(&emergency());
    assert_eq!(hall.act(Role::Supervisor, &id, "revocation", &json!({ "reason": "a hoax" })).status, 200);
    assert_eq!(needing(&hall, "review"), std::slice::from_ref(&id));
    let review = json!({ "outcome": "not_justified", "note": "nobody asked who called" });
    assert_eq!(hall.act(Role::Counsel, &id, "review", &review).status, 200);
}

#[test]
fn what_was_not_justified_opens_a_violation_that_counsel_closes() {
    on_every_database(|database| {
        let hall = Hall::open(database);
        let id = hall.verified(&emergency());
        assert_eq!(hall.reason(&emergency_ask(&[&id])), "legal_basis");
        let size = hall.size();
        let note = "FREE-TEXT: there was no danger";
        let review = json!({ "outcome": "not_justified", "note": note });
        let violation = hall.act(Role::Supervisor, &id, "review", &review).json()["violation"].clone();
        let entries = hall.entries_after(size);
        let kinds: Vec<&Value> = entries.iter().map(|entry| &entry["kind"]).collect();
        assert_eq!(kinds, [&json!("legal_basis_reviewed"), &json!("violation_opened")]);
        assert!(!format!("{entries:?}").contains("FREE-TEXT"));
        assert_eq!(hall.show(&id)["violations"], json!([violation]));
        let listed = hall.get(Role::Auditor, "/api/v1/violations?is_open=true");
        assert!(!listed.body.contains("FREE-TEXT"), "a list shows nothing of what was noted");
        assert_eq!(listed.json()["violations"][0]["id"], violation);
        let path = format!("/api/v1/violations/{}", violation.as_str().unwrap());
        let shown = hall.get(Role::Auditor, &path).json();
        assert_eq!((&shown["note"], &shown["is_open"]), (&json!(note), &json!(true)));
        assert_eq!(last_record(&hall.app)["kind"], "violation_read");
        let closing = json!({ "outcome": "FREE-TEXT: training, and a letter to the resident" });
        for role in [Role::Supervisor, Role::Auditor, Role::Records] {
            assert_problem(&hall.post(role, &format!("{path}/closing"), &closing), 403, "forbidden");
        }
        assert_eq!(hall.post(Role::Counsel, &format!("{path}/closing"), &closing).status, 200);
        let entry = last_record(&hall.app);
        assert_eq!(entry["about"], json!({ "legal_basis": id, "violation": violation }));
        assert_problem(&hall.post(Role::Counsel, &format!("{path}/closing"), &closing), 409, "conflict");
        let shown = hall.get(Role::Counsel, &path).json();
        assert_eq!((&shown["outcome"], &shown["is_open"]), (&closing["outcome"], &json!(false)));
        assert_eq!(shown["closed_by"], hall.name(Role::Counsel));
        assert!(
            hall.get(Role::Counsel, "/api/v1/violations?is_open=true").json()["violations"]
                .as_array()
                .unwrap()
                .is_empty()
        );
        assert_eq!(
            hall.get(Role::Counsel, "/api/v1/violations?is_open=false").json()["violations"][0]["id"],
            violation
        );
        let missing = "/api/v1/violations/0197aaaa-bbbb-7ccc-8ddd-eeeeffff0000";
        assert_problem(&hall.get(Role::Counsel, missing), 404, "not-found");
        assert_problem(&hall.post(Role::Counsel, &format!("{missing}/closing"), &closing), 404, "not-found");
        assert_problem(&hall.get(Role::Records, "/api/v1/violations"), 403, "forbidden");
    });
}

#[test]
fn only_emergencies_that_were_verified_are_reviewed_and_never_by_their_registrar() {
    let database = TestDatabase::sqlite();
    let hall = Hall::open(&database);
    let review = json!({ "outcome": "justified", "note": "fine" });
    let id = hall.register(&warrant());
    assert_problem(&hall.act(Role::Counsel, &id, "review", &review), 409, "conflict");
    let id = hall.register(&emergency());
    assert_problem(&hall.act(Role::Counsel, &id, "review", &review), 409, "conflict");
    let both = enrol(&hall.app.app, "r-and-s", &[Role::Records, Role::Supervisor]).sign_in(&hall.app.app);
    let both = hall.app.as_staff(&both);
    let own = both.post("/api/v1/legal-bases", &emergency()).json()["id"].as_str().unwrap().to_owned();
    hall.verify(Role::Counsel, &own);
    assert_problem(&both.post(&format!("/api/v1/legal-bases/{own}/review"), &review), 409, "same-person");
    assert_eq!(last_record(&hall.app)["kind"], "change_refused");
}

#[test]
fn a_review_says_either_what_it_found_or_until_when() {
    let database = TestDatabase::sqlite();
    let hall = Hall::open(&database);
    let id = hall.verified(&emergency());
    for body in [
        json!({ "note": "fine" }),
        json!({ "outcome": "justified", "review_by": "2031-06-01T00:00:00Z", "note": "fine" }),
        json!({ "outcome": "justified" }),
        json!({ "outcome": "justified", "note": "" }),
        json!({ "outcome": "splendid", "note": "fine" }),
    ] {
        assert_problem(&hall.act(Role::Counsel, &id, "review", &body), 400, "invalid-request");
    }
    let renewal = json!({ "review_by": "2031-06-01T00:00:00Z", "note": "fine" });
    assert_problem(&hall.act(Role::Counsel, &id, "review", &renewal), 409, "conflict");
}

#[test]
fn a_standing_mandate_ends_with_its_review_date_unless_it_is_renewed() {
    on_every_database(|database| {
        let mut hall = Hall::open(database);
        let id = verified_mandate(&hall);
        let ask = mandate_ask(&[&id]);
        assert_eq!(hall.reason(&ask), "legal_basis");
        assert!(needing(&hall, "renewal").is_empty(), "it is due in half a year");
        hall.go_to("2031-03-20T06:00:00Z".parse().unwrap());
        let renew = |review_by: &str| json!({ "review_by": review_by, "note": "still the law" });
        for date in ["2031-03-20T06:00:00Z", "2032-03-20T06:00:00.000001Z"] {
            let problem = assert_problem(&hall.act(Role::Counsel, &id, "review", &renew(date)), 400, "invalid-request");
            assert_eq!(problem["errors"][0]["member"], "/review_by", "{date}");
        }
        assert_problem(&hall.act(Role::Supervisor, &id, "review", &renew("2031-04-01T06:00:00Z")), 403, "forbidden");
        let verified_at = hall.show(&id)["verified_at"].clone();
        // A year from then to the microsecond is the longest; a nearer date shortens.
        assert_eq!(hall.act(Role::Counsel, &id, "review", &renew("2032-03-20T06:00:00Z")).status, 200);
        let reply = hall.act(Role::Counsel, &id, "review", &renew("2031-04-01T06:00:00Z"));
        assert_eq!(reply.json(), json!({ "id": id, "review_by": "2031-04-01T06:00:00.000000Z" }));
        let shown = hall.show(&id);
        assert_eq!(shown["valid_until"], "2031-04-01T06:00:00.000000Z");
        assert_eq!(shown["verified_at"], verified_at, "a renewal verifies nothing");
        assert_eq!(needing(&hall, "renewal"), std::slice::from_ref(&id));
        hall.go_to("2031-04-01T05:59:59.999999Z".parse().unwrap());
        assert_eq!(hall.reason(&ask), "legal_basis");
        hall.app.clock.advance(chrono::TimeDelta::microseconds(1));
        assert_eq!(hall.reason(&ask), "basis_expired");
        assert!(needing(&hall, "renewal").is_empty(), "what is over is registered anew");
        let late = hall.act(Role::Counsel, &id, "review", &renew("2031-05-01T06:00:00Z"));
        assert_problem(&late, 409, "conflict");
    });
}

#[test]
fn a_mandate_is_not_reviewed_like_an_emergency() {
    let database = TestDatabase::sqlite();
    let hall = Hall::open(&database);
    let id = verified_mandate(&hall);
    let review = json!({ "outcome": "justified", "note": "fine" });
    assert_problem(&hall.act(Role::Counsel, &id, "review", &review), 409, "conflict");
    // Without `standing` a mandate names its residents, and has no renewal.
    let named =
        with(&with(&mandate(), "/standing", json!(false)), "/scope/residents", warrant()["scope"]["residents"].clone());
    let named = hall.register(&named);
    hall.scan(&named);
    let reply = hall.act(Role::Counsel, &named, "verification", &verified());
    assert_eq!(reply.status, 200, "{reply:?}");
    let renewal = json!({ "review_by": "2031-06-01T00:00:00Z", "note": "fine" });
    assert_problem(&hall.act(Role::Counsel, &named, "review", &renewal), 409, "conflict");
}

#[test]
fn the_city_may_ask_for_reviews_sooner() {
    let database = TestDatabase::sqlite();
    let sooner = [("ZAGUAN__LEGAL_BASES__EMERGENCY_REVIEW_HOURS", "24")];
    let hall = Hall::open_with(&database, &sooner, std::sync::Arc::new(zaguan::ledger::NoProbe));
    let id = hall.verified(&emergency());
    assert_eq!(hall.show(&id)["needs"]["due_at"], "2031-03-05T12:00:00.000000Z");
    assert_eq!(hall.show(&hall.register(&warrant()))["review_due_at"], Value::Null);
}
