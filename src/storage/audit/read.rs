//! Reading the log back: by id for a caller, by range for proofs and for verification.

use std::collections::BTreeMap;

use diesel::prelude::*;

use super::{BatchRow, EntryRow, RecordRow, ResidentRow};
use crate::storage::schema::{audit_batch, audit_entry, audit_node, audit_resident};
use crate::storage::{AnyConnection, StoreError};

/// The newest batch: the state of the tree.
///
/// # Errors
/// When the database fails.
pub fn find_last_batch(conn: &mut AnyConnection) -> Result<Option<BatchRow>, StoreError> {
    Ok(audit_batch::table.select(BatchRow::as_select()).order(audit_batch::first_seq.desc()).first(conn).optional()?)
}

/// The batch that begins with this entry.
///
/// # Errors
/// When the database fails.
pub fn find_batch(conn: &mut AnyConnection, first_seq: i64) -> Result<Option<BatchRow>, StoreError> {
    Ok(audit_batch::table.find(first_seq).select(BatchRow::as_select()).first(conn).optional()?)
}

/// The newest batch that begins before this entry: where the log stood at `size`, if a batch ended there.
///
/// # Errors
/// When the database fails.
pub fn find_batch_before(conn: &mut AnyConnection, size: i64) -> Result<Option<BatchRow>, StoreError> {
    Ok(audit_batch::table
        .filter(audit_batch::first_seq.lt(size))
        .select(BatchRow::as_select())
        .order(audit_batch::first_seq.desc())
        .first(conn)
        .optional()?)
}

/// Batches from `first_seq` on, in order, `limit` at most.
///
/// # Errors
/// When the database fails.
pub fn list_batches(conn: &mut AnyConnection, first_seq: i64, limit: i64) -> Result<Vec<BatchRow>, StoreError> {
    Ok(audit_batch::table
        .filter(audit_batch::first_seq.ge(first_seq))
        .select(BatchRow::as_select())
        .order(audit_batch::first_seq)
        .limit(limit)
        .load(conn)?)
}

/// Entries from `first_seq` on, in order, `limit` at most.
///
/// # Errors
/// When the database fails.
pub fn list_entries(conn: &mut AnyConnection, first_seq: i64, limit: i64) -> Result<Vec<EntryRow>, StoreError> {
    Ok(audit_entry::table
        .filter(audit_entry::seq.ge(first_seq))
        .select(EntryRow::as_select())
        .order(audit_entry::seq)
        .limit(limit)
        .load(conn)?)
}

/// Nonce and record of each of `count` entries from `first_seq` on, in order.
///
/// # Errors
/// When the database fails.
pub fn list_records(conn: &mut AnyConnection, first_seq: i64, count: i64) -> Result<Vec<RecordRow>, StoreError> {
    Ok(audit_entry::table
        .filter(audit_entry::seq.ge(first_seq).and(audit_entry::seq.lt(first_seq.saturating_add(count))))
        .select(RecordRow::as_select())
        .order(audit_entry::seq)
        .load(conn)?)
}

/// One entry by its own id.
///
/// # Errors
/// When the database fails.
pub fn find_entry_by_id(conn: &mut AnyConnection, id: &str) -> Result<Option<EntryRow>, StoreError> {
    Ok(audit_entry::table.filter(audit_entry::id.eq(id)).select(EntryRow::as_select()).first(conn).optional()?)
}

/// One entry by its position.
///
/// # Errors
/// When the database fails.
pub fn find_entry_by_seq(conn: &mut AnyConnection, seq: i64) -> Result<Option<EntryRow>, StoreError> {
    Ok(audit_entry::table.find(seq).select(EntryRow::as_select()).first(conn).optional()?)
}

/// The link from an entry to a person, unless it was erased.
///
/// # Errors
/// When the database fails.
pub fn find_resident(conn: &mut AnyConnection, seq: i64) -> Result<Option<ResidentRow>, StoreError> {
    Ok(audit_resident::table.find(seq).select(ResidentRow::as_select()).first(conn).optional()?)
}

/// The links of the entries from `first` up to, and without, `end`, in order.
///
/// # Errors
/// When the database fails.
pub fn list_residents(conn: &mut AnyConnection, first: i64, end: i64) -> Result<Vec<ResidentRow>, StoreError> {
    Ok(audit_resident::table
        .filter(audit_resident::seq.ge(first).and(audit_resident::seq.lt(end)))
        .select(ResidentRow::as_select())
        .order(audit_resident::seq)
        .load(conn)?)
}

/// A link before the first entry or after the last.
///
/// # Errors
/// When the database fails.
pub fn find_stray_resident(conn: &mut AnyConnection) -> Result<Option<i64>, StoreError> {
    let ends = audit_resident::table.select(audit_resident::seq);
    // One end at a time: each is one look into the index.
    let first: Option<i64> = ends.order(audit_resident::seq).first(conn).optional()?;
    let last: Option<i64> = ends.order(audit_resident::seq.desc()).first(conn).optional()?;
    // Read after them: an entry is there as soon as its link is.
    let length = super::length(conn)?;
    Ok(first.filter(|first| *first < 0).or(last.filter(|last| *last >= length)))
}

/// The stored hashes of complete subtrees of `256^level` leaves, `count` from index `first` on; level 0 are
/// the leaves themselves. Fewer come back when fewer are there.
///
/// # Errors
/// When the database fails.
pub fn list_node_hashes(
    conn: &mut AnyConnection,
    level: i64,
    first: i64,
    count: i64,
) -> Result<Vec<Vec<u8>>, StoreError> {
    let end = first.saturating_add(count);
    if level == 0 {
        return Ok(audit_entry::table
            .filter(audit_entry::seq.ge(first).and(audit_entry::seq.lt(end)))
            .select(audit_entry::leaf)
            .order(audit_entry::seq)
            .load(conn)?);
    }
    Ok(audit_node::table
        .filter(audit_node::level.eq(level).and(audit_node::idx.ge(first)).and(audit_node::idx.lt(end)))
        .select(audit_node::hash)
        .order(audit_node::idx)
        .load(conn)?)
}

/// How many nodes are stored on each level.
///
/// # Errors
/// When the database fails.
pub fn count_nodes(conn: &mut AnyConnection) -> Result<BTreeMap<i64, i64>, StoreError> {
    let counts: Vec<(i64, i64)> = audit_node::table
        .group_by(audit_node::level)
        .select((audit_node::level, diesel::dsl::count_star()))
        .load(conn)?;
    Ok(counts.into_iter().collect())
}
