//! One-time links: invitations, resets, the first admin's way in. Only hashes of their tokens are here.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::schema::one_time_link;
use super::{AnyConnection, StoreError, WriteTx, instant, word};
use crate::domain::StaffId;
use crate::domain::staff::LinkKind;

/// A link as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredLink {
    /// What it is for.
    pub kind: LinkKind,
    /// Whose account it opens; none for the first admin, whose account does not exist yet.
    pub staff: Option<StaffId>,
    /// The second factor's secret, drawn with the link; sealed for [`totp_place`].
    pub sealed_totp: Vec<u8>,
    /// Who made it.
    pub created_by: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// From when on it is no longer good.
    pub expires_at: DateTime<Utc>,
    /// When it was used, or ended by a newer one.
    pub ended_at: Option<DateTime<Utc>>,
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = one_time_link)]
struct LinkRow {
    kind: String,
    staff: Option<String>,
    sealed_totp: Vec<u8>,
    created_by: String,
    created_at: i64,
    expires_at: i64,
    ended_at: Option<i64>,
}

/// What binds a sealed secret to its link.
#[must_use]
pub fn totp_place(token_hash: &[u8; 32]) -> Vec<u8> {
    [b"zaguan/link-totp/v1\0".as_slice(), token_hash].concat()
}

/// The link that a token of this SHA-256 opens, good or not.
///
/// # Errors
/// [`StoreError::Corrupt`] on a row that this program did not write; or when the database fails.
pub fn find(conn: &mut AnyConnection, token_hash: &[u8; 32]) -> Result<Option<StoredLink>, StoreError> {
    let query = one_time_link::table.find(token_hash.as_slice()).select(LinkRow::as_select());
    query.first(conn).optional()?.map(link_of).transpose()
}

/// Adds a link.
///
/// # Errors
/// When the database fails.
pub fn insert(tx: &mut WriteTx<'_>, new: &StoredLink, token_hash: &[u8; 32]) -> Result<(), StoreError> {
    let row = LinkRow {
        kind: new.kind.to_string(),
        staff: new.staff.map(|id| id.to_string()),
        sealed_totp: new.sealed_totp.clone(),
        created_by: new.created_by.clone(),
        created_at: new.created_at.timestamp_micros(),
        expires_at: new.expires_at.timestamp_micros(),
        ended_at: new.ended_at.map(|at| at.timestamp_micros()),
    };
    diesel::insert_into(one_time_link::table)
        .values((&row, one_time_link::token_hash.eq(token_hash.as_slice())))
        .execute(tx.conn())?;
    Ok(())
}

/// Ends every open link of one account; without an account, every open link for a first admin.
///
/// # Errors
/// When the database fails.
pub fn end_all(tx: &mut WriteTx<'_>, staff: Option<StaffId>, at: DateTime<Utc>) -> Result<(), StoreError> {
    let open = one_time_link::table.filter(one_time_link::ended_at.is_null());
    let ended = one_time_link::ended_at.eq(at.timestamp_micros());
    match staff {
        Some(id) => {
            diesel::update(open.filter(one_time_link::staff.eq(id.to_string()))).set(ended).execute(tx.conn())?
        }
        None => diesel::update(open.filter(one_time_link::staff.is_null())).set(ended).execute(tx.conn())?,
    };
    Ok(())
}

fn link_of(row: LinkRow) -> Result<StoredLink, StoreError> {
    Ok(StoredLink {
        kind: word(&row.kind, "a kind of link")?,
        staff: row.staff.map(|id| word(&id, "a staff id")).transpose()?,
        sealed_totp: row.sealed_totp,
        created_by: row.created_by,
        created_at: instant(row.created_at)?,
        expires_at: instant(row.expires_at)?,
        ended_at: row.ended_at.map(instant).transpose()?,
    })
}
