//! The text of every policy that was ever in force.

use diesel::prelude::*;

use super::schema::{policy, state};
use super::{AnyConnection, StoreError, WriteTx};

/// The policy with this hash, if it was ever in force: its text.
///
/// # Errors
/// When the database fails.
pub fn find_source(conn: &mut AnyConnection, sha256: &str) -> Result<Option<String>, StoreError> {
    Ok(policy::table.find(sha256).select(policy::source).first(conn).optional()?)
}

/// The hash of the policy that the last start applied.
///
/// # Errors
/// When the database fails.
pub fn find_current(conn: &mut AnyConnection) -> Result<Option<String>, StoreError> {
    Ok(state::table.find(1).select(state::policy).first(conn)?)
}

/// Puts a policy in force, and keeps its text.
///
/// # Errors
/// When the database fails.
pub fn set_current(tx: &mut WriteTx<'_>, sha256: &str, id: &str, source: &str, at: i64) -> Result<(), StoreError> {
    let conn = tx.conn();
    if find_source(conn, sha256)?.is_none() {
        diesel::insert_into(policy::table)
            .values((
                policy::sha256.eq(sha256),
                policy::id.eq(id),
                policy::source.eq(source),
                policy::first_used_at.eq(at),
            ))
            .execute(conn)?;
    }
    diesel::update(state::table.find(1)).set(state::policy.eq(sha256)).execute(conn)?;
    Ok(())
}
