//! Whoever fails has to wait, and nobody can keep another out for ever.

use chrono::TimeDelta;
use serde_json::{Value, json};
use zaguan::domain::staff::Role;

use super::{sign_in, start, start_with};
use crate::api::{assert_problem, last_record};
use crate::support::app::Reply;
use crate::support::staff::Member;
use crate::support::{TestApp, TestDatabase, on_every_database};

/// Proxies are believed here, so that each call can come from an address of its own.
const PROXIED: [(&str, &str); 1] = [("ZAGUAN__SERVER__TRUST_FORWARDED", "true")];

fn from(app: &TestApp, address: &str, body: &Value) -> Reply {
    let headers = [("Content-Type", "application/json"), ("X-Forwarded-For", address)];
    app.send("POST", "/api/v1/sessions", &headers, body.to_string().as_bytes())
}

fn guess(name: &str) -> Value {
    json!({ "username": name, "password": "a guess of somebody", "totp": "000000" })
}

/// So many failures under this name, each from an address of its own.
fn fail(app: &TestApp, name: &str, times: u32, net: &str) {
    for number in 0..times {
        assert_problem(&from(app, &format!("{net}.{number}"), &guess(name)), 401, "unauthenticated");
    }
}

fn enrolled(database: &TestDatabase) -> (TestApp, Member) {
    let app = start_with(database, &PROXIED);
    let clerk = app.enrol(Role::Records);
    (app, clerk)
}

#[test]
fn five_failures_under_a_name_make_everybody_wait_who_comes_under_it_and_the_wait_doubles() {
    on_every_database(|database| {
        let (app, clerk) = enrolled(database);
        for name in [clerk.username.as_str(), "nobody.here"] {
            fail(&app, name, 5, "198.51.100");
            for wait in [30_i64, 60, 120, 240, 480, 900, 900] {
                app.clock.advance(TimeDelta::seconds(1));
                let waiting = from(&app, "203.0.113.1", &guess(name));
                assert_problem(&waiting, 429, "too-many-attempts");
                assert_eq!(waiting.header("retry-after"), Some(&*(wait - 1).to_string()), "{name}");
                assert_eq!(last_record(&app)["about"]["reason"], "wait");
                app.clock.advance(TimeDelta::seconds(wait - 1));
                // One microsecond early it would still be 429: the wait is over to the microsecond.
                assert_problem(&from(&app, &format!("192.0.2.{}", wait % 250), &guess(name)), 401, "unauthenticated");
            }
            app.clock.advance(TimeDelta::hours(1));
        }
    });
}

#[test]
fn while_there_is_a_wait_the_right_password_waits_too_and_success_forgets_the_name() {
    on_every_database(|database| {
        let (app, clerk) = enrolled(database);
        fail(&app, &clerk.username, 5, "198.51.100");
        let right = clerk.credentials(&app.app);
        assert_problem(&from(&app, "203.0.113.1", &right), 429, "too-many-attempts");
        app.clock.advance(TimeDelta::seconds(30) - TimeDelta::microseconds(1));
        let late = from(&app, "203.0.113.1", &clerk.credentials(&app.app));
        assert_problem(&late, 429, "too-many-attempts");
        assert_eq!(late.header("retry-after"), Some("1"), "a wait is never said to be nothing");
        app.clock.advance(TimeDelta::microseconds(1));
        assert_eq!(from(&app, "203.0.113.1", &clerk.credentials(&app.app)).status, 201);
        // Four more failures are four, not nine.
        fail(&app, &clerk.username, 4, "198.51.101");
        app.clock.advance(TimeDelta::seconds(30));
        assert_eq!(from(&app, "203.0.113.2", &clerk.credentials(&app.app)).status, 201);
    });
}

#[test]
fn an_address_waits_for_its_own_failures_under_whatever_name_and_success_does_not_help_it() {
    on_every_database(|database| {
        let (app, clerk) = enrolled(database);
        let here = "203.0.113.9";
        for number in 0..4 {
            assert_problem(&from(&app, here, &guess(&format!("nobody{number}"))), 401, "unauthenticated");
        }
        assert_eq!(from(&app, here, &clerk.credentials(&app.app)).status, 201);
        assert_problem(&from(&app, here, &guess("nobody9")), 401, "unauthenticated");
        app.clock.advance(TimeDelta::seconds(29));
        assert_problem(&from(&app, here, &clerk.credentials(&app.app)), 429, "too-many-attempts");
        assert_eq!(from(&app, "203.0.113.10", &clerk.credentials(&app.app)).status, 401, "its code was used: no wait");
        app.clock.advance(TimeDelta::seconds(1));
        assert_eq!(from(&app, here, &clerk.credentials(&app.app)).status, 201);
    });
}

#[test]
fn strangers_failures_do_not_keep_out_who_comes_from_where_they_came_before() {
    on_every_database(|database| {
        let (app, clerk) = enrolled(database);
        assert_eq!(from(&app, "203.0.113.20", &clerk.credentials(&app.app)).status, 201);
        fail(&app, &clerk.username, 5, "198.51.100");
        app.clock.advance(TimeDelta::seconds(29));
        assert_problem(&from(&app, "203.0.113.21", &clerk.credentials(&app.app)), 429, "too-many-attempts");
        app.clock.advance(TimeDelta::seconds(1));
        fail(&app, &clerk.username, 1, "198.51.101");
        assert_eq!(from(&app, "203.0.113.20", &clerk.credentials(&app.app)).status, 201);
    });
}

#[test]
fn who_failed_is_forgotten_after_a_day_of_rest_and_names_are_kept_as_keyed_hashes_only() {
    on_every_database(|database| {
        let app = start(database);
        for name in ["first.stranger", "hunter2 typed in the wrong place"] {
            assert_problem(&sign_in(&app, &guess(name)), 401, "unauthenticated");
        }
        assert_eq!(database.count("sign_in_guard"), 3, "two names, one address");
        app.clock.advance(TimeDelta::hours(24) + TimeDelta::microseconds(1));
        assert_problem(&sign_in(&app, &guess("second.stranger")), 401, "unauthenticated");
        assert_eq!(database.count("sign_in_guard"), 2);
        assert_eq!(database.count("sign_in_guard WHERE failures = 1"), 2);
    });
}
