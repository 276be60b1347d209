//! Which decision a client's idempotency key stands for.

use std::collections::HashSet;

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

/// Keys in one query: each database takes only so many values.
const KEYS_PER_QUERY: usize = 5_000;

/// What these keys, each of a client, stand for at this instant, by item. One query for all of them: on PostgreSQL every
/// query is a round trip, and it is made while everybody waits.
///
/// # Errors
/// When the database fails.
pub fn list(conn: &mut AnyConnection, keys: &[(String, String)], now: i64) -> Result<Vec<IdempotencyRow>, StoreError> {
    let mut found = Vec::new();
    for keys in keys.chunks(KEYS_PER_QUERY) {
        let rows: Vec<IdempotencyRow> = idempotency::table
            .filter(idempotency::client.eq_any(keys.iter().map(|(client, _)| client)))
            .filter(idempotency::key.eq_any(keys.iter().map(|(_, key)| key)))
            .filter(idempotency::expires_at.gt(now))
            .select(IdempotencyRow::as_select())
            .order(idempotency::item)
            .load(conn)?;
        // The query also finds one client's key under another client: those are not asked for.
        let asked: HashSet<(&str, &str)> = keys.iter().map(|(client, key)| (client.as_str(), key.as_str())).collect();
        found.extend(rows.into_iter().filter(|row| asked.contains(&(row.client.as_str(), row.key.as_str()))));
    }
    Ok(found)
}

/// Remembers answers, in place of those under the same keys that have expired by `now`.
///
/// # Errors
/// When a key still stands for something, or the database fails.
pub fn insert(tx: &mut WriteTx<'_>, rows: &[IdempotencyRow], now: i64) -> Result<(), StoreError> {
    for rows in rows.chunks(KEYS_PER_QUERY) {
        let same = idempotency::table
            .filter(idempotency::client.eq_any(rows.iter().map(|row| &row.client)))
            .filter(idempotency::key.eq_any(rows.iter().map(|row| &row.key)));
        diesel::delete(same.filter(idempotency::expires_at.le(now))).execute(tx.conn())?;
        match tx.conn() {
            AnyConnection::Sqlite(conn) => {
                for row in rows {
                    diesel::insert_into(idempotency::table).values(row).execute(conn)?;
                }
            }
            AnyConnection::Postgres(conn) => {
                diesel::insert_into(idempotency::table).values(rows).execute(conn)?;
            }
        }
    }
    Ok(())
}

/// Forgets what has expired.
///
/// # Errors
/// When the database fails.
pub fn delete_expired(tx: &mut WriteTx<'_>, now: i64) -> Result<usize, StoreError> {
    Ok(diesel::delete(idempotency::table.filter(idempotency::expires_at.le(now))).execute(tx.conn())?)
}
