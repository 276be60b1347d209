//! The walk that the city bought the program for: a warrant is logged by one person, verified by another, opens exactly what
//! it names, and closes again. With the bodies that the documentation promises, and nothing else.

use serde_json::{Value, json};
use zaguan::domain::staff::Role;

use super::documents::put;
use super::{assert_problem, entries};
use crate::domain::document::Pdf;
use crate::support::app::Reply;
use crate::support::{TestApp, on_every_database};

fn warrant() -> Value {
    json!({
        "kind": "judicial_warrant", "instrument": "search_warrant",
        "court": "United States District Court for the District of New Mexico", "docket": "2:31-mj-01234",
        "judge": "Hon. Fictional Person", "judge_title": "United States Magistrate Judge",
        "issued_at": "2031-03-03T16:00:00Z", "execute_by": "2031-03-12T16:00:00Z",
        "scope": { "residents": [{ "store": "utility-billing", "resident": "ACCT-0048213" }], "classes": ["home_address"],
                   "stores": ["utility-billing"], "requester_kinds": ["federal_immigration"],
                   "requester_agency": "ICE ERO El Paso", "purposes": ["immigration_enforcement"] },
        "serving_officer": { "name": "F. Officer", "agency": "ICE ERO El Paso", "badge": "0000", "phone": "915 555 0100" },
        "single_use": false, "note": "brought to the counter",
    })
}

/// What counsel answers: every check with one word.
fn all_pass() -> Value {
    let checks: serde_json::Map<String, Value> =
        (1..=20).map(|number| (format!("W{number:02}"), json!("pass"))).collect();
    json!({ "outcome": "verified", "checks": checks, "note": "called the clerk of the court" })
}

/// Field by field, why.
fn reasons(reply: &Reply) -> Vec<String> {
    assert_eq!(reply.status, 200, "{reply:?}");
    let decision = reply.json();
    let fields = decision["fields"].as_array().unwrap();
    fields.iter().map(|field| field["reason"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_warrant_is_logged_verified_used_within_its_scope_and_withdrawn() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let (records, counsel, supervisor) =
            (app.staff(Role::Records), app.staff(Role::Counsel), app.staff(Role::Supervisor));
        let registered = app.as_staff(&records).post("/api/v1/legal-bases", &warrant());
        assert_eq!((registered.status, &registered.json()["status"]), (201, &json!("registered")), "{registered:?}");
        let id = registered.json()["id"].as_str().unwrap().to_owned();
        let path = |rest: &str| format!("/api/v1/legal-bases/{id}{rest}");
        let mut ask = crate::support::app::ask();
        ask["legal_bases"] = json!([id]);
        let denied = ["not_protected", "basis_not_verified", "basis_not_verified"];
        assert_eq!(reasons(&app.decide(&ask)), denied);

        // Without the paper nobody can verify, whatever they answer.
        let early = app.as_staff(&counsel).post(&path("/verification"), &all_pass());
        let open = assert_problem(&early, 422, "checks-open");
        assert_eq!(open["errors"][0]["member"], "/checks/W16", "{open}");
        let stored = put(&app, &records, &path("/document"), &Pdf::of(1).bytes());
        assert_eq!(stored.status, 201, "{stored:?}");

        // Not the one who logged it, not a supervisor, not without an answer to each check.
        assert_problem(&app.as_staff(&records).post(&path("/verification"), &all_pass()), 403, "forbidden");
        assert_problem(&app.as_staff(&supervisor).post(&path("/verification"), &all_pass()), 403, "forbidden");
        let mut unanswered = all_pass();
        unanswered["checks"]["W17"] = json!("unknown");
        let open =
            assert_problem(&app.as_staff(&counsel).post(&path("/verification"), &unanswered), 422, "checks-open");
        assert_eq!(open["errors"][0]["member"], "/checks/W17", "{open}");
        assert_eq!(reasons(&app.decide(&ask)), denied);

        let verified = app.as_staff(&counsel).post(&path("/verification"), &all_pass());
        assert_eq!(verified.json(), json!({ "id": id, "status": "verified" }), "{verified:?}");
        assert_eq!(reasons(&app.decide(&ask)), ["not_protected", "legal_basis", "basis_class_not_in_scope"]);
        let mut other = ask.clone();
        other["resident"] = json!("ACCT-0048214");
        assert_eq!(reasons(&app.decide(&other))[1], "basis_other_resident");
        let mut other = ask.clone();
        other["requester"]["agency"] = json!("Another Agency");
        assert_eq!(reasons(&app.decide(&other))[1], "basis_other_requester");
        let mut other = ask.clone();
        other["purpose"] = json!("criminal_investigation");
        assert_eq!(reasons(&app.decide(&other))[1], "basis_other_purpose");

        let revoked = app.as_staff(&counsel).post(&path("/revocation"), &json!({ "reason": "quashed by the court" }));
        assert_eq!(revoked.status, 200, "{revoked:?}");
        assert_eq!(reasons(&app.decide(&ask)), ["not_protected", "basis_revoked", "basis_revoked"]);

        let all = entries(&app);
        let after = all.iter().skip_while(|entry| entry.kind != "legal_basis_registered");
        let kinds: Vec<&str> = after.map(|entry| entry.kind.as_str()).collect();
        assert_eq!(
            kinds,
            [
                "legal_basis_registered",
                "decision",
                "change_refused",
                "document_stored",
                "call_refused",
                "change_refused",
                "change_refused",
                "decision",
                "legal_basis_verified",
                "decision",
                "decision",
                "decision",
                "decision",
                "legal_basis_revoked",
                "decision",
            ]
        );
        for entry in all {
            let record = String::from_utf8(entry.record).unwrap();
            for secret in ["ACCT-0048213", "Fictional Person", "F. Officer", "915 555", "brought to the counter"] {
                assert!(!record.contains(secret), "`{secret}` stands in the log: {record}");
            }
        }
    });
}

#[test]
fn nobody_registers_and_verifies_even_with_both_roles() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let both =
            crate::support::staff::enrol(&app.app, "both.roles", &[Role::Records, Role::Counsel]).sign_in(&app.app);
        let registered = app.as_staff(&both).post("/api/v1/legal-bases", &warrant());
        let id = registered.json()["id"].as_str().unwrap().to_owned();
        put(&app, &both, &format!("/api/v1/legal-bases/{id}/document"), &Pdf::of(1).bytes());
        let verified = app.as_staff(&both).post(&format!("/api/v1/legal-bases/{id}/verification"), &all_pass());
        assert_problem(&verified, 409, "same-person");
        let mut ask = crate::support::app::ask();
        ask["legal_bases"] = json!([id]);
        assert_eq!(reasons(&app.decide(&ask))[1], "basis_not_verified");
    });
}

/// The other two kinds, with the members that the documentation names and no others.
#[test]
fn an_emergency_and_a_standing_mandate_open_once_a_second_person_has_verified_them() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let (records, counsel, supervisor) =
            (app.staff(Role::Records), app.staff(Role::Counsel), app.staff(Role::Supervisor));
        let scope = |kind: &str, purpose: &str| {
            json!({ "classes": ["home_address"], "stores": ["utility-billing"], "requester_kinds": [kind],
                    "purposes": [purpose] })
        };
        let mut emergency_scope = scope("state_or_local_law_enforcement", "emergency_response");
        emergency_scope["residents"] = json!([{ "store": "utility-billing", "resident": "ACCT-0048213" }]);
        let emergency = json!({
            "kind": "emergency_exception", "facts": "A caller heard shouting and then nothing; nobody opens the door.",
            "person_in_danger": "whoever lives there", "why_delay_harms": "every minute may cost a life",
            "not_for_immigration_enforcement": true, "expires_at": "2031-03-04T20:00:00Z", "scope": emergency_scope,
        });
        let mandate = json!({
            "kind": "legal_mandate", "instrument": "statute", "citation": "NMSA 1978, § 0-0-0 (fictional)",
            "standing": true, "review_by": "2031-09-01T00:00:00Z", "scope": scope("other_government", "service_delivery"),
        });
        let rows = [
            (
                emergency,
                &supervisor,
                "state_or_local_law_enforcement",
                "emergency_response",
                json!(["review_after_release"]),
            ),
            (mandate, &counsel, "other_government", "service_delivery", json!([])),
        ];
        for (form, verifier, kind, purpose, obligation) in rows {
            let registered = app.as_staff(&records).post("/api/v1/legal-bases", &form);
            assert_eq!(registered.status, 201, "{registered:?}");
            let id = registered.json()["id"].as_str().unwrap().to_owned();
            let ask = json!({
                "store": "utility-billing", "resident": "ACCT-0048213", "fields": ["service_address"],
                "requester": { "kind": kind }, "purpose": purpose, "legal_bases": [id],
            });
            assert_eq!(reasons(&app.decide(&ask)), ["basis_not_verified"]);
            let verified = app.as_staff(verifier).post(&format!("/api/v1/legal-bases/{id}/verification"), &all_pass());
            assert_eq!(verified.status, 200, "{verified:?}");
            let decided = app.decide(&ask);
            assert_eq!(reasons(&decided), ["legal_basis"]);
            assert_eq!(decided.json()["obligations"], obligation);
            let note = json!({ "note": "it is over" });
            assert_eq!(app.as_staff(verifier).post(&format!("/api/v1/legal-bases/{id}/revocation"), &note).status, 200);
            assert_eq!(reasons(&app.decide(&ask)), ["basis_revoked"]);
        }
    });
}
