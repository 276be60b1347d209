//! One connection type over both databases, opened with durability and isolation set and checked.

use std::fs::{self, OpenOptions};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;

use super::{Location, StoreError};

/// Either database behind one type.
#[derive(diesel::MultiConnection)]
pub enum AnyConnection {
    /// PostgreSQL.
    Postgres(diesel::PgConnection),
    /// SQLite.
    Sqlite(diesel::SqliteConnection),
}

/// Runs one expression with the concrete connection, for what the multi-connection cannot express.
macro_rules! on_either {
    ($any:expr, $conn:ident => $body:expr) => {
        match $any {
            $crate::storage::AnyConnection::Postgres($conn) => $body,
            $crate::storage::AnyConnection::Sqlite($conn) => $body,
        }
    };
}
pub(super) use on_either;

/// What a connection is opened for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    Read,
    Write,
}

#[derive(QueryableByName)]
struct Setting {
    #[diesel(sql_type = Text)]
    value: String,
}

pub(super) fn open(
    location: &Location,
    purpose: Purpose,
    busy_timeout: Duration,
    statement_timeout: Duration,
) -> Result<AnyConnection, StoreError> {
    match location {
        Location::Sqlite(path) => {
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent).map_err(|error| StoreError::Unreachable(Box::new(error)))?;
            }
            make_private(path).map_err(|error| StoreError::Unreachable(Box::new(error)))?;
            let url = path.to_string_lossy();
            let conn = diesel::SqliteConnection::establish(&url).map_err(unreachable)?;
            prepare_sqlite(conn, purpose, busy_timeout)
        }
        Location::Still(path) => {
            let mut conn = diesel::SqliteConnection::establish(&still(path)).map_err(unreachable)?;
            conn.batch_execute("PRAGMA query_only = ON; PRAGMA cache_size = -65536;")?;
            Ok(AnyConnection::Sqlite(conn))
        }
        Location::Postgres(url) => {
            let conn = diesel::PgConnection::establish(&bounded(url, busy_timeout)).map_err(unreachable)?;
            prepare_postgres(conn, purpose, busy_timeout, statement_timeout)
        }
    }
}

/// The address under which SQLite reads a file as it lies: it takes no lock and makes no file beside it.
fn still(path: &Path) -> String {
    let path = path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    format!("file:{path}?mode=ro&immutable=1")
}

/// SQLite would make the file as the process's mask allows; this one is its owner's alone, and so are the files that
/// SQLite keeps beside it.
fn make_private(path: &Path) -> std::io::Result<()> {
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

/// A server that does not speak, or is no longer there, must not be waited for without end. What the operator wrote
/// into the address goes first.
fn bounded(url: &str, patience: Duration) -> String {
    let seconds = patience.as_secs().max(2);
    let bounds = [
        ("connect_timeout", seconds),
        ("keepalives_idle", seconds),
        ("keepalives_interval", 2),
        ("keepalives_count", 3),
        ("tcp_user_timeout", seconds * 1000),
    ];
    bounds.into_iter().filter(|(name, _)| !url.contains(&format!("{name}="))).fold(
        url.to_owned(),
        |url, (name, value)| {
            let joint = if url.contains('?') { '&' } else { '?' };
            format!("{url}{joint}{name}={value}")
        },
    )
}

fn unreachable(error: ConnectionError) -> StoreError {
    StoreError::Unreachable(Box::new(error))
}

/// `synchronous = FULL`: with NORMAL a power cut loses commits that were already acknowledged.
fn prepare_sqlite(
    mut conn: diesel::SqliteConnection,
    purpose: Purpose,
    busy_timeout: Duration,
) -> Result<AnyConnection, StoreError> {
    conn.batch_execute(&format!("PRAGMA busy_timeout = {};", busy_timeout.as_millis()))?;
    conn.batch_execute(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
         PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -65536;",
    )?;
    demand(&mut conn, "SELECT journal_mode AS value FROM pragma_journal_mode", "journal_mode", "wal")?;
    demand(&mut conn, "SELECT CAST(synchronous AS TEXT) AS value FROM pragma_synchronous", "synchronous", "2")?;
    if purpose == Purpose::Read {
        conn.batch_execute("PRAGMA query_only = ON;")?;
    }
    Ok(AnyConnection::Sqlite(conn))
}

/// READ COMMITTED: under repeatable read the snapshot would precede the wait for the writer's lock, and
/// two instances would collide.
fn prepare_postgres(
    mut conn: diesel::PgConnection,
    purpose: Purpose,
    busy_timeout: Duration,
    statement_timeout: Duration,
) -> Result<AnyConnection, StoreError> {
    let read_only = if purpose == Purpose::Read { "on" } else { "off" };
    // The writer looks everything up by key. A plan that was made while a table was small, and is kept as long as the
    // connection, must not scan it when it is large.
    let scans = if purpose == Purpose::Write { "off" } else { "on" };
    conn.batch_execute(&format!(
        "SET synchronous_commit = on; SET default_transaction_isolation = 'read committed'; \
         SET client_min_messages = warning; SET lock_timeout = {}; SET statement_timeout = {}; \
         SET default_transaction_read_only = {read_only}; SET enable_seqscan = {scans}; SET jit = off;",
        busy_timeout.as_millis(),
        statement_timeout.as_millis(),
    ))?;
    demand(&mut conn, "SELECT current_setting('synchronous_commit') AS value", "synchronous_commit", "on")?;
    // Guards fire all the same, but foreign keys would not be checked. Only a superuser can set it, so nobody else can unset it.
    let role = "SELECT current_setting('session_replication_role') AS value";
    demand(&mut conn, role, "session_replication_role", "origin")?;
    Ok(AnyConnection::Postgres(conn))
}

fn demand<C>(conn: &mut C, sql: &str, setting: &'static str, wanted: &'static str) -> Result<(), StoreError>
where
    C: diesel::connection::LoadConnection,
    diesel::query_builder::SqlQuery: for<'q> diesel::query_dsl::LoadQuery<'q, C, Setting>,
{
    let found = diesel::sql_query(sql).get_result::<Setting>(conn)?.value;
    if found == wanted { Ok(()) } else { Err(StoreError::Setting { setting, wanted, found }) }
}
