//! `/health/…`, `/metrics`, and what callers are told while no entry can be written.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use serde_json::json;
use zaguan::ledger::{Probe, Step};
use zaguan::storage::StoreError;

use super::{assert_problem, count, entries};
use crate::support::app::ask;
use crate::support::{TestApp, TestDatabase, on_every_database};

/// Fails one step for as long as it is told to.
struct Failing {
    is_failing: AtomicBool,
    at: Step,
}

impl Failing {
    fn at(at: Step) -> Arc<Self> {
        Arc::new(Self { is_failing: AtomicBool::new(false), at })
    }

    fn set(&self, is_failing: bool) {
        self.is_failing.store(is_failing, Ordering::SeqCst);
    }
}

impl Probe for Failing {
    fn reached(&self, step: Step) -> Result<(), StoreError> {
        let fails = step == self.at && self.is_failing.load(Ordering::SeqCst);
        if fails { Err(StoreError::Corrupt("the disk is full, says marker")) } else { Ok(()) }
    }
}

/// Asks until the answer is as wanted, or ten seconds have passed.
fn wait_until(what: &str, is_done: impl Fn() -> bool) {
    let begun = Instant::now();
    while !is_done() {
        assert!(begun.elapsed() < Duration::from_secs(10), "still not: {what}");
        std::thread::yield_now();
    }
}

#[test]
fn health_is_open_to_everybody_and_says_nothing_more() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let live = app.send("GET", "/health/live", &[], b"");
    assert_eq!((live.status, live.json()), (200, json!({ "status": "live" })));
    let ready = app.send("GET", "/health/ready", &[], b"");
    assert_eq!((ready.status, ready.json()), (200, json!({ "status": "ready" })));
}

#[test]
fn without_an_entry_nothing_is_released_and_the_service_is_not_ready() {
    for step in [Step::Connect, Step::Begun, Step::FactsLoaded, Step::Judged, Step::Appended, Step::Written] {
        on_every_database(|database| {
            let probe = Failing::at(step);
            let app = TestApp::start_with(database, &[], probe.clone());
            let mut open = ask();
            open["fields"] = json!(["account_no"]);
            let path = format!("/api/v1/decisions/{}", app.decide(&open).json()["id"].as_str().unwrap());
            let decided = count(&app, "decision");
            probe.set(true);
            for reply in [
                app.decide(&open),
                app.post("/api/v1/decisions/batch", &json!({ "decisions": [open, open] })),
                app.post_with("/api/v1/decisions", &[("Idempotency-Key", "k")], &open),
            ] {
                assert_problem(&reply, 503, "audit-log-unwritable");
                assert_eq!(reply.header("retry-after"), Some("5"));
                assert!(!reply.body.contains("permit") && !reply.body.contains("marker"), "{reply:?}");
            }
            let form = format!("grant_type=client_credentials&client_id=billing&client_secret={}", app.client_secret);
            let token =
                app.send("POST", "/oauth/token", &[("Content-Type", crate::support::app::FORM)], form.as_bytes());
            assert_problem(&token, 503, "audit-log-unwritable");
            let ready = app.send("GET", "/health/ready", &[], b"");
            assert_eq!(ready.status, 503, "{ready:?}");
            assert_eq!(ready.json()["status"], "not_ready");
            assert!(!ready.body.contains("marker"));
            assert_eq!(app.send("GET", "/health/live", &[], b"").status, 200);
            // What was decided before can still be read.
            assert_eq!(app.get(&path).status, 200);
            assert_eq!(count(&app, "decision"), decided);
            probe.set(false);
            let reply = app.post_with("/api/v1/decisions", &[("Idempotency-Key", "k")], &open);
            assert_eq!(reply.json()["outcome"], "released", "{reply:?}");
            assert_eq!(app.send("GET", "/health/ready", &[], b"").status, 200);
        });
    }
}

#[test]
fn readiness_comes_back_by_itself() {
    let probe = Failing::at(Step::Judged);
    let database = TestDatabase::sqlite();
    let app = TestApp::start_with(&database, &[], probe.clone());
    probe.set(true);
    assert_eq!(app.decide(&ask()).status, 503);
    probe.set(false);
    wait_until("writable", || app.app.ledger().health().is_writable);
    assert_eq!(app.send("GET", "/health/ready", &[], b"").status, 200);
    assert_eq!(count(&app, "service_recovered"), 1);
}

/// Holds the writer at the door.
#[derive(Default)]
struct Holding {
    is_closed: Mutex<bool>,
    opened: Condvar,
    held: AtomicUsize,
}

impl Holding {
    fn close(&self, is_closed: bool) {
        *self.is_closed.lock().unwrap() = is_closed;
        self.opened.notify_all();
    }
}

impl Probe for Holding {
    fn reached(&self, step: Step) -> Result<(), StoreError> {
        if step == Step::Connect {
            let is_closed = self.is_closed.lock().unwrap();
            if *is_closed {
                self.held.fetch_add(1, Ordering::SeqCst);
            }
            drop(self.opened.wait_while(is_closed, |is_closed| *is_closed).unwrap());
        }
        Ok(())
    }
}

#[test]
fn a_full_queue_is_overloaded_and_decides_nothing() {
    let probe = Arc::new(Holding::default());
    let capacity = [("ZAGUAN__AUDIT__QUEUE_CAPACITY", "1")];
    let database = TestDatabase::sqlite();
    let app = TestApp::start_with(&database, &capacity, probe.clone());
    let before = entries(&app).len();
    probe.close(true);
    std::thread::scope(|scope| {
        let in_hand = scope.spawn(|| app.decide(&ask()).status);
        wait_until("the writer holds one", || {
            probe.held.load(Ordering::SeqCst) > 0 && app.app.ledger().queue_len() == 0
        });
        let waiting = scope.spawn(|| app.decide(&ask()).status);
        wait_until("one waits", || app.app.ledger().queue_len() == 1);
        let turned_away = app.decide(&ask());
        probe.close(false);
        assert_problem(&turned_away, 503, "overloaded");
        assert_eq!(turned_away.header("retry-after"), Some("1"));
        assert_eq!((in_hand.join().unwrap(), waiting.join().unwrap()), (200, 200));
    });
    assert_eq!(entries(&app).len(), before + 2);
}

#[test]
fn metrics_are_prometheus_text_and_count_decisions() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let mut open = ask();
    open["fields"] = json!(["account_no"]);
    app.decide(&open);
    app.decide(&ask());
    let reply = app.send("GET", "/metrics", &[], b"");
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("content-type"), Some("text/plain; version=0.0.4; charset=utf-8"));
    for name in [
        "zaguan_decisions_total{outcome=\"released\"}",
        "zaguan_decisions_total{outcome=\"partial\"}",
        "zaguan_http_requests_total{route=\"/api/v1/decisions\",status=\"200\"}",
        "zaguan_http_request_seconds_bucket",
        "zaguan_ledger_batch_seconds",
        "zaguan_ledger_queue_jobs",
        "zaguan_ledger_size",
    ] {
        assert!(reply.body.contains(name), "{name} is not in\n{}", reply.body);
    }
    for line in reply.body.lines().filter(|line| !line.is_empty() && !line.starts_with("# ")) {
        let (_, value) = line.rsplit_once(' ').unwrap();
        assert!(value.parse::<f64>().is_ok(), "{line}");
    }
}
