//! Where cosignatures come out again: beneath the public checkpoint, in copies and receipts, on pages, in verifications.

use tempfile::TempDir;
use zaguan::app::assemble::anchor;
use zaguan::app::audit::{Check, verify};
use zaguan::app::authority::Authority;
use zaguan::app::public_log::copy::write_copy;
use zaguan::app::public_log::{Evidence, ReceiptFault, verify_receipt};
use zaguan::tlog::{Cosigner, WitnessKey};

use super::Scene;
use crate::support::app::settings;
use crate::support::on_every_database;
use crate::support::wait::eventually;
use crate::support::witness::{Manner, TestWitness};

fn key(witness: &TestWitness) -> WitnessKey {
    WitnessKey::parse(&witness.vkey()).unwrap()
}

#[test]
fn cosignatures_stand_beneath_the_public_checkpoint_in_copies_and_in_receipts() {
    on_every_database(|database| {
        let witnesses = ["witness.example/w1", "witness.example/w2"].map(TestWitness::start);
        let [first, second] = &witnesses;
        second.behave(Manner::Silent);
        let scene = Scene::of(database, &[first, second]);
        let size = scene.publish();
        scene.eventually_kept(first, size);
        let public = || scene.app.send("GET", "/log/checkpoint", &[], b"").body;
        scene.wait_out();
        eventually("it is served", || public().contains("— witness.example/w1 "));
        let note = public();
        assert!(!note.contains("witness.example/w2"), "{note}");
        let dir = TempDir::new().unwrap();
        let copy = dir.path().join("copy");
        write_copy(scene.app.app.store(), &scene.app.app.log_keys(), &copy, |_, _| {}).unwrap();
        assert_eq!(std::fs::read_to_string(copy.join("checkpoint")).unwrap(), note);
        let receipt = scene.app.app.entry_receipt(&Authority::operator(), 2, None).unwrap().unwrap().unwrap().encode();
        assert!(receipt.ends_with(&note), "{receipt}");
        let known = scene.app.app.verifiers();
        let demand = |witnesses: &[WitnessKey]| verify_receipt(receipt.as_bytes(), known, witnesses, Evidence::Carried);
        assert_eq!(demand(&[key(first)]).unwrap().cosignatures[0].at(), first.state.lock().unwrap().now);
        assert!(
            matches!(demand(&[key(first), key(second)]), Err(ReceiptFault::Unwitnessed { witness, .. }) if witness == second.name)
        );
        // The same name with another key.
        let impostor = Cosigner::new(&first.name, &[3; 32]).unwrap();
        assert!(matches!(demand(&[impostor.key().clone()]), Err(ReceiptFault::Unwitnessed { .. })));
        assert!(demand(&[]).unwrap().cosignatures.is_empty());
    });
}

#[test]
fn a_cosignature_that_was_tampered_with_is_not_served() {
    on_every_database(|database| {
        let witness = TestWitness::start("witness.example/w1");
        let scene = Scene::of(database, &[&witness]);
        let size = scene.publish();
        scene.eventually_kept(&witness, size);
        crate::ledger::anchor::unguard(database);
        database.tamper("UPDATE audit_cosignature SET line = replace(line, 'AAAA', 'AAAB')").unwrap();
        scene.wait_out();
        let note = scene.app.send("GET", "/log/checkpoint", &[], b"").body;
        assert!(note.contains(&format!("\n{size}\n")) && !note.contains(&witness.name), "{note}");
        assert_eq!(scene.health_of(&witness).seen.last, None);
    });
}

#[test]
fn the_public_page_names_the_witnesses_and_when_each_last_cosigned() {
    on_every_database(|database| {
        let witness = TestWitness::start("witness.example/w1");
        let scene = Scene::of(database, &[&witness]);
        let page = |language: &str| scene.app.send("GET", &format!("/log?language={language}"), &[], b"").body;
        assert!(page("en").contains("witness.example/w1"), "{}", page("en"));
        assert!(page("en").contains("has not signed yet") && page("es").contains("todavía no ha firmado"));
        let size = scene.publish();
        scene.eventually_kept(&witness, size);
        scene.wait_out();
        eventually("it is shown", || page("en").contains("last signed on"));
        assert!(page("es").contains(&format!("con {size} asientos")), "{}", page("es"));
        let last = scene.health_of(&witness).seen.last.unwrap();
        assert_eq!((last.size, last.at.timestamp()), (size, 1_930_392_000));
    });
}

#[test]
fn a_verification_counts_what_it_checked_and_names_what_it_could_not() {
    on_every_database(|database| {
        let witness = TestWitness::start("witness.example/w1");
        let scene = Scene::of(database, &[&witness]);
        for _ in 0..2 {
            let size = scene.publish();
            scene.eventually_kept(&witness, size);
        }
        let (anchor, mut keys) = (anchor(&settings(database, &[])), scene.app.app.log_keys());
        let found = |keys| {
            let check = Check { keys, anchor: &anchor, since: None, links: None, threads: 2 };
            verify(scene.app.app.store(), &check, |_, _| {}).unwrap().cosignatures
        };
        let all = found(keys);
        assert_eq!((all.verified.get(&witness.name), all.unchecked.len()), (Some(&2), 0));
        keys.witnesses = &[];
        let none = found(keys);
        let id = witness.vkey().split('+').take(2).collect::<Vec<_>>().join("+");
        assert_eq!((none.verified.len(), none.unchecked.get(&id)), (0, Some(&2)));
    });
}

#[test]
fn a_cosignature_of_another_checkpoint_is_named() {
    on_every_database(|database| {
        let witness = TestWitness::start("witness.example/w1");
        let scene = Scene::of(database, &[&witness]);
        let [first, second] = [(); 2].map(|()| {
            let size = scene.publish();
            scene.eventually_kept(&witness, size);
            size
        });
        crate::ledger::anchor::unguard(database);
        let moved = format!("UPDATE audit_cosignature SET size = {first} WHERE size = {second}");
        database.tamper(&format!("DELETE FROM audit_cosignature WHERE size = {first}; {moved}")).unwrap();
        let (anchor, keys) = (anchor(&settings(database, &[])), scene.app.app.log_keys());
        let check = Check { keys, anchor: &anchor, since: None, links: None, threads: 2 };
        let error = verify(scene.app.app.store(), &check, |_, _| {}).unwrap_err().to_string();
        let named = format!("audit_cosignature row size {first}, name witness.example/w1: ");
        assert!(error.starts_with(&named) && error.contains("does not verify"), "{error}");
    });
}
