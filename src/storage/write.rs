//! The write transaction: the only key to the functions that change rows.

use diesel::connection::SimpleConnection;

use super::error::StatementError;
use super::files::Files;
use super::{AnyConnection, StoreError};

/// The advisory lock that makes writers of one PostgreSQL database take turns ("zaguan" in ASCII).
const WRITER_LOCK: i64 = 0x7A61_6775_616E;

/// The writer's own connection.
pub struct WriteConnection {
    conn: AnyConnection,
    /// Of SQLite.
    files: Option<Files>,
}

/// An open write transaction. Dropped without [`WriteTx::commit`], it is rolled back.
pub struct WriteTx<'a> {
    conn: &'a mut AnyConnection,
    files: Option<&'a Files>,
    is_open: bool,
}

impl WriteConnection {
    pub(super) fn new(conn: AnyConnection, files: Option<Files>) -> Self {
        Self { conn, files }
    }

    /// Opens a transaction that no other writer, in this process or another, shares: when this returns,
    /// everything that was committed before is visible.
    ///
    /// # Errors
    /// What the database met, a lock time-out included; [`StoreError::Displaced`] when its file is not in its place.
    pub fn begin(&mut self) -> Result<WriteTx<'_>, StoreError> {
        demand_place(&mut self.conn, self.files.as_ref())?;
        match &mut self.conn {
            AnyConnection::Sqlite(conn) => conn.batch_execute("BEGIN IMMEDIATE")?,
            AnyConnection::Postgres(conn) => conn.batch_execute(&format!(
                "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; SELECT pg_advisory_xact_lock({WRITER_LOCK})"
            ))?,
        }
        Ok(WriteTx { conn: &mut self.conn, files: self.files.as_ref(), is_open: true })
    }

    /// The connection, for reading between transactions.
    pub fn conn(&mut self) -> &mut AnyConnection {
        &mut self.conn
    }
}

impl WriteTx<'_> {
    /// The connection, for reading inside the transaction.
    pub fn conn(&mut self) -> &mut AnyConnection {
        self.conn
    }

    /// Makes everything durable. When this returns `Ok`, it is, and in the file that everybody else opens.
    ///
    /// # Errors
    /// [`StoreError::CommitUnknown`], always: whether the commit happened must be looked up.
    pub fn commit(mut self) -> Result<(), StoreError> {
        self.is_open = false;
        self.conn.batch_execute("COMMIT").map_err(|error| StoreError::CommitUnknown(error.into()))?;
        demand_place(self.conn, self.files).map_err(|_| StoreError::CommitUnknown(StatementError::displaced()))
    }

    /// Runs `change` so that its rows alone are undone when it fails.
    ///
    /// # Errors
    /// The outer error when the savepoint itself failed and the transaction must be given up; the inner
    /// one is the change's own.
    pub fn isolated<T, E>(
        &mut self,
        change: impl FnOnce(&mut Self) -> Result<T, E>,
    ) -> Result<Result<T, E>, StoreError> {
        self.conn.batch_execute("SAVEPOINT change")?;
        let result = change(self);
        self.conn.batch_execute(match result {
            Ok(_) => "RELEASE SAVEPOINT change",
            Err(_) => "ROLLBACK TO SAVEPOINT change; RELEASE SAVEPOINT change",
        })?;
        Ok(result)
    }
}

impl Drop for WriteTx<'_> {
    fn drop(&mut self) {
        if self.is_open {
            // A failed rollback leaves a broken connection, which the writer drops and opens anew.
            let _ = self.conn.batch_execute("ROLLBACK");
        }
    }
}

/// A connection whose log of commits was deleted is the last that can read it: it brings them into the database before
/// it is given up.
fn demand_place(conn: &mut AnyConnection, files: Option<&Files>) -> Result<(), StoreError> {
    let Some(files) = files else { return Ok(()) };
    let place = files.demand();
    if place.is_err() && files.hold_the_only_commits() {
        conn.batch_execute("PRAGMA wal_checkpoint(FULL)")?;
    }
    place
}
