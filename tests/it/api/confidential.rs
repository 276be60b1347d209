//! Confidential residents (NMSA 40-13B), marked by people: whom the mark protects, who may end it, and what is recorded.

use serde_json::{Value, json};
use zaguan::domain::staff::Role;

use super::bases::{RESIDENT, ask_citing, reason_of, record, warrant};
use super::{assert_problem, count, last_record};
use crate::support::{TestApp, on_every_database};

const MARKS: &str = "/api/v1/confidential-residents";

fn somebody() -> Value {
    json!({ "store": "utility-billing", "resident": RESIDENT })
}

#[test]
fn a_mark_counts_from_the_moment_it_is_made_to_the_moment_it_ends() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let (records, counsel) = (app.staff(Role::Records), app.staff(Role::Counsel));
        assert_eq!(reason_of(&app, &ask_citing(&[])), "no_legal_basis");
        let marked = app.as_staff(&records).post(MARKS, &somebody());
        assert_eq!((marked.status, marked.json()), (201, json!({ "is_confidential": true })));
        assert_eq!(reason_of(&app, &ask_citing(&[])), "confidential_address");
        // Even the resident's own city department gets no address.
        let mut inside = ask_citing(&[]);
        (inside["requester"], inside["purpose"]) = (json!({ "kind": "city_department" }), json!("service_delivery"));
        assert_eq!(reason_of(&app, &inside), "confidential_address");
        // A judge's warrant opens.
        let sound = record(&app, warrant(&app, 1));
        assert_eq!(reason_of(&app, &ask_citing(&[sound])), "legal_basis");
        assert_eq!(app.as_staff(&counsel).post(MARKS, &somebody()).status, 200, "there is a mark already");
        assert_eq!(count(&app, "resident_flagged"), 1);
        let ended = app.as_staff(&counsel).post(&format!("{MARKS}/ending"), &somebody());
        assert_eq!((ended.status, ended.json()), (200, json!({ "is_confidential": false })));
        assert_eq!(reason_of(&app, &inside), "not_outbound");
        assert_problem(&app.as_staff(&counsel).post(&format!("{MARKS}/ending"), &somebody()), 404, "not-found");
        assert_eq!(app.as_staff(&records).post(MARKS, &somebody()).status, 201, "it begins anew");
        assert_eq!(reason_of(&app, &inside), "confidential_address");
    });
}

#[test]
fn a_mark_protects_one_resident_of_one_store() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let records = app.staff(Role::Records);
        app.as_staff(&records).post(MARKS, &json!({ "store": "library", "resident": RESIDENT }));
        app.as_staff(&records).post(MARKS, &json!({ "store": "utility-billing", "resident": "ACCT-0048214" }));
        assert_eq!(reason_of(&app, &ask_citing(&[])), "no_legal_basis");
        // A mark where nobody asks would protect nobody: a mistyped store is an error.
        let wrong = app.as_staff(&records).post(MARKS, &json!({ "store": "utility-biling", "resident": RESIDENT }));
        let problem = assert_problem(&wrong, 400, "invalid-request");
        assert_eq!(problem["errors"][0]["member"], "/store");
        assert_eq!(last_record(&app)["kind"], "change_refused");
        assert_eq!(reason_of(&app, &ask_citing(&[])), "no_legal_basis");
    });
}

#[test]
fn records_may_mark_and_look_but_only_counsel_may_end() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let (records, counsel) = (app.staff(Role::Records), app.staff(Role::Counsel));
        let lookup = |token: &str| app.as_staff(token).post(&format!("{MARKS}/lookup"), &somebody());
        assert_eq!(lookup(&records).json(), json!({ "is_confidential": false }));
        app.as_staff(&records).post(MARKS, &somebody());
        assert_eq!(lookup(&counsel).json(), json!({ "is_confidential": true }));
        let entry = last_record(&app);
        assert_eq!(
            (&entry["kind"], &entry["about"]),
            (&json!("resident_looked_up"), &json!({ "store": "utility-billing" }))
        );
        assert_problem(&app.as_staff(&records).post(&format!("{MARKS}/ending"), &somebody()), 403, "forbidden");
        assert_eq!(reason_of(&app, &ask_citing(&[])), "confidential_address");
        for role in [Role::Supervisor, Role::Auditor, Role::Admin, Role::Security] {
            let token = app.staff(role);
            for path in [MARKS.to_owned(), format!("{MARKS}/ending"), format!("{MARKS}/lookup")] {
                assert_problem(&app.as_staff(&token).post(&path, &somebody()), 403, "forbidden");
            }
        }
    });
}
