//! At once: requests that wait, and requests that race.

use std::sync::{Arc, Barrier};

use serde_json::json;
use zaguan::domain::staff::Role;

use super::{Hall, ask_citing, warrant, with};
use crate::api::{assert_problem, count};
use crate::ledger::probes::Gate;
use crate::support::on_every_database;
use crate::support::wait::eventually;

#[test]
fn a_revocation_beats_the_requests_that_were_already_waiting() {
    on_every_database(|database| {
        let gate = Gate::open();
        let hall = Hall::open_with(database, &[], Arc::clone(&gate) as _);
        let id = hall.verified(&warrant());
        let ask = ask_citing(&[&id]);
        assert_eq!(hall.reason(&ask), "legal_basis");
        let shut = gate.shut();
        std::thread::scope(|scope| {
            // The first fills the batch at which the writer is held; the others wait behind it, the revocation last.
            let waiting: Vec<_> = (0..4)
                .map(|before| {
                    let thread = scope.spawn(|| hall.reason(&ask));
                    eventually("the request waits", || gate.is_held() && hall.app.app.ledger().queue_len() >= before);
                    thread
                })
                .collect();
            let queued = hall.app.app.ledger().queue_len();
            let revoked = scope.spawn(|| hall.act(Role::Counsel, &id, "revocation", &json!({ "reason": "quashed" })));
            eventually("the revocation waits", || hall.app.app.ledger().queue_len() > queued);
            drop(shut);
            assert_eq!(revoked.join().unwrap().status, 200);
            let reasons: Vec<String> = waiting.into_iter().map(|thread| thread.join().unwrap()).collect();
            assert_eq!(reasons[1..], ["basis_revoked", "basis_revoked", "basis_revoked"], "{reasons:?}");
        });
    });
}

#[test]
fn sixteen_at_once_race_for_the_last_use_of_a_registered_warrant_and_one_wins() {
    on_every_database(|database| {
        let hall = Hall::open(database);
        let id = hall.verified(&with(&warrant(), "/single_use", json!(true)));
        let ask = ask_citing(&[&id]);
        let start = Barrier::new(16);
        let reasons: Vec<String> = std::thread::scope(|scope| {
            let once = || {
                start.wait();
                hall.reason(&ask)
            };
            let threads: Vec<_> = (0..16).map(|_| scope.spawn(once)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        let of = |reason: &str| reasons.iter().filter(|found| *found == reason).count();
        assert_eq!((of("legal_basis"), of("basis_used_up")), (1, 15), "{reasons:?}");
        assert_eq!(count(&hall.app, "decision"), 16);
        assert_eq!(hall.show(&id)["uses"], 1);
    });
}

#[test]
fn two_who_correct_the_same_basis_at_once_do_not_both_replace_it() {
    on_every_database(|database| {
        let hall = Hall::open(database);
        let old = hall.register(&warrant());
        let correction = with(&warrant(), "/supersedes", json!(old));
        let start = Barrier::new(6);
        let statuses: Vec<u16> = std::thread::scope(|scope| {
            let once = || {
                start.wait();
                hall.post(Role::Records, "/api/v1/legal-bases", &correction).status
            };
            let threads: Vec<_> = (0..6).map(|_| scope.spawn(once)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 1, "{statuses:?}");
        assert_eq!(statuses.iter().filter(|status| **status == 409).count(), 5, "{statuses:?}");
    });
}

#[test]
fn of_verification_and_revocation_at_once_nothing_stays_open() {
    on_every_database(|database| {
        let hall = Hall::open(database);
        let id = hall.register(&warrant());
        hall.scan(&id);
        let start = Barrier::new(2);
        std::thread::scope(|scope| {
            let verify = scope.spawn(|| {
                start.wait();
                hall.act(Role::Counsel, &id, "verification", &super::verified())
            });
            start.wait();
            let revoked = hall.act(Role::Counsel, &id, "revocation", &json!({ "reason": "quashed" }));
            assert_eq!(revoked.status, 200, "{revoked:?}");
            let verified = verify.join().unwrap();
            if verified.status != 200 {
                assert_problem(&verified, 409, "conflict");
            }
        });
        assert_eq!(hall.reason(&ask_citing(&[&id])), "basis_revoked");
    });
}
