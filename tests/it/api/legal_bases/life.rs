//! A warrant from the counter to its end.

use serde_json::json;
use zaguan::domain::staff::Role;

use super::{Hall, RESIDENT, ask_citing, warrant, with};
use crate::api::assert_problem;
use crate::support::{TestDatabase, on_every_database};

#[test]
fn a_warrant_is_registered_verified_by_another_used_within_its_scope_and_revoked() {
    on_every_database(|database| {
        let hall = Hall::open(database);
        let id = hall.register(&warrant());
        let ask = ask_citing(&[&id]);
        assert_eq!(hall.reason(&ask), "basis_not_verified");
        let open =
            assert_problem(&hall.act(Role::Counsel, &id, "verification", &super::verified()), 422, "checks-open");
        assert_eq!(open["errors"].as_array().unwrap().len(), 1, "{open}");
        assert_eq!(open["errors"][0]["member"], "/checks/W16");
        hall.scan(&id);
        hall.verify(Role::Counsel, &id);
        assert_eq!(hall.reason(&ask), "legal_basis");
        let mut wider = ask.clone();
        wider["fields"] = json!(["employer_name"]);
        assert_eq!(hall.reason(&wider), "basis_class_not_in_scope");
        let revoked = hall.act(Role::Counsel, &id, "revocation", &json!({ "reason": "quashed by the court" }));
        assert_eq!(revoked.json(), json!({ "id": id, "status": "revoked" }));
        assert_eq!(hall.reason(&ask), "basis_revoked");
        let shown = hall.show(&id);
        assert_eq!(shown["status"], "revoked");
        assert_eq!(shown["uses"], 1);
        assert_eq!(
            (&shown["document"]["pages"], &shown["document"]["media_type"]),
            (&json!(3), &json!("application/pdf"))
        );
        assert_eq!(shown["residents"], json!([{ "store": "utility-billing", "resident": RESIDENT }]));
        let steps: Vec<&str> =
            shown["steps"].as_array().unwrap().iter().map(|step| step["kind"].as_str().unwrap()).collect();
        assert_eq!(steps, ["registered", "document_stored", "verified", "revoked"]);
        assert_eq!(shown["steps"][3]["note"], "quashed by the court");
    });
}

#[test]
fn a_revocation_needs_a_reason_works_from_registered_on_and_is_for_good() {
    on_every_database(|database| {
        let hall = Hall::open(database);
        let id = hall.register(&warrant());
        for body in [json!({}), json!({ "reason": " ." }), json!({ "reason": "x", "note": "y" })] {
            assert_problem(&hall.act(Role::Counsel, &id, "revocation", &body), 400, "invalid-request");
        }
        assert_problem(&hall.act(Role::Supervisor, &id, "revocation", &json!({ "reason": "no" })), 403, "forbidden");
        let reason = json!({ "reason": "the clerk knows of no such case" });
        assert_eq!(hall.act(Role::Counsel, &id, "revocation", &reason).status, 200);
        assert_problem(&hall.act(Role::Counsel, &id, "revocation", &reason), 409, "conflict");
        assert_problem(&hall.act(Role::Counsel, &id, "verification", &super::verified()), 409, "conflict");
        assert_eq!(hall.reason(&ask_citing(&[&id])), "basis_revoked");
        let missing = "0197aaaa-bbbb-7ccc-8ddd-eeeeffff0000";
        assert_problem(&hall.act(Role::Counsel, missing, "revocation", &reason), 404, "not-found");
    });
}

#[test]
fn expired_and_used_up_are_where_a_basis_stands_at_the_instant_it_is_asked_about() {
    on_every_database(|database| {
        let mut hall = Hall::open(database);
        let single = hall.verified(&with(&warrant(), "/single_use", json!(true)));
        let short = hall.verified(&with(&warrant(), "/execute_by", json!("2031-03-04T13:00:00Z")));
        let status = |hall: &Hall, id: &str| hall.show(id)["status"].as_str().unwrap().to_owned();
        assert_eq!(status(&hall, &single), "verified");
        let decision = hall.app.decide(&ask_citing(&[&single])).json();
        assert_eq!(decision["obligations"], json!(["return_to_court"]));
        assert_eq!(status(&hall, &single), "used_up");
        assert_eq!(status(&hall, &short), "verified");
        hall.go_to("2031-03-04T13:00:00Z".parse().unwrap());
        assert_eq!(status(&hall, &short), "expired");
        let listed = |query: &str| {
            let page = hall.get(Role::Records, &format!("/api/v1/legal-bases?{query}")).json();
            let ids =
                page["legal_bases"].as_array().unwrap().iter().map(|basis| basis["id"].as_str().unwrap().to_owned());
            ids.collect::<Vec<_>>()
        };
        assert_eq!(listed("status=expired"), std::slice::from_ref(&short));
        assert_eq!(listed("status=used_up"), [single]);
        assert!(listed("status=verified").is_empty());
        assert_problem(&hall.act(Role::Counsel, &short, "verification", &super::verified()), 409, "conflict");
    });
}

#[test]
fn a_basis_for_three_uses_is_used_three_times() {
    let database = TestDatabase::sqlite();
    let hall = Hall::open(&database);
    let id = hall.verified(&with(&warrant(), "/max_uses", json!(3)));
    let ask = ask_citing(&[&id]);
    let reasons: Vec<String> = (0..4).map(|_| hall.reason(&ask)).collect();
    assert_eq!(reasons, ["legal_basis", "legal_basis", "legal_basis", "basis_used_up"]);
    assert_eq!(hall.show(&id)["uses"], 3);
}
