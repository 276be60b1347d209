//! Finding entries: by instant, by position, and a stretch of the log at a time.
//!
//! There is no index on the entries but the position: an index by client, store or resident would cost the writer on every
//! decision what a search costs once. What is older than a few thousand entries is found by [`crate::storage::segments`].

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::EntryRow;
use crate::domain::ResidentIndex;
use crate::domain::segment::{ColumnName, Wanted};
use crate::storage::schema::{audit_entry, audit_resident};
use crate::storage::{AnyConnection, StoreError};

/// A stretch of the log: positions from `first` up to, and without, `end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The first position.
    pub first: i64,
    /// The position after the last.
    pub end: i64,
}

impl Stretch {
    /// The part of the log that was made in a period, before a position.
    ///
    /// # Errors
    /// When the database fails.
    pub fn between(
        conn: &mut AnyConnection,
        from: Option<DateTime<Utc>>,
        until: Option<DateTime<Utc>>,
        before: Option<u64>,
    ) -> Result<Self, StoreError> {
        let length = length(conn)?;
        let before = before.and_then(|before| i64::try_from(before).ok()).unwrap_or(length);
        let first = from.map_or(Ok(0), |from| first_entry_since(conn, from))?;
        let end = until.map_or(Ok(length), |until| first_entry_since(conn, until))?;
        Ok(Self { first, end: end.min(before) })
    }
}

/// The first position whose entry is not before `at`; the log's length when there is none. Time never runs backwards in
/// the log, so that a few look-ups by position find it.
///
/// # Errors
/// When the database fails.
pub fn first_entry_since(conn: &mut AnyConnection, at: DateTime<Utc>) -> Result<i64, StoreError> {
    let (mut low, mut high) = (0, length(conn)?);
    while low < high {
        let middle = low + (high - low) / 2;
        let found: i64 = audit_entry::table.find(middle).select(audit_entry::at).first(conn)?;
        if found < at.timestamp_micros() { low = middle + 1 } else { high = middle }
    }
    Ok(low)
}

/// How many entries the log has.
///
/// # Errors
/// When the database fails.
pub fn length(conn: &mut AnyConnection) -> Result<i64, StoreError> {
    let last: Option<i64> = audit_entry::table.select(diesel::dsl::max(audit_entry::seq)).first(conn)?;
    Ok(last.map_or(0, |last| last + 1))
}

/// The entries of a stretch whose columns hold the wanted words, newest first. With residents: those that are still linked
/// to one of them. What only the record tells is not looked at.
///
/// # Errors
/// When the database fails.
pub fn list_wanted(conn: &mut AnyConnection, stretch: Stretch, wanted: &Wanted) -> Result<Vec<EntryRow>, StoreError> {
    let mut query = audit_entry::table
        .filter(audit_entry::seq.ge(stretch.first).and(audit_entry::seq.lt(stretch.end)))
        .select(EntryRow::as_select())
        .order(audit_entry::seq.desc())
        .into_boxed();
    for (name, word) in &wanted.words {
        query = match name {
            ColumnName::Kind => query.filter(audit_entry::kind.eq(word)),
            ColumnName::Actor => query.filter(audit_entry::actor.eq(word)),
            ColumnName::Store => query.filter(audit_entry::store.eq(word)),
            ColumnName::RequesterKind => query.filter(audit_entry::requester_kind.eq(word)),
            ColumnName::Purpose => query.filter(audit_entry::purpose.eq(word)),
            ColumnName::Outcome => query.filter(audit_entry::outcome.eq(word)),
            // Their words are compared otherwise than letter by letter.
            ColumnName::Agency | ColumnName::Answers | ColumnName::Cited | ColumnName::Resident => query,
        };
    }
    if let Some(residents) = &wanted.residents {
        query = query.filter(audit_entry::seq.eq_any(linked(conn, stretch, residents)?));
    }
    Ok(query.load(conn)?)
}

/// The entries at these positions, newest first.
///
/// # Errors
/// When the database fails.
pub fn list_at(conn: &mut AnyConnection, positions: &[i64]) -> Result<Vec<EntryRow>, StoreError> {
    let found = audit_entry::table.filter(audit_entry::seq.eq_any(positions));
    Ok(found.select(EntryRow::as_select()).order(audit_entry::seq.desc()).load(conn)?)
}

/// Which of these positions are linked to one of these residents, by the whole keyed index.
///
/// # Errors
/// When the database fails.
pub fn list_linked_at(
    conn: &mut AnyConnection,
    positions: &[i64],
    residents: &[ResidentIndex],
) -> Result<Vec<i64>, StoreError> {
    Ok(audit_resident::table
        .filter(audit_resident::seq.eq_any(positions))
        .filter(audit_resident::resident_index.eq_any(keys(residents)))
        .select(audit_resident::seq)
        .order(audit_resident::seq.desc())
        .load(conn)?)
}

/// The positions of a stretch that are linked to a resident.
fn linked(conn: &mut AnyConnection, stretch: Stretch, residents: &[ResidentIndex]) -> Result<Vec<i64>, StoreError> {
    Ok(audit_resident::table
        .filter(audit_resident::seq.ge(stretch.first).and(audit_resident::seq.lt(stretch.end)))
        .filter(audit_resident::resident_index.eq_any(keys(residents)))
        .select(audit_resident::seq)
        .load(conn)?)
}

fn keys(residents: &[ResidentIndex]) -> Vec<&[u8]> {
    residents.iter().map(|index| index.as_bytes().as_slice()).collect()
}
