//! A change that is refused or fails leaves no rows, and its neighbours in the same commit do not notice.

use std::thread::ScopedJoinHandle;

use zaguan::ledger::LedgerError;

use super::probes::Gate;
use super::{Acknowledged, Fault, Log, Plan, eventually, marks};
use crate::support::on_every_database;

type Outcome = Result<Result<Acknowledged, &'static str>, LedgerError>;

/// Everything lands in one batch: the writer is held while the queue fills.
fn in_one_batch(log: &Log, gate: &Gate, jobs: &[(&str, Option<Fault>)]) -> Vec<Outcome> {
    std::thread::scope(|scope| {
        let shut = gate.shut();
        let first = scope.spawn(|| log.append("holds the writer").unwrap());
        eventually("the writer is held", || gate.is_held());
        let mut waiting: Vec<ScopedJoinHandle<'_, Outcome>> = Vec::new();
        for (tag, fault) in jobs {
            waiting.push(scope.spawn(move || match fault {
                Some(fault) => log.change(tag, *fault),
                None => log.append(tag).map(Ok),
            }));
            eventually("the job waits", || log.ledger.queue_len() == waiting.len());
        }
        drop(shut);
        first.join().unwrap();
        waiting.into_iter().map(|job| job.join().unwrap()).collect()
    })
}

#[test]
fn a_refused_or_failed_change_leaves_its_neighbours_alone() {
    on_every_database(|database| {
        let gate = Gate::open();
        let log = Plan::on(database).probe(gate.clone()).start().unwrap();
        let outcomes = in_one_batch(
            &log,
            &gate,
            &[
                ("a", Some(Fault::None)),
                ("b", Some(Fault::Refused)),
                ("c", Some(Fault::Statement)),
                ("d", None),
                ("e", Some(Fault::RefusedSilently)),
                ("f", Some(Fault::Statement)),
                ("g", Some(Fault::None)),
                ("h", None),
            ],
        );
        assert!(matches!(outcomes[1], Ok(Err("planted"))));
        assert!(matches!(outcomes[2], Err(LedgerError::Undone(_))));
        assert!(matches!(outcomes[4], Ok(Err("planted"))));
        assert!(matches!(outcomes[5], Err(LedgerError::Undone(_))));
        let done: Vec<Acknowledged> = outcomes.into_iter().flatten().flatten().collect();
        assert_eq!(done.len(), 4);
        log.demand(&done);
        assert_eq!(marks(&log), ["a".to_owned(), "g".to_owned()].into());
        let tags: Vec<String> = log.tags().into_keys().collect();
        assert_eq!(tags, ["a", "d", "g", "h", "holds the writer", "refused b"]);
        // Changes stand before judgements; all of them in one commit.
        assert_eq!(database.count("audit_batch"), 2);
        assert!(log.ledger.health().is_writable);
    });
}

#[test]
fn a_change_that_fails_alone_is_no_failure_of_the_log() {
    on_every_database(|database| {
        let log = Plan::on(database).start().unwrap();
        assert!(matches!(log.change("x", Fault::Statement), Err(LedgerError::Undone(_))));
        assert!(log.ledger.health().is_writable);
        assert_eq!(database.count("audit_entry"), 0);
        assert!(matches!(log.change("y", Fault::Refused), Ok(Err("planted"))));
        assert_eq!(log.tags().into_keys().collect::<Vec<_>>(), ["refused y"]);
        assert!(marks(&log).is_empty());
        log.demand(&[]);
    });
}

#[test]
fn batches_are_no_larger_than_they_may_be() {
    on_every_database(|database| {
        let gate = Gate::open();
        let log = Plan { max_batch: 3, ..Plan::on(database) }.probe(gate.clone()).start().unwrap();
        let jobs = ["a", "b", "c", "d", "e", "f", "g"].map(|tag| (tag, None));
        let done: Vec<Acknowledged> = in_one_batch(&log, &gate, &jobs).into_iter().flatten().flatten().collect();
        assert_eq!(done.len(), 7);
        log.demand(&done);
        let sizes =
            database.texts("SELECT CAST(size_after - first_seq AS TEXT) AS value FROM audit_batch ORDER BY first_seq");
        assert_eq!(sizes, ["1", "3", "3", "1"]);
    });
}
