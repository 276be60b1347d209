//! City applications by API: registered, given another scope or a new secret, switched off and on.

use serde_json::{Value, json};
use zaguan::domain::staff::Role;

use super::staff::start;
use super::{assert_problem, count, last_record};
use crate::support::app::{FORM, Reply, ask};
use crate::support::{TestApp, TestDatabase, on_every_database};

fn call(app: &TestApp, admin: &str, method: &str, path: &str, body: Option<&Value>) -> Reply {
    app.as_staff(admin).send(method, &format!("/api/v1/clients{path}"), body)
}

fn desk() -> Value {
    json!({ "id": "desk", "name": "Desk of the library", "stores": ["library"], "requester_kinds": ["court"] })
}

fn token_with(app: &TestApp, secret: &str) -> Reply {
    let form = format!("grant_type=client_credentials&client_id=desk&client_secret={secret}");
    app.send("POST", "/oauth/token", &[("Content-Type", FORM)], form.as_bytes())
}

#[test]
fn a_client_is_registered_and_its_secret_shown_once() {
    on_every_database(|database| {
        let app = start(database);
        let admin = app.enrol(Role::Admin);
        let token = admin.sign_in(&app.app);
        let made = call(&app, &token, "POST", "", Some(&desk()));
        assert_eq!((made.status, made.header("cache-control")), (201, Some("no-store")), "{made:?}");
        let secret = made.json()["client_secret"].as_str().unwrap().to_owned();
        let entry = last_record(&app);
        assert_eq!((&entry["kind"], &entry["actor"]), (&json!("client_added"), &json!(admin.username)));
        assert!(!entry.to_string().contains(&secret));
        assert_eq!(token_with(&app, &secret).status, 200);
        let shown = call(&app, &token, "GET", "/desk", None);
        assert_eq!(shown.json()["certified_by"], admin.username.as_str());
        assert!(!shown.body.contains(&secret) && !call(&app, &token, "GET", "", None).body.contains(&secret));
        assert_problem(&call(&app, &token, "POST", "", Some(&desk())), 409, "conflict");
        assert_problem(&call(&app, &token, "GET", "/nobody", None), 404, "not-found");
    });
}

#[test]
fn a_new_secret_and_the_switch_end_the_old_at_once() {
    on_every_database(|database| {
        let app = start(database);
        let admin = app.staff(Role::Admin);
        let secret = |reply: Reply| reply.json()["client_secret"].as_str().unwrap().to_owned();
        let first = secret(call(&app, &admin, "POST", "", Some(&desk())));
        let second = secret(call(&app, &admin, "POST", "/desk/secret", None));
        assert_eq!(token_with(&app, &first).status, 401);
        assert_eq!(token_with(&app, &second).status, 200);
        let switch = |what: &str| call(&app, &admin, "POST", &format!("/desk/{what}"), None);
        assert_problem(&switch("enabling"), 409, "conflict");
        assert_eq!(switch("disabling").status, 204);
        assert_eq!(token_with(&app, &second).status, 401);
        assert_problem(&switch("disabling"), 409, "conflict");
        assert_eq!(switch("enabling").status, 204);
        assert_eq!(token_with(&app, &second).status, 200);
    });
}

#[test]
fn another_scope_is_in_force_from_the_next_request_on() {
    on_every_database(|database| {
        let app = start(database);
        let admin = app.staff(Role::Admin);
        let scope = |stores: &[&str]| json!({ "stores": stores, "requester_kinds": ["federal_immigration"] });
        assert_eq!(app.decide(&ask()).status, 200);
        let set = |body: &Value| call(&app, &admin, "PUT", "/billing/scope", Some(body));
        assert_eq!(set(&scope(&["library"])).status, 204);
        assert_eq!(last_record(&app)["kind"], "client_scope_changed");
        assert_eq!(last_record(&app)["about"]["stores"], "library");
        assert_problem(&app.decide(&ask()), 403, "not-registered");
        assert_problem(&set(&scope(&["nowhere"])), 400, "invalid-request");
        assert_problem(&set(&scope(&[])), 400, "invalid-request");
        assert_problem(&app.decide(&ask()), 403, "not-registered");
        assert_eq!(set(&scope(&["library", "utility-billing"])).status, 204);
        assert_eq!(app.decide(&ask()).status, 200);
    });
}

#[test]
fn a_client_that_would_speak_for_nothing_is_not_registered() {
    let database = TestDatabase::sqlite();
    let app = start(&database);
    let admin = app.staff(Role::Admin);
    let changes = [
        ("stores", json!([])),
        ("requester_kinds", json!([])),
        ("stores", json!(["nowhere"])),
        ("requester_kinds", json!(["king"])),
        ("name", json!("")),
        ("id", json!("Not A Slug")),
    ];
    let before = count(&app, "client_added");
    for (member, value) in changes {
        let mut body = desk();
        body[member] = value;
        assert_problem(&call(&app, &admin, "POST", "", Some(&body)), 400, "invalid-request");
    }
    assert_eq!(count(&app, "client_added"), before);
}

#[test]
fn an_account_is_switched_for_a_reason_that_fits() {
    let database = TestDatabase::sqlite();
    let app = start(&database);
    let (admin, clerk) = (app.staff(Role::Admin), app.enrol(Role::Records));
    let switch = |what: &str, reason: &str| {
        let path = format!("/api/v1/staff/{}/{what}", clerk.id);
        app.as_staff(&admin).post(&path, &json!({ "reason": reason }))
    };
    assert_problem(&switch("disabling", "returned"), 400, "invalid-request");
    assert_problem(&switch("disabling", "no_idea"), 400, "invalid-request");
    assert_eq!(switch("disabling", "long_absence").status, 204);
    assert_eq!(last_record(&app)["about"]["switch_reason"], "long_absence");
    assert_eq!(switch("enabling", "returned").status, 204);
    assert_eq!(last_record(&app)["about"]["switch_reason"], "returned");
}
