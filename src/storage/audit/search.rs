//! Searching decisions, newest first, one bounded stretch of the log at a time.
//!
//! There is no index but the position: an index by client, store or resident would cost the writer on every decision what
//! a search costs once.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::EntryRow;
use crate::domain::ResidentIndex;
use crate::domain::decision::DecisionFilter;
use crate::domain::record::EventKind;
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

/// The decisions of a stretch that fit the filter's columns (client, store, kind of requester, purpose, outcome), newest
/// first. With `residents`: those that are still linked to one of these indexes.
///
/// # Errors
/// When the database fails.
pub fn list_decisions(
    conn: &mut AnyConnection,
    stretch: Stretch,
    filter: &DecisionFilter,
    residents: Option<&[ResidentIndex]>,
) -> Result<Vec<EntryRow>, StoreError> {
    let mut query = audit_entry::table
        .filter(audit_entry::seq.ge(stretch.first).and(audit_entry::seq.lt(stretch.end)))
        .filter(audit_entry::kind.eq(EventKind::Decision.as_str()))
        .select(EntryRow::as_select())
        .order(audit_entry::seq.desc())
        .into_boxed();
    if let Some(client) = &filter.client {
        query = query.filter(audit_entry::actor.eq(client.as_str()));
    }
    if let Some(store) = &filter.store {
        query = query.filter(audit_entry::store.eq(store.as_str()));
    }
    if let Some(kind) = filter.requester_kind {
        query = query.filter(audit_entry::requester_kind.eq(kind.as_str()));
    }
    if let Some(purpose) = filter.purpose {
        query = query.filter(audit_entry::purpose.eq(purpose.as_str()));
    }
    if let Some(outcome) = filter.outcome {
        query = query.filter(audit_entry::outcome.eq(outcome.as_str()));
    }
    if let Some(residents) = residents {
        query = query.filter(audit_entry::seq.eq_any(linked(conn, stretch, residents)?));
    }
    Ok(query.load(conn)?)
}

/// The positions of a stretch that are linked to a resident.
fn linked(conn: &mut AnyConnection, stretch: Stretch, residents: &[ResidentIndex]) -> Result<Vec<i64>, StoreError> {
    let keys: Vec<&[u8]> = residents.iter().map(|index| index.as_bytes().as_slice()).collect();
    Ok(audit_resident::table
        .filter(audit_resident::seq.ge(stretch.first).and(audit_resident::seq.lt(stretch.end)))
        .filter(audit_resident::resident_index.eq_any(keys))
        .select(audit_resident::seq)
        .load(conn)?)
}
