//! Clients take turns: one that asks far more than all others fills its own line and holds nobody up.

use std::sync::Arc;

use zaguan::ledger::{LedgerError, NoProbe};

use super::probes::Gate;
use super::{Log, Plan, eventually};
use crate::support::app::{Reply, ask};
use crate::support::{TestApp, TestDatabase, on_every_database};

/// Holds the writer on one job while `meanwhile` fills the queue, and gives the tags as they came to stand in the log.
fn order_of(plan: Plan, meanwhile: impl FnOnce(&Log)) -> Vec<String> {
    let gate = Gate::open();
    let log = plan.probe(gate.clone()).start().unwrap();
    std::thread::scope(|scope| {
        let shut = gate.shut();
        let held = scope.spawn(|| log.append("held"));
        eventually("the writer is held", || gate.is_held() && log.ledger.queue_len() == 0);
        meanwhile(&log);
        drop(shut);
        held.join().unwrap().unwrap();
    });
    eventually("everything was taken", || log.ledger.queue_len() == 0);
    log.append("last").unwrap();
    log.demand(&[]);
    log.tags_in_order()
}

fn place_of(order: &[String], tag: &str) -> usize {
    order.iter().position(|found| found == tag).unwrap_or_else(|| panic!("{tag} in {order:?}"))
}

#[test]
fn a_client_with_one_request_does_not_wait_for_another_with_hundreds() {
    on_every_database(|database| {
        let order = order_of(Plan { max_batch: 8, ..Plan::on(database) }, |log| {
            for number in 0..300 {
                log.put_in(log.note(&format!("hot-{number}")).by("hot", 1)).unwrap();
            }
            log.put_in(log.note("calm").by("calm", 1)).unwrap();
        });
        assert_eq!(order.len(), 303);
        assert!(place_of(&order, "calm") <= 2, "{order:?}");
        let hot: Vec<_> = order.iter().filter(|tag| tag.starts_with("hot-")).collect();
        assert_eq!(hot, (0..300).map(|number| format!("hot-{number}")).collect::<Vec<_>>().iter().collect::<Vec<_>>());
    });
}

#[test]
fn three_clients_share_every_commit() {
    on_every_database(|database| {
        let order = order_of(Plan { max_batch: 6, ..Plan::on(database) }, |log| {
            for client in ["a", "b", "c"] {
                for number in 0..20 {
                    log.put_in(log.note(&format!("{client}-{number}")).by(client, 1)).unwrap();
                }
            }
        });
        let first: String = order[1..7].iter().filter_map(|tag| tag.chars().next()).collect();
        assert_eq!(first, "abcabc");
    });
}

#[test]
fn a_batch_too_heavy_for_what_is_left_of_a_commit_goes_first_in_the_next() {
    on_every_database(|database| {
        let order = order_of(Plan { max_batch: 10, ..Plan::on(database) }, |log| {
            log.put_in(log.note("one").by("a", 1)).unwrap();
            log.put_in(log.note("heavy").by("b", 10)).unwrap();
            for number in 0..20 {
                log.put_in(log.note(&format!("many-{number}")).by("c", 1)).unwrap();
            }
        });
        // With the first of each line in the commit there is no room for ten more: it waits once, and not again.
        assert_eq!(place_of(&order, "heavy"), 11, "{order:?}");
    });
}

#[test]
fn the_last_quarter_of_the_queue_is_not_for_a_client_that_fills_the_rest() {
    on_every_database(|database| {
        let plan = Plan { queue_capacity: 40, max_batch: 8, ..Plan::on(database) };
        let order = order_of(plan, |log| {
            for number in 0..30 {
                log.put_in(log.note(&format!("hot-{number}")).by("hot", 1)).unwrap();
            }
            let refused = log.put_in(log.note("too-hot").by("hot", 1));
            assert!(matches!(refused, Err(LedgerError::Crowded)), "{refused:?}");
            for number in 0..9 {
                log.put_in(log.note(&format!("calm-{number}")).by("calm", 1)).unwrap();
            }
            // The city's own work may have the last place.
            log.put_in(log.note("own")).unwrap();
            let refused = log.put_in(log.note("full").by("third", 1));
            assert!(matches!(refused, Err(LedgerError::Overloaded)), "{refused:?}");
        });
        assert!(!order.iter().any(|tag| tag == "too-hot" || tag == "full"), "{order:?}");
        assert_eq!(order.len(), 42);
    });
}

fn start(limit: &str) -> (TestDatabase, TestApp) {
    let database = TestDatabase::sqlite();
    let limits = [("ZAGUAN__LIMITS__DECISIONS_PER_CLIENT_S", limit), ("ZAGUAN__LIMITS__BATCH", "3")];
    let app = TestApp::start_with(&database, &limits, Arc::new(NoProbe));
    (database, app)
}

#[test]
fn a_client_that_asks_more_than_its_limit_is_told_to_wait_and_leaves_no_entry() {
    let (database, app) = start("1");
    let before = database.count("audit_entry");
    let replies: Vec<Reply> = (0..40).map(|_| app.decide(&ask())).collect();
    let (answered, refused): (Vec<_>, Vec<_>) = replies.iter().partition(|reply| reply.status == 200);
    assert!(answered.len() >= 3, "as many as a batch may hold are never too many: {replies:?}");
    assert!(!refused.is_empty());
    for reply in refused {
        assert_eq!((reply.status, reply.header("retry-after")), (429, Some("1")), "{reply:?}");
        assert_eq!(reply.json()["type"], "urn:zaguan:problem:too-many-requests");
    }
    assert_eq!(database.count("audit_entry"), before + i64::try_from(answered.len()).unwrap());
}

#[test]
fn a_batch_counts_as_many_decisions_as_it_holds() {
    let (_database, app) = start("1");
    let batch = serde_json::json!({ "decisions": [ask(), ask(), ask()] });
    let replies: Vec<Reply> = (0..6).map(|_| app.post("/api/v1/decisions/batch", &batch)).collect();
    assert_eq!(replies[0].status, 200, "{:?}", replies[0]);
    assert!(replies[1..].iter().any(|reply| reply.status == 429), "{replies:?}");
}
