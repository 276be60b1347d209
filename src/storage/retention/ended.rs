//! What ended long ago: marks of confidential residents, sessions, one-time links.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::domain::StoreId;
use crate::storage::schema::{confidential_resident, one_time_link, session};
use crate::storage::{AnyConnection, StoreError, WriteTx, word};

/// Marks that ended before an instant: their store, and how many.
///
/// # Errors
/// [`StoreError::Corrupt`] on a row that this program did not write; or when the database fails.
pub fn count_ended_marks(conn: &mut AnyConnection, before: DateTime<Utc>) -> Result<Vec<(StoreId, i64)>, StoreError> {
    let ended = confidential_resident::table.filter(confidential_resident::ended_at.lt(before.timestamp_micros()));
    let counts: Vec<(String, i64)> = ended
        .group_by(confidential_resident::store)
        .select((confidential_resident::store, diesel::dsl::count_star()))
        .load(conn)?;
    counts.into_iter().map(|(store, count)| Ok((word(&store, "a store id")?, count))).collect()
}

/// Erases the marks of one store that ended before an instant. Returns how many they were.
///
/// # Errors
/// When the database fails.
pub fn erase_ended_marks(tx: &mut WriteTx<'_>, store: &StoreId, before: DateTime<Utc>) -> Result<usize, StoreError> {
    let ended = confidential_resident::table
        .filter(confidential_resident::ended_at.lt(before.timestamp_micros()))
        .filter(confidential_resident::store.eq(store.as_str()));
    Ok(diesel::delete(ended).execute(tx.conn())?)
}

/// How many sessions ended before an instant.
///
/// # Errors
/// When the database fails.
pub fn count_ended_sessions(conn: &mut AnyConnection, before: DateTime<Utc>) -> Result<i64, StoreError> {
    let at = before.timestamp_micros();
    let ended = session::table
        .filter(session::expires_at.lt(at))
        .filter(session::ended_at.is_null().or(session::ended_at.lt(at)));
    Ok(ended.count().get_result(conn)?)
}

/// Erases the sessions that ended before an instant. Returns how many they were.
///
/// # Errors
/// When the database fails.
pub fn erase_ended_sessions(tx: &mut WriteTx<'_>, before: DateTime<Utc>) -> Result<usize, StoreError> {
    let at = before.timestamp_micros();
    let ended = session::table
        .filter(session::expires_at.lt(at))
        .filter(session::ended_at.is_null().or(session::ended_at.lt(at)));
    Ok(diesel::delete(ended).execute(tx.conn())?)
}

/// How many one-time links were over before an instant.
///
/// # Errors
/// When the database fails.
pub fn count_spent_links(conn: &mut AnyConnection, before: DateTime<Utc>) -> Result<i64, StoreError> {
    let spent = one_time_link::table.filter(one_time_link::expires_at.lt(before.timestamp_micros()));
    Ok(spent.count().get_result(conn)?)
}

/// Erases the one-time links that were over before an instant. Returns how many they were.
///
/// # Errors
/// When the database fails.
pub fn erase_spent_links(tx: &mut WriteTx<'_>, before: DateTime<Utc>) -> Result<usize, StoreError> {
    let spent = one_time_link::table.filter(one_time_link::expires_at.lt(before.timestamp_micros()));
    Ok(diesel::delete(spent).execute(tx.conn())?)
}
