//! The queue is bounded: who comes when it is full is turned away, and nothing is recorded of them.

use zaguan::ledger::LedgerError;

use super::probes::Gate;
use super::{Plan, eventually};
use crate::support::app::ask;
use crate::support::{TestApp, on_every_database};

#[test]
fn who_comes_when_the_queue_is_full_is_turned_away() {
    on_every_database(|database| {
        let gate = Gate::open();
        let log = Plan { queue_capacity: 3, ..Plan::on(database) }.probe(gate.clone()).start().unwrap();
        let done = std::thread::scope(|scope| {
            let (log, shut) = (&log, gate.shut());
            let mut waiting = vec![scope.spawn(|| log.append("held"))];
            eventually("the writer is held", || gate.is_held() && log.ledger.queue_len() == 0);
            for number in 0..3 {
                waiting.push(scope.spawn(move || log.append(&format!("waits-{number}"))));
            }
            eventually("the queue is full", || log.ledger.queue_len() == 3);
            for number in 0..5 {
                assert!(matches!(log.turned_away(&format!("refused-{number}")), Some(LedgerError::Overloaded)));
            }
            drop(shut);
            waiting.into_iter().map(|job| job.join().unwrap().unwrap()).collect::<Vec<_>>()
        });
        log.demand(&done);
        assert_eq!(log.tags().into_keys().collect::<Vec<_>>(), ["held", "waits-0", "waits-1", "waits-2"]);
        assert!(log.ledger.health().is_writable, "a full queue is no fault of the log");
        log.append("later").unwrap();
    });
}

#[test]
fn over_http_a_full_queue_is_503_with_a_time_to_come_back() {
    on_every_database(|database| {
        let gate = Gate::open();
        let app = TestApp::start_with(database, &[("ZAGUAN__AUDIT__QUEUE_CAPACITY", "1")], gate.clone());
        let before = database.count("audit_entry");
        std::thread::scope(|scope| {
            let (app, shut) = (&app, gate.shut());
            let held = scope.spawn(|| app.decide(&ask()));
            eventually("the writer is held", || gate.is_held() && app.app.ledger().queue_len() == 0);
            // The writer may have been held by its own work; then the first request waits, and the queue is full by it.
            let waiting = scope.spawn(|| app.decide(&ask()));
            eventually("the queue is full", || app.app.ledger().queue_len() == 1);
            let refused = app.decide(&ask());
            assert_eq!(refused.status, 503, "{refused:?}");
            assert_eq!(refused.header("retry-after"), Some("1"));
            assert_eq!(refused.header("content-type"), Some("application/problem+json"));
            assert_eq!(refused.json()["type"], "urn:zaguan:problem:overloaded");
            assert!(refused.json().get("fields").is_none());
            assert_eq!(app.get("/health/ready").status, 200, "it is full, not broken");
            drop(shut);
            assert_eq!(held.join().unwrap().status, 200);
            assert_eq!(waiting.join().unwrap().status, 200);
        });
        assert_eq!(database.count("audit_entry"), before + 2);
    });
}

#[test]
fn over_http_a_log_that_cannot_be_written_is_503_and_not_ready() {
    on_every_database(|database| {
        let probe = super::probes::FailAt::new(zaguan::ledger::Step::Written, 0, 0);
        let app = TestApp::start_with(database, &[], probe.clone());
        let before = database.count("audit_entry");
        probe.fail(u64::MAX);
        let refused = app.decide(&ask());
        assert_eq!(refused.status, 503, "{refused:?}");
        assert_eq!(refused.json()["type"], "urn:zaguan:problem:audit-log-unwritable");
        assert!(refused.header("retry-after").is_some());
        assert!(!refused.body.contains("planted"), "the database's own words stay inside: {refused:?}");
        assert_eq!(app.get("/health/ready").status, 503);
        assert_eq!(app.get("/health/live").status, 200);
        assert_eq!(database.count("audit_entry"), before);
        probe.fail(0);
        eventually("it is ready again", || app.get("/health/ready").status == 200);
        assert_eq!(app.decide(&ask()).status, 200);
    });
}
