//! Copies: complete, gone on with, sound at every moment, and never made of two histories.

use std::fs;

use tempfile::TempDir;
use zaguan::app::public_log::copy::CopyError;

use super::go::Driver;
use super::{Scene, export, files, second, vkey};
use crate::support::app::ask;
use crate::support::{TestApp, TestDatabase, on_every_database};

#[test]
fn a_copy_is_what_the_service_serves_and_others_verify_it() {
    on_every_database(|database| {
        let scene = Scene::of(database, 600);
        let key = vkey(&scene.app);
        let expected = [
            ".lock",
            "README.txt",
            "checkpoint",
            "index.html",
            "tile/0/000",
            "tile/0/001",
            "tile/0/002.p/88",
            "tile/1/000.p/2",
            "tile/entries/000",
            "tile/entries/001",
            "tile/entries/002.p/88",
            "vkey",
        ];
        assert_eq!(files(&scene.copy), expected);
        for file in expected.into_iter().filter(|file| ![".lock", "README.txt", "index.html"].contains(file)) {
            let served = scene.app.bytes(&format!("/log/{file}"));
            assert_eq!((200, fs::read(scene.copy.join(file)).unwrap()), served, "{file}");
        }
        assert_eq!(second::verify(&scene.copy, &key).map(|entries| entries.len()), Ok(600));
        if let Some(go) = Driver::find() {
            assert!(go.verify(&scene.copy, &key, &[]).unwrap().starts_with("600 entries"));
        }
        assert_eq!(export(&scene.app, &scene.copy).unwrap().written, 0, "nothing has changed");
    });
}

#[test]
fn a_copy_that_is_gone_on_with_keeps_what_it_has_and_others_see_that_it_only_grew() {
    on_every_database(|database| {
        let scene = Scene::of(database, 300);
        let kept = scene.keep("kept", &fs::read(scene.copy.join("checkpoint")).unwrap());
        let before = fs::metadata(scene.copy.join("tile/entries/000")).unwrap().modified().unwrap();
        scene.app.grow_to(800);
        scene.app.publish();
        assert_eq!(export(&scene.app, &scene.copy).unwrap().size, 800);
        assert_eq!(fs::metadata(scene.copy.join("tile/entries/000")).unwrap().modified().unwrap(), before);
        assert!(scene.copy.join("tile/entries/001.p/44").is_file(), "whoever holds the older checkpoint needs it");
        assert_eq!(second::verify(&scene.copy, &vkey(&scene.app)).map(|entries| entries.len()), Ok(800));
        if let Some(go) = Driver::find() {
            go.verify(&scene.copy, &vkey(&scene.app), &[("older", &kept)]).unwrap();
        }
    });
}

#[test]
fn a_log_without_a_published_checkpoint_is_not_copied() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    database.tamper("DROP TRIGGER audit_checkpoint_no_delete; DELETE FROM audit_checkpoint").unwrap();
    let dir = TempDir::new().unwrap();
    assert!(matches!(export(&app, dir.path()), Err(CopyError::Unpublished)));
    assert_eq!(files(dir.path()), Vec::<String>::new());
}

#[test]
fn the_checkpoint_comes_last_and_only_when_the_entries_give_its_root() {
    on_every_database(|database| {
        let scene = Scene::of(database, 300);
        let held = fs::read(scene.copy.join("checkpoint")).unwrap();
        scene.app.grow_to(600);
        scene.app.publish();
        let off = if database.is_postgres() {
            "ALTER TABLE audit_entry DISABLE TRIGGER USER"
        } else {
            "DROP TRIGGER audit_entry_no_update"
        };
        database.tamper(&format!("{off}; UPDATE audit_entry SET record = nonce WHERE seq = 550")).unwrap();
        assert!(matches!(export(&scene.app, &scene.copy), Err(CopyError::Altered(_) | CopyError::Root { .. })));
        assert_eq!(fs::read(scene.copy.join("checkpoint")).unwrap(), held);
        let sound = second::verify(&scene.copy, &vkey(&scene.app)).map(|entries| entries.len());
        assert_eq!(sound, Ok(300), "what is served is what it was");
    });
}

#[test]
fn a_copy_that_could_not_be_finished_has_no_checkpoint_and_is_gone_on_with() {
    let database = TestDatabase::sqlite();
    let scene = Scene::of(&database, 600);
    fs::remove_file(scene.copy.join("checkpoint")).unwrap();
    fs::remove_file(scene.copy.join("tile/entries/001")).unwrap();
    // A directory where the last tile belongs: writing ends there.
    fs::remove_file(scene.copy.join("tile/1/000.p/2")).unwrap();
    fs::create_dir(scene.copy.join("tile/1/000.p/2")).unwrap();
    assert!(matches!(export(&scene.app, &scene.copy), Err(CopyError::File(..))));
    assert!(!scene.copy.join("checkpoint").exists(), "nobody is led to a tile that is not there");
    fs::remove_dir(scene.copy.join("tile/1/000.p/2")).unwrap();
    assert_eq!(export(&scene.app, &scene.copy).unwrap().written, 2);
    assert!(second::verify(&scene.copy, &vkey(&scene.app)).is_ok());
}

#[test]
fn a_directory_of_another_log_or_of_a_later_state_is_left_alone() {
    let (ours, theirs) = (TestDatabase::sqlite(), TestDatabase::sqlite());
    let (scene, other) = (Scene::of(&ours, 300), Scene::with_dice(&theirs, 300, 2));
    let held = fs::read(other.copy.join("checkpoint")).unwrap();
    assert!(matches!(export(&scene.app, &other.copy), Err(CopyError::Foreign { .. })));
    assert_eq!(fs::read(other.copy.join("checkpoint")).unwrap(), held);

    scene.app.grow_to(400);
    scene.app.publish();
    export(&scene.app, &scene.copy).unwrap();
    ours.tamper("DROP TRIGGER audit_checkpoint_no_delete; DELETE FROM audit_checkpoint WHERE size = 400").unwrap();
    assert!(matches!(export(&scene.app, &scene.copy), Err(CopyError::Later { held: 400, published: 300 })));

    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("payroll.xlsx"), "mine").unwrap();
    let said = export(&scene.app, dir.path()).unwrap_err();
    assert!(said.to_string().contains("`payroll.xlsx`"), "{said}");
    assert_eq!(files(dir.path()), ["payroll.xlsx"]);
}

#[test]
fn a_file_of_the_copy_that_was_altered_is_named() {
    let database = TestDatabase::sqlite();
    let scene = Scene::of(&database, 600);
    for file in ["tile/0/001", "tile/1/000.p/2"] {
        let sound = fs::read(scene.copy.join(file)).unwrap();
        fs::write(scene.copy.join(file), &sound[1..]).unwrap();
        assert!(matches!(export(&scene.app, &scene.copy), Err(CopyError::Altered(named)) if named == file));
        fs::write(scene.copy.join(file), sound).unwrap();
    }
    // A bundle and its tile, so that they fit each other.
    let (bundle, tile) = (scene.copy.join("tile/entries/000"), scene.copy.join("tile/0/000"));
    let mut altered = fs::read(&bundle).unwrap();
    altered[20] ^= 1;
    let mut leaves = fs::read(&tile).unwrap();
    leaves[..32].copy_from_slice(zaguan::tlog::leaf_hash(&altered[2..50]).as_bytes());
    fs::write(&bundle, altered).unwrap();
    fs::write(&tile, leaves).unwrap();
    fs::remove_file(scene.copy.join("tile/1/000.p/2")).unwrap();
    assert!(matches!(export(&scene.app, &scene.copy), Err(CopyError::Altered(named)) if named == "tile/entries/000"));
}

#[test]
fn a_copy_of_another_history_of_the_same_log_is_left_alone() {
    let (ours, theirs) = (TestDatabase::sqlite(), TestDatabase::sqlite());
    let scene = Scene::of(&ours, 300);
    let app = TestApp::publishing(&theirs);
    assert_eq!(vkey(&app), vkey(&scene.app), "the same key, as after a restored backup");
    app.decide(&ask());
    app.grow_to(400);
    app.publish();
    let held = fs::read(scene.copy.join("checkpoint")).unwrap();
    assert!(matches!(export(&app, &scene.copy), Err(CopyError::Forked(300))));
    assert_eq!(fs::read(scene.copy.join("checkpoint")).unwrap(), held);
}

#[test]
fn two_who_write_one_copy_do_not_write_over_each_other() {
    let database = TestDatabase::sqlite();
    let scene = Scene::of(&database, 300);
    let lock = fs::File::open(scene.copy.join(".lock")).unwrap();
    lock.lock().unwrap();
    assert!(matches!(export(&scene.app, &scene.copy), Err(CopyError::Busy)));
    drop(lock);
    assert_eq!(export(&scene.app, &scene.copy).unwrap().written, 0);
}
