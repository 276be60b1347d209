//! One's own account.

use chrono::TimeDelta;
use serde_json::{Value, json};
use zaguan::domain::staff::Role;

use super::{sign_in, start};
use crate::api::{assert_problem, count, last_record};
use crate::support::staff::{Member, PASSWORD};
use crate::support::{TestApp, on_every_database};

const NEW: &str = "an entirely new passphrase";

/// Signs in anew, half a minute later.
fn again(app: &TestApp, member: &Member) -> String {
    app.clock.advance(TimeDelta::seconds(30));
    member.sign_in(&app.app)
}

fn change(app: &TestApp, member: &Member, password: &str, new: &str) -> Value {
    app.clock.advance(TimeDelta::seconds(30));
    json!({ "current_password": password, "new_password": new, "totp": member.next_code(&app.app) })
}

#[test]
fn an_account_shows_its_roles_its_review_and_what_is_left_of_its_codes() {
    on_every_database(|database| {
        let app = start(database);
        let clerk = app.enrol(Role::Records);
        let token = clerk.sign_in(&app.app);
        let shown = app.as_staff(&token).get("/api/v1/account").json();
        assert_eq!(shown["username"], clerk.username.as_str());
        assert_eq!(shown["roles"], json!(["records"]));
        assert_eq!(shown["recovery_codes_left"], 10);
        assert_eq!(shown["last_sign_in_at"], "2031-03-04T12:00:00.000000Z");
        assert_eq!(shown["certification"]["state"], "current");
        assert_eq!(shown["certification"]["days_to_review"], 90);
        assert_eq!(shown["certification"]["certified_by"], "operator");
    });
}

#[test]
fn ones_sessions_are_listed_and_ended_and_anothers_are_not_there() {
    on_every_database(|database| {
        let app = start(database);
        let (clerk, other) = (app.enrol(Role::Records), app.enrol(Role::Records));
        let first = clerk.sign_in(&app.app);
        let second = again(&app, &clerk);
        let stranger = other.sign_in(&app.app);
        let sessions = |token: &str| {
            let listed = app.as_staff(token).get("/api/v1/account/sessions").json();
            listed["sessions"].as_array().unwrap().clone()
        };
        let listed = sessions(&second);
        assert_eq!(listed.len(), 2);
        assert_eq!((&listed[0]["is_current"], &listed[1]["is_current"]), (&json!(true), &json!(false)));
        assert_eq!(listed[0]["address"], crate::support::staff::ADDRESS);
        let path = format!("/api/v1/account/sessions/{}", listed[1]["id"].as_str().unwrap());
        assert_problem(&app.as_staff(&stranger).delete(&path), 404, "not-found");
        assert_eq!(last_record(&app)["kind"], "change_refused");
        assert_eq!(app.as_staff(&second).delete(&path).status, 204);
        assert_problem(&app.as_staff(&first).get("/api/v1/account"), 401, "unauthenticated");
        assert_eq!(sessions(&second).len(), 1);

        let third = again(&app, &clerk);
        assert_eq!(app.as_staff(&third).delete("/api/v1/account/sessions").status, 204);
        for token in [&second, &third] {
            assert_problem(&app.as_staff(token).get("/api/v1/account"), 401, "unauthenticated");
        }
        assert_eq!(sessions(&stranger).len(), 1);
        assert_eq!(last_record(&app)["about"]["sessions"], "2");
    });
}

#[test]
fn a_new_password_ends_every_other_session_and_the_old_one_is_worth_nothing() {
    on_every_database(|database| {
        let app = start(database);
        let clerk = app.enrol(Role::Records);
        let (other, token) = (clerk.sign_in(&app.app), again(&app, &clerk));
        let reply = app.as_staff(&token).post("/api/v1/account/password", &change(&app, &clerk, PASSWORD, NEW));
        assert_eq!(reply.status, 204, "{reply:?}");
        assert_eq!(last_record(&app)["kind"], "password_changed");
        assert_eq!(app.as_staff(&token).get("/api/v1/account").status, 200);
        assert_problem(&app.as_staff(&other).get("/api/v1/account"), 401, "unauthenticated");
        app.clock.advance(TimeDelta::seconds(30));
        assert_problem(&sign_in(&app, &clerk.credentials(&app.app)), 401, "unauthenticated");
        let mut body = clerk.credentials(&app.app);
        body["password"] = json!(NEW);
        assert_eq!(sign_in(&app, &body).status, 201);
    });
}

#[test]
fn a_session_alone_changes_no_credentials_and_who_guesses_has_to_wait() {
    on_every_database(|database| {
        let app = start(database);
        let clerk = app.enrol(Role::Records);
        let token = clerk.sign_in(&app.app);
        let path = "/api/v1/account/password";
        let weak = change(&app, &clerk, PASSWORD, "password2031!");
        let problem = assert_problem(&app.as_staff(&token).post(path, &weak), 400, "invalid-request");
        assert_eq!(problem["errors"][0]["member"], "/new_password");
        let mut wrong_code = change(&app, &clerk, PASSWORD, NEW);
        wrong_code["totp"] = json!("000000");
        let wrong_password = change(&app, &clerk, "another passphrase", NEW);
        let wrong = app.as_staff(&token).post(path, &wrong_code);
        assert_problem(&wrong, 400, "invalid-request");
        assert_eq!(app.as_staff(&token).post(path, &wrong_password).body, wrong.body);
        let right = change(&app, &clerk, PASSWORD, NEW);
        for _ in 0..3 {
            let reply = app.as_staff(&token).post("/api/v1/account/recovery-codes", &json!({ "totp": "000000" }));
            assert_problem(&reply, 400, "invalid-request");
        }
        let waiting = app.as_staff(&token).post(path, &right);
        assert_problem(&waiting, 429, "too-many-attempts");
        assert_eq!(waiting.header("retry-after"), Some("30"));
        assert_eq!(count(&app, "password_changed"), 0);
        assert_eq!(count(&app, "recovery_codes_drawn"), 0);
        // Five wrong ones and the one that had to wait; a weak password is no attempt.
        assert_eq!(count(&app, "change_refused"), 6);
    });
}

#[test]
fn new_recovery_codes_take_the_place_of_the_old_ones() {
    on_every_database(|database| {
        let app = start(database);
        let clerk = app.enrol(Role::Records);
        let token = clerk.sign_in(&app.app);
        app.clock.advance(TimeDelta::seconds(30));
        let body = json!({ "password": PASSWORD, "totp": clerk.next_code(&app.app) });
        let reply = app.as_staff(&token).post("/api/v1/account/recovery-codes", &body);
        assert_eq!(reply.status, 201, "{reply:?}");
        let code = reply.json()["recovery_codes"][9].as_str().unwrap().to_owned();
        let with = |code: &str| json!({ "username": clerk.username, "password": PASSWORD, "recovery_code": code });
        assert_problem(&sign_in(&app, &with(&clerk.recovery_codes[9])), 401, "unauthenticated");
        assert_eq!(sign_in(&app, &with(&code)).status, 201);
        // The code of the app that was shown is used up by that.
        let reply = app.as_staff(&token).post("/api/v1/account/recovery-codes", &body);
        assert_problem(&reply, 400, "invalid-request");
    });
}
