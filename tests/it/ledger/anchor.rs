//! The anchor: a database that was set back, or is another one, is noticed and not served.

use zaguan::ledger::{Anchor, AnchorError, LedgerError, Names, StartError};

use super::{Log, Plan, signer};
use crate::support::{TestDatabase, on_every_database};

/// Takes the guards away, as somebody with the database in their hands could.
pub fn unguard(database: &TestDatabase) {
    if database.is_postgres() {
        for table in ["audit_entry", "audit_node", "audit_batch", "audit_checkpoint", "audit_cosignature"] {
            database.tamper(&format!("ALTER TABLE {table} DISABLE TRIGGER ALL")).unwrap();
        }
    } else {
        for trigger in database.texts("SELECT name AS value FROM sqlite_master WHERE type = 'trigger'") {
            database.tamper(&format!("DROP TRIGGER {trigger}")).unwrap();
        }
    }
}

/// Sets the log back to its first `size` entries, as an older backup would.
pub fn set_back(database: &TestDatabase, size: u64) {
    unguard(database);
    database
        .tamper(&format!(
            "DELETE FROM audit_cosignature WHERE size > {size}; DELETE FROM audit_entry WHERE seq >= {size}; DELETE FROM audit_batch WHERE size_after > {size}; \
             DELETE FROM audit_checkpoint WHERE size > {size}"
        ))
        .unwrap();
}

fn fill(log: &Log, name: &str, count: usize) {
    for number in 0..count {
        log.append(&format!("{name}-{number}")).unwrap();
    }
}

fn refusal(plan: Plan) -> AnchorError {
    match plan.start().map(|_| ()) {
        Err(StartError::Anchor(error)) => error,
        other => panic!("{other:?}"),
    }
}

#[test]
fn after_a_clean_end_the_anchor_is_the_head() {
    on_every_database(|database| {
        let log = Plan::on(database).start().unwrap();
        fill(&log, "a", 5);
        log.ledger.close();
        let head = log.ledger.head();
        assert_eq!(std::fs::read_to_string(log.anchor.path()).unwrap(), head.note.to_string());
        assert_eq!((head.size, log.verify().unwrap().anchored), (5, Some(5)));
        let again = Plan { seed: 2, ..Plan::on(database) }.start().unwrap();
        assert_eq!(again.ledger.head().note, head.note);
        fill(&again, "b", 1);
        drop(again);
        assert_eq!(log.verify().unwrap().anchored, Some(6));
    });
}

#[test]
fn a_database_that_was_set_back_is_not_served() {
    on_every_database(|database| {
        let log = Plan::on(database).start().unwrap();
        fill(&log, "a", 6);
        drop(log);
        set_back(database, 4);
        let error = refusal(Plan::on(database));
        assert!(matches!(error, AnchorError::Behind { found: 4, anchored: 6, .. }), "{error:?}");
        assert_eq!(database.count("audit_entry"), 4, "nothing was written");
        set_back(database, 0);
        let error = refusal(Plan::on(database));
        assert!(matches!(error, AnchorError::Behind { found: 0, anchored: 6, .. }), "{error:?}");
    });
}

#[test]
fn a_database_of_the_same_size_with_another_history_is_not_served() {
    for more in [0, 3] {
        on_every_database(|database| {
            let log = Plan::on(database).start().unwrap();
            fill(&log, "a", 6);
            drop(log);
            let anchor = std::fs::read(database.dir.path().join("anchor")).unwrap();
            set_back(database, 2);
            std::fs::remove_file(database.dir.path().join("anchor")).unwrap();
            let forged = Plan::on(database).elsewhere().start().unwrap();
            fill(&forged, "forged", 4 + more);
            drop(forged);
            std::fs::write(database.dir.path().join("anchor"), anchor).unwrap();
            let error = refusal(Plan::on(database));
            assert!(matches!(error, AnchorError::Different { anchored: 6, .. }), "{error:?}");
        });
    }
}

#[test]
fn an_anchor_of_another_key_or_another_log_is_not_believed() {
    on_every_database(|database| {
        let log = Plan::on(database).start().unwrap();
        fill(&log, "a", 2);
        drop(log);
        let path = database.dir.path().join("anchor");
        let good = std::fs::read_to_string(&path).unwrap();
        assert!(matches!(refusal(Plan { signer: signer(2), ..Plan::on(database) }), AnchorError::NotOurs(..)));
        for bad in [
            good.replacen("\n2\n", "\n1\n", 1),
            good.replacen("log.example/test", "log.example/other", 1),
            String::new(),
        ] {
            assert_ne!(bad, good);
            std::fs::write(&path, bad).unwrap();
            assert!(matches!(refusal(Plan::on(database)), AnchorError::NotOurs(..)));
        }
        std::fs::remove_file(&path).unwrap();
        std::fs::create_dir(&path).unwrap();
        assert!(matches!(refusal(Plan::on(database)), AnchorError::Unreadable(..)));
    });
}

#[test]
fn a_log_without_its_anchor_starts_and_makes_a_new_one() {
    on_every_database(|database| {
        let log = Plan::on(database).start().unwrap();
        fill(&log, "a", 3);
        drop(log);
        std::fs::remove_file(database.dir.path().join("anchor")).unwrap();
        let log = Plan { seed: 2, ..Plan::on(database) }.start().unwrap();
        assert_eq!(log.verify().unwrap().anchored, None);
        fill(&log, "b", 1);
        log.ledger.close();
        assert_eq!(log.verify().unwrap().anchored, Some(4));
    });
}

#[test]
fn a_running_process_refuses_a_database_that_is_set_back_beneath_it() {
    for size in [4, 0] {
        on_every_database(|database| {
            let log = Plan::on(database).start().unwrap();
            fill(&log, "a", 6);
            set_back(database, size);
            for _ in 0..2 {
                let Err(LedgerError::Unwritable(why)) = log.append("after") else { panic!("it went on") };
                assert!(why.contains("shorter"), "{why}");
            }
            assert!(!log.ledger.health().is_writable);
            assert_eq!(database.count("audit_entry"), i64::try_from(size).unwrap(), "nothing was written");
        });
    }
}

#[test]
fn a_running_process_refuses_a_database_whose_history_is_exchanged_beneath_it() {
    on_every_database(|database| {
        let log = Plan::on(database).start().unwrap();
        fill(&log, "a", 6);
        set_back(database, 2);
        let forged =
            Plan { anchor: database.dir.path().join("forged"), ..Plan::on(database).elsewhere() }.start().unwrap();
        fill(&forged, "forged", 4);
        let Err(LedgerError::Unwritable(why)) = log.append("after") else { panic!("it went on") };
        assert!(why.contains("not the one"), "{why}");
        assert!(!log.tags().contains_key("after"));
    });
}

/// The forger is faster: by the time the process looks again, the log is longer than what it acknowledged.
#[test]
fn a_running_process_refuses_a_longer_history_that_is_not_its_own() {
    on_every_database(|database| {
        let log = Plan::on(database).start().unwrap();
        fill(&log, "a", 6);
        set_back(database, 2);
        let forged =
            Plan { anchor: database.dir.path().join("forged"), ..Plan::on(database).elsewhere() }.start().unwrap();
        fill(&forged, "forged", 7);
        let Err(LedgerError::Unwritable(why)) = log.append("after") else { panic!("it went on") };
        assert!(why.contains("contradicts"), "{why}");
        assert!(!log.tags().contains_key("after"));
    });
}

#[test]
fn the_anchor_is_written_while_the_log_grows() {
    on_every_database(|database| {
        let log = Plan::on(database).start().unwrap();
        fill(&log, "a", 3);
        let names = Names::of(std::slice::from_ref(&log.verifier), super::ORIGIN).unwrap();
        let anchored = || Anchor::at(log.anchor.path()).load(&names).unwrap();
        super::eventually("the anchor holds the head", || anchored().is_some_and(|checkpoint| checkpoint.size() == 3));
    });
}
