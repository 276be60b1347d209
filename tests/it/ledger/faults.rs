//! A failure at any step, under load: no fork, no gap, no duplicate, and nothing acknowledged that is not in the log.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
use zaguan::ledger::{LedgerError, Probe, Step};
use zaguan::storage::StoreError;

use super::probes::FailAt;
use super::{Fault, Log, Plan, eventually, hammer, marks};
use crate::support::on_every_database;

fn fails_under_load(step: Step) {
    on_every_database(|database| {
        let probe = FailAt::new(step, 4, 3);
        let log = Plan::on(database).probe(probe.clone()).start().unwrap();
        let (acknowledged, failed) = hammer(&log, "load", 6, 20);
        assert!(probe.is_spent(), "{step:?} did not fail");
        assert_eq!(acknowledged.len() + failed.len(), 120);
        log.demand(&acknowledged);
        if step == Step::Committed {
            assert_eq!(failed, Vec::<String>::new(), "an answer that was only lost is found again");
        } else {
            assert!(!failed.is_empty(), "nobody was told of a failure at {step:?}");
        }
        let tags = log.tags();
        let leftover: Vec<&String> =
            failed.iter().filter(|tag| tags.contains_key(*tag) || marks(&log).contains(*tag)).collect();
        assert!(leftover.is_empty(), "failed, but done: {leftover:?}");
        assert_eq!(tags.len(), acknowledged.len());
        log.append("afterwards").unwrap();
        assert!(log.ledger.health().is_writable);
        log.ledger.close();
        log.demand(&acknowledged);
    });
}

#[test]
fn a_failure_before_the_connection_is_used_harms_nobody() {
    fails_under_load(Step::Connect);
}

#[test]
fn a_failure_when_the_transaction_is_open_harms_nobody() {
    fails_under_load(Step::Begun);
}

#[test]
fn a_failure_when_the_facts_are_loaded_harms_nobody() {
    fails_under_load(Step::FactsLoaded);
}

#[test]
fn a_failure_when_everything_is_judged_harms_nobody() {
    fails_under_load(Step::Judged);
}

#[test]
fn a_failure_when_entries_are_inserted_harms_nobody() {
    fails_under_load(Step::Appended);
}

#[test]
fn a_failure_when_the_batch_is_inserted_harms_nobody() {
    fails_under_load(Step::Written);
}

#[test]
fn an_answer_that_is_lost_after_the_commit_is_found_again() {
    fails_under_load(Step::Committed);
}

#[test]
fn every_step_has_its_test() {
    assert_eq!(Step::ALL.len(), 7);
}

#[test]
fn a_log_that_failed_recovers_by_itself_and_says_so() {
    for step in [Step::Connect, Step::Written] {
        on_every_database(|database| {
            let probe = FailAt::new(step, 0, 0);
            let log = Plan::on(database).probe(probe.clone()).start().unwrap();
            let first = log.append("before").unwrap();
            assert!(log.ledger.health().is_writable);
            probe.fail(1);
            assert!(matches!(log.append("lost"), Err(LedgerError::Unwritable(_))));
            let health = log.ledger.health();
            assert!(!health.is_writable && health.failed_batches >= 1 && health.last_error.is_some(), "{health:?}");
            eventually("the log can be written again", || log.ledger.health().is_writable);
            assert_eq!(log.ledger.health().failed_batches, 0);
            let recovered = database.texts(
                "SELECT CAST(seq AS TEXT) AS value FROM audit_entry WHERE kind = 'service_recovered' AND actor = 'service'",
            );
            assert_eq!(recovered, ["1"]);
            let after = log.append("after").unwrap();
            log.demand(&[first, after]);
        });
    }
}

#[test]
fn a_log_that_keeps_failing_is_never_ready() {
    on_every_database(|database| {
        let probe = FailAt::new(Step::Judged, 0, 0);
        let log = Plan::on(database).probe(probe.clone()).start().unwrap();
        probe.fail(u64::MAX);
        for number in 1..=3 {
            assert!(log.append("lost").is_err());
            assert!(!log.ledger.health().is_writable && log.ledger.health().failed_batches >= number);
        }
        assert_eq!(database.count("audit_entry"), 0);
        probe.fail(0);
        log.append("found").unwrap();
        assert!(log.ledger.health().is_writable);
    });
}

/// Cuts every connection just before a commit: its answer is an error, and the batch is looked for and not found.
struct Cut {
    is_armed: AtomicBool,
    location: zaguan::storage::Location,
}

impl Probe for Cut {
    fn reached(&self, step: Step) -> Result<(), StoreError> {
        if step != Step::Written || !self.is_armed.swap(false, Ordering::SeqCst) {
            return Ok(());
        }
        let zaguan::storage::Location::Postgres(url) = &self.location else { return Ok(()) };
        let sql = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                   WHERE datname = current_database() AND pid <> pg_backend_pid()";
        let mut conn = PgConnection::establish(url).unwrap();
        conn.batch_execute(sql).unwrap();
        Ok(())
    }
}

/// Readers' connections were cut, too; the pool makes new ones as it meets the broken ones.
fn wait_for_readers(log: &Log) {
    eventually("all readers are back", || (0..4).all(|_| log.store.read(zaguan::storage::state::load).is_ok()));
}

#[test]
fn a_connection_that_is_cut_before_its_commit_acknowledges_nothing() {
    let Some(database) = crate::support::TestDatabase::postgres() else { return };
    let probe = Arc::new(Cut { is_armed: AtomicBool::new(false), location: database.location.clone() });
    let log = Plan::on(&database).probe(probe.clone()).start().unwrap();
    let first = log.append("first").unwrap();
    probe.is_armed.store(true, Ordering::SeqCst);
    assert!(log.append("cut").is_err());
    let second = log.append("second").unwrap();
    assert_eq!(second.index, first.index + 1);
    wait_for_readers(&log);
    log.demand(&[first, second]);
    assert!(!log.tags().contains_key("cut"));
}

#[test]
fn a_server_that_cuts_every_connection_again_and_again_loses_nothing() {
    let Some(database) = crate::support::TestDatabase::postgres() else { return };
    let probe = Arc::new(Cut { is_armed: AtomicBool::new(false), location: database.location.clone() });
    let log = Plan::on(&database).probe(probe.clone()).start().unwrap();
    let mut acknowledged = Vec::new();
    for round in 0..4 {
        probe.is_armed.store(true, Ordering::SeqCst);
        acknowledged.extend(hammer(&log, &format!("round-{round}"), 4, 10).0);
    }
    assert!(acknowledged.len() > 80);
    wait_for_readers(&log);
    log.demand(&acknowledged);
}

#[test]
fn a_panic_in_a_judgement_fails_its_batch_alone() {
    on_every_database(|database| {
        let log = Plan::on(database).start().unwrap();
        let before = log.append("before").unwrap();
        let bad = super::Note { panics: true, ..log.note("bad") };
        assert!(matches!(log.ledger.judge_blocking(bad), Err(LedgerError::Unwritable(_))));
        assert!(matches!(log.change("worse", Fault::Panic), Err(LedgerError::Unwritable(_))));
        let after = log.append("after").unwrap();
        assert_eq!(after.index, before.index + 1);
        log.demand(&[before, after]);
        assert!(marks(&log).is_empty());
        assert!(log.ledger.health().is_writable);
    });
}
