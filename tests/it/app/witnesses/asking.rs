//! What an honest witness is asked, and what comes of its answer.

use zaguan::app::witnesses::{Trouble, WitnessKeeper};
use zaguan::outbound::OutboundError;

use super::Scene;
use crate::support::app::ask;
use crate::support::on_every_database;
use crate::support::wait::eventually;
use crate::support::witness::{Manner, TestWitness};

#[test]
fn each_publication_is_proven_to_continue_what_the_witness_cosigned_before() {
    on_every_database(|database| {
        let witness = TestWitness::start("witness.example/w1");
        let scene = Scene::of(database, &[&witness]);
        let sizes: Vec<u64> = (0..4)
            .map(|_| {
                let size = scene.publish();
                scene.eventually_kept(&witness, size);
                assert_eq!(witness.size(), size);
                size
            })
            .collect();
        let asked = witness.asked();
        assert!(asked[0].starts_with("old 0\n\n"), "{}", asked[0]);
        for (question, before) in asked[1..].iter().zip(&sizes) {
            assert!(question.starts_with(&format!("old {before}\n")), "{question}");
        }
        assert_eq!(asked.len(), sizes.len(), "nobody is asked twice for the same");
    });
}

#[test]
fn a_cosignature_leaves_no_entry() {
    on_every_database(|database| {
        let witness = TestWitness::start("witness.example/w1");
        let scene = Scene::of(database, &[&witness]);
        let size = scene.publish();
        scene.eventually_kept(&witness, size);
        assert_eq!(scene.app.length(), size);
    });
}

#[test]
fn a_witness_that_forgot_everything_is_begun_with_anew() {
    on_every_database(|database| {
        let witness = TestWitness::start("witness.example/w1");
        let scene = Scene::of(database, &[&witness]);
        let first = scene.publish();
        scene.eventually_kept(&witness, first);
        let root = witness.state.lock().unwrap().root;
        witness.remember(0, [0; 32]);
        let second = scene.publish();
        scene.eventually_kept(&witness, second);
        assert!(witness.asked().last().unwrap().starts_with("old 0\n\n"));
        // It was restored from a copy: an older state, which is proven from as well.
        witness.remember(first, root);
        let third = scene.publish();
        scene.eventually_kept(&witness, third);
        assert!(witness.asked().last().unwrap().starts_with(&format!("old {first}\n")));
        assert_eq!(scene.health_of(&witness).failures, 0, "that is no failure");
    });
}

#[test]
fn a_witness_that_does_not_answer_is_given_up_and_holds_up_neither_decisions_nor_others() {
    on_every_database(|database| {
        let (slow, quick) = (TestWitness::start("witness.example/slow"), TestWitness::start("witness.example/quick"));
        slow.behave(Manner::Silent);
        let scene = Scene::of(database, &[&slow, &quick]);
        let size = scene.publish();
        eventually("the slow one is being asked", || !slow.asked().is_empty());
        assert_eq!(scene.app.decide(&ask()).status, 200);
        scene.eventually_kept(&quick, size);
        let trouble = scene.eventually_failed(&slow, 1);
        assert_eq!(trouble, Trouble::Outbound(OutboundError::TimedOut));
        assert_eq!((scene.kept(&slow), slow.asked().len()), (None, 1), "it is left alone for a while");
        slow.behave(Manner::Honest);
        slow.remember(0, [0; 32]);
        scene.wait_out();
        eventually("asked again", || scene.kept(&slow).is_some());
        // It is kept a moment before it is noted.
        eventually("in good standing", || scene.health_of(&slow).failures == 0);
    });
}

#[test]
fn a_program_that_ends_waits_for_no_witness() {
    on_every_database(|database| {
        let witness = TestWitness::start("witness.example/w1");
        witness.behave(Manner::Silent);
        let mut scene = Scene::of(database, &[&witness]);
        scene.publish();
        eventually("it is being asked", || !witness.asked().is_empty());
        drop(scene.keeper.take());
        assert_eq!(scene.health_of(&witness).failures, 0, "the question was still open");
    });
}

#[test]
fn two_processes_that_ask_at_once_harm_nothing() {
    on_every_database(|database| {
        let witness = TestWitness::start("witness.example/w1");
        let scene = Scene::of(database, &[&witness]);
        let beside: Vec<_> = (0..3).map(|_| WitnessKeeper::start(&scene.app.app).unwrap()).collect();
        for _ in 0..3 {
            let size = scene.publish();
            scene.eventually_kept(&witness, size);
            scene.wait_out();
        }
        drop(beside);
        assert_eq!(scene.database.count("audit_cosignature"), 3);
        assert!(scene.health_of(&witness).trouble.is_none_or(|trouble| !trouble.is_alarm()));
    });
}
