//! Checkpoints are published slowly, only when the log has grown, and never backwards.

use std::time::Duration;

use chrono::TimeDelta;
use zaguan::storage::audit;
use zaguan::tlog::Checkpoint;

use super::probes::Gate;
use super::{Log, ORIGIN, Plan, eventually};
use crate::support::on_every_database;

fn sizes(log: &Log) -> Vec<u64> {
    let rows = log.store.read(|conn| audit::list_checkpoints_after(conn, -1, 100)).unwrap();
    rows.iter()
        .map(|row| {
            let known = std::slice::from_ref(&log.verifier);
            let checkpoint = Checkpoint::open(row.note.as_bytes(), known, ORIGIN).unwrap();
            assert_eq!(i64::try_from(checkpoint.size()).unwrap(), row.size);
            checkpoint.size()
        })
        .collect()
}

/// Lets the writer look twice whether something is due; it looks every second when nobody asks.
fn let_it_look(gate: &Gate) {
    let from = gate.batches();
    eventually("the writer has looked twice", || gate.batches() >= from + 2);
}

#[test]
fn a_checkpoint_is_published_when_the_log_grew_and_not_more_often() {
    on_every_database(|database| {
        let gate = Gate::open();
        let plan = Plan { publish_interval: Duration::from_secs(1), ..Plan::on(database) };
        let log = plan.probe(gate.clone()).start().unwrap();
        let_it_look(&gate);
        assert_eq!(sizes(&log), Vec::<u64>::new(), "an empty log is not published");
        log.append("one").unwrap();
        log.append("two").unwrap();
        eventually("the first is published", || !sizes(&log).is_empty());
        let first = sizes(&log);
        log.append("three").unwrap();
        let_it_look(&gate);
        assert_eq!(sizes(&log), first, "by the log's own time no interval has passed");
        log.clock.advance(TimeDelta::seconds(1));
        eventually("the next is published", || sizes(&log).len() == 2);
        assert_eq!(sizes(&log)[1], 3);
        log.clock.advance(TimeDelta::hours(1));
        let_it_look(&gate);
        assert_eq!(sizes(&log).len(), 2, "nothing grew");
        let verified = log.demand(&[]);
        assert_eq!(verified.checkpoints, 2);
    });
}
