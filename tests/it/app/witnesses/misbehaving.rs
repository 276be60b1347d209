//! Witnesses that lie, talk nonsense or are not there: nothing of what they say is kept, and it is told.

use std::net::TcpListener;

use zaguan::app::witnesses::Trouble;
use zaguan::outbound::OutboundError;
use zaguan::tlog::CosignatureError;

use super::Scene;
use crate::support::on_every_database;
use crate::support::wait::eventually;
use crate::support::witness::{Manner, TestWitness};

fn says(status: u16, kind: &'static str, body: &str) -> Manner {
    Manner::Says(status, kind, body.as_bytes().to_vec())
}

#[test]
fn what_a_lying_witness_sends_is_never_kept_and_always_told() {
    let elsewhere = TestWitness::start("witness.example/w1");
    let surplus = "— witness.example/w1 AAAAAAAA\nand more";
    let deeds = [
        (Manner::WrongKey, Trouble::Cosignature(CosignatureError::Signature)),
        (Manner::OtherRoot, Trouble::Cosignature(CosignatureError::Signature)),
        (Manner::OtherSize, Trouble::Cosignature(CosignatureError::Signature)),
        (Manner::Ahead(1_000_000_000), Trouble::Future),
        (Manner::Endless, Trouble::Outbound(OutboundError::TooLong)),
        (Manner::Redirects(elsewhere.address), Trouble::Status(307)),
        (says(200, "text/plain", "thank you\n"), Trouble::Cosignature(CosignatureError::Line)),
        (says(200, "text/plain", ""), Trouble::Cosignature(CosignatureError::Line)),
        (says(200, "text/plain", surplus), Trouble::Cosignature(CosignatureError::Line)),
        (says(200, "text/plain", "— another.example AAAAAAAA\n"), Trouble::Cosignature(CosignatureError::Missing)),
        (Manner::Says(200, "text/plain", vec![0xff, 0xfe, b'\n']), Trouble::Outbound(OutboundError::Garbled)),
        (says(403, "text/plain", "no\n"), Trouble::Status(403)),
        (says(404, "text/plain", "no\n"), Trouble::Status(404)),
        (says(500, "text/plain", "no\n"), Trouble::Status(500)),
        (says(422, "text/plain", "no\n"), Trouble::Inconsistent),
        (says(409, "text/html", "0\n"), Trouble::Unsteady),
        (says(409, "text/x.tlog.size", "00\n"), Trouble::Unsteady),
        (says(409, "text/x.tlog.size", "0\n"), Trouble::Unsteady),
        (says(409, "text/x.tlog.size", "3\n"), Trouble::Unsteady),
    ];
    on_every_database(|database| {
        let witness = TestWitness::start("witness.example/w1");
        witness.behave(says(503, "text/plain", "not yet\n"));
        let scene = Scene::of(database, &[&witness]);
        scene.publish();
        let mut failures = 1;
        assert_eq!(scene.eventually_failed(&witness, failures), Trouble::Status(503));
        for (manner, trouble) in deeds.clone() {
            let said = format!("{manner:?}");
            witness.remember(0, [0; 32]);
            witness.behave(manner);
            scene.wait_out();
            failures += 1;
            assert_eq!(scene.eventually_failed(&witness, failures), trouble, "{said}");
            assert_eq!(scene.kept(&witness), None, "{said}");
        }
        assert!(elsewhere.asked().is_empty(), "no redirection is followed");
        witness.behave(Manner::Honest);
        witness.remember(0, [0; 32]);
        scene.wait_out();
        eventually("whoever comes to reason is believed", || scene.kept(&witness).is_some());
    });
}

#[test]
fn a_witnesss_clock_may_be_five_minutes_ahead_and_no_more() {
    on_every_database(|database| {
        let witness = TestWitness::start("witness.example/w1");
        witness.behave(Manner::Ahead(301));
        let scene = Scene::of(database, &[&witness]);
        // Published after a jump of the clock: by that time, and not by the one before, the witness signs.
        let later = (scene.app.app.now() + chrono::TimeDelta::minutes(2)).timestamp();
        witness.state.lock().unwrap().now = later.try_into().unwrap();
        scene.publish();
        assert_eq!(scene.eventually_failed(&witness, 1), Trouble::Future);
        scene.wait_out();
        let now = scene.app.app.now().timestamp();
        {
            let mut state = witness.state.lock().unwrap();
            (state.now, state.manner) = (now.try_into().unwrap(), Manner::Ahead(300));
        }
        eventually("cosigned", || scene.kept(&witness).is_some());
    });
}

#[test]
fn a_witness_that_cosigned_more_than_there_is_is_shouted_about() {
    on_every_database(|database| {
        // The metrics are those of all tests together.
        let witness = TestWitness::start("witness.example/ahead");
        let scene = Scene::of(database, &[&witness]);
        witness.remember(5_000, [7; 32]);
        let length = scene.publish();
        let trouble = scene.eventually_failed(&witness, 1);
        assert_eq!(trouble, Trouble::Ahead { claimed: 5_000, length });
        assert!(trouble.is_alarm());
        let metrics = scene.app.send("GET", "/metrics", &[], b"").body;
        let alarm = "zaguan_witness_alarm{witness=\"witness.example/ahead\"} 1";
        assert!(metrics.contains(alarm), "{metrics}");
        let counted = "zaguan_witness_answers_total{witness=\"witness.example/ahead\",outcome=\"ahead\"}";
        assert!(metrics.contains(counted), "{metrics}");
    });
}

#[test]
fn a_witness_that_saw_another_history_does_not_cosign_ours_and_that_is_an_alarm() {
    on_every_database(|database| {
        let witness = TestWitness::start("witness.example/w1");
        let scene = Scene::of(database, &[&witness]);
        witness.remember(3, [7; 32]);
        scene.publish();
        let trouble = scene.eventually_failed(&witness, 1);
        assert_eq!((trouble, trouble.is_alarm()), (Trouble::Inconsistent, true));
        assert_eq!(scene.kept(&witness), None);
    });
}

#[test]
fn a_witness_that_saw_a_newer_state_than_the_published_one_is_asked_again_after_the_next() {
    on_every_database(|database| {
        let witness = TestWitness::start("witness.example/w1");
        let scene = Scene::of(database, &[&witness]);
        scene.publish();
        scene.eventually_kept(&witness, scene.app.length());
        // Somebody shows it a receipt's checkpoint, of entries that are not published yet.
        let before = scene.app.length();
        scene.app.grow_to(before + 3);
        let head = scene.app.app.ledger().head();
        witness.remember(head.size, *head.root.as_bytes());
        scene.app.grow_to(before + 6);
        let size = scene.app.length();
        scene.app.publish();
        scene.eventually_kept(&witness, size);
        eventually("in good standing", || scene.health_of(&witness).failures == 0);
    });
}

#[test]
fn who_does_not_speak_tls_where_tls_is_demanded_is_not_spoken_to() {
    on_every_database(|database| {
        let mut witness = TestWitness::start("witness.example/w1");
        witness.scheme = "https";
        let scene = Scene::of(database, &[&witness]);
        scene.publish();
        let trouble = scene.eventually_failed(&witness, 1);
        assert_eq!(trouble, Trouble::Outbound(OutboundError::Untrusted));
        assert!(witness.asked().is_empty(), "nothing went out in the clear");
    });
}

#[test]
fn a_witness_that_is_not_there_is_told_of_and_left_alone_ever_longer() {
    on_every_database(|database| {
        let mut witness = TestWitness::start("witness.example/w1");
        let closed = TcpListener::bind("127.0.0.1:0").unwrap();
        witness.address = closed.local_addr().unwrap();
        drop(closed);
        let scene = Scene::of(database, &[&witness]);
        scene.publish();
        for failures in 1..4 {
            let trouble = scene.eventually_failed(&witness, failures);
            assert_eq!(trouble, Trouble::Outbound(OutboundError::Unreachable));
            scene.wait_out();
        }
    });
}
