//! After a rotation a process with the old keys writes nothing more, and cannot bring its keys back.

use std::fs;
use std::sync::Arc;

use zaguan::app::App;
use zaguan::app::ChangeFailure;
use zaguan::app::assemble::{AssembleError, Migrations, World};
use zaguan::keys::{LogKey, MasterKeys};
use zaguan::ledger::{KeysInUse, LedgerError, NoProbe, StartError};

use crate::support::app::settings;
use crate::support::{ManualClock, SeededEntropy, TestDatabase, on_every_database, whole};

pub fn open(database: &TestDatabase, seed: u64) -> Result<App, AssembleError> {
    let world = World {
        clock: Arc::new(ManualClock::new()),
        entropy: Arc::new(SeededEntropy::new(seed)),
        probe: Arc::new(NoProbe),
    };
    App::open(&settings(database, &[]), Migrations::Apply, world)
}

/// What is in the key files.
fn in_use(database: &TestDatabase) -> KeysInUse {
    let settings = settings(database, &[]);
    let master = MasterKeys::load(&settings.keys.master_file).unwrap();
    let log = LogKey::load(&settings.keys.log_file, &settings.audit.origin).unwrap();
    let mut ids = master.ids().into_iter().map(|id| id.to_string());
    KeysInUse {
        master_key: ids.next().unwrap(),
        older_master_keys: ids.collect(),
        log_key: log.vkey().to_owned(),
        older_log_keys: log.retired_vkeys().to_vec(),
    }
}

fn rotate(database: &TestDatabase, master: bool, log: bool) {
    let settings = settings(database, &[]);
    let dice = |bytes: &mut [u8]| {
        bytes.fill(0x5a);
        Ok::<(), &str>(())
    };
    if master {
        MasterKeys::rotate(&settings.keys.master_file, dice).unwrap();
    }
    if log {
        LogKey::rotate(&settings.keys.log_file, &settings.audit.origin, dice).unwrap();
    }
}

fn keys_in_force(database: &TestDatabase) -> i64 {
    database.count("audit_entry WHERE kind = 'keys_in_force'")
}

#[test]
fn a_process_with_old_keys_writes_nothing_more_after_a_rotation() {
    for (master, log) in [(true, false), (false, true), (true, true)] {
        on_every_database(|database| {
            let old = open(database, 1).unwrap();
            old.record_start().unwrap();
            assert_eq!(keys_in_force(database), 1);
            rotate(database, master, log);
            let new = open(database, 2).unwrap();
            assert_eq!(keys_in_force(database), 2);
            new.record_start().unwrap();
            let entries = database.count("audit_entry");
            let refused = old.record_stop();
            assert!(matches!(refused, Err(ChangeFailure::Ledger(LedgerError::ForeignKey))), "{refused:?}");
            assert!(!old.ledger().health().is_writable);
            assert_eq!(database.count("audit_entry"), entries);
            new.record_stop().unwrap();
            assert!(new.ledger().health().is_writable);
        });
    }
}

#[test]
fn a_process_with_old_keys_cannot_bring_them_back() {
    on_every_database(|database| {
        let old = open(database, 1).unwrap();
        let old_keys = in_use(database);
        rotate(database, true, true);
        let new = open(database, 2).unwrap();
        let new_keys = in_use(database);
        let refused = old.put_keys_in_force(old_keys);
        assert!(refused.is_err(), "the old keys are back");
        new.record_start().unwrap();
        let in_force = database.texts("SELECT master_key || ' ' || log_key AS value FROM state");
        assert_eq!(in_force, [format!("{} {}", new_keys.master_key, new_keys.log_key)]);
    });
}

#[test]
fn a_start_with_keys_that_the_database_does_not_know_is_refused() {
    for (master, log) in [(true, false), (false, true)] {
        on_every_database(|database| {
            let keys = settings(database, &[]).keys;
            let texts = |path: &std::path::Path| fs::read(path).unwrap();
            drop(open(database, 1).unwrap());
            let old = (texts(&keys.master_file), texts(&keys.log_file));
            rotate(database, master, log);
            drop(open(database, 2).unwrap());
            fs::write(&keys.master_file, &old.0).unwrap();
            fs::write(&keys.log_file, &old.1).unwrap();
            let entries = database.count("audit_entry");
            let refused = open(database, 3).map(|_| ());
            // With an old log key the anchor, signed by the new one, is foreign, too.
            let is_foreign =
                matches!(refused, Err(AssembleError::Ledger(StartError::ForeignKey { .. } | StartError::Anchor(_))));
            assert!(is_foreign, "{refused:?}");
            assert_eq!(database.count("audit_entry"), entries);
        });
    }
}

#[test]
fn a_rotation_is_recorded_with_what_it_replaced_and_the_log_still_verifies() {
    on_every_database(|database| {
        let before = {
            open(database, 1).map(drop).unwrap();
            in_use(database)
        };
        rotate(database, true, true);
        let app = open(database, 2).unwrap();
        let after = in_use(database);
        let seq =
            database.texts("SELECT CAST(max(seq) AS TEXT) AS value FROM audit_entry WHERE kind = 'keys_in_force'");
        let seq = seq[0].parse().unwrap();
        let entry = app.store().read(|conn| zaguan::storage::audit::find_entry_by_seq(conn, seq)).unwrap().unwrap();
        let record: serde_json::Value = serde_json::from_slice(&entry.record).unwrap();
        assert_eq!(record["about"]["replaced_master_key"], before.master_key);
        assert_eq!(record["about"]["replaced_log_key"], before.log_key);
        assert_eq!(record["about"]["master_key"], after.master_key);
        assert_eq!(record["about"]["log_key"], after.log_key);
        app.ledger().close();
        let settings = settings(database, &[]);
        let anchor = zaguan::app::assemble::anchor(&settings);
        let origin = &settings.audit.origin;
        zaguan::app::audit::verify(app.store(), &whole(app.verifiers(), origin, &anchor), |_, _| {}).unwrap();
    });
}
