//! What a client is not registered for is refused, and the log says so.

use std::sync::Arc;

use chrono::TimeDelta;
use serde_json::{Value, json};
use zaguan::app::assemble::World;
use zaguan::app::authority::Authority;
use zaguan::domain::field::StoreCatalog;
use zaguan::ledger::NoProbe;

use super::bases::{RESIDENT, resident};
use super::{assert_problem, count, entries, last_record};
use crate::support::app::ask;
use crate::support::{SeededEntropy, TestApp, TestDatabase, on_every_database};

fn refused(changes: &[(&str, Value)], code: &'static str) {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let mut ask = ask();
        for (pointer, value) in changes {
            *ask.pointer_mut(pointer).unwrap() = value.clone();
        }
        let before = entries(&app).len();
        let problem = assert_problem(&app.decide(&ask), 403, "not-registered");
        assert_eq!(problem.get("errors"), None);
        assert_eq!(entries(&app).len(), before + 1);
        assert_eq!(count(&app, "decision"), 0);
        let entry = last_record(&app);
        assert_eq!(entry["kind"], "call_refused");
        assert_eq!(entry["actor"], "billing");
        assert_eq!(entry["about"]["reason"], code);
        assert_eq!(entry["about"]["store"], ask["store"]);
        assert_eq!(entry["about"]["requester_kind"], ask["requester"]["kind"]);
        assert_eq!(entry["about"].as_object().unwrap().len(), 3, "nothing else: {entry}");
        assert!(app.app.list_unknown_fields().unwrap().is_empty());
        // What is refused is no decision: it cannot be read back.
        let id = entry["id"].as_str().unwrap();
        assert_problem(&app.get(&format!("/api/v1/decisions/{id}")), 404, "not-found");
        assert_problem(&app.get(&format!("/api/v1/decisions/{id}/receipt")), 404, "not-found");
    });
}

#[test]
fn a_store_that_the_client_is_not_registered_for_is_refused_with_an_entry() {
    refused(&[("/store", json!("library"))], "store_not_registered");
}

#[test]
fn a_store_that_does_not_exist_gets_the_same_answer() {
    refused(&[("/store", json!("no-such-store"))], "store_not_registered");
}

#[test]
fn a_requester_kind_that_the_client_may_not_speak_for_is_refused_with_an_entry() {
    refused(&[("/requester/kind", json!("contractor"))], "requester_kind_not_registered");
    refused(&[("/requester/kind", json!("private_party"))], "requester_kind_not_registered");
}

#[test]
fn an_unknown_store_and_one_of_another_client_cannot_be_told_apart() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let answer = |store: &str| {
        let mut ask = ask();
        ask["store"] = json!(store);
        app.decide(&ask).body
    };
    assert_eq!(answer("library"), answer("no-such-store"));
}

#[test]
fn a_change_made_by_another_process_counts_at_once() {
    on_every_database(|database| {
        let here = TestApp::start(database);
        let mut open = ask();
        open["fields"] = json!(["account_no"]);
        assert_eq!(here.decide(&open).json()["outcome"], "released");
        here.clock.advance(TimeDelta::microseconds(1));
        // The other process gives the client a new secret as it starts.
        let world =
            World { clock: here.clock.clone(), entropy: Arc::new(SeededEntropy::new(2)), probe: Arc::new(NoProbe) };
        let there = TestApp::start_in(database, &[], world, here.clock.clone());
        assert_problem(&here.decide(&open), 401, "unauthenticated");
        let ask_here = || {
            let bearer = format!("Bearer {}", there.token);
            let headers = [("Authorization", bearer.as_str()), ("Content-Type", "application/json")];
            here.send("POST", "/api/v1/decisions", &headers, open.to_string().as_bytes()).json()
        };
        assert_eq!(ask_here()["outcome"], "released");
        let catalog = include_str!("../../../config/catalog/utility-billing.toml");
        let stricter = catalog.replacen("class = \"unprotected\"", "class = \"home_address\"", 1);
        there.app.import_catalog("test", StoreCatalog::parse(&stricter).unwrap()).unwrap();
        assert_eq!(ask_here()["fields"][0]["reason"], "no_legal_basis");
        there
            .app
            .mark_confidential(&Authority::operator(), "utility-billing".parse().unwrap(), &resident(RESIDENT))
            .unwrap();
        assert_eq!(ask_here()["fields"][0]["reason"], "confidential_address");
    });
}

#[test]
fn an_unauthenticated_call_leaves_no_entry() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let before = entries(&app).len();
        let json = [("Content-Type", "application/json")];
        let reply = app.send("POST", "/api/v1/decisions", &json, ask().to_string().as_bytes());
        assert_problem(&reply, 401, "unauthenticated");
        assert_eq!(entries(&app).len(), before);
    });
}
