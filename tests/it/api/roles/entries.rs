//! Every call that changes something leaves an entry, the refused ones included.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use serde_json::{Value, json};
use zaguan::api::listed;
use zaguan::domain::staff::Role;

use super::records_pages::of_records_pages;
use super::{House, Who, is_for_staff, reviewed, split};
use crate::api::documents::put;
use crate::api::entries;
use crate::api::legal_bases::{emergency, verified, warrant};
use crate::domain::document::Pdf;
use crate::support::app::{FORM, ask};
use crate::support::staff::PASSWORD;
use crate::support::{Browser, TestApp, TestDatabase};

/// What one call leaves behind: status, and how many entries it added.
pub(super) type Left = (u16, usize);

/// Makes the call of a row and looks at the log before and after.
pub(super) fn leaves(app: &TestApp, call: impl FnOnce(&TestApp) -> u16) -> Left {
    let before = entries(app).len();
    let status = call(app);
    (status, entries(app).len() - before)
}

/// A route with a call that it carries out, and one that it refuses.
pub(super) struct Row {
    pub(super) route: &'static str,
    pub(super) done: fn(&House) -> u16,
    pub(super) refused: fn(&House) -> u16,
}

pub(super) fn by(house: &House, role: Role, method: &str, path: &str, body: &Value) -> u16 {
    let body = (!body.is_null()).then_some(body);
    house.app.as_staff(&house.tokens[&role]).send(method, path, body).status
}

/// A call about the account of whoever holds a role.
fn about(house: &House, whom: Role, method: &str, what: &str, body: &Value) -> u16 {
    by(house, Role::Admin, method, &format!("/api/v1/staff/{}{what}", house.members[&whom].id), body)
}

fn sign_in(house: &House, password: &str) -> u16 {
    house.app.clock.advance(TimeDelta::seconds(30));
    let mut body = house.members[&Role::Editor].credentials(&house.app.app);
    body["password"] = json!(password);
    super::super::staff::sign_in(&house.app, &body).status
}

fn credentials(house: &House, path: &str, code: Option<&str>) -> u16 {
    house.app.clock.advance(TimeDelta::seconds(30));
    let own = house.members[&Role::Steward].next_code(&house.app.app);
    let mut body = json!({ "totp": code.unwrap_or(&own) });
    if path.ends_with("password") {
        body["current_password"] = json!(PASSWORD);
        body["new_password"] = json!("an entirely new passphrase");
    }
    by(house, Role::Steward, "POST", path, &body)
}

fn marked(house: &House, role: Role, what: &str, store: &str) -> u16 {
    let body = json!({ "store": store, "resident": "ACCT-0048213" });
    by(house, role, "POST", &format!("/api/v1/confidential-residents{what}"), &body)
}

fn token(house: &House, secret: &str) -> u16 {
    let form = format!("grant_type=client_credentials&client_id=billing&client_secret={secret}");
    house.app.send("POST", "/oauth/token", &[("Content-Type", FORM)], form.as_bytes()).status
}

fn decide(house: &House, path: &str, store: &str) -> u16 {
    let mut ask = ask();
    ask["store"] = json!(store);
    let body = if path.ends_with("batch") { json!({ "decisions": [ask] }) } else { ask };
    house.app.post(path, &body).status
}

fn enrol(house: &House, code: Option<&str>) -> u16 {
    let new = zaguan::app::staff::NewStaff {
        username: format!("guest{}", code.map_or("", |_| "-two")).parse().unwrap(),
        name: "A guest".to_owned(),
        roles: zaguan::domain::staff::Roles::new([Role::Council]).unwrap(),
    };
    let link = house.app.app.invite_staff(&zaguan::app::authority::Authority::operator(), new).unwrap().link;
    let own = house.app.app.find_enrolment(&link.token).unwrap().unwrap().totp.code_at(house.app.app.now());
    let body = json!({ "password": PASSWORD, "totp": code.unwrap_or(&own) });
    super::super::staff::post(&house.app, &format!("/api/v1/enrolments/{}", link.token.as_str()), &body).status
}

const NOBODY: &str = "/api/v1/staff/0197aaaa-bbbb-7ccc-8ddd-eeeeffff0000";

/// Rows in an order in which each is possible.
pub(super) fn rows() -> Vec<Row> {
    [
        of_clients_and_marks(),
        of_bases(),
        of_auditors_pages(),
        of_records_pages(),
        of_ones_own(),
        of_accounts(),
        of_clients(),
        of_the_catalogue(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

pub(super) const fn row(route: &'static str, done: fn(&House) -> u16, refused: fn(&House) -> u16) -> Row {
    Row { route, done, refused }
}

fn of_clients_and_marks() -> Vec<Row> {
    vec![
        row("POST /oauth/token", |h| token(h, &h.app.client_secret), |h| token(h, "wrong")),
        row(
            "POST /api/v1/decisions",
            |h| decide(h, "/api/v1/decisions", "utility-billing"),
            |h| decide(h, "/api/v1/decisions", "library"),
        ),
        row(
            "POST /api/v1/decisions/batch",
            |h| decide(h, "/api/v1/decisions/batch", "utility-billing"),
            |h| decide(h, "/api/v1/decisions/batch", "library"),
        ),
        row(
            "POST /api/v1/decisions/search",
            |h| by(h, Role::Auditor, "POST", "/api/v1/decisions/search", &json!({})),
            |h| by(h, Role::Council, "POST", "/api/v1/decisions/search", &json!({})),
        ),
        row(
            "POST /api/v1/confidential-residents",
            |h| marked(h, Role::Records, "", "utility-billing"),
            |h| marked(h, Role::Records, "", "no-such-store"),
        ),
        row(
            "POST /api/v1/confidential-residents/lookup",
            |h| marked(h, Role::Records, "/lookup", "utility-billing"),
            |h| marked(h, Role::Council, "/lookup", "utility-billing"),
        ),
        row(
            "POST /api/v1/confidential-residents/ending",
            |h| marked(h, Role::Counsel, "/ending", "utility-billing"),
            |h| marked(h, Role::Counsel, "/ending", "utility-billing"),
        ),
    ]
}

/// The newest basis, or violation.
pub(super) fn newest(house: &House, list: &str) -> String {
    let page = house.app.as_staff(&house.tokens[&Role::Auditor]).get(&format!("/api/v1/{list}")).json();
    page[list.replace('-', "_")][0]["id"].as_str().unwrap().to_owned()
}

fn act(house: &House, role: Role, what: &str, body: &Value) -> u16 {
    let id = newest(house, "legal-bases");
    by(house, role, "POST", &format!("/api/v1/legal-bases/{id}/{what}"), body)
}

/// A second later than the one before, so that it is the newest.
pub(super) fn register(house: &House, form: &Value) -> u16 {
    house.app.clock.advance(TimeDelta::seconds(1));
    by(house, Role::Records, "POST", "/api/v1/legal-bases", form)
}

pub(super) fn store(house: &House, pages: usize) -> u16 {
    let path = format!("/api/v1/legal-bases/{}/document", newest(house, "legal-bases"));
    put(&house.app, &house.tokens[&Role::Records], &path, &Pdf::of(pages).bytes()).status
}

fn close(house: &House) -> u16 {
    let path = format!("/api/v1/violations/{}/closing", newest(house, "violations"));
    by(house, Role::Counsel, "POST", &path, &json!({ "outcome": "staff were trained anew" }))
}

/// A warrant that is verified and revoked, then an emergency that was none.
fn of_bases() -> Vec<Row> {
    let unknown = |h: &House| {
        let mut form = warrant();
        form["supersedes"] = json!("0197aaaa-bbbb-7ccc-8ddd-eeeeffff0000");
        register(h, &form)
    };
    let revoke = |h: &House| act(h, Role::Counsel, "revocation", &json!({ "reason": "quashed by the court" }));
    let review = |h: &House| {
        act(h, Role::Counsel, "review", &json!({ "outcome": "not_justified", "note": "there was no danger" }))
    };
    let unverified = |h: &House| act(h, Role::Counsel, "verification", &json!({ "outcome": "verified", "checks": {} }));
    vec![
        row("POST /api/v1/legal-bases", |h| register(h, &warrant()), unknown),
        row("PUT /api/v1/legal-bases/{id}/document", |h| store(h, 1), |h| store(h, 2)),
        row(
            "POST /api/v1/legal-bases/{id}/verification",
            |h| act(h, Role::Counsel, "verification", &verified()),
            unverified,
        ),
        row("POST /api/v1/legal-bases/{id}/revocation", revoke, revoke),
        row("POST /api/v1/legal-bases", |h| register(h, &emergency()), unknown),
        row(
            "POST /api/v1/legal-bases/{id}/verification",
            |h| act(h, Role::Supervisor, "verification", &verified()),
            unverified,
        ),
        row("POST /api/v1/legal-bases/{id}/review", review, review),
        row("POST /api/v1/violations/{id}/closing", close, close),
    ]
}

fn of_ones_own() -> Vec<Row> {
    vec![
        row("POST /api/v1/sessions", |h| sign_in(h, PASSWORD), |h| sign_in(h, "a wrong passphrase")),
        row("POST /api/v1/enrolments/{token}", |h| enrol(h, None), |h| enrol(h, Some("000000"))),
        row(
            "POST /api/v1/account/password",
            |h| credentials(h, "/api/v1/account/password", None),
            |h| credentials(h, "/api/v1/account/password", Some("000000")),
        ),
        row(
            "POST /api/v1/account/recovery-codes",
            |h| credentials(h, "/api/v1/account/recovery-codes", None),
            |h| credentials(h, "/api/v1/account/recovery-codes", Some("000000")),
        ),
    ]
}

fn of_accounts() -> Vec<Row> {
    vec![
        row(
            "POST /api/v1/staff",
            |h| {
                by(
                    h,
                    Role::Admin,
                    "POST",
                    "/api/v1/staff",
                    &json!({ "username": "new.one", "name": "New", "roles": ["council"] }),
                )
            },
            |h| {
                by(
                    h,
                    Role::Admin,
                    "POST",
                    "/api/v1/staff",
                    &json!({ "username": "new.one", "name": "New", "roles": ["council"] }),
                )
            },
        ),
        row(
            "PUT /api/v1/staff/{id}/roles",
            |h| about(h, Role::Records, "PUT", "/roles", &json!({ "roles": ["records"] })),
            |h| about(h, Role::Admin, "PUT", "/roles", &json!({ "roles": ["records"] })),
        ),
        row(
            "DELETE /api/v1/staff/{id}/sessions",
            |h| about(h, Role::Records, "DELETE", "/sessions", &Value::Null),
            |h| by(h, Role::Admin, "DELETE", &format!("{NOBODY}/sessions"), &Value::Null),
        ),
        row(
            "POST /api/v1/staff/{id}/disabling",
            |h| about(h, Role::Records, "POST", "/disabling", &Value::Null),
            |h| about(h, Role::Admin, "POST", "/disabling", &Value::Null),
        ),
        row(
            "POST /api/v1/staff/{id}/enabling",
            |h| about(h, Role::Records, "POST", "/enabling", &Value::Null),
            |h| about(h, Role::Records, "POST", "/enabling", &Value::Null),
        ),
        row(
            "POST /api/v1/staff/{id}/reset",
            |h| about(h, Role::Records, "POST", "/reset", &Value::Null),
            |h| about(h, Role::Admin, "POST", "/reset", &Value::Null),
        ),
        row(
            "POST /api/v1/staff/{id}/certification",
            |h| about(h, Role::Counsel, "POST", "/certification", &Value::Null),
            |h| about(h, Role::Admin, "POST", "/certification", &Value::Null),
        ),
        row(
            "POST /api/v1/clients/{id}/certification",
            |h| by(h, Role::Admin, "POST", "/api/v1/clients/billing/certification", &Value::Null),
            |h| by(h, Role::Admin, "POST", "/api/v1/clients/nobody/certification", &Value::Null),
        ),
        row(
            "DELETE /api/v1/account/sessions/{id}",
            |h| {
                let listed = h.app.as_staff(&h.tokens[&Role::Security]).get("/api/v1/account/sessions").json();
                let id = listed["sessions"][0]["id"].as_str().unwrap().to_owned();
                by(h, Role::Security, "DELETE", &format!("/api/v1/account/sessions/{id}"), &Value::Null)
            },
            |h| {
                by(
                    h,
                    Role::Council,
                    "DELETE",
                    "/api/v1/account/sessions/0197aaaa-bbbb-7ccc-8ddd-eeeeffff0000",
                    &Value::Null,
                )
            },
        ),
    ]
}

fn client(house: &House, method: &str, what: &str, body: &Value) -> u16 {
    by(house, Role::Admin, method, &format!("/api/v1/clients{what}"), body)
}

/// A client of one's own, so that the house's goes on.
fn of_clients() -> Vec<Row> {
    let register = |h: &House| {
        client(
            h,
            "POST",
            "",
            &json!({ "id": "desk", "name": "Desk", "stores": ["library"], "requester_kinds": ["court"] }),
        )
    };
    let off = |h: &House| client(h, "POST", "/desk/disabling", &Value::Null);
    let on = |h: &House| client(h, "POST", "/desk/enabling", &Value::Null);
    vec![
        row("POST /api/v1/clients", register, register),
        row(
            "PUT /api/v1/clients/{id}/scope",
            |h| client(h, "PUT", "/desk/scope", &json!({ "stores": ["library"], "requester_kinds": ["contractor"] })),
            |h| client(h, "PUT", "/desk/scope", &json!({ "stores": ["nowhere"], "requester_kinds": ["court"] })),
        ),
        row(
            "POST /api/v1/clients/{id}/secret",
            |h| client(h, "POST", "/desk/secret", &Value::Null),
            |h| client(h, "POST", "/nobody/secret", &Value::Null),
        ),
        row("POST /api/v1/clients/{id}/disabling", off, off),
        row("POST /api/v1/clients/{id}/enabling", on, on),
    ]
}

pub(super) fn propose(house: &House, field: &str) -> u16 {
    house.app.clock.advance(TimeDelta::seconds(1));
    let body = json!({
        "store": "library", "field": field, "class": "employment", "reason": "It names where somebody works.",
    });
    by(house, Role::Steward, "POST", "/api/v1/class-proposals", &body)
}

fn settle(house: &House, role: Role, what: &str, body: &Value) -> u16 {
    let proposals = house.app.as_staff(&house.tokens[&Role::Auditor]).get("/api/v1/class-proposals").json();
    let id = proposals["class_proposals"][0]["id"].as_str().unwrap().to_owned();
    by(house, role, "POST", &format!("/api/v1/class-proposals/{id}/{what}"), body)
}

fn approve(house: &House) -> u16 {
    let store = house.app.as_staff(&house.tokens[&Role::Auditor]).get("/api/v1/catalog/library").json();
    settle(house, Role::Counsel, "approval", &json!({ "catalog_sha256": store["sha256"] }))
}

fn of_the_catalogue() -> Vec<Row> {
    let decline = |h: &House| settle(h, Role::Counsel, "declining", &json!({ "reason": "It names no employer." }));
    let withdraw = |h: &House| settle(h, Role::Steward, "withdrawal", &Value::Null);
    vec![
        row("POST /api/v1/class-proposals", |h| propose(h, "boss"), |h| propose(h, "boss")),
        row("POST /api/v1/class-proposals/{id}/approval", approve, approve),
        row("POST /api/v1/class-proposals", |h| propose(h, "desk"), |h| propose(h, "desk")),
        row("POST /api/v1/class-proposals/{id}/declining", decline, decline),
        row("POST /api/v1/class-proposals", |h| propose(h, "badge"), |h| propose(h, "badge")),
        row("POST /api/v1/class-proposals/{id}/withdrawal", withdraw, withdraw),
    ]
}

/// Sends a form of a page.
pub(super) fn form(house: &House, role: Role, path: &str, values: &[(&str, &str)]) -> u16 {
    Browser::new(&house.app, Some(&house.tokens[&role])).post(path, values).status
}

fn of_auditors_pages() -> Vec<Row> {
    const ABOUT: [(&str, &str); 3] = [("store", "utility-billing"), ("resident", "ACCT-0048213"), ("format", "csv")];
    vec![
        row(
            "POST /console/decisions",
            |h| form(h, Role::Auditor, "/console/decisions", &ABOUT),
            |h| form(h, Role::Council, "/console/decisions", &ABOUT),
        ),
        row(
            "POST /console/decisions/export",
            |h| form(h, Role::Auditor, "/console/decisions/export", &ABOUT),
            |h| form(h, Role::Council, "/console/decisions/export", &ABOUT),
        ),
    ]
}

/// Ends the session that calls: there is nothing to refuse to whoever may call it.
const ENDS_THE_CALLER: [&str; 2] = ["DELETE /api/v1/sessions/current", "DELETE /api/v1/account/sessions"];

#[test]
fn every_changing_call_leaves_its_entry_and_so_does_every_refused_one() {
    let database = TestDatabase::sqlite();
    let house = House::open(&database);
    for row in rows() {
        let (status, added) = leaves(&house.app, |_| (row.done)(&house));
        // A form that was carried out leads on to another page.
        assert!((200..400).contains(&status) && added >= 1, "{}: {status} with {added} entries", row.route);
        let (status, added) = leaves(&house.app, |_| (row.refused)(&house));
        let is_refused = status >= 400 || row.route.ends_with("/batch");
        assert!(is_refused && added >= 1, "{} refused: {status} with {added} entries", row.route);
    }
    for (route, role) in ENDS_THE_CALLER.into_iter().zip([Role::Council, Role::Supervisor]) {
        let (method, path) = split(route);
        let (status, added) = leaves(&house.app, |_| house.call(Who::Role(role), method, path).status);
        assert_eq!((status, added), (204, 1), "{route}");
    }
}

#[test]
fn no_changing_route_is_without_a_row() {
    let mut known: BTreeSet<String> = rows().iter().map(|row| row.route.to_owned()).collect();
    known.extend(ENDS_THE_CALLER.map(str::to_owned));
    for (method, path) in listed().into_iter().filter(|(method, _)| method != "GET") {
        let route = format!("{method} {path}");
        assert!(known.contains(&route), "{route} has no row here");
    }
}

#[test]
fn a_changing_call_by_somebody_who_may_not_leaves_an_entry() {
    let database = TestDatabase::sqlite();
    let house = House::open(&database);
    for (route, marks) in reviewed().into_iter().filter(|(_, marks)| is_for_staff(marks)) {
        let (method, path) = split(&route);
        let barred = Who::all().into_iter().zip(&marks).skip(2).find(|(_, may)| !**may);
        let Some((who, _)) = barred.filter(|_| method != "GET") else { continue };
        let (status, added) = leaves(&house.app, |_| house.call(who, method, path).status);
        assert_eq!((status, added), (403, 1), "{route} by {who:?}");
    }
}
