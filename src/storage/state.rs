//! The revision of everything a decision is judged by.
//!
//! Whoever changes the catalogue, a client or a flag raises the revision in the same transaction. The writer
//! compares it inside every transaction, so that a change made by another process is never missed.

use diesel::prelude::*;

use super::schema::state;
use super::{AnyConnection, StoreError, WriteTx};

/// The revision, and the keys in force (none before the first start).
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = state)]
pub struct StateRow {
    /// Raised by every change of what decisions are judged by.
    pub revision: i64,
    /// The id of the master key that seals and indexes.
    pub master_key: Option<String>,
    /// The verifier key of the key that signs the log.
    pub log_key: Option<String>,
}

/// The state.
///
/// # Errors
/// When the database fails.
pub fn load(conn: &mut AnyConnection) -> Result<StateRow, StoreError> {
    Ok(state::table.find(1).select(StateRow::as_select()).first(conn)?)
}

/// Raises the revision.
///
/// # Errors
/// When the database fails.
pub fn raise_revision(tx: &mut WriteTx<'_>) -> Result<(), StoreError> {
    diesel::update(state::table.find(1)).set(state::revision.eq(state::revision + 1)).execute(tx.conn())?;
    Ok(())
}

/// Records which keys are in force, and raises the revision.
///
/// # Errors
/// When the database fails.
pub fn set_keys(tx: &mut WriteTx<'_>, master_key: &str, log_key: &str) -> Result<(), StoreError> {
    diesel::update(state::table.find(1))
        .set((state::master_key.eq(master_key), state::log_key.eq(log_key)))
        .execute(tx.conn())?;
    raise_revision(tx)
}
