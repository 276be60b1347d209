//! `POST /api/v1/sessions` and `DELETE /api/v1/sessions/current`.

use std::thread;

use chrono::TimeDelta;
use serde_json::{Value, json};
use zaguan::domain::staff::Role;

use super::{sign_in, start, start_again, start_with};
use crate::api::{assert_problem, count, entries, last_record};
use crate::support::app::Reply;
use crate::support::{TestApp, TestDatabase, on_every_database};

fn with(body: &Value, member: &str, value: impl Into<Value>) -> Value {
    let mut body = body.clone();
    body[member] = value.into();
    body
}

/// Moves the clock to the next code.
fn next_step(app: &TestApp) {
    app.clock.advance(TimeDelta::seconds(30));
}

#[track_caller]
fn assert_in(reply: &Reply) -> String {
    assert_eq!(reply.status, 201, "{reply:?}");
    assert_eq!(reply.header("cache-control"), Some("no-store"));
    reply.json()["access_token"].as_str().unwrap().to_owned()
}

#[test]
fn a_password_and_a_code_open_a_session_and_signing_out_ends_it() {
    on_every_database(|database| {
        let app = start(database);
        let clerk = app.enrol(Role::Records);
        let reply = sign_in(&app, &clerk.credentials(&app.app));
        let token = assert_in(&reply);
        assert!(token.starts_with("zgs_") && token.len() == 47, "{token}");
        assert_eq!(reply.json()["expires_at"], "2031-03-05T00:00:00.000000Z", "twelve hours");
        assert_eq!(reply.json().as_object().unwrap().len(), 2, "nothing is overdue: {reply:?}");
        let entry = last_record(&app);
        assert_eq!((entry["kind"].as_str(), entry["actor"].as_str()), (Some("signed_in"), Some(&*clerk.username)));
        assert_eq!(entry["about"]["second_factor"], "totp");

        assert_eq!(app.as_staff(&token).delete("/api/v1/sessions/current").status, 204);
        assert_eq!(last_record(&app)["kind"], "signed_out");
        assert_problem(&app.as_staff(&token).delete("/api/v1/sessions/current"), 401, "unauthenticated");
    });
}

#[test]
fn neither_the_token_nor_the_secrets_stand_in_the_database_or_in_the_log() {
    let database = TestDatabase::sqlite();
    let app = start(&database);
    let clerk = app.enrol(Role::Records);
    let token = assert_in(&sign_in(&app, &clerk.credentials(&app.app)));
    let secret = clerk.totp.to_base32().to_string();
    drop(app);
    let path = database.dir.path();
    for name in ["zaguan.db", "zaguan.db-wal"] {
        let bytes = std::fs::read(path.join(name)).unwrap_or_default();
        for text in [token.as_str(), secret.as_str(), crate::support::staff::PASSWORD, &clerk.recovery_codes[0]] {
            assert!(!bytes.windows(text.len()).any(|window| window == text.as_bytes()), "{text} in {name}");
        }
    }
}

#[test]
fn whatever_is_wrong_the_answer_is_the_same() {
    on_every_database(|database| {
        let app = start_with(database, &[("ZAGUAN__STAFF__FAILURES_BEFORE_WAIT", "100")]);
        let clerk = app.enrol(Role::Records);
        let right = clerk.credentials(&app.app);
        let unknown = with(&right, "username", "nobody.here");
        let no_name = with(&right, "username", "Nobody Here");
        let password = with(&right, "password", "another fictional passphrase");
        let code = with(&right, "totp", "000000");
        let not_a_code = with(&right, "totp", "12345");
        let replies: Vec<Reply> =
            [unknown, no_name, password, code, not_a_code].iter().map(|body| sign_in(&app, body)).collect();
        for reply in &replies {
            assert_problem(reply, 401, "unauthenticated");
            assert_eq!(reply.body, replies[0].body);
        }
        let refused: Vec<Value> = entries(&app)
            .iter()
            .filter(|entry| entry.kind == "sign_in_refused")
            .map(|entry| serde_json::from_slice(&entry.record).unwrap())
            .collect();
        let actors: Vec<&str> = refused.iter().map(|entry| entry["actor"].as_str().unwrap()).collect();
        let own = clerk.username.as_str();
        assert_eq!(actors, ["anonymous", "anonymous", own, own, own]);
        let text = serde_json::to_string(&refused).unwrap();
        assert!(!text.contains("nobody") && !text.contains("127.0.0.1"), "{text}");
        assert_in(&sign_in(&app, &right));
    });
}

#[test]
fn a_code_counts_one_step_early_and_one_late_and_no_more() {
    let database = TestDatabase::sqlite();
    let app = start(&database);
    let clerk = app.enrol(Role::Records);
    app.clock.advance(TimeDelta::minutes(10));
    let at = |seconds| clerk.totp.code_at(app.app.now() + TimeDelta::seconds(seconds));
    for (seconds, status) in [(-60, 401), (60, 401), (-30, 201), (0, 201), (30, 201)] {
        let body = with(&clerk.credentials(&app.app), "totp", at(seconds));
        assert_eq!(sign_in(&app, &body).status, status, "{seconds} seconds");
    }
}

#[test]
fn a_used_code_never_works_twice_nor_does_an_older_one() {
    on_every_database(|database| {
        let app = start(database);
        let clerk = app.enrol(Role::Records);
        let enrolled_with = with(&clerk.credentials(&app.app), "totp", clerk.totp.code_at(app.app.now()));
        assert_problem(&sign_in(&app, &enrolled_with), 401, "unauthenticated");
        let body = clerk.credentials(&app.app);
        assert_in(&sign_in(&app, &body));
        assert_problem(&sign_in(&app, &body), 401, "unauthenticated");
        assert_eq!(last_record(&app)["about"]["reason"], "used_code");
        next_step(&app);
        assert_problem(&sign_in(&app, &body), 401, "unauthenticated");
        assert_in(&sign_in(&app, &clerk.credentials(&app.app)));
    });
}

#[test]
fn of_two_who_use_one_code_at_once_one_comes_in() {
    on_every_database(|database| {
        let app = start(database);
        let clerk = app.enrol(Role::Records);
        let bodies = [
            clerk.credentials(&app.app),
            json!({
                "username": clerk.username, "password": crate::support::staff::PASSWORD,
                "recovery_code": clerk.recovery_codes[3],
            }),
        ];
        for body in &bodies {
            let statuses = thread::scope(|scope| {
                let calls: Vec<_> = (0..2).map(|_| scope.spawn(|| sign_in(&app, body).status)).collect();
                let mut statuses: Vec<u16> = calls.into_iter().map(|call| call.join().unwrap()).collect();
                statuses.sort_unstable();
                statuses
            });
            assert_eq!(statuses, [201, 401]);
        }
        assert_eq!(count(&app, "signed_in"), 2);
    });
}

#[test]
fn a_recovery_code_works_once_however_it_is_typed() {
    on_every_database(|database| {
        let app = start(database);
        let clerk = app.enrol(Role::Records);
        assert_eq!(clerk.recovery_codes.len(), 10);
        let base = json!({ "username": clerk.username, "password": crate::support::staff::PASSWORD });
        let typed = clerk.recovery_codes[0].to_uppercase().replace('-', " ");
        assert_in(&sign_in(&app, &with(&base, "recovery_code", typed)));
        assert_eq!(last_record(&app)["about"]["second_factor"], "recovery_code");
        assert_problem(
            &sign_in(&app, &with(&base, "recovery_code", &*clerk.recovery_codes[0])),
            401,
            "unauthenticated",
        );
        assert_in(&sign_in(&app, &with(&base, "recovery_code", &*clerk.recovery_codes[1])));
        // Another's codes are no codes.
        let other = app.enrol(Role::Records);
        let stolen = with(&base, "recovery_code", &*other.recovery_codes[0]);
        assert_problem(&sign_in(&app, &stolen), 401, "unauthenticated");
    });
}

#[test]
fn what_is_not_an_attempt_is_told_what_it_lacks() {
    let database = TestDatabase::sqlite();
    let app = start(&database);
    let before = entries(&app).len();
    let base = json!({ "username": "somebody", "password": "something" });
    let both = with(&with(&base, "totp", "123456"), "recovery_code", "x");
    for (body, member) in [
        (base.clone(), "/totp"),
        (both, "/recovery_code"),
        (json!({ "username": "somebody", "totp": "123456" }), "/password"),
        (with(&with(&base, "totp", "123456"), "remember_me", true), "/remember_me"),
        (with(&base, "totp", 123_456), "/totp"),
    ] {
        let problem = assert_problem(&sign_in(&app, &body), 400, "invalid-request");
        assert_eq!(problem["errors"][0]["member"], member, "{problem}");
        assert!(!problem.to_string().contains("something"), "{problem}");
    }
    assert_eq!(entries(&app).len(), before);
}

#[test]
fn a_password_that_was_hashed_cheaply_is_hashed_anew_on_sign_in() {
    on_every_database(|database| {
        let app = start(database);
        let clerk = app.enrol(Role::Records);
        let clock = app.clock.clone();
        drop(app);
        let hash = || database.texts("SELECT password_hash AS value FROM staff")[0].clone();
        let cheap = hash();
        assert!(cheap.contains("t=1"), "{cheap}");
        let dearer = [("ZAGUAN__OAUTH__ARGON2_ITERATIONS", "2")];
        let app = start_again(database, &clock, &dearer);
        let wrong = with(&clerk.credentials(&app.app), "password", "another fictional passphrase");
        assert_problem(&sign_in(&app, &wrong), 401, "unauthenticated");
        assert_eq!(hash(), cheap);
        assert_in(&sign_in(&app, &clerk.credentials(&app.app)));
        let dear = hash();
        assert!(dear.contains("t=2"), "{dear}");
        next_step(&app);
        assert_in(&sign_in(&app, &clerk.credentials(&app.app)));
        assert_eq!(hash(), dear);
    });
}
