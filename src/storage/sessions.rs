//! Sessions of staff. Only hashes of their tokens are here.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::schema::session;
use super::{AnyConnection, StoreError, WriteTx, instant, word};
use crate::domain::{SessionId, StaffId};

/// A session as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredSession {
    /// Its id.
    pub id: SessionId,
    /// Whose it is.
    pub staff: StaffId,
    /// The network address from which it was opened.
    pub address: String,
    /// When it was opened.
    pub created_at: DateTime<Utc>,
    /// When it was used last, to the minute.
    pub seen_at: DateTime<Utc>,
    /// When it ends, used or not.
    pub expires_at: DateTime<Utc>,
    /// When it was ended by somebody.
    pub ended_at: Option<DateTime<Utc>>,
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = session)]
struct SessionRow {
    id: String,
    staff: String,
    address: String,
    created_at: i64,
    seen_at: i64,
    expires_at: i64,
    ended_at: Option<i64>,
}

/// The session that a token of this SHA-256 opens.
///
/// # Errors
/// [`StoreError::Corrupt`] on a row that this program did not write; or when the database fails.
pub fn find_by_token(conn: &mut AnyConnection, token_hash: &[u8; 32]) -> Result<Option<StoredSession>, StoreError> {
    let query = session::table.filter(session::token_hash.eq(token_hash.as_slice())).select(SessionRow::as_select());
    query.first(conn).optional()?.map(session_of).transpose()
}

/// The session with this id.
///
/// # Errors
/// As [`find_by_token`].
pub fn find(conn: &mut AnyConnection, id: SessionId) -> Result<Option<StoredSession>, StoreError> {
    let query = session::table.find(id.to_string()).select(SessionRow::as_select());
    query.first(conn).optional()?.map(session_of).transpose()
}

/// Opens a session.
///
/// # Errors
/// When the database fails.
pub fn insert(tx: &mut WriteTx<'_>, new: &StoredSession, token_hash: &[u8; 32]) -> Result<(), StoreError> {
    let row = SessionRow {
        id: new.id.to_string(),
        staff: new.staff.to_string(),
        address: new.address.clone(),
        created_at: new.created_at.timestamp_micros(),
        seen_at: new.seen_at.timestamp_micros(),
        expires_at: new.expires_at.timestamp_micros(),
        ended_at: new.ended_at.map(|at| at.timestamp_micros()),
    };
    diesel::insert_into(session::table)
        .values((&row, session::token_hash.eq(token_hash.as_slice())))
        .execute(tx.conn())?;
    Ok(())
}

/// Notes that a session was used.
///
/// # Errors
/// When the database fails.
pub fn set_seen(tx: &mut WriteTx<'_>, id: SessionId, at: DateTime<Utc>) -> Result<(), StoreError> {
    diesel::update(session::table.find(id.to_string()))
        .set(session::seen_at.eq(at.timestamp_micros()))
        .execute(tx.conn())?;
    Ok(())
}

/// The sessions of one account that nobody has ended, the newest first; those that have run out among them.
///
/// # Errors
/// As [`find_by_token`].
pub fn list_open(conn: &mut AnyConnection, staff: StaffId) -> Result<Vec<StoredSession>, StoreError> {
    let rows: Vec<SessionRow> = session::table
        .filter(session::staff.eq(staff.to_string()).and(session::ended_at.is_null()))
        .select(SessionRow::as_select())
        .order((session::created_at.desc(), session::id.desc()))
        .load(conn)?;
    rows.into_iter().map(session_of).collect()
}

/// Whether that account was ever signed in to from this address.
///
/// # Errors
/// When the database fails.
pub fn is_known_address(conn: &mut AnyConnection, staff: StaffId, address: &str) -> Result<bool, StoreError> {
    let from_there = session::table.filter(session::staff.eq(staff.to_string()).and(session::address.eq(address)));
    let found: i64 = from_there.count().get_result(conn)?;
    Ok(found > 0)
}

/// When each account's sessions were used last; accounts without a session are left out.
///
/// # Errors
/// [`StoreError::Corrupt`] on a row that this program did not write; or when the database fails.
pub fn last_seen(conn: &mut AnyConnection) -> Result<BTreeMap<StaffId, DateTime<Utc>>, StoreError> {
    let rows: Vec<(String, Option<i64>)> = session::table
        .group_by(session::staff)
        .select((session::staff, diesel::dsl::max(session::seen_at)))
        .load(conn)?;
    let seen = rows.into_iter().filter_map(|(id, at)| Some((id, at?)));
    seen.map(|(id, at)| Ok((word(&id, "a staff id")?, instant(at)?))).collect()
}

/// Ends one session.
///
/// # Errors
/// When the database fails.
pub fn end(tx: &mut WriteTx<'_>, id: SessionId, at: DateTime<Utc>) -> Result<(), StoreError> {
    diesel::update(session::table.find(id.to_string()))
        .set(session::ended_at.eq(at.timestamp_micros()))
        .execute(tx.conn())?;
    Ok(())
}

/// Ends every session of one account, perhaps but one. Returns how many were open.
///
/// # Errors
/// When the database fails.
pub fn end_all(
    tx: &mut WriteTx<'_>,
    staff: StaffId,
    but: Option<SessionId>,
    at: DateTime<Utc>,
) -> Result<usize, StoreError> {
    // No session has an empty id.
    let kept = but.map_or_else(String::new, |id| id.to_string());
    let open = session::staff.eq(staff.to_string()).and(session::ended_at.is_null()).and(session::id.ne(kept));
    let ended = session::ended_at.eq(at.timestamp_micros());
    Ok(diesel::update(session::table.filter(open)).set(ended).execute(tx.conn())?)
}

fn session_of(row: SessionRow) -> Result<StoredSession, StoreError> {
    Ok(StoredSession {
        id: word(&row.id, "a session id")?,
        staff: word(&row.staff, "a staff id")?,
        address: row.address,
        created_at: instant(row.created_at)?,
        seen_at: instant(row.seen_at)?,
        expires_at: instant(row.expires_at)?,
        ended_at: row.ended_at.map(instant).transpose()?,
    })
}
