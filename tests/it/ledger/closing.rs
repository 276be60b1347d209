//! The end: what waits is still done, what comes later is turned away.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use zaguan::ledger::LedgerError;

use super::probes::Gate;
use super::{Log, Plan, eventually};
use crate::support::on_every_database;

/// Whether a job is turned away; asking leaves a job in the queue when it is not.
fn is_closed(log: &Log, tag: &str) -> bool {
    let job = pin!(log.ledger.judge(log.note(tag)));
    matches!(job.poll(&mut Context::from_waker(Waker::noop())), Poll::Ready(Err(LedgerError::Closed)))
}

#[test]
fn closing_finishes_what_waits_and_turns_away_what_comes_later() {
    on_every_database(|database| {
        let gate = Gate::open();
        let log = Plan { max_batch: 2, ..Plan::on(database) }.probe(gate.clone()).start().unwrap();
        gate.shut();
        let done = std::thread::scope(|scope| {
            let log = &log;
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
                is_closed(log, &format!("asked-{asked}"))
            });
            assert!(!closing.is_finished(), "it did not wait for the jobs");
            gate.release();
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
        gate.shut();
        assert!(!is_closed(&log, "hung up"));
        gate.release();
        let after = log.append("after").unwrap();
        log.demand(&[after]);
        assert!(log.tags().contains_key("hung up"));
    });
}
