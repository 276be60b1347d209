//! Participants of the Confidential Substitute Address program (NMSA 40-13B).

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::schema::confidential_resident;
use super::{AnyConnection, StoreError, WriteTx};
use crate::domain::{ResidentIndex, StoreId};

/// The keyed indexes of all participants. Few enough to be held in memory: whoever changes them raises the
/// revision.
///
/// # Errors
/// [`StoreError::Corrupt`] on an index that is not 32 bytes; or when the database fails.
pub fn list_confidential(conn: &mut AnyConnection) -> Result<HashSet<ResidentIndex>, StoreError> {
    let rows: Vec<Vec<u8>> = confidential_resident::table.select(confidential_resident::resident_index).load(conn)?;
    rows.into_iter()
        .map(|bytes| {
            <[u8; 32]>::try_from(bytes)
                .map(ResidentIndex::new)
                .map_err(|_| StoreError::Corrupt("a resident index of a wrong length"))
        })
        .collect()
}

/// Flags a resident. Returns whether the flag is new.
///
/// # Errors
/// When the database fails.
pub fn insert_confidential(
    tx: &mut WriteTx<'_>,
    store: &StoreId,
    index: &ResidentIndex,
    sealed: &[u8],
    at: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let conn = tx.conn();
    let key = index.as_bytes().as_slice();
    let found: i64 =
        confidential_resident::table.filter(confidential_resident::resident_index.eq(key)).count().get_result(conn)?;
    if found > 0 {
        return Ok(false);
    }
    diesel::insert_into(confidential_resident::table)
        .values((
            confidential_resident::resident_index.eq(key),
            confidential_resident::store.eq(store.as_str()),
            confidential_resident::sealed.eq(sealed),
            confidential_resident::flagged_at.eq(at.timestamp_micros()),
        ))
        .execute(conn)?;
    Ok(true)
}
