//! Going on from a state that was verified before: what came since is checked like everything, and what was there then must
//! still be there.

use zaguan::app::assemble::{anchor, log_signer};
use zaguan::app::audit::{Check, SinceError, Verified, VerifiedState, VerifyError, verify};
use zaguan::keys::LogKey;
use zaguan::tlog::{CheckpointError, Signer};

use crate::support::app::{ask, settings};
use crate::support::{TestApp, TestDatabase, on_every_database, whole};

const DECISIONS_BEFORE: usize = 30;
const DECISIONS_SINCE: usize = 12;

fn verified(app: &TestApp, database: &TestDatabase, since: Option<&VerifiedState>) -> Result<Verified, VerifyError> {
    let settings = settings(database, &[]);
    let (known, origin, anchor) = (app.app.verifiers(), &settings.audit.origin, anchor(&settings));
    verify(app.app.store(), &Check { since, ..whole(known, origin, &anchor) }, |_, _| {})
}

/// A log that was verified and saved, and has grown since.
fn grown(database: &TestDatabase) -> (TestApp, String) {
    let app = TestApp::start(database);
    (0..DECISIONS_BEFORE).for_each(|_| drop(app.decide(&ask())));
    let signer = log_signer(&settings(database, &[])).unwrap();
    let note = verified(&app, database, None).unwrap().state().unwrap().sign(&signer).unwrap();
    (0..DECISIONS_SINCE).for_each(|_| drop(app.decide(&ask())));
    (app, note)
}

fn open(app: &TestApp, note: &[u8]) -> Result<VerifiedState, SinceError> {
    VerifiedState::open(note, app.app.names())
}

#[test]
fn what_came_since_is_checked_and_the_result_is_that_of_a_whole_verification() {
    on_every_database(|database| {
        let (app, note) = grown(database);
        let since = open(&app, note.as_bytes()).unwrap();
        let (whole, rest) = (verified(&app, database, None).unwrap(), verified(&app, database, Some(&since)).unwrap());
        assert_eq!((rest.entries, rest.root, rest.tallies), (whole.entries, whole.root, whole.tallies));
        assert_eq!(rest.entries, since.entries + DECISIONS_SINCE as u64);
        assert!(rest.batches < whole.batches && rest.batches > 0, "only the commits since were walked");
    });
}

#[test]
fn what_was_altered_before_or_since_is_found() {
    on_every_database(|database| {
        let (app, note) = grown(database);
        let since = open(&app, note.as_bytes()).unwrap();
        let (then, newest) = (since.entries, since.entries + 3);
        let deeds = [
            (format!("UPDATE audit_entry SET actor = 'mallory' WHERE seq = {newest}"), "audit_entry"),
            (format!("DELETE FROM audit_entry WHERE seq = {newest}"), "audit_entry"),
            (format!("UPDATE audit_batch SET at = at + 1 WHERE size_after = {then}"), ""),
            (format!("DELETE FROM audit_batch WHERE size_after = {then}"), "audit_batch"),
            ("UPDATE tally SET count = count + 1 WHERE counted = 'request'".to_owned(), "tally"),
            ("DELETE FROM tally WHERE counted = 'entry'".to_owned(), "tally"),
        ];
        crate::ledger::anchor::unguard(database);
        for (deed, table) in deeds {
            let before = verified(&app, database, Some(&since));
            assert!(before.is_ok(), "{before:?} before {deed}");
            keep(database);
            database.tamper(&deed).unwrap();
            match verified(&app, database, Some(&since)) {
                Err(VerifyError::Row { table: named, .. }) => assert_eq!(named, table, "{deed}"),
                // The instant of an older batch is checked by a whole verification alone.
                other => assert!(table.is_empty() && other.is_ok(), "{deed}: {other:?}"),
            }
            put_back(database);
        }
    });
}

/// What is tampered with, and put back after each deed.
const TABLES: [&str; 3] = ["audit_entry", "audit_batch", "tally"];

fn keep(database: &TestDatabase) {
    for table in TABLES {
        database.tamper(&format!("CREATE TABLE kept_{table} AS SELECT * FROM {table}")).unwrap();
    }
}

fn put_back(database: &TestDatabase) {
    for table in TABLES {
        let rows =
            format!("DELETE FROM {table}; INSERT INTO {table} SELECT * FROM kept_{table}; DROP TABLE kept_{table}");
        database.tamper(&rows).unwrap();
    }
}

#[test]
fn a_log_that_is_shorter_than_what_was_verified_is_refused() {
    on_every_database(|database| {
        let (app, _) = grown(database);
        let mut since = verified(&app, database, None).unwrap().state().unwrap();
        since.entries += 1;
        let refused = verified(&app, database, Some(&since)).unwrap_err();
        assert!(matches!(refused, VerifyError::Row { table: "audit_batch", .. }), "{refused:?}");
    });
}

#[test]
fn only_what_the_logs_own_key_says_was_verified_is_believed() {
    let database = TestDatabase::sqlite();
    let (app, note) = grown(&database);
    let settings = settings(&database, &[]);
    for at in 0..note.len() {
        let mut flipped = note.clone().into_bytes();
        flipped[at] ^= 1;
        assert!(open(&app, &flipped).is_err(), "byte {at} of {note}");
    }
    let whole = verified(&app, &database, None).unwrap();
    let foreign = Signer::new(&settings.audit.origin, &[9; 32]).unwrap();
    let foreign = whole.state().unwrap().sign(&foreign).unwrap();
    assert!(matches!(open(&app, foreign.as_bytes()), Err(SinceError::Checkpoint(CheckpointError::Note(_)))));
    let plain = app.app.ledger().head().note.clone();
    assert!(matches!(open(&app, plain.as_bytes()), Err(SinceError::NotVerified)));
    let behind = Verified { tallies: None, ..whole };
    assert_eq!(behind.state(), None, "nobody can go on from there");
    assert!(LogKey::load(&settings.keys.log_file, "another.example/log").is_err());
}
