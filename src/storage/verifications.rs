//! What each verification of the log found.

use diesel::prelude::*;

use super::schema::log_verification;
use super::{AnyConnection, StoreError, WriteTx};

/// One verification. After a fault the figures are absent.
#[derive(Clone, Debug, PartialEq, Eq, Insertable, Queryable, Selectable)]
#[diesel(table_name = log_verification)]
pub struct VerificationRow {
    /// The entry that says the same.
    pub seq: i64,
    /// Who asked for it.
    pub actor: String,
    /// Microseconds since the epoch.
    pub began_at: i64,
    /// Microseconds since the epoch.
    pub ended_at: i64,
    /// The first thing that did not fit.
    pub fault: Option<String>,
    /// Entries that were checked, from the first on.
    pub entries: Option<i64>,
    /// The root they give, 32 bytes.
    pub root: Option<Vec<u8>>,
    /// Commits.
    pub batches: Option<i64>,
    /// Published checkpoints that agree.
    pub checkpoints: Option<i64>,
    /// The size of the anchor that agrees, if there was one.
    pub anchored: Option<i64>,
    /// Entries that the report's tallies count, and were found to count rightly.
    pub tallied: Option<i64>,
}

/// The newest verification.
///
/// # Errors
/// When the database fails.
pub fn find_last(conn: &mut AnyConnection) -> Result<Option<VerificationRow>, StoreError> {
    Ok(log_verification::table
        .select(VerificationRow::as_select())
        .order(log_verification::seq.desc())
        .first(conn)
        .optional()?)
}

/// Keeps what a verification found.
///
/// # Errors
/// When the database fails.
pub fn insert(tx: &mut WriteTx<'_>, row: &VerificationRow) -> Result<(), StoreError> {
    diesel::insert_into(log_verification::table).values(row).execute(tx.conn())?;
    Ok(())
}
