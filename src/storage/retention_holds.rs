//! Holds: what must not be erased, whatever the rules say.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::schema::retention_hold;
use super::{AnyConnection, StoreError, WriteTx, instant, word};
use crate::domain::HoldId;
use crate::domain::retention::{HoldScope, Holds};

/// A hold as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredHold {
    /// Its id.
    pub id: HoldId,
    /// What it covers.
    pub scope: HoldScope,
    /// Why, sealed.
    pub sealed_reason: Vec<u8>,
    /// Who placed it.
    pub placed_by: String,
    /// When.
    pub placed_at: DateTime<Utc>,
    /// When it was released.
    pub released_at: Option<DateTime<Utc>>,
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = retention_hold, treat_none_as_default_value = false)]
struct HoldRow {
    id: String,
    store: Option<String>,
    basis: Option<String>,
    sealed_reason: Vec<u8>,
    placed_by: String,
    placed_at: i64,
    released_at: Option<i64>,
}

/// Every hold that was ever placed, the newest first.
///
/// # Errors
/// [`StoreError::Corrupt`] on a row that this program did not write; or when the database fails.
pub fn list(conn: &mut AnyConnection) -> Result<Vec<StoredHold>, StoreError> {
    let query = retention_hold::table.select(HoldRow::as_select());
    let rows: Vec<HoldRow> = query.order((retention_hold::placed_at.desc(), retention_hold::id.desc())).load(conn)?;
    rows.into_iter().map(hold_of).collect()
}

/// The holds in force, together.
///
/// # Errors
/// As [`list`].
pub fn load(conn: &mut AnyConnection) -> Result<Holds, StoreError> {
    let query = retention_hold::table.filter(retention_hold::released_at.is_null()).select(HoldRow::as_select());
    let rows: Vec<HoldRow> = query.load(conn)?;
    rows.into_iter().map(|row| hold_of(row).map(|hold| hold.scope)).collect()
}

/// Places a hold.
///
/// # Errors
/// When it is about a basis that does not exist, or the database fails.
pub fn insert(tx: &mut WriteTx<'_>, hold: &StoredHold) -> Result<(), StoreError> {
    let (store, basis) = match &hold.scope {
        HoldScope::Everything => (None, None),
        HoldScope::Store(store) => (Some(store.to_string()), None),
        HoldScope::Basis(basis) => (None, Some(basis.to_string())),
    };
    let row = HoldRow {
        id: hold.id.to_string(),
        store,
        basis,
        sealed_reason: hold.sealed_reason.clone(),
        placed_by: hold.placed_by.clone(),
        placed_at: hold.placed_at.timestamp_micros(),
        released_at: None,
    };
    diesel::insert_into(retention_hold::table).values(&row).execute(tx.conn())?;
    Ok(())
}

/// Releases a hold. Returns whether there was one in force.
///
/// # Errors
/// When the database fails.
pub fn release(tx: &mut WriteTx<'_>, id: HoldId, by: &str, at: DateTime<Utc>) -> Result<bool, StoreError> {
    let open = retention_hold::table.find(id.to_string()).filter(retention_hold::released_at.is_null());
    let set = (retention_hold::released_by.eq(by), retention_hold::released_at.eq(at.timestamp_micros()));
    Ok(diesel::update(open).set(set).execute(tx.conn())? > 0)
}

fn hold_of(row: HoldRow) -> Result<StoredHold, StoreError> {
    let scope = match (row.store, row.basis) {
        (None, None) => HoldScope::Everything,
        (Some(store), None) => HoldScope::Store(word(&store, "a store id")?),
        (None, Some(basis)) => HoldScope::Basis(word(&basis, "a legal basis id")?),
        (Some(_), Some(_)) => return Err(StoreError::Corrupt("a hold of two scopes")),
    };
    Ok(StoredHold {
        id: word(&row.id, "a hold id")?,
        scope,
        sealed_reason: row.sealed_reason,
        placed_by: row.placed_by,
        placed_at: instant(row.placed_at)?,
        released_at: row.released_at.map(instant).transpose()?,
    })
}
