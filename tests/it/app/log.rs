//! The log as those see it who watch over it: verified with a result that stays, proven entry by entry.

use std::sync::Arc;

use serde_json::json;
use zaguan::app::App;
use zaguan::app::assemble::anchor;
use zaguan::app::authority::Authority;
use zaguan::app::log::LogHealth;

use crate::api::{count, last_record};
use crate::support::app::{ask, settings};
use crate::support::wait::eventually;
use crate::support::{TestApp, TestDatabase, on_every_database};

fn health(app: &TestApp, database: &TestDatabase) -> LogHealth {
    app.app.log_health(&anchor(&settings(database, &[]))).unwrap()
}

fn verify(app: &TestApp, database: &TestDatabase) -> Result<u64, String> {
    let anchor = anchor(&settings(database, &[]));
    let verification = app.app.verify_log(&Authority::operator(), &anchor, 2, |_, _| {}).unwrap();
    verification.outcome.map(|verified| verified.entries)
}

/// Changes one byte of a record past the program.
fn spoil(database: &TestDatabase, seq: u64) {
    let off = if database.is_postgres() {
        "ALTER TABLE audit_entry DISABLE TRIGGER USER"
    } else {
        "DROP TRIGGER IF EXISTS audit_entry_no_update"
    };
    let spoilt = if database.is_postgres() {
        "set_byte(record, 3, 65)"
    } else {
        "CAST(substr(record, 1, 3) || x'41' || substr(record, 5) AS BLOB)"
    };
    database.tamper(&format!("{off}; UPDATE audit_entry SET record = {spoilt} WHERE seq = {seq}")).unwrap();
}

#[test]
fn a_verification_stays_as_a_row_and_as_an_entry() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        app.decide(&ask());
        assert_eq!(health(&app, database).verification, None);
        let size = health(&app, database).length;
        assert_eq!(verify(&app, database), Ok(size));
        let entry = last_record(&app);
        assert_eq!((&entry["kind"], &entry["actor"]), (&json!("log_verified"), &json!("operator")));
        assert_eq!(entry["about"]["outcome"], "verified");
        assert_eq!(entry["about"]["entries"], json!(size.to_string()));
        let found = health(&app, database);
        let last = found.verification.unwrap();
        assert_eq!((last.index, last.outcome.unwrap().entries), (size, size));
        assert_eq!(found.length, size + 1);
        assert!(found.writer.is_writable && found.anchored.is_ok());
        assert_eq!(found.last_at, Some(app.app.now()));
        assert_eq!(found.progress, None);
    });
}

#[test]
fn a_log_that_does_not_verify_is_told_so_and_the_row_is_named() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let index = app.decide(&ask()).json()["entry"]["index"].as_u64().unwrap();
        spoil(database, index);
        let fault = verify(&app, database).unwrap_err();
        assert!(fault.contains(&format!("audit_entry row {index}")), "{fault}");
        assert_eq!(last_record(&app)["about"]["outcome"], "failed");
        let last = health(&app, database).verification.unwrap();
        assert_eq!(last.outcome.unwrap_err(), fault);
    });
}

#[test]
fn a_verification_beside_the_service_runs_once_at_a_time_and_ends() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let begin = |app: &Arc<App>| app.begin_verification(Authority::operator(), anchor(&settings(&database, &[])));
    assert!(begin(&app.app).unwrap());
    eventually("verified", || health(&app, &database).verification.is_some());
    eventually("over", || health(&app, &database).progress.is_none());
    assert_eq!(count(&app, "log_verified"), 1);
    assert!(begin(&app.app).unwrap(), "another one may begin");
    eventually("verified again", || count(&app, "log_verified") == 2);
}

#[test]
fn an_entry_is_proven_until_a_byte_of_it_is_changed() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let index = app.decide(&ask()).json()["entry"]["index"].as_u64().unwrap();
        let read = || app.app.read_entry(&Authority::operator(), index).unwrap().unwrap();
        let inclusion = read().inclusion.unwrap();
        assert!(inclusion.size > index);
        let again = inclusion.receipt.encode();
        assert!(again.starts_with("c2sp.org/tlog-proof@v1\n"), "{again}");
        // Its neighbour may be spoilt: the proof of this one needs only what was hashed.
        spoil(database, index - 1);
        assert!(read().inclusion.is_ok());
        spoil(database, index);
        let fault = read().inclusion.unwrap_err();
        assert!(!fault.0.is_empty());
        assert!(app.app.read_entry(&Authority::operator(), 1_000_000).unwrap().is_none());
        assert_eq!(count(&app, "entry_read"), 3);
    });
}
