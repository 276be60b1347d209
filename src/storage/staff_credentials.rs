//! What staff sign in with: the hash of a password, a sealed secret for codes, hashes of recovery codes. Nothing here can
//! be signed in with by whoever reads it.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::schema::{staff, staff_recovery_code};
use super::{AnyConnection, StoreError, WriteTx};
use crate::domain::StaffId;
use crate::domain::staff::AccountStatus;

/// The credentials of somebody who has enrolled.
#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub struct StoredCredentials {
    /// Argon2id, in PHC form.
    pub password_hash: String,
    /// The second factor's secret; sealed for [`totp_place`].
    pub sealed_totp: Vec<u8>,
    /// The newest time step whose code was used.
    pub totp_step: i64,
}

/// What binds a sealed secret to its account.
#[must_use]
pub fn totp_place(id: StaffId) -> Vec<u8> {
    [b"zaguan/staff-totp/v1\0".as_slice(), id.to_string().as_bytes()].concat()
}

/// The credentials of an account; none before its holder has enrolled.
///
/// # Errors
/// When the database fails.
pub fn find(conn: &mut AnyConnection, id: StaffId) -> Result<Option<StoredCredentials>, StoreError> {
    let row: Option<(Option<String>, Option<Vec<u8>>, i64)> = staff::table
        .find(id.to_string())
        .select((staff::password_hash, staff::sealed_totp, staff::totp_step))
        .first(conn)
        .optional()?;
    Ok(row.and_then(|(hash, sealed, totp_step)| {
        Some(StoredCredentials { password_hash: hash?, sealed_totp: sealed?, totp_step })
    }))
}

/// Gives an account its credentials, and makes it active.
///
/// # Errors
/// When the database fails.
pub fn enrol(
    tx: &mut WriteTx<'_>,
    id: StaffId,
    credentials: &StoredCredentials,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    diesel::update(staff::table.find(id.to_string()))
        .set((
            staff::status.eq(AccountStatus::Active.as_str()),
            staff::password_hash.eq(&credentials.password_hash),
            staff::password_changed_at.eq(at.timestamp_micros()),
            staff::sealed_totp.eq(&credentials.sealed_totp),
            staff::totp_step.eq(credentials.totp_step),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Takes an account's credentials away: its holder enrols anew.
///
/// # Errors
/// When the database fails.
pub fn clear(tx: &mut WriteTx<'_>, id: StaffId) -> Result<(), StoreError> {
    diesel::update(staff::table.find(id.to_string()))
        .set((
            staff::status.eq(AccountStatus::Invited.as_str()),
            staff::password_hash.eq(None::<String>),
            staff::sealed_totp.eq(None::<Vec<u8>>),
        ))
        .execute(tx.conn())?;
    set_recovery_codes(tx, id, &[])
}

/// Puts another password in the place of the old one.
///
/// # Errors
/// When the database fails.
pub fn set_password(tx: &mut WriteTx<'_>, id: StaffId, hash: &str, at: DateTime<Utc>) -> Result<(), StoreError> {
    diesel::update(staff::table.find(id.to_string()))
        .set((staff::password_hash.eq(hash), staff::password_changed_at.eq(at.timestamp_micros())))
        .execute(tx.conn())?;
    Ok(())
}

/// Puts another hash of the same password in the place of the old one.
///
/// # Errors
/// When the database fails.
pub fn set_hash(tx: &mut WriteTx<'_>, id: StaffId, hash: &str) -> Result<(), StoreError> {
    diesel::update(staff::table.find(id.to_string())).set(staff::password_hash.eq(hash)).execute(tx.conn())?;
    Ok(())
}

/// Notes that the code of this time step was used.
///
/// # Errors
/// When the database fails.
pub fn set_totp_step(tx: &mut WriteTx<'_>, id: StaffId, step: i64) -> Result<(), StoreError> {
    diesel::update(staff::table.find(id.to_string())).set(staff::totp_step.eq(step)).execute(tx.conn())?;
    Ok(())
}

/// Gives an account these recovery codes and no others.
///
/// # Errors
/// When the database fails.
pub fn set_recovery_codes(tx: &mut WriteTx<'_>, id: StaffId, hashes: &[[u8; 32]]) -> Result<(), StoreError> {
    let conn = tx.conn();
    diesel::delete(staff_recovery_code::table.filter(staff_recovery_code::staff.eq(id.to_string()))).execute(conn)?;
    for hash in hashes {
        diesel::insert_into(staff_recovery_code::table)
            .values((staff_recovery_code::staff.eq(id.to_string()), staff_recovery_code::code_hash.eq(hash.as_slice())))
            .execute(conn)?;
    }
    Ok(())
}

/// Uses up a recovery code. Returns whether there was such a code, unused.
///
/// # Errors
/// When the database fails.
pub fn use_recovery_code(
    tx: &mut WriteTx<'_>,
    id: StaffId,
    hash: &[u8; 32],
    at: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let code = staff_recovery_code::table.find((id.to_string(), hash.as_slice()));
    let changed = diesel::update(code.filter(staff_recovery_code::used_at.is_null()))
        .set(staff_recovery_code::used_at.eq(at.timestamp_micros()))
        .execute(tx.conn())?;
    Ok(changed > 0)
}

/// How many recovery codes of an account are still unused.
///
/// # Errors
/// When the database fails.
pub fn count_recovery_codes(conn: &mut AnyConnection, id: StaffId) -> Result<i64, StoreError> {
    Ok(staff_recovery_code::table
        .filter(staff_recovery_code::staff.eq(id.to_string()).and(staff_recovery_code::used_at.is_null()))
        .count()
        .get_result(conn)?)
}
