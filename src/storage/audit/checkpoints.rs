//! Published checkpoints.

use diesel::prelude::*;

use crate::storage::schema::audit_checkpoint;
use crate::storage::{AnyConnection, StoreError, WriteTx};

/// A published checkpoint.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = audit_checkpoint)]
pub struct CheckpointRow {
    /// Entries in the log.
    pub size: i64,
    /// The signed note.
    pub note: String,
    /// When it was published, microseconds since the epoch.
    pub at: i64,
}

/// The newest published checkpoint.
///
/// # Errors
/// When the database fails.
pub fn find_last_checkpoint(conn: &mut AnyConnection) -> Result<Option<CheckpointRow>, StoreError> {
    Ok(audit_checkpoint::table
        .select(CheckpointRow::as_select())
        .order(audit_checkpoint::size.desc())
        .first(conn)
        .optional()?)
}

/// The checkpoint that was published at exactly this size.
///
/// # Errors
/// When the database fails.
pub fn find_checkpoint(conn: &mut AnyConnection, size: i64) -> Result<Option<CheckpointRow>, StoreError> {
    Ok(audit_checkpoint::table.find(size).select(CheckpointRow::as_select()).first(conn).optional()?)
}

/// Published checkpoints larger than `size`, smallest first, `limit` at most.
///
/// # Errors
/// When the database fails.
pub fn list_checkpoints_after(
    conn: &mut AnyConnection,
    size: i64,
    limit: i64,
) -> Result<Vec<CheckpointRow>, StoreError> {
    Ok(audit_checkpoint::table
        .filter(audit_checkpoint::size.gt(size))
        .select(CheckpointRow::as_select())
        .order(audit_checkpoint::size)
        .limit(limit)
        .load(conn)?)
}

/// Publishes a checkpoint. It must be larger than the last.
///
/// # Errors
/// When it is not, or the database fails.
pub fn insert_checkpoint(tx: &mut WriteTx<'_>, size: i64, note: &str, at: i64) -> Result<(), StoreError> {
    diesel::insert_into(audit_checkpoint::table)
        .values((audit_checkpoint::size.eq(size), audit_checkpoint::note.eq(note), audit_checkpoint::at.eq(at)))
        .execute(tx.conn())?;
    Ok(())
}
