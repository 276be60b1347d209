//! What can go wrong between the program and its database. Absence is not an error: it is an `Option`.

use diesel::result::{DatabaseErrorKind, Error as DieselError};

/// A failed read or write. Its text never carries a row's contents.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No connection could be opened or borrowed in time.
    #[error("the database cannot be reached")]
    Unreachable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The statement failed; the transaction it stood in must be given up.
    #[error("the database refused a statement: {}", .0)]
    Statement(#[source] StatementError),
    /// COMMIT was sent and no clear answer came back: the outcome is unknown until it is looked up.
    #[error("the outcome of a commit is unknown")]
    CommitUnknown(#[source] StatementError),
    /// The database's file was moved, deleted or replaced beneath this process.
    #[error("the database is not the file that was opened: it, or what SQLite keeps beside it, was moved or replaced")]
    Displaced,
    /// A row holds what this program would never have written.
    #[error("the database holds {0}, which this program did not write")]
    Corrupt(&'static str),
    /// A connection does not have the durability or isolation that was asked for.
    #[error("{setting} is `{found}`, but must be `{wanted}`")]
    Setting {
        /// The database's name for the setting.
        setting: &'static str,
        /// What must be in force.
        wanted: &'static str,
        /// What is.
        found: String,
    },
    /// The tables are not those of this version.
    #[error("the database needs {0} migration(s): run `zaguan migrate`")]
    NotMigrated(usize),
    /// A migration failed.
    #[error("a migration failed")]
    Migration(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// The database's own words for a refusal, without the row's contents (PostgreSQL's *detail* quotes them).
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct StatementError {
    message: String,
    is_unique_violation: bool,
}

impl StatementError {
    /// A commit went into a file that is not in its place.
    pub(super) fn displaced() -> Self {
        Self { message: StoreError::Displaced.to_string(), is_unique_violation: false }
    }
}

impl From<DieselError> for StatementError {
    fn from(error: DieselError) -> Self {
        match error {
            DieselError::DatabaseError(kind, information) => Self {
                message: information.message().to_owned(),
                is_unique_violation: matches!(kind, DatabaseErrorKind::UniqueViolation),
            },
            other => Self { message: other.to_string(), is_unique_violation: false },
        }
    }
}

impl From<DieselError> for StoreError {
    fn from(error: DieselError) -> Self {
        Self::Statement(error.into())
    }
}

impl StoreError {
    /// Whether a row with this key was already there.
    #[must_use]
    pub fn is_unique_violation(&self) -> bool {
        matches!(self, Self::Statement(StatementError { is_unique_violation: true, .. }))
    }
}
