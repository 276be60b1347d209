//! The write transaction: all or nothing, one at a time, and a failed part leaves the rest alone.

use std::sync::mpsc;
use std::time::Duration;

use zaguan::storage::{Store, StoreError, WriteTx, audit, state};

use super::{batch, entry, write};
use crate::support::on_every_database;
use crate::support::raw::texts_on;

fn raise(tx: &mut WriteTx<'_>) -> Result<(), StoreError> {
    state::raise_revision(tx)
}

fn revision(store: &Store) -> i64 {
    store.read(state::load).unwrap().revision
}

#[test]
fn what_is_not_committed_is_undone() {
    on_every_database(|database| {
        let store = database.store();
        let mut conn = store.open_writer().unwrap();
        let mut tx = conn.begin().unwrap();
        raise(&mut tx).unwrap();
        drop(tx);
        assert_eq!(revision(&store), 0);
        let mut tx = conn.begin().unwrap();
        raise(&mut tx).unwrap();
        tx.commit().unwrap();
        assert_eq!(revision(&store), 1);
    });
}

#[test]
fn a_panic_undoes_the_transaction() {
    on_every_database(|database| {
        let store = database.store();
        let mut conn = store.open_writer().unwrap();
        let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let mut tx = conn.begin().unwrap();
            raise(&mut tx).unwrap();
            panic!("planted");
        }));
        assert!(result.is_err());
        write(&store, raise);
        assert_eq!(revision(&store), 1);
    });
}

#[test]
fn a_failed_part_is_undone_and_what_stands_around_it_stays() {
    on_every_database(|database| {
        let store = database.store();
        write(&store, |tx| {
            audit::append_entries(tx, &[entry(0)])?;
            let failed: Result<(), &str> = tx.isolated(|tx| {
                audit::append_entries(tx, &[entry(1), entry(2)]).unwrap();
                raise(tx).unwrap();
                Err("refused")
            })?;
            assert_eq!(failed, Err("refused"));
            let done: Result<u8, StoreError> = tx.isolated(|tx| audit::append_entries(tx, &[entry(1)]).map(|()| 7))?;
            assert_eq!(done.unwrap(), 7);
            audit::append_batch(tx, &batch(0, 2))
        });
        assert_eq!(revision(&store), 0);
        let entries = store.read(|conn| audit::list_entries(conn, 0, 9)).unwrap();
        assert_eq!(entries, [entry(0), entry(1)]);
    });
}

/// PostgreSQL gives up a whole transaction on any error unless a savepoint stands before it.
#[test]
fn an_error_of_the_database_inside_a_part_leaves_the_transaction_usable() {
    on_every_database(|database| {
        let store = database.store();
        write(&store, |tx| {
            audit::append_entries(tx, &[entry(0)])?;
            for _ in 0..2 {
                let failed = tx.isolated(|tx| {
                    raise(tx)?;
                    audit::append_entries(tx, &[entry(9)])
                })?;
                assert!(failed.is_err());
                let failed = tx.isolated(|tx| texts_on(tx.conn(), "SELECT value FROM nowhere"))?;
                assert!(failed.is_err());
            }
            audit::append_entries(tx, &[entry(1)])
        });
        assert_eq!(database.count("audit_entry"), 2);
        assert_eq!(revision(&store), 0);
    });
}

#[test]
fn one_writer_waits_for_the_other_and_then_sees_what_it_did() {
    on_every_database(|database| {
        let store = database.store();
        let (first, second) = (store.clone(), store.clone());
        let (opened, is_open) = mpsc::channel();
        let (go, may_commit) = mpsc::channel::<()>();
        let holder = std::thread::spawn(move || {
            let mut conn = first.open_writer().unwrap();
            let mut tx = conn.begin().unwrap();
            raise(&mut tx).unwrap();
            opened.send(()).unwrap();
            may_commit.recv().unwrap();
            tx.commit().unwrap();
        });
        is_open.recv().unwrap();
        let (report, reported) = mpsc::channel();
        let waiter = std::thread::spawn(move || {
            let mut conn = second.open_writer().unwrap();
            let mut tx = conn.begin().unwrap();
            report.send(state::load(tx.conn()).unwrap().revision).unwrap();
        });
        assert!(reported.recv_timeout(Duration::from_millis(150)).is_err(), "the second writer did not wait");
        assert_eq!(revision(&store), 0, "a reader neither waits nor sees what is not committed");
        go.send(()).unwrap();
        assert_eq!(reported.recv_timeout(Duration::from_secs(5)).unwrap(), 1);
        holder.join().unwrap();
        waiter.join().unwrap();
    });
}

#[test]
fn a_writer_that_waits_too_long_gives_up() {
    on_every_database(|database| {
        let store = database.store();
        let mut options = database.options();
        options.busy_timeout = Duration::from_millis(100);
        let hasty = Store::open(options).unwrap();
        let mut conn = store.open_writer().unwrap();
        let tx = conn.begin().unwrap();
        let mut second = hasty.open_writer().unwrap();
        assert!(matches!(second.begin().err(), Some(StoreError::Statement(_))));
        drop(tx);
        // On PostgreSQL the failed BEGIN left a transaction that must not stand in the way.
        drop(second);
        assert!(hasty.open_writer().unwrap().begin().is_ok());
    });
}

#[test]
fn a_commit_that_is_refused_is_told_as_unknown() {
    on_every_database(|database| {
        let store = database.store();
        let mut conn = store.open_writer().unwrap();
        let mut tx = conn.begin().unwrap();
        raise(&mut tx).unwrap();
        if database.is_postgres() {
            // Lost from the outside, as by a server that restarts.
            let pid = texts_on(tx.conn(), "SELECT CAST(pg_backend_pid() AS TEXT) AS value").unwrap();
            database.texts(&format!("SELECT CAST(pg_terminate_backend({}) AS TEXT) AS value", pid[0]));
        } else {
            texts_on(tx.conn(), "ROLLBACK").unwrap();
        }
        let error = tx.commit().err().unwrap();
        assert!(matches!(error, StoreError::CommitUnknown(_)), "{error:?}");
        assert_eq!(revision(&store), 0);
    });
}
