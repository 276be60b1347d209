//! Which decision a client's idempotency key stands for.

use diesel::prelude::*;

use super::schema::idempotency;
use super::{AnyConnection, StoreError, WriteTx};

/// One remembered answer.
#[derive(Clone, Debug, PartialEq, Eq, Insertable, Queryable, Selectable)]
#[diesel(table_name = idempotency)]
pub struct IdempotencyRow {
    /// The client whose key it is.
    pub client: String,
    /// The key as sent.
    pub key: String,
    /// The item of a batch, from 0; 0 for a single decision.
    pub item: i64,
    /// SHA-256 of the request's body.
    pub body: Vec<u8>,
    /// The entry that answers.
    pub seq: i64,
    /// Microseconds since the epoch.
    pub expires_at: i64,
}

/// What a key stands for at this instant.
///
/// # Errors
/// When the database fails.
pub fn list(conn: &mut AnyConnection, client: &str, key: &str, now: i64) -> Result<Vec<IdempotencyRow>, StoreError> {
    Ok(idempotency::table
        .filter(idempotency::client.eq(client).and(idempotency::key.eq(key)))
        .filter(idempotency::expires_at.gt(now))
        .select(IdempotencyRow::as_select())
        .order(idempotency::item)
        .load(conn)?)
}

/// Remembers an answer, in place of an expired one under the same key.
///
/// # Errors
/// When the database fails.
pub fn insert(tx: &mut WriteTx<'_>, row: &IdempotencyRow) -> Result<(), StoreError> {
    let conn = tx.conn();
    diesel::delete(idempotency::table.find((&row.client, &row.key, row.item))).execute(conn)?;
    diesel::insert_into(idempotency::table).values(row).execute(conn)?;
    Ok(())
}

/// Forgets what has expired.
///
/// # Errors
/// When the database fails.
pub fn delete_expired(tx: &mut WriteTx<'_>, now: i64) -> Result<usize, StoreError> {
    Ok(diesel::delete(idempotency::table.filter(idempotency::expires_at.le(now))).execute(tx.conn())?)
}
