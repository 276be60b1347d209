//! What witnesses have signed of the published checkpoints.

use diesel::prelude::*;

use crate::storage::schema::audit_cosignature;
use crate::storage::{AnyConnection, StoreError, WriteTx};

/// A witness's line beneath a published checkpoint.
#[derive(Clone, Debug, PartialEq, Eq, Insertable, Queryable, Selectable)]
#[diesel(table_name = audit_cosignature)]
pub struct CosignatureRow {
    /// Entries under the checkpoint.
    pub size: i64,
    /// The witness.
    pub name: String,
    /// The signature line, with its newline.
    pub line: String,
}

/// The lines beneath the checkpoints from `first` up to `last`, by size and name.
///
/// # Errors
/// When the database fails.
pub fn list_cosignatures(conn: &mut AnyConnection, first: i64, last: i64) -> Result<Vec<CosignatureRow>, StoreError> {
    Ok(audit_cosignature::table
        .filter(audit_cosignature::size.between(first, last))
        .select(CosignatureRow::as_select())
        .order((audit_cosignature::size, audit_cosignature::name))
        .load(conn)?)
}

/// The line of this witness beneath the largest checkpoint that has one.
///
/// # Errors
/// When the database fails.
pub fn find_last_cosignature(conn: &mut AnyConnection, name: &str) -> Result<Option<CosignatureRow>, StoreError> {
    Ok(audit_cosignature::table
        .filter(audit_cosignature::name.eq(name))
        .select(CosignatureRow::as_select())
        .order(audit_cosignature::size.desc())
        .first(conn)
        .optional()?)
}

/// Keeps a line, unless this witness has one at this size. Says whether it had none.
///
/// # Errors
/// When no checkpoint of that size is published, or the database fails.
pub fn insert_cosignature(tx: &mut WriteTx<'_>, row: &CosignatureRow) -> Result<bool, StoreError> {
    let held = audit_cosignature::table.find((row.size, &row.name)).count().get_result::<i64>(tx.conn())?;
    if held > 0 {
        return Ok(false);
    }
    diesel::insert_into(audit_cosignature::table).values(row).execute(tx.conn())?;
    Ok(true)
}
