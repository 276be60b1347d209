//! `Idempotency-Key`: the same question gets the same answer for a day, and never one that no longer holds.

use std::sync::Barrier;

use chrono::TimeDelta;
use serde_json::{Value, json};
use zaguan::app::authority::Authority;
use zaguan::app::clients::NewClient;

use super::{assert_problem, bases, count, entries};
use crate::support::app::{FORM, Reply, ask};
use crate::support::{TestApp, TestDatabase, on_every_database};

fn keyed(app: &TestApp, key: &str, ask: &Value) -> Reply {
    app.post_with("/api/v1/decisions", &[("Idempotency-Key", key)], ask)
}

fn with_token(app: &TestApp, token: &str, key: &str, ask: &Value) -> Reply {
    let bearer = format!("Bearer {token}");
    let headers = [("Authorization", bearer.as_str()), ("Content-Type", "application/json"), ("Idempotency-Key", key)];
    app.send("POST", "/api/v1/decisions", &headers, ask.to_string().as_bytes())
}

#[test]
fn the_same_key_and_body_get_the_same_decision_and_no_second_entry() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let first = keyed(&app, "k-1", &ask()).json();
        let recorded = entries(&app).len();
        app.clock.advance(TimeDelta::minutes(5));
        let again = keyed(&app, "k-1", &ask());
        assert_eq!(again.status, 200, "{again:?}");
        assert_eq!(again.json(), first, "id, decided_at and index included");
        assert_eq!(entries(&app).len(), recorded);
        // Another key, or none, is another question.
        assert_ne!(keyed(&app, "k-2", &ask()).json()["id"], first["id"]);
        assert_ne!(app.decide(&ask()).json()["id"], first["id"]);
        // Keys are compared exactly.
        assert_ne!(keyed(&app, "K-1", &ask()).json()["id"], first["id"]);
        assert_eq!(entries(&app).len(), recorded + 3);
    });
}

#[test]
fn the_same_key_with_another_body_is_a_conflict() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let first = keyed(&app, "k-1", &ask()).json();
        let recorded = entries(&app).len();
        let mut other = ask();
        other["resident"] = json!("ACCT-marker");
        let reply = keyed(&app, "k-1", &other);
        assert_problem(&reply, 409, "idempotency-key-reused");
        assert!(!reply.body.contains("marker") && !reply.body.contains(first["id"].as_str().unwrap()));
        let batch =
            app.post_with("/api/v1/decisions/batch", &[("Idempotency-Key", "k-1")], &json!({ "decisions": [ask()] }));
        assert_problem(&batch, 409, "idempotency-key-reused");
        assert_eq!(entries(&app).len(), recorded);
        assert_eq!(keyed(&app, "k-1", &ask()).json(), first);
    });
}

#[test]
fn two_clients_may_use_the_same_key() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let new = NewClient {
            id: "permits".parse().unwrap(),
            name: "Permits".to_owned(),
            stores: ["utility-billing".parse().unwrap()].into(),
            requester_kinds: [zaguan::domain::RequesterKind::FederalImmigration].into(),
        };
        let secret = app.app.add_client(&Authority::operator(), new).unwrap();
        let form = format!("grant_type=client_credentials&client_id=permits&client_secret={}", secret.as_str());
        let token = app.send("POST", "/oauth/token", &[("Content-Type", FORM)], form.as_bytes()).json();
        let token = token["access_token"].as_str().unwrap();
        let ours = keyed(&app, "shared", &ask()).json();
        let theirs = with_token(&app, token, "shared", &ask()).json();
        assert_ne!(ours["id"], theirs["id"]);
        assert_eq!(keyed(&app, "shared", &ask()).json(), ours);
        assert_eq!(with_token(&app, token, "shared", &ask()).json(), theirs);
        let mut other = ask();
        other["fields"] = json!(["email"]);
        assert_problem(&with_token(&app, token, "shared", &other), 409, "idempotency-key-reused");
        assert_eq!(count(&app, "decision"), 2);
    });
}

#[test]
fn after_a_day_a_key_is_free_again_to_the_microsecond() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let first = keyed(&app, "k-1", &ask()).json();
        app.clock.advance(TimeDelta::hours(24) - TimeDelta::microseconds(1));
        assert_eq!(with_token(&app, &app.new_token(), "k-1", &ask()).json(), first);
        app.clock.advance(TimeDelta::microseconds(1));
        let mut other = ask();
        other["fields"] = json!(["email"]);
        let token = app.new_token();
        let second = with_token(&app, &token, "k-1", &other);
        assert_eq!(second.status, 200, "{second:?}");
        assert_ne!(second.json()["id"], first["id"]);
        assert_problem(&with_token(&app, &token, "k-1", &ask()), 409, "idempotency-key-reused");
        // The old decision is not gone, only its key.
        let path = format!("/api/v1/decisions/{}", first["id"].as_str().unwrap());
        let read = app.send("GET", &path, &[("Authorization", &format!("Bearer {token}"))], b"");
        assert_eq!(read.json(), first);
    });
}

#[test]
fn sixteen_at_once_with_one_key_make_one_entry() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let start = Barrier::new(16);
        let answers: Vec<Value> = std::thread::scope(|scope| {
            let ask_once = || {
                start.wait();
                keyed(&app, "race", &ask()).json()
            };
            let threads: Vec<_> = (0..16).map(|_| scope.spawn(ask_once)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert!(answers.iter().all(|answer| *answer == answers[0] && answer["id"].is_string()), "{answers:?}");
        assert_eq!(count(&app, "decision"), 1);
    });
}

#[test]
fn a_replay_of_a_release_whose_basis_was_revoked_is_outdated() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let ask = bases::ask_citing(&[bases::record(&app, bases::warrant(&app, 1))]);
        let first = keyed(&app, "k-1", &ask).json();
        assert_eq!(first["outcome"], "released");
        super::basis_reasons::revoke(database);
        let recorded = entries(&app).len();
        for _ in 0..2 {
            let reply = keyed(&app, "k-1", &ask);
            assert_problem(&reply, 409, "idempotency-key-outdated");
            assert!(!reply.body.contains("permit"), "{reply:?}");
        }
        assert_eq!(entries(&app).len(), recorded);
        // With a new key the answer is today's.
        assert_eq!(keyed(&app, "k-2", &ask).json()["fields"][0]["reason"], "basis_revoked");
    });
}

#[test]
fn a_replay_of_a_release_whose_basis_has_expired_is_outdated() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let mut paper = bases::warrant(&app, 1);
        paper.basis.valid_until = Some(app.app.now() + TimeDelta::minutes(5));
        let ask = bases::ask_citing(&[bases::record(&app, paper)]);
        let first = keyed(&app, "k-1", &ask).json();
        app.clock.advance(TimeDelta::minutes(5) - TimeDelta::microseconds(1));
        assert_eq!(keyed(&app, "k-1", &ask).json(), first);
        app.clock.advance(TimeDelta::microseconds(1));
        assert_problem(&keyed(&app, "k-1", &ask), 409, "idempotency-key-outdated");
    });
}

#[test]
fn a_replay_of_a_release_is_outdated_once_the_resident_is_confidential() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let mut ask = ask();
        ask["fields"] = json!(["email"]);
        assert_eq!(keyed(&app, "k-1", &ask).json()["outcome"], "released");
        let store = "utility-billing".parse().unwrap();
        app.app.mark_confidential(&Authority::operator(), store, &bases::resident(bases::RESIDENT)).unwrap();
        assert_problem(&keyed(&app, "k-1", &ask), 409, "idempotency-key-outdated");
    });
}

#[test]
fn a_replay_of_a_single_use_release_is_the_same_release_and_uses_nothing_more() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let mut paper = bases::warrant(&app, 1);
        paper.basis.max_uses = Some(1);
        let ask = bases::ask_citing(&[bases::record(&app, paper)]);
        let first = keyed(&app, "k-1", &ask).json();
        assert_eq!(first["outcome"], "released");
        assert_eq!(keyed(&app, "k-1", &ask).json(), first);
        assert_eq!(keyed(&app, "k-2", &ask).json()["fields"][0]["reason"], "basis_used_up");
        assert_eq!(keyed(&app, "k-1", &ask).json(), first);
        assert_eq!(count(&app, "decision"), 2);
    });
}

#[test]
fn a_denial_is_repeated_even_if_a_basis_would_open_it_now() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let ask = bases::ask_citing(&[bases::id(1).to_string()]);
        let first = keyed(&app, "k-1", &ask).json();
        assert_eq!(first["fields"][0]["reason"], "basis_not_found");
        bases::record(&app, bases::warrant(&app, 1));
        assert_eq!(keyed(&app, "k-1", &ask).json(), first);
        assert_eq!(keyed(&app, "k-2", &ask).json()["outcome"], "released");
    });
}

#[test]
fn what_was_refused_or_malformed_is_not_remembered() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let mut refused = ask();
        refused["store"] = json!("library");
        assert_problem(&keyed(&app, "k-1", &refused), 403, "not-registered");
        assert_problem(&keyed(&app, "k-1", &json!({})), 400, "invalid-request");
        assert_eq!(keyed(&app, "k-1", &ask()).status, 200);
    });
}

#[test]
fn a_client_that_was_disabled_gets_no_replay() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    assert_eq!(keyed(&app, "k-1", &ask()).status, 200);
    app.clock.advance(TimeDelta::microseconds(1));
    app.app.set_client_enabled(&Authority::operator(), "billing".parse().unwrap(), false).unwrap();
    assert_problem(&keyed(&app, "k-1", &ask()), 401, "unauthenticated");
}
