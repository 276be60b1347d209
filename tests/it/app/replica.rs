//! Which replica is believed: a copy of this log as it is or was, and no other.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::json;
use zaguan::app::AsOf;
use zaguan::app::assemble::{World, anchor};
use zaguan::app::authority::Authority;
use zaguan::app::decisions::Search;
use zaguan::app::log::{EntryFilter, EntrySearch};
use zaguan::domain::decision::DecisionFilter;
use zaguan::ledger::NoProbe;
use zaguan::storage::Location;

use crate::support::app::{ask, settings};
use crate::support::database::{execute, server, with_database};
use crate::support::{ManualClock, SeededEntropy, TestApp, TestDatabase};

/// A copy of a database as it is now, beside it on the same server; gone with the test.
struct Copy {
    name: String,
    url: String,
}

impl Copy {
    fn of(database: &TestDatabase, what: &str) -> Self {
        let Location::Postgres(url) = &database.location else { unreachable!("only a server's database is copied") };
        let (_, from) = url.rsplit_once('/').unwrap();
        let name = format!("{from}_{what}");
        let server = server().unwrap();
        let end = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{from}'");
        execute(&server, &end);
        execute(&server, &format!("CREATE DATABASE {name} TEMPLATE {from}"));
        Self { url: with_database(&server, &name), name }
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        execute(&server().unwrap(), &format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name));
    }
}

fn start(database: &TestDatabase, more: &[(&str, &str)]) -> TestApp {
    static SEED: AtomicU64 = AtomicU64::new(1);
    // Each process has dice of its own: they write into copies of one log.
    let entropy = Arc::new(SeededEntropy::new(SEED.fetch_add(1, Ordering::Relaxed)));
    let clock = Arc::new(ManualClock::new());
    TestApp::start_in(database, more, World { clock: clock.clone(), entropy, probe: Arc::new(NoProbe) }, clock)
}

fn start_beside(database: &TestDatabase, replica: &Copy) -> TestApp {
    start(database, &[("ZAGUAN__DATABASE__REPLICA_URL", &replica.url)])
}

fn decide(app: &TestApp, agency: &str, count: usize) {
    let mut ask = ask();
    ask["requester"]["agency"] = json!(agency);
    for _ in 0..count {
        assert_eq!(app.decide(&ask).status, 200);
    }
}

fn searched(app: &TestApp) -> (usize, AsOf) {
    let search =
        Search { filter: DecisionFilter::default(), resident: None, before: None, limit: 100, reach: 1_000_000 };
    let page = app.app.search_decisions(&Authority::operator(), &search).unwrap();
    (page.decisions.len(), page.as_of)
}

fn entries_searched(app: &TestApp) -> AsOf {
    let search = EntrySearch { filter: EntryFilter::default(), before: None, limit: 100, reach: 1_000_000 };
    app.app.search_entries(&Authority::operator(), &search).unwrap().as_of
}

#[test]
fn a_copy_of_this_log_is_read_and_says_how_far_it_reaches() {
    let Some(database) = TestDatabase::postgres() else { return };
    decide(&start(&database, &[]), "ICE ERO El Paso", 4);
    let copy = Copy::of(&database, "copy");
    let reaches = u64::try_from(database.count("audit_entry")).unwrap();
    let app = start_beside(&database, &copy);
    decide(&app, "ICE ERO El Paso", 3);
    let as_of = AsOf { entries: reaches, is_replica: true };
    assert_eq!(searched(&app), (4, as_of));
    assert_eq!(entries_searched(&app), as_of);
    let auditor = app.staff(zaguan::domain::staff::Role::Auditor);
    let found = app.as_staff(&auditor).get("/api/v1/decisions").json();
    assert_eq!(found["as_of"], json!(reaches));
    let page = app.desk(zaguan::domain::staff::Role::Auditor).open("/console/entries?all=yes").body;
    assert!(page.contains(&format!("Read from a copy that had {reaches} entries of the log")), "{page}");
}

#[test]
fn a_copy_that_went_its_own_way_is_never_read() {
    let Some(database) = TestDatabase::postgres() else { return };
    decide(&start(&database, &[]), "ICE ERO El Paso", 4);
    let fork = Copy::of(&database, "fork");
    let forking = start(&database, &[("ZAGUAN__DATABASE__URL", &fork.url)]);
    decide(&forking, "Sheriff of Nowhere", 3);
    forking.app.ledger().close();
    drop(forking);
    // The fork has moved the anchor; the true log has not.
    std::fs::remove_file(anchor(&settings(&database, &[])).path()).unwrap();
    let app = start_beside(&database, &fork);
    decide(&app, "ICE ERO El Paso", 9);
    let (found, as_of) = searched(&app);
    assert_eq!((found, as_of.is_replica), (13, false), "the fork's decisions were shown");
    assert_eq!(app.get("/health/ready").status, 200);
}

#[test]
fn a_replica_that_is_not_there_is_missed_by_nobody() {
    let Some(database) = TestDatabase::postgres() else { return };
    let nowhere = "postgres://zaguan@127.0.0.1:1/nothing";
    let app = start(&database, &[("ZAGUAN__DATABASE__REPLICA_URL", nowhere)]);
    decide(&app, "ICE ERO El Paso", 2);
    let (found, as_of) = searched(&app);
    assert_eq!((found, as_of.is_replica), (2, false));
    assert_eq!(app.get("/health/ready").status, 200);
}
