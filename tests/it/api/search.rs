//! Decisions looked for by people: found by each filter and by resident, a page at a time, and never without an entry.

use std::sync::Arc;

use chrono::TimeDelta;
use serde_json::{Value, json};
use zaguan::domain::staff::Role;
use zaguan::ledger::NoProbe;

use super::bases::RESIDENT;
use super::{assert_problem, count, last_record};
use crate::support::app::{Reply, ask};
use crate::support::{TestApp, TestDatabase, on_every_database};

const SEARCH: &str = "/api/v1/decisions/search";

/// Four decisions that differ in everything that can be looked for; their ids, oldest first.
fn four(app: &TestApp) -> Vec<String> {
    let enforcement = ask();
    let mut court = ask();
    court["resident"] = json!("ACCT-0000001");
    court["requester"] = json!({ "kind": "court", "agency": "Example Municipal Court" });
    court["purpose"] = json!("court_proceeding");
    court["fields"] = json!(["service_address"]);
    court["legal_bases"] = json!(["0197aaaa-bbbb-7ccc-8ddd-eeeeffff0000"]);
    let mut own = ask();
    own["requester"] = json!({ "kind": "resident_self" });
    own["purpose"] = json!("resident_request");
    let mut unknown = ask();
    unknown["resident"] = json!("ACCT-0000002");
    unknown["fields"] = json!(["shoe_size"]);
    [enforcement, court, own, unknown]
        .iter()
        .map(|ask| {
            app.clock.advance(TimeDelta::seconds(1));
            app.decide(ask).json()["id"].as_str().unwrap().to_owned()
        })
        .collect()
}

fn search(app: &TestApp, token: &str, body: &Value) -> Reply {
    app.as_staff(token).post(SEARCH, body)
}

#[track_caller]
fn ids(reply: &Reply) -> Vec<String> {
    assert_eq!(reply.status, 200, "{reply:?}");
    let page = reply.json();
    page["decisions"].as_array().unwrap().iter().map(|found| found["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn each_filter_finds_what_it_names_and_nothing_else() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let auditor = app.staff(Role::Auditor);
        let made = four(&app);
        let rows: [(Value, &[usize]); 14] = [
            (json!({}), &[3, 2, 1, 0]),
            (json!({ "client": "billing" }), &[3, 2, 1, 0]),
            (json!({ "client": "nobody" }), &[]),
            (json!({ "store": "library" }), &[]),
            (json!({ "requester_kind": "court" }), &[1]),
            (json!({ "agency": "  EXAMPLE municipal court " }), &[1]),
            (json!({ "purpose": "immigration_enforcement" }), &[3, 0]),
            (json!({ "outcome": "denied" }), &[3, 1]),
            (json!({ "outcome": "released" }), &[2]),
            (json!({ "class": "employment" }), &[2, 0]),
            (json!({ "reason": "basis_not_found" }), &[1]),
            // One field of that class for that reason, not one of each.
            (json!({ "class": "unprotected", "reason": "no_legal_basis" }), &[]),
            (json!({ "legal_basis": "0197aaaa-bbbb-7ccc-8ddd-eeeeffff0000" }), &[1]),
            (json!({ "requester_kind": "federal_immigration", "reason": "unclassified_field" }), &[3]),
        ];
        for (filter, expected) in rows {
            let expected: Vec<&String> = expected.iter().map(|number| &made[*number]).collect();
            assert_eq!(ids(&search(&app, &auditor, &filter)).iter().collect::<Vec<_>>(), expected, "{filter}");
            let query: Vec<String> = filter
                .as_object()
                .unwrap()
                .iter()
                .map(|(name, value)| format!("{name}={}", value.as_str().unwrap().replace(' ', "%20")))
                .collect();
            let listed = app.as_staff(&auditor).get(&format!("/api/v1/decisions?{}", query.join("&")));
            assert_eq!(ids(&listed).iter().collect::<Vec<_>>(), expected, "{query:?}");
        }
    });
}

#[test]
fn a_period_begins_with_its_first_instant_and_ends_before_its_last() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let auditor = app.staff(Role::Auditor);
        let made = four(&app);
        let at: Vec<Value> = made
            .iter()
            .map(|id| app.as_staff(&auditor).get(&format!("/api/v1/decisions/{id}")).json()["decided_at"].clone())
            .collect();
        let found =
            |from: &Value, until: &Value| ids(&search(&app, &auditor, &json!({ "from": from, "until": until })));
        assert_eq!(found(&at[1], &at[3]), [made[2].clone(), made[1].clone()]);
        assert_eq!(found(&at[1], &at[1]), Vec::<String>::new());
        let later = json!(at[1].as_str().unwrap().replace('Z', "+00:00").replace(".000000", ".000001"));
        assert_eq!(found(&later, &at[3]), [made[2].clone()]);
        assert_eq!(found(&json!("2000-01-01T00:00:00Z"), &json!("2001-01-01T00:00:00Z")), Vec::<String>::new());
        assert_eq!(found(&json!("2099-01-01T00:00:00Z"), &json!("2100-01-01T00:00:00Z")), Vec::<String>::new());
    });
}

#[test]
fn a_resident_is_found_while_the_link_is_there_and_named_nowhere() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let auditor = app.staff(Role::Auditor);
        let made = four(&app);
        let body = json!({ "store": "utility-billing", "resident": RESIDENT });
        let reply = search(&app, &auditor, &body);
        assert_eq!(ids(&reply), [made[2].clone(), made[0].clone()]);
        assert!(!reply.body.contains(RESIDENT), "{reply:?}");
        let entry = last_record(&app);
        assert_eq!(entry["kind"], "decisions_searched");
        assert_eq!(entry["about"], json!({ "resident_in": "utility-billing", "store": "utility-billing" }));
        assert!(!entry.to_string().contains(RESIDENT));
        // The same id in another store is somebody else.
        assert_eq!(
            ids(&search(&app, &auditor, &json!({ "store": "library", "resident": RESIDENT }))),
            Vec::<String>::new()
        );
        database.tamper("DELETE FROM audit_resident").unwrap();
        assert_eq!(ids(&search(&app, &auditor, &body)), Vec::<String>::new());
        assert_eq!(ids(&search(&app, &auditor, &json!({ "store": "utility-billing" }))).len(), 4);
    });
}

#[test]
fn what_a_retention_rule_erased_is_not_found_by_resident_any_more() {
    on_every_database(|database| {
        let app =
            TestApp::start_with(database, &[("ZAGUAN__RETENTION__DECISION_RESIDENTS_DAYS", "1")], Arc::new(NoProbe));
        four(&app);
        let member = app.enrol(Role::Auditor);
        let body = json!({ "store": "utility-billing", "resident": RESIDENT });
        assert_eq!(ids(&search(&app, &member.sign_in(&app.app), &body)).len(), 2);
        app.clock.advance(TimeDelta::days(2));
        app.app.run_retention("operator").unwrap();
        let auditor = member.sign_in(&app.app);
        assert_eq!(ids(&search(&app, &auditor, &body)), Vec::<String>::new());
        assert_eq!(ids(&search(&app, &auditor, &json!({}))).len(), 4, "the decisions are there all the same");
    });
}

#[test]
fn pages_hold_every_decision_once_whatever_is_decided_meanwhile() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let auditor = app.staff(Role::Auditor);
        let batch = |size| json!({ "decisions": vec![ask(); size] });
        assert_eq!(app.post("/api/v1/decisions/batch", &batch(25)).status, 200);
        let (mut body, mut found) = (json!({ "limit": 10 }), Vec::new());
        loop {
            let page = search(&app, &auditor, &body);
            let page = page.json();
            let indexes = page["decisions"].as_array().unwrap().iter();
            found.extend(indexes.map(|decision| decision["entry"]["index"].as_u64().unwrap()));
            let next = page["next"].clone();
            if next.is_null() {
                break;
            }
            body["cursor"] = next;
            assert_eq!(app.post("/api/v1/decisions/batch", &batch(3)).status, 200);
        }
        let mut sorted = found.clone();
        sorted.sort_unstable_by(|one, other| other.cmp(one));
        sorted.dedup();
        assert_eq!(found.len(), 25);
        assert_eq!(found, sorted, "newest first, each once");
    });
}

#[test]
fn a_search_looks_at_a_bounded_stretch_and_says_where_to_go_on() {
    let database = TestDatabase::sqlite();
    let reach = [("ZAGUAN__LIMITS__SEARCHED_ENTRIES", "1000")];
    let app = TestApp::start_with(&database, &reach, Arc::new(NoProbe));
    let auditor = app.staff(Role::Auditor);
    let mut rare = ask();
    rare["requester"] = json!({ "kind": "court" });
    let rare = app.decide(&rare).json()["id"].clone();
    for _ in 0..3 {
        assert_eq!(app.post("/api/v1/decisions/batch", &json!({ "decisions": vec![ask(); 500] })).status, 200);
    }
    let first = search(&app, &auditor, &json!({ "requester_kind": "court" }));
    assert_eq!(ids(&first), Vec::<String>::new());
    let next = first.json()["next"].clone();
    assert!(next.is_string(), "{first:?}");
    let second = search(&app, &auditor, &json!({ "requester_kind": "court", "cursor": next }));
    assert_eq!(json!(ids(&second)), json!([rare]));
    assert!(second.json()["next"].is_null());
}

#[test]
fn what_cannot_be_looked_for_is_named() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let auditor = app.staff(Role::Auditor);
    for (body, member) in [
        (json!({ "resident": RESIDENT }), "/store"),
        (json!({ "store": "utility-billing", "resident": " " }), "/resident"),
        (json!({ "from": "yesterday" }), "/from"),
        (json!({ "class": "shoes" }), "/class"),
        (json!({ "limit": 101 }), "/limit"),
        (json!({ "limit": 0 }), "/limit"),
        (json!({ "cursor": "x" }), "/cursor"),
        (json!({ "colour": "blue" }), "/colour"),
    ] {
        let problem = assert_problem(&search(&app, &auditor, &body), 400, "invalid-request");
        assert_eq!(problem["errors"][0]["member"], member, "{body}");
        assert!(!problem.to_string().contains(RESIDENT));
    }
    let in_url = app.as_staff(&auditor).get("/api/v1/decisions?store=utility-billing&resident=SOMEBODY");
    assert!(assert_problem(&in_url, 400, "invalid-request")["detail"].as_str().unwrap().contains("never in a URL"));
    assert_problem(&app.as_staff(&auditor).get("/api/v1/decisions?colour=blue"), 400, "invalid-request");
    assert_eq!(count(&app, "decisions_searched"), 0);
}

#[test]
fn an_auditor_reads_any_decision_with_its_receipt_and_leaves_an_entry_each_time() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let auditor = app.staff(Role::Auditor);
        let decided = app.decide(&ask());
        let id = decided.json()["id"].as_str().unwrap().to_owned();
        let read = app.as_staff(&auditor).get(&format!("/api/v1/decisions/{id}"));
        assert_eq!(read.json(), decided.json());
        let entry = last_record(&app);
        assert_eq!((&entry["kind"], &entry["about"]), (&json!("decision_read"), &json!({ "decision": id })));
        let receipt = app.as_staff(&auditor).get(&format!("/api/v1/decisions/{id}/receipt"));
        assert!(receipt.body.starts_with("c2sp.org/tlog-proof@v1\n"), "{receipt:?}");
        assert_eq!(count(&app, "decision_read"), 2);
        // An id of another entry is no decision.
        let other = last_record(&app)["id"].as_str().unwrap().to_owned();
        assert_problem(&app.as_staff(&auditor).get(&format!("/api/v1/decisions/{other}")), 404, "not-found");
        for role in [Role::Records, Role::Counsel, Role::Admin, Role::Council] {
            let token = app.staff(role);
            assert_problem(&app.as_staff(&token).get(&format!("/api/v1/decisions/{id}")), 403, "forbidden");
            assert_problem(&search(&app, &token, &json!({})), 403, "forbidden");
        }
        assert_eq!(count(&app, "decision_read"), 2);
        assert_eq!(count(&app, "decisions_searched"), 0);
    });
}
