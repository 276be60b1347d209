//! Segments of the log, column by column, for searching.
//!
//! Must never be written but by a transaction that also sees, or erases, the links to residents they were made from.

use std::collections::BTreeMap;

use diesel::prelude::*;

use super::audit::{self, EntryRow};
use super::schema::{audit_resident, search_column};
use super::{AnyConnection, StoreError, WriteTx};
use crate::domain::ResidentIndex;
use crate::domain::segment::{Column, ColumnName, LENGTH, LinkMarks};

/// One column of one segment, as it is stored. What it means is told by [`Column::read`] and [`LinkMarks::read`].
#[derive(Clone, Queryable, Selectable)]
#[diesel(table_name = search_column)]
pub struct ColumnRow {
    /// The first position of the segment.
    pub first: i64,
    /// The words that occur.
    pub words: String,
    /// For each entry, which.
    pub marks: Vec<u8>,
}

/// Positions in a segment, as the database counts.
#[must_use]
pub fn length() -> i64 {
    i64::try_from(LENGTH).unwrap_or(i64::MAX)
}

/// How many entries have segments: all before this position have, and none from it on.
///
/// # Errors
/// When the database fails.
pub fn covered(conn: &mut AnyConnection) -> Result<i64, StoreError> {
    let last: Option<i64> = search_column::table
        .filter(search_column::name.eq(ColumnName::Kind.as_str()))
        .select(diesel::dsl::max(search_column::first))
        .first(conn)?;
    Ok(last.map_or(0, |first| first + length()))
}

/// The entries of the segment that begins at `first`; fewer when the log ends before it does.
///
/// # Errors
/// When the database fails.
pub fn list_entries(conn: &mut AnyConnection, first: i64) -> Result<Vec<EntryRow>, StoreError> {
    let mut entries = audit::list_entries(conn, first, length())?;
    // What stands beyond a gap is of no use to this segment.
    entries.retain(|entry| entry.seq < first + length());
    Ok(entries)
}

/// One column of the segments from `first` up to, and without, `end`, by where they begin.
///
/// # Errors
/// When the database fails.
pub fn list(
    conn: &mut AnyConnection,
    name: ColumnName,
    first: i64,
    end: i64,
) -> Result<BTreeMap<i64, ColumnRow>, StoreError> {
    let rows: Vec<ColumnRow> = search_column::table
        .filter(search_column::name.eq(name.as_str()))
        .filter(search_column::first.ge(first).and(search_column::first.lt(end)))
        .select(ColumnRow::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(|row| (row.first, row)).collect())
}

/// All columns of the segment that begins at `first`: name, words, marks.
///
/// # Errors
/// When the database fails.
pub fn list_columns(conn: &mut AnyConnection, first: i64) -> Result<Vec<(String, String, Vec<u8>)>, StoreError> {
    let columns = search_column::table.filter(search_column::first.eq(first));
    Ok(columns.select((search_column::name, search_column::words, search_column::marks)).load(conn)?)
}

/// A column that is of no whole segment of the log.
///
/// # Errors
/// When the database fails.
pub fn find_stray(conn: &mut AnyConnection) -> Result<Option<(String, i64)>, StoreError> {
    let begins = search_column::table.select((search_column::name, search_column::first)).order(search_column::first);
    let begins: Vec<(String, i64)> = begins.load(conn)?;
    // Read after them: segments are made of entries that were there.
    let log = audit::length(conn)?;
    let is_stray = |first: i64| first < 0 || first % length() != 0 || first + length() > log;
    Ok(begins.into_iter().find(|(_, first)| is_stray(*first)))
}

/// Adds the next segment. The links to residents are read here, inside the transaction, so that none comes back that was
/// erased while the other columns were made. Returns whether it was the next; another process may have been faster.
///
/// # Errors
/// When the database fails.
pub fn append(tx: &mut WriteTx<'_>, first: i64, columns: &[(ColumnName, Column)]) -> Result<bool, StoreError> {
    if covered(tx.conn())? != first {
        return Ok(false);
    }
    let links = links(tx.conn(), first)?;
    for (name, column) in columns {
        insert(tx.conn(), *name, first, &column.words(), column.marks())?;
    }
    insert(tx.conn(), ColumnName::Resident, first, "[]", links.marks())?;
    Ok(true)
}

fn insert(conn: &mut AnyConnection, name: ColumnName, first: i64, words: &str, marks: &[u8]) -> Result<(), StoreError> {
    let row = (
        search_column::name.eq(name.as_str()),
        search_column::first.eq(first),
        search_column::words.eq(words),
        search_column::marks.eq(marks),
    );
    diesel::insert_into(search_column::table).values(row).execute(conn)?;
    Ok(())
}

fn links(conn: &mut AnyConnection, first: i64) -> Result<LinkMarks, StoreError> {
    let rows: Vec<(i64, Vec<u8>)> = audit_resident::table
        .filter(audit_resident::seq.ge(first).and(audit_resident::seq.lt(first + length())))
        .select((audit_resident::seq, audit_resident::resident_index))
        .load(conn)?;
    let link = |(seq, index): (i64, Vec<u8>)| {
        let index = index.try_into().map_err(|_| StoreError::Corrupt("a resident index of a wrong length"))?;
        Ok((place(seq), ResidentIndex::new(index)))
    };
    Ok(LinkMarks::of(rows.into_iter().map(link).collect::<Result<Vec<_>, StoreError>>()?))
}

/// Wipes what the segments tell about whom these entries are.
pub(super) fn forget_links(tx: &mut WriteTx<'_>, entries: &[i64]) -> Result<(), StoreError> {
    let mut places: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    for seq in entries {
        places.entry(seq - seq.rem_euclid(length())).or_default().push(place(*seq));
    }
    for (first, places) in places {
        change_links(tx, first, |marks| places.iter().for_each(|place| marks.wipe(*place)))?;
    }
    Ok(())
}

/// Follows a keyed index that was made anew.
pub(super) fn mark_link(tx: &mut WriteTx<'_>, seq: i64, index: &ResidentIndex) -> Result<(), StoreError> {
    change_links(tx, seq - seq.rem_euclid(length()), |marks| marks.set(place(seq), index))
}

fn change_links(tx: &mut WriteTx<'_>, first: i64, change: impl FnOnce(&mut LinkMarks)) -> Result<(), StoreError> {
    let row = search_column::table.find((ColumnName::Resident.as_str(), first));
    let Some(marks) = row.select(search_column::marks).first(tx.conn()).optional()? else { return Ok(()) };
    let mut marks = LinkMarks::read(marks).ok_or(StoreError::Corrupt("a column of a wrong length"))?;
    change(&mut marks);
    diesel::update(row).set(search_column::marks.eq(marks.marks())).execute(tx.conn())?;
    Ok(())
}

fn place(seq: i64) -> usize {
    usize::try_from(seq.rem_euclid(length())).unwrap_or_default()
}
