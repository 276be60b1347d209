//! Fields that were asked for and that no catalogue names: the steward's work list.

use diesel::prelude::*;

use super::schema::unknown_field;
use super::{AnyConnection, StoreError, WriteTx};

/// How many different names are kept for one store. What comes after still stands in the log; without a
/// bound a broken client could fill the disk with names.
pub const KEPT_PER_STORE: i64 = 1_000;

/// One name and how often it was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = unknown_field)]
pub struct UnknownFieldRow {
    /// The record store.
    pub store: String,
    /// The field's normalised name.
    pub field: String,
    /// Microseconds since the epoch.
    pub first_at: i64,
    /// Microseconds since the epoch.
    pub last_at: i64,
    /// Times asked.
    pub asked: i64,
}

/// All names, the most asked first.
///
/// # Errors
/// When the database fails.
pub fn list(conn: &mut AnyConnection) -> Result<Vec<UnknownFieldRow>, StoreError> {
    Ok(unknown_field::table
        .select(UnknownFieldRow::as_select())
        .order((unknown_field::asked.desc(), unknown_field::store, unknown_field::field))
        .load(conn)?)
}

/// One name of one store.
///
/// # Errors
/// When the database fails.
pub fn find(conn: &mut AnyConnection, store: &str, field: &str) -> Result<Option<UnknownFieldRow>, StoreError> {
    let query = unknown_field::table.find((store, field)).select(UnknownFieldRow::as_select());
    Ok(query.first(conn).optional()?)
}

/// Counts one name `times` more.
///
/// # Errors
/// When the database fails.
pub fn count(tx: &mut WriteTx<'_>, store: &str, field: &str, times: i64, at: i64) -> Result<(), StoreError> {
    let conn = tx.conn();
    let key = unknown_field::table.find((store, field));
    let updated = diesel::update(key)
        .set((unknown_field::asked.eq(unknown_field::asked + times), unknown_field::last_at.eq(at)))
        .execute(conn)?;
    if updated > 0 {
        return Ok(());
    }
    let kept: i64 = unknown_field::table.filter(unknown_field::store.eq(store)).count().get_result(conn)?;
    if kept < KEPT_PER_STORE {
        diesel::insert_into(unknown_field::table)
            .values((
                unknown_field::store.eq(store),
                unknown_field::field.eq(field),
                unknown_field::first_at.eq(at),
                unknown_field::last_at.eq(at),
                unknown_field::asked.eq(times),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Forgets the names that a store's catalogue now knows.
///
/// # Errors
/// When the database fails.
pub fn forget(tx: &mut WriteTx<'_>, store: &str, fields: &[String]) -> Result<(), StoreError> {
    for field in fields {
        diesel::delete(unknown_field::table.find((store, field))).execute(tx.conn())?;
    }
    Ok(())
}
