//! The end: what waits is still done, what comes later is turned away.

use zaguan::ledger::LedgerError;

use super::probes::Gate;
use super::{Plan, eventually};
use crate::support::on_every_database;

#[test]
fn closing_finishes_what_waits_and_turns_away_what_comes_later() {
    on_every_database(|database| {
        let gate = Gate::open();
        let log = Plan { max_batch: 2, ..Plan::on(database) }.probe(gate.clone()).start().unwrap();
        let done = std::thread::scope(|scope| {
            let (log, shut) = (&log, gate.shut());
            let mut waiting = vec![scope.spawn(|| log.append("held"))];
            eventually("the writer is held", || gate.is_held() && log.ledger.queue_len() == 0);
            for number in 0..5 {
                waiting.push(scope.spawn(move || log.append(&format!("waits-{number}"))));
            }
            eventually("all wait", || log.ledger.queue_len() == 5);
            let closing = scope.spawn(|| log.ledger.close());
            let mut asked = 0;
            eventually("the ledger is closing", || {
                asked += 1;
                matches!(log.turned_away(&format!("asked-{asked}")), Some(LedgerError::Closed))
            });
            assert!(!closing.is_finished(), "it did not wait for the jobs");
            drop(shut);
            closing.join().unwrap();
            waiting.into_iter().map(|job| job.join().unwrap().unwrap()).collect::<Vec<_>>()
        });
        assert_eq!(done.len(), 6);
        assert!(matches!(log.append("late"), Err(LedgerError::Closed)));
        assert!(matches!(log.change("late", super::Fault::None), Err(LedgerError::Closed)));
        log.ledger.close();
        let verified = log.demand(&done);
        assert_eq!(verified.anchored, Some(verified.entries), "the anchor is written at the end");
        assert!(!log.tags().contains_key("late"));
    });
}

#[test]
fn a_caller_that_hangs_up_has_its_entry_all_the_same() {
    on_every_database(|database| {
        let gate = Gate::open();
        let log = Plan::on(database).probe(gate.clone()).start().unwrap();
        let shut = gate.shut();
        assert!(log.turned_away("hung up").is_none());
        drop(shut);
        let after = log.append("after").unwrap();
        log.demand(&[after]);
        assert!(log.tags().contains_key("hung up"));
    });
}
