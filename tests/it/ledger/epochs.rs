//! A new epoch: what it demands before it is opened, and what becomes of processes that served the one before.

use zaguan::app::epoch::{NoEpoch, open_next_epoch};
use zaguan::app::{App, ChangeFailure};
use zaguan::config::Settings;
use zaguan::ledger::{LedgerError, OpenEpochError};
use zaguan::storage::audit;

use super::anchor::set_back;
use super::keys::open;
use crate::support::app::settings;
use crate::support::wait::eventually;
use crate::support::{TestDatabase, on_every_database};

pub const REASON: &str = "The room of the server was flooded.";

pub fn opened(settings: &Settings, giving_up: u64) -> Result<(), NoEpoch> {
    open_next_epoch(settings, giving_up, REASON.parse().unwrap(), "operator").map(drop)
}

/// An idle process on a log whose later entries are lost with the database, and how many those are.
pub fn with_a_loss(database: &TestDatabase) -> (App, u64) {
    let idle = open(database, 1).unwrap();
    let kept = idle.ledger().head().size;
    let other = open(database, 2).unwrap();
    other.record_start().unwrap();
    let lost = other.ledger().head().size - kept;
    drop(other);
    set_back(database, kept);
    database.tamper(&format!("DELETE FROM tally; UPDATE tally_size SET size = 0 WHERE size > {kept}")).unwrap();
    (idle, lost)
}

#[test]
fn a_process_of_the_epoch_before_signs_nothing_more_and_says_why() {
    on_every_database(|database| {
        let (idle, lost) = with_a_loss(database);
        opened(&settings(database, &[]), lost).unwrap();
        let before = database.count("audit_entry");
        let refused = idle.record_start();
        assert!(matches!(refused, Err(ChangeFailure::Ledger(LedgerError::ForeignEpoch))), "{refused:?}");
        assert_eq!(database.count("audit_entry"), before, "nothing was written");
        let health = idle.ledger().health();
        assert!(!health.is_writable && health.last_error.unwrap().contains("new epoch"));
        drop(idle);
        let anchored = std::fs::read_to_string(database.dir.path().join("keys/anchor")).unwrap();
        let settings = settings(database, &[]);
        assert_eq!(anchored.lines().next(), Some(&*format!("{}/2", settings.audit.origin)), "it took the anchor back");
    });
}

#[test]
fn an_epoch_is_the_first_thing_that_is_written_and_says_what_was_lost() {
    on_every_database(|database| {
        let (idle, lost) = with_a_loss(database);
        let (kept, root) = (idle.ledger().head().size, idle.ledger().head().root);
        drop(idle);
        opened(&settings(database, &[]), lost).unwrap();
        let app = open(database, 3).unwrap();
        let [opening] = app.names().openings() else { panic!("one epoch was opened") };
        assert_eq!((opening.number, opening.index, opening.kept_root, opening.given_up), (2, kept, root, lost));
        assert_eq!((opening.lost.origin(), opening.lost.size()), (app.names().base(), kept + lost));
        assert_eq!(opening.reason, REASON);
        let row =
            app.store().read(|conn| audit::find_entry_by_seq(conn, i64::try_from(kept).unwrap())).unwrap().unwrap();
        assert_eq!((row.kind.as_str(), row.actor.as_str()), ("epoch_opened", "operator"));
        assert_eq!(app.names().origin_at(kept), app.names().base());
        assert_eq!(app.names().origin_at(kept + 1), app.names().current());
    });
}

#[test]
fn the_first_checkpoint_under_a_new_name_waits_for_no_interval() {
    on_every_database(|database| {
        let published = |app: &App| {
            let last = app.store().read(audit::find_last_checkpoint).unwrap();
            last.and_then(|row| row.note.lines().next().map(ToOwned::to_owned))
        };
        let app = open(database, 9).unwrap();
        app.record_start().unwrap();
        eventually("published under the first name", || published(&app).as_deref() == Some(app.names().base()));
        drop(app);
        let (idle, lost) = with_a_loss(database);
        drop(idle);
        opened(&settings(database, &[]), lost).unwrap();
        // Its clock stands still: no interval passes.
        let app = open(database, 3).unwrap();
        app.record_start().unwrap();
        eventually("published under the new name", || published(&app).as_deref() == Some(app.names().current()));
    });
}

#[test]
fn no_epoch_is_opened_where_nothing_is_lost_or_nobody_can_say_what() {
    on_every_database(|database| {
        let app = open(database, 1).unwrap();
        drop(app);
        let settings = settings(database, &[]);
        let refused = opened(&settings, 0);
        assert!(matches!(refused, Err(NoEpoch::Open(OpenEpochError::NothingLost))), "{refused:?}");
        std::fs::remove_file(database.dir.path().join("keys/anchor")).unwrap();
        let refused = opened(&settings, 0);
        assert!(matches!(refused, Err(NoEpoch::Open(OpenEpochError::NoAnchor))), "{refused:?}");
        assert_eq!(database.count("audit_entry WHERE kind = 'epoch_opened'"), 0);
    });
}

#[test]
fn an_opening_that_ended_before_the_anchor_was_replaced_is_made_good_by_the_next_start() {
    on_every_database(|database| {
        let (idle, lost) = with_a_loss(database);
        drop(idle);
        let anchor = database.dir.path().join("keys/anchor");
        let old = std::fs::read(&anchor).unwrap();
        opened(&settings(database, &[]), lost).unwrap();
        std::fs::write(&anchor, &old).unwrap();
        std::fs::remove_file(anchor.with_extension("epoch-1")).unwrap();
        let app = open(database, 4).unwrap();
        app.record_start().unwrap();
        drop(app);
        assert!(std::fs::read_to_string(&anchor).unwrap().lines().next().unwrap().ends_with("/2"));
        assert_eq!(std::fs::read(anchor.with_extension("epoch-1")).unwrap(), old, "kept as evidence");
    });
}
