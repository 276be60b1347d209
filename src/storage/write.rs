//! The write transaction: the only key to the functions that change rows.

use diesel::connection::SimpleConnection;

use super::{AnyConnection, StoreError};

/// The advisory lock that makes writers of one PostgreSQL database take turns ("zaguan" in ASCII).
const WRITER_LOCK: i64 = 0x7A61_6775_616E;

/// The writer's own connection.
pub struct WriteConnection(AnyConnection);

/// An open write transaction. Dropped without [`WriteTx::commit`], it is rolled back.
pub struct WriteTx<'a> {
    conn: &'a mut AnyConnection,
    is_open: bool,
}

impl WriteConnection {
    pub(super) fn new(conn: AnyConnection) -> Self {
        Self(conn)
    }

    /// Opens a transaction that no other writer, in this process or another, shares: when this returns,
    /// everything that was committed before is visible.
    ///
    /// # Errors
    /// What the database met, a lock time-out included.
    pub fn begin(&mut self) -> Result<WriteTx<'_>, StoreError> {
        match &mut self.0 {
            AnyConnection::Sqlite(conn) => conn.batch_execute("BEGIN IMMEDIATE")?,
            AnyConnection::Postgres(conn) => conn.batch_execute(&format!(
                "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; SELECT pg_advisory_xact_lock({WRITER_LOCK})"
            ))?,
        }
        Ok(WriteTx { conn: &mut self.0, is_open: true })
    }

    /// The connection, for reading between transactions.
    pub fn conn(&mut self) -> &mut AnyConnection {
        &mut self.0
    }
}

impl WriteTx<'_> {
    /// The connection, for reading inside the transaction.
    pub fn conn(&mut self) -> &mut AnyConnection {
        self.conn
    }

    /// Makes everything durable. When this returns `Ok`, it is.
    ///
    /// # Errors
    /// [`StoreError::CommitUnknown`], always: whether the commit happened must be looked up.
    pub fn commit(mut self) -> Result<(), StoreError> {
        self.is_open = false;
        self.conn.batch_execute("COMMIT").map_err(|error| StoreError::CommitUnknown(error.into()))
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
