//! What witnesses signed, verified in a copy by a program that is not ours.

use std::path::Path;
use std::sync::Arc;

use tempfile::TempDir;
use zaguan::app::assemble::World;
use zaguan::ledger::NoProbe;
use zaguan::storage::audit;
use zaguan::tlog::{Checkpoint, Cosigner};

use super::go::Driver;
use super::{export, vkey};
use crate::support::{ManualClock, SeededEntropy, TestApp, TestDatabase, on_every_database};

const NAME: &str = "witness.example/w1";

fn cosigner() -> Cosigner {
    Cosigner::new(NAME, &[1; 32]).unwrap()
}

/// A published log that a witness has cosigned, who is not asked any more.
fn cosigned(database: &TestDatabase) -> TestApp {
    let clock = Arc::new(ManualClock::new());
    let world = World { clock: clock.clone(), entropy: Arc::new(SeededEntropy::new(1)), probe: Arc::new(NoProbe) };
    let key = cosigner().key().to_string();
    let more = [("ZAGUAN__AUDIT__PUBLISH_INTERVAL_S", "1"), ("ZAGUAN__AUDIT__WITNESSES", &key)];
    let app = TestApp::start_in(database, &more, world, clock);
    app.grow_to(300);
    app.publish();
    let last = app.app.store().read(audit::find_last_checkpoint).unwrap().unwrap();
    let checkpoint = Checkpoint::open(last.note.as_bytes(), app.app.verifiers(), app.app.names().current()).unwrap();
    let line = cosigner().cosign(&checkpoint.encode(), 1_930_392_000).to_line();
    database.tamper(&format!("INSERT INTO audit_cosignature VALUES (300, '{NAME}', '{line}')")).unwrap();
    app
}

#[test]
fn the_cosignature_in_a_copy_is_verified_by_go_and_no_other_passes_for_it() {
    let Some(driver) = Driver::find() else { return };
    on_every_database(|database| {
        let app = cosigned(database);
        let dir = TempDir::new().unwrap();
        let copy = dir.path().join("copy");
        export(&app, &copy).unwrap();
        let verify = |witness: &str| driver.verify(&copy, &vkey(&app), &[("witness", Path::new(witness))]);
        let key = cosigner().key().to_string();
        assert!(verify(&key).unwrap().starts_with("300 entries"));
        let impostor = Cosigner::new(NAME, &[2; 32]).unwrap();
        assert!(verify(&impostor.key().to_string()).unwrap_err().contains("no cosignature by this witness"));
        let note = std::fs::read_to_string(copy.join("checkpoint")).unwrap();
        let (text, line) = note.rsplit_once(&format!("— {NAME} ")).unwrap();
        let line = line.replacen("AAAAB", "AAAAC", 1);
        std::fs::write(copy.join("checkpoint"), format!("{text}— {NAME} {line}")).unwrap();
        assert!(verify(&key).unwrap_err().contains("the cosignature does not verify"));
    });
}
