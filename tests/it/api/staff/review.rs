//! The access review: accounts and clients are certified by somebody else every ninety days, warned, then suspended.

use chrono::TimeDelta;
use serde_json::{Value, json};
use zaguan::app::authority::Authority;
use zaguan::domain::staff::Role;

use super::{sign_in, start};
use crate::api::{assert_problem, last_record};
use crate::support::app::{FORM, ask};
use crate::support::staff::Member;
use crate::support::{TestApp, on_every_database};

/// To the microsecond before ninety days, and fourteen more.
fn just_before_review(app: &TestApp) {
    app.clock.set("2031-03-04T12:00:00Z".parse().unwrap());
    app.clock.advance(TimeDelta::days(90) - TimeDelta::microseconds(1));
}

fn tick(app: &TestApp) {
    app.clock.advance(TimeDelta::microseconds(1));
}

fn just_before_suspension(app: &TestApp) {
    app.clock.set("2031-03-04T12:00:00Z".parse().unwrap());
    app.clock.advance(TimeDelta::days(104) - TimeDelta::microseconds(1));
}

fn row(review: &Value, list: &str, key: &str, name: &str) -> Value {
    let rows = review[list].as_array().unwrap();
    rows.iter().find(|row| row[key] == name).unwrap_or_else(|| panic!("{name}: {review}")).clone()
}

fn token_status(app: &TestApp) -> u16 {
    let form = format!("grant_type=client_credentials&client_id=billing&client_secret={}", app.client_secret);
    app.send("POST", "/oauth/token", &[("Content-Type", FORM)], form.as_bytes()).status
}

/// The operator certifies whoever must be there for the test.
fn certify(app: &TestApp, member: &Member) {
    app.app.certify_staff(&Authority::operator(), member.id).unwrap();
}

#[test]
fn an_account_is_current_then_overdue_with_a_warning_then_suspended_to_the_microsecond() {
    on_every_database(|database| {
        let app = start(database);
        let (clerk, _admin) = (app.enrol(Role::Records), app.enrol(Role::Admin));
        just_before_review(&app);
        let reply = sign_in(&app, &clerk.credentials(&app.app)).json();
        assert!(reply["access_token"].is_string() && reply.get("certification").is_none(), "{reply}");
        tick(&app);
        app.clock.advance(TimeDelta::seconds(30));
        let reply = sign_in(&app, &clerk.credentials(&app.app)).json();
        let warning = json!({ "state": "overdue", "suspended_at": "2031-06-16T12:00:00.000000Z" });
        assert_eq!(reply["certification"], warning);
        just_before_suspension(&app);
        let reply = sign_in(&app, &clerk.credentials(&app.app));
        let token = reply.json()["access_token"].as_str().unwrap().to_owned();
        assert_eq!(app.as_staff(&token).get("/api/v1/account").status, 200);
        tick(&app);
        assert_problem(&app.as_staff(&token).get("/api/v1/account"), 401, "unauthenticated");
        app.clock.advance(TimeDelta::seconds(30));
        assert_problem(&sign_in(&app, &clerk.credentials(&app.app)), 401, "unauthenticated");
        assert_eq!(last_record(&app)["about"]["reason"], "suspended");
        certify(&app, &clerk);
        assert_eq!(sign_in(&app, &clerk.credentials(&app.app)).status, 201);
    });
}

#[test]
fn the_last_active_admin_is_warned_and_never_suspended() {
    on_every_database(|database| {
        let app = start(database);
        let (first, second) = (app.enrol(Role::Admin), app.enrol(Role::Admin));
        app.clock.advance(TimeDelta::days(200));
        // Neither was certified in time: one of them must be able to come in, and both may.
        let reply = sign_in(&app, &first.credentials(&app.app));
        assert_eq!(reply.status, 201, "{reply:?}");
        assert_eq!(reply.json()["certification"]["state"], "overdue");
        certify(&app, &second);
        app.clock.advance(TimeDelta::seconds(30));
        assert_problem(&sign_in(&app, &first.credentials(&app.app)), 401, "unauthenticated");
        let token = second.sign_in(&app.app);
        assert_eq!(
            app.as_staff(&token).send("POST", &format!("/api/v1/staff/{}/certification", first.id), None).status,
            204
        );
        assert_eq!(last_record(&app)["kind"], "access_certified");
        assert_eq!(sign_in(&app, &first.credentials(&app.app)).status, 201);
    });
}

#[test]
fn a_client_that_nobody_certified_gets_no_token_and_no_decision() {
    on_every_database(|database| {
        let app = start(database);
        let admin = app.enrol(Role::Admin);
        just_before_suspension(&app);
        let token = app.new_token();
        let decided = |token: &str| {
            let bearer = format!("Bearer {token}");
            let headers = [("Authorization", bearer.as_str()), ("Content-Type", "application/json")];
            app.send("POST", "/api/v1/decisions", &headers, ask().to_string().as_bytes())
        };
        let before = decided(&token);
        assert_eq!(before.status, 200, "overdue, and still in force");
        tick(&app);
        assert_problem(&decided(&token), 401, "unauthenticated");
        assert_eq!(last_record(&app)["about"]["reason"], "client_suspended");
        let path = format!("/api/v1/decisions/{}", before.json()["id"].as_str().unwrap());
        let read = || app.send("GET", &path, &[("Authorization", &format!("Bearer {token}"))], b"").status;
        assert_eq!(read(), 401);
        assert_eq!(token_status(&app), 401);
        assert_eq!(last_record(&app)["kind"], "token_refused");
        assert_eq!(last_record(&app)["about"]["reason"], "client_suspended");
        certify(&app, &admin);
        let staff = admin.sign_in(&app.app);
        let certification = "/api/v1/clients/billing/certification";
        assert_eq!(app.as_staff(&staff).send("POST", certification, None).status, 204);
        assert_eq!(decided(&token).status, 200);
        assert_eq!(read(), 200);
        assert_eq!(token_status(&app), 200);
        let unknown = "/api/v1/clients/no-such-client/certification";
        assert_problem(&app.as_staff(&staff).send("POST", unknown, None), 404, "not-found");
    });
}

#[test]
fn the_review_says_who_holds_what_when_it_was_used_and_what_is_due() {
    on_every_database(|database| {
        let app = start(database);
        let (admin, auditor, clerk) = (app.enrol(Role::Admin), app.enrol(Role::Auditor), app.enrol(Role::Records));
        let token = auditor.sign_in(&app.app);
        let review = app.as_staff(&token).get("/api/v1/access-review").json();
        let row_of = |review: &Value, member: &Member| row(review, "accounts", "username", &member.username);
        assert_eq!(row_of(&review, &auditor)["last_used_at"], "2031-03-04T12:00:00.000000Z");
        assert_eq!(row_of(&review, &clerk)["last_used_at"], Value::Null);
        assert_eq!(row_of(&review, &clerk)["has_second_factor"], true);
        assert_eq!(row_of(&review, &clerk)["certification"]["state"], "current");
        let billing = row(&review, "clients", "id", "billing");
        assert_eq!(billing["last_used_at"], "2031-03-04T12:00:00.000000Z");
        assert_eq!(billing["stores"], json!(["utility-billing"]));
        assert_eq!(billing["certification"]["certified_by"], "operator");
        assert_eq!(billing["certification"]["days_to_review"], 90);
        // A reset account has no second factor; somebody who is overdue is below zero.
        app.app.reset_staff(&Authority::operator(), clerk.id).unwrap();
        app.clock.advance(TimeDelta::days(91));
        certify(&app, &admin);
        let token = admin.sign_in(&app.app);
        let review = app.as_staff(&token).get("/api/v1/access-review").json();
        assert_eq!(row_of(&review, &clerk)["has_second_factor"], false);
        assert_eq!(row_of(&review, &clerk)["recovery_codes_left"], 0);
        assert_eq!(row_of(&review, &clerk)["certification"]["state"], "overdue");
        assert_eq!(row_of(&review, &clerk)["certification"]["days_to_review"], -1);
        assert_eq!(row_of(&review, &admin)["certification"]["state"], "current");
    });
}
