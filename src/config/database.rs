//! `[database]`: which database, and how long to wait for it. Its addresses hold passwords, so they are secrets.
//! Never connects.

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::error::ConfigError;
use super::reader::Reader;
use super::secret::Secret;

const URL: &str = "`sqlite:///` and a path, or `postgres://` and a host and a name";
const REPLICA: &str = "`postgres://` and a host and a name";
const LONGEST_ROLE: usize = 63;

/// How the database is reached.
#[derive(Debug, Clone)]
pub struct Database {
    /// Not set: the SQLite file `zaguan.db` in the data directory. See [`Database::target`].
    pub url: Secret,
    /// The owner's address, for migrations only; not set: the same as `url`.
    pub owner_url: Secret,
    /// The PostgreSQL role that migrations grant the program's few rights to; empty for none.
    pub application_role: String,
    /// A replica that searches and reports are read from; not set: none.
    pub replica_url: Secret,
    /// Entries that the replica may lack and still be read.
    pub replica_lag_entries: u64,
    /// Connections that only read.
    pub readers: u32,
    /// How long SQLite waits for a lock.
    pub busy_timeout: Duration,
    /// How long PostgreSQL may work on one statement.
    pub statement_timeout: Duration,
}

/// A database that can be opened.
#[derive(Clone)]
pub enum DatabaseTarget {
    /// The file of an embedded SQLite database.
    Sqlite(PathBuf),
    /// The address of a PostgreSQL database, with its password.
    Postgres(Secret),
}

impl fmt::Debug for DatabaseTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => f.debug_tuple("Sqlite").field(path).finish(),
            Self::Postgres(url) => f.debug_tuple("Postgres").field(url).finish(),
        }
    }
}

impl Database {
    pub(super) fn read(reader: &mut Reader) -> Result<Self, ConfigError> {
        let mut section = reader.section("database");
        let role = "an empty text, or a role name of lower-case letters, digits and `_`, at most 63";
        Ok(Self {
            url: section.secret("url", URL, is_url)?,
            owner_url: section.secret("owner_url", URL, is_url)?,
            application_role: section
                .text("application_role", "", role, |text| is_role(text).then(|| text.to_owned()))?,
            replica_url: section.secret("replica_url", REPLICA, is_postgres)?,
            replica_lag_entries: section.number("replica_lag_entries", 10_000, 0..=1_000_000_000)?,
            readers: section.number("readers", 4, 1..=64)?,
            busy_timeout: Duration::from_millis(section.number("busy_timeout_ms", 5000, 1..=600_000)?),
            statement_timeout: Duration::from_millis(section.number("statement_timeout_ms", 10_000, 1..=600_000)?),
        })
    }

    /// The database that the program serves from.
    #[must_use]
    pub fn target(&self, data_dir: &Path) -> DatabaseTarget {
        target_of(&self.url, data_dir)
    }

    /// The database as its owner opens it, for migrations.
    #[must_use]
    pub fn owner_target(&self, data_dir: &Path) -> DatabaseTarget {
        target_of(if self.owner_url.is_set() { &self.owner_url } else { &self.url }, data_dir)
    }

    /// The replica, if there is one.
    #[must_use]
    pub fn replica_target(&self) -> Option<DatabaseTarget> {
        self.replica_url.is_set().then(|| DatabaseTarget::Postgres(self.replica_url.clone()))
    }
}

fn target_of(url: &Secret, data_dir: &Path) -> DatabaseTarget {
    match sqlite_path(url.expose()) {
        Some(path) => DatabaseTarget::Sqlite(PathBuf::from(path)),
        None if url.is_set() => DatabaseTarget::Postgres(url.clone()),
        None => DatabaseTarget::Sqlite(data_dir.join("zaguan.db")),
    }
}

fn is_url(text: &str) -> bool {
    is_postgres(text) || sqlite_path(text).is_some() && !text.contains(char::is_control)
}

fn is_postgres(text: &str) -> bool {
    let rest = text.strip_prefix("postgres://").or_else(|| text.strip_prefix("postgresql://"));
    let names_database = |rest: &str| rest.split_once('/').is_some_and(|(_, name)| !name.is_empty());
    !text.contains(|each: char| each.is_control() || each == ' ') && rest.is_some_and(names_database)
}

/// `sqlite:///srv/zaguan.db` → `/srv/zaguan.db`. A directory or a query behind it is no file name of ours.
fn sqlite_path(text: &str) -> Option<&str> {
    let path = text.strip_prefix("sqlite://")?;
    (path.starts_with('/') && !path.ends_with('/') && !path.contains('?')).then_some(path)
}

/// Stricter than PostgreSQL: the name goes into GRANT statements, where no parameter can stand.
fn is_role(text: &str) -> bool {
    text.len() <= LONGEST_ROLE
        && !text.starts_with(|first: char| first.is_ascii_digit())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}
