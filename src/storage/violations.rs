//! Violations: releases that should not have been. Opened by a review, closed by counsel.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::schema::violation;
use super::{AnyConnection, StoreError, WriteTx, instant, word};
use crate::domain::{LegalBasisId, ViolationId};

/// A violation as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredViolation {
    /// Its id.
    pub id: ViolationId,
    /// The basis that should not have opened anything.
    pub basis: LegalBasisId,
    /// Whose review opened it.
    pub opened_by: String,
    /// When.
    pub opened_at: DateTime<Utc>,
    /// What the review noted; sealed.
    pub sealed_note: Option<Vec<u8>>,
    /// Who closed it, and when.
    pub closed: Option<(String, DateTime<Utc>)>,
    /// What was done about it; sealed.
    pub sealed_outcome: Option<Vec<u8>>,
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = violation)]
struct ViolationRow {
    id: String,
    basis: String,
    opened_by: String,
    opened_at: i64,
    sealed_note: Option<Vec<u8>>,
    closed_by: Option<String>,
    closed_at: Option<i64>,
    sealed_outcome: Option<Vec<u8>>,
}

/// Opens a violation.
///
/// # Errors
/// When the database fails.
pub fn insert(tx: &mut WriteTx<'_>, new: &StoredViolation) -> Result<(), StoreError> {
    let row = ViolationRow {
        id: new.id.to_string(),
        basis: new.basis.to_string(),
        opened_by: new.opened_by.clone(),
        opened_at: new.opened_at.timestamp_micros(),
        sealed_note: new.sealed_note.clone(),
        closed_by: new.closed.as_ref().map(|(by, _)| by.clone()),
        closed_at: new.closed.as_ref().map(|(_, at)| at.timestamp_micros()),
        sealed_outcome: new.sealed_outcome.clone(),
    };
    diesel::insert_into(violation::table).values(&row).execute(tx.conn())?;
    Ok(())
}

/// Closes a violation.
///
/// # Errors
/// When the database fails.
pub fn close(
    tx: &mut WriteTx<'_>,
    id: ViolationId,
    by: &str,
    at: DateTime<Utc>,
    sealed_outcome: &[u8],
) -> Result<(), StoreError> {
    diesel::update(violation::table.find(id.to_string()))
        .set((
            violation::closed_by.eq(by),
            violation::closed_at.eq(at.timestamp_micros()),
            violation::sealed_outcome.eq(sealed_outcome),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// The violation with this id.
///
/// # Errors
/// [`StoreError::Corrupt`] on a row that this program did not write; or when the database fails.
pub fn find(conn: &mut AnyConnection, id: ViolationId) -> Result<Option<StoredViolation>, StoreError> {
    let query = violation::table.find(id.to_string()).select(ViolationRow::as_select());
    query.first(conn).optional()?.map(violation_of).transpose()
}

/// At most `limit` violations older than `after`, newest first; with `is_open`, only open or only closed ones.
///
/// # Errors
/// As [`find`].
pub fn list(
    conn: &mut AnyConnection,
    is_open: Option<bool>,
    after: Option<ViolationId>,
    limit: i64,
) -> Result<Vec<StoredViolation>, StoreError> {
    let mut query = violation::table
        .select(ViolationRow::as_select())
        .order((violation::opened_at.desc(), violation::id.desc()))
        .limit(limit)
        .into_boxed();
    if let Some(after) = after {
        let Some(StoredViolation { opened_at, .. }) = find(conn, after)? else { return Ok(Vec::new()) };
        let at = opened_at.timestamp_micros();
        let is_older = violation::opened_at.lt(at);
        query = query.filter(is_older.or(violation::opened_at.eq(at).and(violation::id.lt(after.to_string()))));
    }
    query = match is_open {
        None => query,
        Some(true) => query.filter(violation::closed_at.is_null()),
        Some(false) => query.filter(violation::closed_at.is_not_null()),
    };
    query.load(conn)?.into_iter().map(violation_of).collect()
}

/// The violations that reviews of this basis opened, in order.
///
/// # Errors
/// As [`find`].
pub fn list_of_basis(conn: &mut AnyConnection, basis: LegalBasisId) -> Result<Vec<ViolationId>, StoreError> {
    let ids: Vec<String> = violation::table
        .filter(violation::basis.eq(basis.to_string()))
        .order((violation::opened_at, violation::id))
        .select(violation::id)
        .load(conn)?;
    ids.iter().map(|id| word(id, "a violation id")).collect()
}

fn violation_of(row: ViolationRow) -> Result<StoredViolation, StoreError> {
    let closed = row.closed_by.zip(row.closed_at);
    Ok(StoredViolation {
        id: word(&row.id, "a violation id")?,
        basis: word(&row.basis, "a legal basis id")?,
        opened_by: row.opened_by,
        opened_at: instant(row.opened_at)?,
        sealed_note: row.sealed_note,
        closed: closed.map(|(by, at)| Ok::<_, StoreError>((by, instant(at)?))).transpose()?,
        sealed_outcome: row.sealed_outcome,
    })
}
