//! `/log/…`: what outsiders need to hold the city to its history.

use std::sync::Arc;

use zaguan::app::assemble::World;
use zaguan::ledger::NoProbe;
use zaguan::tlog::Checkpoint;

use super::receipts::published_key;
use super::{assert_problem, entries};
use crate::support::{ManualClock, SeededEntropy, TestApp, TestDatabase, on_every_database};

const ORIGIN: &str = "records.las-cruces.example/zaguan";

/// The same installation once more, with other dice.
fn start_again(database: &TestDatabase) -> TestApp {
    let clock = Arc::new(ManualClock::new());
    let world = World { clock: clock.clone(), entropy: Arc::new(SeededEntropy::new(2)), probe: Arc::new(NoProbe) };
    TestApp::start_in(database, &[], world, clock)
}

#[test]
fn the_verifier_key_is_public() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let reply = app.send("GET", "/log/vkey", &[], b"");
        assert_eq!(reply.status, 200);
        assert_eq!(reply.header("content-type"), Some("text/plain; charset=utf-8"));
        assert_eq!(reply.header("access-control-allow-origin"), Some("*"));
        assert!(reply.header("cache-control").unwrap().contains("max-age"));
        assert!(reply.body.starts_with(&format!("{ORIGIN}+")) && reply.body.ends_with('\n'), "{}", reply.body);
        assert_eq!(reply.body.lines().count(), 1);
        assert_eq!(published_key(&app).name(), ORIGIN);
    });
}

#[test]
fn a_published_checkpoint_verifies_with_the_published_key() {
    on_every_database(|database| {
        let first = TestApp::start(database);
        let early = first.send("GET", "/log/checkpoint", &[], b"");
        if early.status != 200 {
            assert_problem(&early, 404, "not-found");
        }
        drop(first);
        // The first commit of a start publishes what stands before it.
        let app = start_again(database);
        let reply = app.send("GET", "/log/checkpoint", &[], b"");
        assert_eq!(reply.status, 200, "{reply:?}");
        assert_eq!(reply.header("content-type"), Some("text/plain; charset=utf-8"));
        assert_eq!(reply.header("access-control-allow-origin"), Some("*"));
        assert_eq!(reply.header("cache-control"), Some("max-age=5"));
        let checkpoint = Checkpoint::open(reply.body.as_bytes(), &[published_key(&app)], ORIGIN).unwrap();
        assert!(checkpoint.size() > 0 && checkpoint.size() <= entries(&app).len() as u64);
        // One bit less and it is nobody's word.
        let altered =
            reply.body.replacen(&format!("\n{}\n", checkpoint.size()), &format!("\n{}\n", checkpoint.size() + 1), 1);
        assert!(Checkpoint::open(altered.as_bytes(), &[published_key(&app)], ORIGIN).is_err());
    });
}
