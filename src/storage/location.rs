//! Where the records are: a PostgreSQL URL, an SQLite file, or a copy of one.

use std::fmt;
use std::path::PathBuf;

/// A database address. `Debug` and `Display` never show a password.
#[derive(Clone, PartialEq, Eq)]
pub enum Location {
    /// An SQLite file, made when it is missing.
    Sqlite(PathBuf),
    /// An SQLite file that nobody writes, such as a backup: it is read as it lies, and nothing is made beside it.
    Still(PathBuf),
    /// A PostgreSQL server, by URL.
    Postgres(String),
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) | Self::Still(path) => write!(f, "sqlite://{}", path.display()),
            Self::Postgres(url) => match url.split_once("://").and_then(|(_, rest)| rest.rsplit_once('@')) {
                Some((_, host)) => write!(f, "postgres://…@{host}"),
                None => f.write_str("postgres://…"),
            },
        }
    }
}

impl fmt::Debug for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
