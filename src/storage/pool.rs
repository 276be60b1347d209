//! The store: a pool of read-only connections, and the way to the single writing one.

use std::time::Duration;

use diesel::connection::SimpleConnection as _;
use diesel::r2d2::{ManageConnection, Pool};

use super::connection::{self, AnyConnection, Purpose};
use super::files::{Files, Home};
use super::{Location, StoreError, WriteConnection, migrate};

/// How the database is reached.
#[derive(Clone, Debug)]
pub struct StoreOptions {
    /// Where it is.
    pub location: Location,
    /// Read-only connections kept open.
    pub readers: u32,
    /// How long to wait for another process's lock.
    pub busy_timeout: Duration,
    /// How long one statement may take (PostgreSQL).
    pub statement_timeout: Duration,
}

/// The database, for reading. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    options: StoreOptions,
    /// Of SQLite.
    home: Option<Home>,
    readers: Pool<Readers>,
}

struct Readers {
    options: StoreOptions,
    home: Option<Home>,
}

/// A connection, and for SQLite the files that it holds open.
struct Opened {
    conn: AnyConnection,
    files: Option<Files>,
}

impl ManageConnection for Readers {
    type Connection = Opened;
    type Error = StoreError;

    fn connect(&self) -> Result<Opened, StoreError> {
        open_at(self.home.as_ref(), &self.options, Purpose::Read)
    }

    fn is_valid(&self, opened: &mut Opened) -> Result<(), StoreError> {
        opened.files.as_ref().map_or(Ok(()), Files::demand)?;
        Ok(opened.conn.batch_execute("SELECT 1")?)
    }

    fn has_broken(&self, opened: &mut Opened) -> bool {
        use diesel::r2d2::R2D2Connection as _;
        std::thread::panicking() || opened.conn.is_broken()
    }
}

fn open(options: &StoreOptions, purpose: Purpose) -> Result<AnyConnection, StoreError> {
    connection::open(&options.location, purpose, options.busy_timeout, options.statement_timeout)
}

/// Opens the file that this store was opened with, and no other: it must lie there before and afterwards.
fn open_at(home: Option<&Home>, options: &StoreOptions, purpose: Purpose) -> Result<Opened, StoreError> {
    home.map_or(Ok(()), Home::demand)?;
    let conn = open(options, purpose)?;
    let files = home.map(Files::of).transpose()?;
    Ok(Opened { conn, files })
}

impl Store {
    /// Opens a database whose tables are those of this version.
    ///
    /// # Errors
    /// [`StoreError::NotMigrated`] when they are older; otherwise what the connection met.
    pub fn open(options: StoreOptions) -> Result<Self, StoreError> {
        let mut first = open(&options, Purpose::Write)?;
        match migrate::pending(&mut first)? {
            0 => {}
            pending => return Err(StoreError::NotMigrated(pending)),
        }
        let home = match &options.location {
            Location::Sqlite(path) => Some(Home::at(path)?),
            Location::Still(_) | Location::Postgres(_) => None,
        };
        let readers = Pool::builder()
            .max_size(options.readers.max(1))
            .min_idle(Some(1))
            // A server that was restarted leaves dead connections behind; reads are not the hot path.
            .test_on_check_out(true)
            .connection_timeout(options.busy_timeout)
            .error_handler(Box::new(diesel::r2d2::NopErrorHandler))
            .build(Readers { options: options.clone(), home: home.clone() })
            .map_err(|error| StoreError::Unreachable(Box::new(error)))?;
        Ok(Self { options, home, readers })
    }

    /// A database that may be away, for reading only: nothing is opened before it is needed.
    pub(super) fn later(options: StoreOptions) -> Self {
        let readers = Pool::builder()
            .max_size(options.readers.max(1))
            .min_idle(Some(0))
            .test_on_check_out(true)
            .connection_timeout(options.busy_timeout)
            .error_handler(Box::new(diesel::r2d2::NopErrorHandler))
            .build_unchecked(Readers { options: options.clone(), home: None });
        Self { options, home: None, readers }
    }

    /// Applies what migrations are missing, then opens. For the embedded database and for demonstrations;
    /// a PostgreSQL server is migrated by its owner with `zaguan migrate`.
    ///
    /// # Errors
    /// What the migration or the connection met.
    pub fn migrate_and_open(options: StoreOptions) -> Result<Self, StoreError> {
        migrate::run(&mut open(&options, Purpose::Write)?)?;
        Self::open(options)
    }

    /// Applies what migrations are missing and says which.
    ///
    /// # Errors
    /// What the migration or the connection met.
    pub fn migrate(options: &StoreOptions) -> Result<Vec<String>, StoreError> {
        migrate::run(&mut open(options, Purpose::Write)?)
    }

    /// Lends a read-only connection.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`] when none is free in time; otherwise what `query` returns.
    pub fn read<T, E: From<StoreError>>(&self, query: impl FnOnce(&mut AnyConnection) -> Result<T, E>) -> Result<T, E> {
        let mut conn = self.readers.get().map_err(|error| StoreError::Unreachable(Box::new(error)))?;
        query(&mut conn.conn)
    }

    /// [`Store::read`], with everything as it stood at one instant, however many queries there are.
    ///
    /// # Errors
    /// As [`Store::read`].
    pub fn read_at_once<T, E: From<StoreError>>(
        &self,
        query: impl FnOnce(&mut AnyConnection) -> Result<T, E>,
    ) -> Result<T, E> {
        self.read(|conn| {
            let begin = match conn {
                AnyConnection::Sqlite(_) => "BEGIN",
                AnyConnection::Postgres(_) => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
            };
            conn.batch_execute(begin).map_err(StoreError::from)?;
            let read = query(conn);
            conn.batch_execute("ROLLBACK").map_err(StoreError::from)?;
            read
        })
    }

    /// Opens the connection that the ledger's writer owns. One per process.
    ///
    /// # Errors
    /// What the connection met; [`StoreError::Displaced`] when another file lies where this store was opened.
    pub fn open_writer(&self) -> Result<WriteConnection, StoreError> {
        // Connections of one process share files that were deleted: whoever still holds one must let go first.
        drop(self.home.as_ref().and_then(|_| self.readers.try_get()));
        let Opened { conn, files } = open_at(self.home.as_ref(), &self.options, Purpose::Write)?;
        Ok(WriteConnection::new(conn, files))
    }

    /// Brings commits from SQLite's write-ahead log into the database, as far as that holds up nobody. Nothing to do on
    /// PostgreSQL, which has a process for it.
    ///
    /// # Errors
    /// When the database fails: what was committed stays where it is.
    pub fn carry_commits(&self) -> Result<(), StoreError> {
        match self.options.location {
            Location::Sqlite(_) => self.read(|conn| Ok(conn.batch_execute("PRAGMA wal_checkpoint(PASSIVE)")?)),
            Location::Still(_) | Location::Postgres(_) => Ok(()),
        }
    }

    /// How long somebody who waits for the database waits at most: for others' locks, and for one statement.
    #[must_use]
    pub fn patience(&self) -> Duration {
        self.options.busy_timeout + self.options.statement_timeout
    }

    /// Where the database is.
    #[must_use]
    pub fn location(&self) -> &Location {
        &self.options.location
    }
}
