//! Failed sign-ins, by a keyed hash of the name as it was sent, or of the address: there is a row whether or not such an
//! account exists, so that the table tells nobody which names do.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::schema::sign_in_guard;
use super::{AnyConnection, StoreError, WriteTx, instant};

/// What is known about one name or one address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Guard {
    /// Failures in a row.
    pub failures: u32,
    /// When the newest of them was.
    pub last_at: DateTime<Utc>,
    /// Nobody is let in before that instant.
    pub locked_until: DateTime<Utc>,
}

/// The guard of one name or address, if it failed lately.
///
/// # Errors
/// [`StoreError::Corrupt`] on a row that this program did not write; or when the database fails.
pub fn find(conn: &mut AnyConnection, guarded: &[u8; 32]) -> Result<Option<Guard>, StoreError> {
    let row: Option<(i64, i64, i64)> = sign_in_guard::table
        .find(guarded.as_slice())
        .select((sign_in_guard::failures, sign_in_guard::last_at, sign_in_guard::locked_until))
        .first(conn)
        .optional()?;
    let Some((failures, last_at, locked_until)) = row else { return Ok(None) };
    let failures = u32::try_from(failures).map_err(|_| StoreError::Corrupt("a number of failures"))?;
    Ok(Some(Guard { failures, last_at: instant(last_at)?, locked_until: instant(locked_until)? }))
}

/// Puts a guard in the place of what was known.
///
/// # Errors
/// When the database fails.
pub fn put(tx: &mut WriteTx<'_>, guarded: &[u8; 32], guard: &Guard) -> Result<(), StoreError> {
    delete(tx, guarded)?;
    diesel::insert_into(sign_in_guard::table)
        .values((
            sign_in_guard::guarded.eq(guarded.as_slice()),
            sign_in_guard::failures.eq(i64::from(guard.failures)),
            sign_in_guard::last_at.eq(guard.last_at.timestamp_micros()),
            sign_in_guard::locked_until.eq(guard.locked_until.timestamp_micros()),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Forgets a name or an address.
///
/// # Errors
/// When the database fails.
pub fn delete(tx: &mut WriteTx<'_>, guarded: &[u8; 32]) -> Result<(), StoreError> {
    diesel::delete(sign_in_guard::table.find(guarded.as_slice())).execute(tx.conn())?;
    Ok(())
}

/// Forgets everybody whose newest failure was before that instant.
///
/// # Errors
/// When the database fails.
pub fn delete_at_rest(tx: &mut WriteTx<'_>, before: DateTime<Utc>) -> Result<(), StoreError> {
    diesel::delete(sign_in_guard::table.filter(sign_in_guard::last_at.lt(before.timestamp_micros())))
        .execute(tx.conn())?;
    Ok(())
}
