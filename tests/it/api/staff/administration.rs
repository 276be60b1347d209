//! What an admin does about accounts, and what no admin can do.

use std::thread;

use chrono::TimeDelta;
use serde_json::json;
use zaguan::domain::staff::Role;

use super::{sign_in, start};
use crate::api::{assert_problem, count, last_record};
use crate::support::app::Reply;
use crate::support::staff::Member;
use crate::support::{TestApp, TestDatabase, on_every_database};

/// A call about an account.
fn about(app: &TestApp, token: &str, method: &str, who: &Member, what: &str) -> Reply {
    app.as_staff(token).send(method, &format!("/api/v1/staff/{}{what}", who.id), None)
}

fn set_roles(app: &TestApp, token: &str, who: &Member, roles: &[&str]) -> Reply {
    app.as_staff(token).put(&format!("/api/v1/staff/{}/roles", who.id), &json!({ "roles": roles }))
}

#[test]
fn an_admin_invites_and_sees_everybody() {
    on_every_database(|database| {
        let app = start(database);
        let admin = app.enrol(Role::Admin);
        let token = admin.sign_in(&app.app);
        let body = json!({ "username": "ana.ortiz", "name": "Ana Ortiz", "roles": ["counsel"] });
        let invited = app.as_staff(&token).post("/api/v1/staff", &body);
        assert_eq!(invited.status, 201, "{invited:?}");
        let entry = last_record(&app);
        assert_eq!((entry["kind"].as_str(), entry["actor"].as_str()), (Some("staff_invited"), Some(&*admin.username)));
        assert_problem(&app.as_staff(&token).post("/api/v1/staff", &body), 409, "conflict");
        let listed = app.as_staff(&token).get("/api/v1/staff").json();
        let names: Vec<&str> =
            listed["staff"].as_array().unwrap().iter().map(|staff| staff["username"].as_str().unwrap()).collect();
        let mut expected = [admin.username.as_str(), "ana.ortiz"];
        expected.sort_unstable();
        assert_eq!(names, expected);
        let shown =
            app.as_staff(&token).get(&format!("/api/v1/staff/{}", invited.json()["id"].as_str().unwrap())).json();
        assert_eq!((&shown["status"], &shown["certified_by"]), (&json!("invited"), &json!(admin.username)));
        let nobody = "/api/v1/staff/0197c3a0-0000-7000-8000-000000000000";
        assert_problem(&app.as_staff(&token).get(nobody), 404, "not-found");
    });
}

#[test]
fn roles_that_must_not_meet_in_one_person_are_refused_with_a_sentence() {
    let database = TestDatabase::sqlite();
    let app = start(&database);
    let token = app.staff(Role::Admin);
    let clerk = app.enrol(Role::Records);
    for other in ["counsel", "auditor"] {
        let problem = assert_problem(&set_roles(&app, &token, &clerk, &["admin", other]), 400, "invalid-request");
        let sentence = format!("nobody can hold `admin` together with `{other}`");
        assert_eq!(problem["errors"][0]["detail"], sentence.as_str());
    }
    assert_problem(&set_roles(&app, &token, &clerk, &[]), 400, "invalid-request");
    for (member, value) in
        [("username", json!("operator")), ("username", json!("Ana")), ("name", json!(" ")), ("roles", json!(["king"]))]
    {
        let mut body = json!({ "username": "ana.ortiz", "name": "Ana Ortiz", "roles": ["council"] });
        body[member] = value;
        assert_problem(&app.as_staff(&token).post("/api/v1/staff", &body), 400, "invalid-request");
    }
}

#[test]
fn other_roles_and_the_switch_end_the_sessions_at_once() {
    on_every_database(|database| {
        let app = start(database);
        let admin = app.staff(Role::Admin);
        let clerk = app.enrol(Role::Records);
        let signed_in = || {
            app.clock.advance(TimeDelta::seconds(30));
            clerk.sign_in(&app.app)
        };
        let ended = |token: &str| assert_problem(&app.as_staff(token).get("/api/v1/account"), 401, "unauthenticated");
        let token = signed_in();
        assert_eq!(set_roles(&app, &admin, &clerk, &["records", "supervisor"]).status, 204);
        assert_eq!(last_record(&app)["about"]["replaced_roles"], "records");
        ended(&token);
        let token = signed_in();
        assert_eq!(about(&app, &admin, "DELETE", &clerk, "/sessions").status, 204);
        ended(&token);
        let token = signed_in();
        assert_eq!(about(&app, &admin, "POST", &clerk, "/disabling").status, 204);
        ended(&token);
        app.clock.advance(TimeDelta::seconds(30));
        assert_problem(&sign_in(&app, &clerk.credentials(&app.app)), 401, "unauthenticated");
        assert_problem(&about(&app, &admin, "POST", &clerk, "/disabling"), 409, "conflict");
        assert_problem(&about(&app, &admin, "POST", &clerk, "/reset"), 409, "conflict");
        assert_eq!(about(&app, &admin, "POST", &clerk, "/enabling").status, 204);
        assert_problem(&about(&app, &admin, "POST", &clerk, "/enabling"), 409, "conflict");
        // What was ended stays ended.
        ended(&token);
        let shown = app.as_staff(&signed_in()).get("/api/v1/account").json();
        assert_eq!(shown["roles"], json!(["records", "supervisor"]));
    });
}

#[test]
fn nobody_changes_their_own_roles_or_switches_off_or_resets_themselves() {
    on_every_database(|database| {
        let app = start(database);
        let (admin, _other) = (app.enrol(Role::Admin), app.enrol(Role::Admin));
        let token = admin.sign_in(&app.app);
        for reply in [
            set_roles(&app, &token, &admin, &["admin", "records"]),
            about(&app, &token, "POST", &admin, "/disabling"),
            about(&app, &token, "POST", &admin, "/reset"),
            about(&app, &token, "POST", &admin, "/certification"),
        ] {
            assert_problem(&reply, 409, "same-person");
            assert_eq!(last_record(&app)["kind"], "change_refused");
        }
        assert_eq!(app.as_staff(&token).get("/api/v1/staff").status, 200);
    });
}

#[test]
fn the_last_active_admin_is_neither_switched_off_nor_stripped() {
    use zaguan::app::authority::Authority;
    use zaguan::domain::staff::Roles;
    on_every_database(|database| {
        let app = start(database);
        let (first, second) = (app.enrol(Role::Admin), app.enrol(Role::Admin));
        let operator = Authority::operator();
        app.app.disable_staff(&operator, first.id, None).unwrap();
        let records = || Roles::new([Role::Records]).unwrap();
        let said = |failure: zaguan::app::staff::AdministerFailure| failure.to_string();
        let last = "this is the last active admin: make another one first";
        assert_eq!(said(app.app.disable_staff(&operator, second.id, None).unwrap_err()), last);
        assert_eq!(said(app.app.set_staff_roles(&operator, second.id, records()).unwrap_err()), last);
        app.app.enable_staff(&operator, first.id, None).unwrap();
        app.app.set_staff_roles(&operator, second.id, records()).unwrap();
        assert_eq!(said(app.app.disable_staff(&operator, first.id, None).unwrap_err()), last);
    });
}

#[test]
fn of_two_admins_who_switch_each_other_off_at_once_one_stays() {
    on_every_database(|database| {
        let app = &start(database);
        for what in ["/disabling", "/reset"] {
            let (one, two) = (app.enrol(Role::Admin), app.enrol(Role::Admin));
            let tokens = [one.sign_in(&app.app), two.sign_in(&app.app)];
            let mut statuses = thread::scope(|scope| {
                let calls = [(&tokens[0], &two), (&tokens[1], &one)]
                    .map(|(token, other)| scope.spawn(move || about(app, token, "POST", other, what).status));
                calls.map(|call| call.join().unwrap())
            });
            statuses.sort_unstable();
            assert!(statuses[0] < 300 && statuses[1] == 401, "{what}: {statuses:?}");
            let is_fit = |token: &&String| app.as_staff(token).get("/api/v1/staff").status == 200;
            assert_eq!(tokens.iter().filter(is_fit).count(), 1, "{what}");
        }
    });
}

#[test]
fn a_refused_change_of_an_account_is_undone_and_recorded() {
    let database = TestDatabase::sqlite();
    let app = start(&database);
    let token = app.staff(Role::Admin);
    let nobody = "/api/v1/staff/0197c3a0-0000-7000-8000-000000000000/disabling";
    let refused = count(&app, "change_refused");
    assert_problem(&app.as_staff(&token).send("POST", nobody, None), 404, "not-found");
    assert_eq!(count(&app, "change_refused"), refused + 1);
    assert_eq!(last_record(&app)["about"]["change"], "staff_disabled");
}
