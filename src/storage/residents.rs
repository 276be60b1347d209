//! Participants of the Confidential Substitute Address program (NMSA 40-13B).

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::schema::confidential_resident;
use super::{AnyConnection, StoreError, WriteTx};
use crate::domain::{ResidentIndex, StoreId};

/// A mark to be made.
pub struct NewMark {
    /// The store in which the resident is known.
    pub store: StoreId,
    /// The keyed index.
    pub index: ResidentIndex,
    /// The resident's id, sealed.
    pub sealed: Vec<u8>,
}

/// The keyed indexes of all participants. Few enough to be held in memory: whoever changes them raises the
/// revision.
///
/// # Errors
/// [`StoreError::Corrupt`] on an index that is not 32 bytes; or when the database fails.
pub fn list_confidential(conn: &mut AnyConnection) -> Result<HashSet<ResidentIndex>, StoreError> {
    let rows: Vec<Vec<u8>> = confidential_resident::table
        .filter(confidential_resident::ended_at.is_null())
        .select(confidential_resident::resident_index)
        .load(conn)?;
    rows.into_iter()
        .map(|bytes| {
            <[u8; 32]>::try_from(bytes)
                .map(ResidentIndex::new)
                .map_err(|_| StoreError::Corrupt("a resident index of a wrong length"))
        })
        .collect()
}

/// Whether one of a resident's indexes (one for each key of the ring) is marked.
///
/// # Errors
/// When the database fails.
pub fn is_confidential(conn: &mut AnyConnection, indexes: &[ResidentIndex]) -> Result<bool, StoreError> {
    let marked: i64 = confidential_resident::table
        .filter(confidential_resident::resident_index.eq_any(keys(indexes)))
        .filter(confidential_resident::ended_at.is_null())
        .count()
        .get_result(conn)?;
    Ok(marked > 0)
}

/// Marks a resident. A mark that had ended begins anew.
///
/// # Errors
/// When the database fails.
pub fn mark_confidential(tx: &mut WriteTx<'_>, mark: &NewMark, by: &str, at: DateTime<Utc>) -> Result<(), StoreError> {
    let (conn, key) = (tx.conn(), mark.index.as_bytes().as_slice());
    let values = (
        confidential_resident::flagged_by.eq(by),
        confidential_resident::flagged_at.eq(at.timestamp_micros()),
        confidential_resident::ended_by.eq(None::<String>),
        confidential_resident::ended_at.eq(None::<i64>),
    );
    if diesel::update(confidential_resident::table.find(key)).set(values.clone()).execute(conn)? > 0 {
        return Ok(());
    }
    diesel::insert_into(confidential_resident::table)
        .values((
            confidential_resident::resident_index.eq(key),
            confidential_resident::store.eq(mark.store.as_str()),
            confidential_resident::sealed.eq(&mark.sealed),
            values,
        ))
        .execute(conn)?;
    Ok(())
}

/// Ends the marks under these indexes. Returns whether there was one.
///
/// # Errors
/// When the database fails.
pub fn end_confidential(
    tx: &mut WriteTx<'_>,
    indexes: &[ResidentIndex],
    by: &str,
    at: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let marked = confidential_resident::table
        .filter(confidential_resident::resident_index.eq_any(keys(indexes)))
        .filter(confidential_resident::ended_at.is_null());
    let ended = diesel::update(marked)
        .set((confidential_resident::ended_by.eq(by), confidential_resident::ended_at.eq(at.timestamp_micros())))
        .execute(tx.conn())?;
    Ok(ended > 0)
}

fn keys(indexes: &[ResidentIndex]) -> Vec<&[u8]> {
    indexes.iter().map(|index| index.as_bytes().as_slice()).collect()
}
