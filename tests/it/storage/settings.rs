//! Every connection has the durability and the isolation that the log needs, whatever the database's own defaults are.

use std::time::Duration;

use zaguan::storage::{Store, StoreError, StoreOptions};

use crate::support::raw::texts_on;
use crate::support::{TestDatabase, on_every_database};

const SQLITE: [(&str, &str); 5] = [
    ("SELECT journal_mode AS value FROM pragma_journal_mode", "wal"),
    ("SELECT CAST(synchronous AS TEXT) AS value FROM pragma_synchronous", "2"),
    ("SELECT CAST(foreign_keys AS TEXT) AS value FROM pragma_foreign_keys", "1"),
    ("SELECT CAST(timeout AS TEXT) AS value FROM pragma_busy_timeout", "5000"),
    ("SELECT CAST(read_uncommitted AS TEXT) AS value FROM pragma_read_uncommitted", "0"),
];

const POSTGRES: [(&str, &str); 5] = [
    ("SELECT current_setting('synchronous_commit') AS value", "on"),
    ("SELECT current_setting('default_transaction_isolation') AS value", "read committed"),
    ("SELECT current_setting('transaction_isolation') AS value", "read committed"),
    ("SELECT current_setting('lock_timeout') AS value", "5s"),
    ("SELECT current_setting('statement_timeout') AS value", "10s"),
];

#[test]
fn every_connection_is_durable_and_isolated() {
    on_every_database(|database| {
        if database.is_postgres() {
            let (_, name) = database.url().rsplit_once('/').map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
            database
                .tamper(&format!(
                    "ALTER DATABASE {name} SET default_transaction_isolation = 'serializable'; \
                     ALTER DATABASE {name} SET synchronous_commit = off; \
                     ALTER DATABASE {name} SET default_transaction_read_only = on"
                ))
                .unwrap();
        }
        let store = Store::open(database.options()).or_else(|_| Ok::<_, StoreError>(database.store())).unwrap();
        let settings = if database.is_postgres() { POSTGRES } else { SQLITE };
        let mut writer = store.open_writer().unwrap();
        for (sql, wanted) in settings {
            assert_eq!(texts_on(writer.conn(), sql).unwrap(), [wanted], "{sql} for the writer");
            let read = store.read(|conn| Ok::<_, StoreError>(texts_on(conn, sql).unwrap())).unwrap();
            assert_eq!(read, [wanted], "{sql} for readers");
        }
        let mut tx = writer.begin().unwrap();
        if database.is_postgres() {
            for (sql, wanted) in [
                ("SELECT current_setting('transaction_isolation') AS value", "read committed"),
                ("SELECT current_setting('transaction_read_only') AS value", "off"),
            ] {
                assert_eq!(texts_on(tx.conn(), sql).unwrap(), [wanted]);
            }
        }
    });
}

#[test]
fn a_reader_cannot_write() {
    on_every_database(|database| {
        let store = database.store();
        let sql = "UPDATE state SET revision = 77 WHERE id = 1 RETURNING 'done' AS value";
        let result = store.read(|conn| Ok::<_, StoreError>(texts_on(conn, sql))).unwrap();
        assert!(result.is_err(), "{result:?}");
        assert_eq!(database.texts("SELECT CAST(revision AS TEXT) AS value FROM state"), ["0"]);
    });
}

#[test]
fn a_database_of_an_older_version_is_not_opened() {
    let database = TestDatabase::sqlite();
    let all = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/migrations/sqlite")).unwrap().count();
    assert!(matches!(Store::open(database.options()), Err(StoreError::NotMigrated(missing)) if missing == all));
    drop(database.store());
    assert!(Store::open(database.options()).is_ok());
    database.tamper("DELETE FROM __diesel_schema_migrations WHERE version LIKE '%000002'").unwrap();
    assert!(matches!(Store::open(database.options()), Err(StoreError::NotMigrated(1))));
}

#[test]
fn migrating_twice_does_nothing() {
    on_every_database(|database| {
        drop(database.store());
        assert_eq!(Store::migrate(&database.options()).unwrap(), Vec::<String>::new());
    });
}

#[test]
fn a_database_that_is_not_there_is_an_error_and_not_a_panic() {
    let location = zaguan::storage::Location::Postgres("postgres://nobody:secret@127.0.0.1:1/none".to_owned());
    let options = StoreOptions {
        location,
        readers: 1,
        busy_timeout: Duration::from_secs(1),
        statement_timeout: Duration::from_secs(1),
    };
    let error = Store::open(options.clone()).err().unwrap();
    assert!(matches!(error, StoreError::Unreachable(_)), "{error:?}");
    assert!(!format!("{error} {options:?}").contains("secret"));
}
