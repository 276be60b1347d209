//! The links from decisions to people, by their place in the log.

use diesel::prelude::*;

use crate::domain::StoreId;
use crate::storage::schema::{audit_entry, audit_resident};
use crate::storage::{AnyConnection, StoreError, WriteTx, segments, word};

/// A decision whose link to a person is still there.
#[derive(Clone, Debug)]
pub struct LinkedEntry {
    /// Its position.
    pub seq: i64,
    /// The store it was about.
    pub store: Option<StoreId>,
    /// The record's bytes.
    pub record: Vec<u8>,
}

/// Links before the entry `end`, behind the entry `after`, in order, `limit` at most.
///
/// # Errors
/// [`StoreError::Corrupt`] on a row that this program did not write; or when the database fails.
pub fn list_linked_entries(
    conn: &mut AnyConnection,
    after: i64,
    end: i64,
    limit: i64,
) -> Result<Vec<LinkedEntry>, StoreError> {
    let rows: Vec<(i64, Option<String>, Vec<u8>)> = audit_resident::table
        .inner_join(audit_entry::table.on(audit_entry::seq.eq(audit_resident::seq)))
        .filter(audit_resident::seq.gt(after).and(audit_resident::seq.lt(end)))
        .order(audit_resident::seq)
        .select((audit_resident::seq, audit_entry::store, audit_entry::record))
        .limit(limit)
        .load(conn)?;
    let linked = |(seq, store, record): (i64, Option<String>, _)| {
        let store = store.map(|store| word(&store, "a store id")).transpose()?;
        Ok(LinkedEntry { seq, store, record })
    };
    rows.into_iter().map(linked).collect()
}

/// Erases the links of these entries to people, and what the columns for searching tell of them. Returns how many links
/// there were.
///
/// # Errors
/// When the database fails.
pub fn erase_links(tx: &mut WriteTx<'_>, entries: &[i64]) -> Result<usize, StoreError> {
    segments::forget_links(tx, entries)?;
    Ok(diesel::delete(audit_resident::table.filter(audit_resident::seq.eq_any(entries))).execute(tx.conn())?)
}

/// How many links there are before the entry `end`.
///
/// # Errors
/// When the database fails.
pub fn count_links(conn: &mut AnyConnection, end: i64) -> Result<i64, StoreError> {
    Ok(audit_resident::table.filter(audit_resident::seq.lt(end)).count().get_result(conn)?)
}
