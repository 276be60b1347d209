//! `POST /api/v1/decisions/batch`: many requests, one commit, each on its own merits.

use serde_json::{Value, json};

use super::{assert_problem, assert_problem_value, bases, count, entries, post_bytes};
use crate::support::app::{Reply, ask};
use crate::support::{TestApp, TestDatabase, on_every_database};

fn send(app: &TestApp, asks: &[Value]) -> Reply {
    app.post("/api/v1/decisions/batch", &json!({ "decisions": asks }))
}

fn decisions(reply: &Reply) -> Vec<Value> {
    assert_eq!(reply.status, 200, "{reply:?}");
    let body = reply.json();
    assert_eq!(body.as_object().unwrap().len(), 1, "nothing beside the decisions");
    body["decisions"].as_array().unwrap().clone()
}

fn asking_for(field: &str) -> Value {
    let mut ask = ask();
    ask["fields"] = json!([field]);
    ask
}

#[test]
fn answers_stand_in_the_order_of_the_requests_in_one_commit() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let first = entries(&app).len();
        let names: Vec<String> = (0..50).map(|number| format!("field_{number}")).collect();
        let asks: Vec<Value> = names.iter().map(|name| asking_for(name)).collect();
        let answers = decisions(&send(&app, &asks));
        for (number, (answer, name)) in answers.iter().zip(&names).enumerate() {
            assert_eq!(answer["fields"][0]["field"], *name);
            assert_eq!(answer["entry"]["index"], first + number);
            assert_eq!(answer["decided_at"], answers[0]["decided_at"]);
        }
        let ids: std::collections::HashSet<&str> =
            answers.iter().map(|answer| answer["id"].as_str().unwrap()).collect();
        assert_eq!(ids.len(), 50);
        // Each reads back as it was answered.
        let id = answers[7]["id"].as_str().unwrap();
        assert_eq!(app.get(&format!("/api/v1/decisions/{id}")).json(), answers[7]);
    });
}

#[test]
fn an_item_that_is_wrong_fails_alone_and_says_where() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let mut wrong = ask();
        wrong["requester"]["kind"] = json!("marker");
        let mut refused = ask();
        refused["store"] = json!("library");
        let before = entries(&app).len();
        let answers =
            decisions(&send(&app, &[asking_for("account_no"), wrong, json!(17), refused, asking_for("email")]));
        assert_eq!(answers[0]["outcome"], "released");
        assert_problem_value(&answers[1]["error"], 400, "invalid-request");
        assert_eq!(answers[1]["error"]["errors"][0]["member"], "/decisions/1/requester/kind");
        assert_problem_value(&answers[2]["error"], 400, "invalid-request");
        assert_eq!(answers[2]["error"]["errors"][0]["member"], "/decisions/2");
        assert_problem_value(&answers[3]["error"], 403, "not-registered");
        assert_eq!(answers[4]["outcome"], "released");
        for failed in &answers[1..4] {
            assert_eq!(failed.as_object().unwrap().len(), 1, "an error and nothing else: {failed}");
        }
        assert_eq!(entries(&app).len(), before + 3, "two decisions and a refusal");
        assert_eq!((count(&app, "decision"), count(&app, "call_refused")), (2, 1));
        assert_eq!(answers[4]["entry"]["index"], before + 2);
    });
}

#[test]
fn an_item_with_a_broken_escape_fails_alone_and_says_which() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let broken = ask().to_string().replace("ACCT-0048213", "marker\\ud800");
    let body = format!("{{\"decisions\":[{},{broken}]}}", ask());
    let reply = post_bytes(&app, "/api/v1/decisions/batch", body.as_bytes());
    let answers = decisions(&reply);
    assert_eq!(answers[0]["outcome"], "partial");
    assert_problem_value(&answers[1]["error"], 400, "malformed-json");
    assert_eq!(answers[1]["error"]["errors"][0]["member"], "/decisions/1");
    assert!(!reply.body.contains("marker"));
}

#[test]
fn a_batch_of_nothing_but_errors_is_answered_without_an_entry() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let before = entries(&app).len();
    let answers = decisions(&send(&app, &[json!({}), json!([])]));
    assert!(answers.iter().all(|answer| answer["error"]["status"] == 400));
    assert_eq!(entries(&app).len(), before);
}

#[test]
fn a_thousand_requests_are_one_batch_and_one_more_is_too_many() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let mut asks = vec![asking_for("account_no"); 1000];
        let answers = decisions(&send(&app, &asks));
        assert_eq!(answers.len(), 1000);
        assert!(answers.iter().all(|answer| answer["outcome"] == "released"));
        assert_eq!(count(&app, "decision"), 1000);
        asks.push(asking_for("account_no"));
        let problem = assert_problem(&send(&app, &asks), 400, "invalid-request");
        assert_eq!(problem["errors"][0], json!({ "member": "/decisions", "detail": "expected 1 to 1000 requests" }));
        let problem = assert_problem(&send(&app, &[]), 400, "invalid-request");
        assert_eq!(problem["errors"][0]["member"], "/decisions");
        assert_eq!(count(&app, "decision"), 1000);
    });
}

#[test]
fn a_body_that_is_no_batch_is_refused_whole() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let good = ask().to_string();
    for (body, slug, member) in [
        ("marker".to_owned(), "malformed-json", None),
        (format!("{{\"decisions\":[{good}"), "malformed-json", None),
        (format!("{{\"decisions\":[{good}]}} marker"), "malformed-json", None),
        (good.clone(), "invalid-request", Some("/fields")),
        (format!("[{good}]"), "invalid-request", Some("")),
        (format!("[[{good}]]"), "invalid-request", Some("")),
        ("{}".to_owned(), "invalid-request", Some("/decisions")),
        ("{\"decisions\":{}}".to_owned(), "invalid-request", Some("/decisions")),
        ("{\"decisions\":null}".to_owned(), "invalid-request", Some("/decisions")),
        (format!("{{\"decisions\":[{good}],\"marker_name\":\"Zx9\"}}"), "invalid-request", Some("/marker_name")),
        (format!("{{\"decisions\":[{good}],\"decisions\":[{good}]}}"), "invalid-request", Some("/decisions")),
    ] {
        let reply = post_bytes(&app, "/api/v1/decisions/batch", body.as_bytes());
        let problem = assert_problem(&reply, 400, slug);
        assert_eq!(problem["errors"][0]["member"].as_str(), member, "{body}: {problem}");
        assert!(!reply.body.contains("struct") && !reply.body.contains("Request\""), "{reply:?}");
    }
    assert_eq!(count(&app, "decision"), 0);
}

#[test]
fn a_batch_under_a_key_is_answered_again_as_it_was() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let mut single = bases::warrant(&app, 1);
        single.basis.max_uses = Some(1);
        let basis = bases::record(&app, single);
        let released = bases::ask_citing(&[basis]);
        let asks = json!({ "decisions": [released, { "store": 1 }, released, asking_for("account_no")] });
        let key = [("Idempotency-Key", "batch-1")];
        let first = app.post_with("/api/v1/decisions/batch", &key, &asks);
        let outcomes: Vec<Value> = decisions(&first).iter().map(|answer| answer["outcome"].clone()).collect();
        assert_eq!(outcomes, [json!("released"), Value::Null, json!("denied"), json!("released")]);
        let recorded = entries(&app).len();
        app.clock.advance(chrono::TimeDelta::minutes(5));
        let again = app.post_with("/api/v1/decisions/batch", &key, &asks);
        assert_eq!(again.json(), first.json());
        assert_eq!(entries(&app).len(), recorded);
        let other = app.post_with("/api/v1/decisions/batch", &key, &json!({ "decisions": [asking_for("email")] }));
        assert_problem(&other, 409, "idempotency-key-reused");
        assert_eq!(entries(&app).len(), recorded);
    });
}

#[test]
fn a_client_that_was_switched_off_is_turned_away_as_a_whole_with_one_entry() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        app.clock.advance(chrono::TimeDelta::microseconds(1));
        app.app
            .set_client_enabled(&zaguan::app::authority::Authority::operator(), "billing".parse().unwrap(), false)
            .unwrap();
        assert_problem(&send(&app, &[ask(), ask()]), 401, "unauthenticated");
        assert_eq!(count(&app, "decision"), 0);
        assert_eq!(count(&app, "call_refused"), 1, "it cannot flood the log");
    });
}
