//! Record stores and the classes of their fields.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::schema::{catalog_field, record_store};
use super::{AnyConnection, StoreError, WriteTx, instant, word};
use crate::domain::StoreId;
use crate::domain::field::{Catalog, CatalogField, FieldName, RecordStore, StoreCatalog};

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = record_store)]
struct StoreRow {
    id: String,
    name: String,
    department: String,
    description: String,
    sha256: String,
    imported_at: i64,
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = catalog_field)]
struct FieldRow {
    store: String,
    normalised: String,
    position: i64,
    name: String,
    class: Option<String>,
    alias_of: Option<String>,
    reviewed_by: Option<String>,
    review_reason: Option<String>,
    note: Option<String>,
}

/// The whole catalogue.
///
/// # Errors
/// [`StoreError::Corrupt`] when its rows would not be accepted from a file; or when the database fails.
pub fn load(conn: &mut AnyConnection) -> Result<Catalog, StoreError> {
    let stores: Vec<StoreRow> = record_store::table.select(StoreRow::as_select()).order(record_store::id).load(conn)?;
    let rows: Vec<FieldRow> = catalog_field::table
        .select(FieldRow::as_select())
        .order((catalog_field::store, catalog_field::position))
        .load(conn)?;
    let mut fields: BTreeMap<String, Vec<CatalogField>> = BTreeMap::new();
    for row in rows {
        fields.entry(row.store.clone()).or_default().push(field_of(row)?);
    }
    let catalogs = stores
        .into_iter()
        .map(|row| {
            let fields = fields.remove(&row.id).unwrap_or_default();
            StoreCatalog::new(store_of(row)?, fields).map_err(|_| StoreError::Corrupt("a contradictory catalogue"))
        })
        .collect::<Result<Vec<_>, _>>()?;
    Catalog::new(catalogs).map_err(|_| StoreError::Corrupt("a contradictory catalogue"))
}

/// The ids of all record stores.
///
/// # Errors
/// [`StoreError::Corrupt`] on a row that this program did not write; or when the database fails.
pub fn list_stores(conn: &mut AnyConnection) -> Result<BTreeSet<StoreId>, StoreError> {
    let ids: Vec<String> = record_store::table.select(record_store::id).load(conn)?;
    ids.iter().map(|id| word(id, "a store id")).collect()
}

/// Since when a store's catalogue is in force.
///
/// # Errors
/// [`StoreError::Corrupt`] on a row that this program did not write; or when the database fails.
pub fn in_force_since(conn: &mut AnyConnection, store: &StoreId) -> Result<Option<DateTime<Utc>>, StoreError> {
    let query = record_store::table.find(store.as_str()).select(record_store::imported_at);
    query.first::<i64>(conn).optional()?.map(instant).transpose()
}

/// Puts one store's catalogue in the place of what was there.
///
/// # Errors
/// When the database fails.
pub fn replace(tx: &mut WriteTx<'_>, catalog: &StoreCatalog, sha256: &str, at: i64) -> Result<(), StoreError> {
    let store = catalog.store();
    let row = StoreRow {
        id: store.id.to_string(),
        name: store.name.clone(),
        department: store.department.clone(),
        description: store.description.clone(),
        sha256: sha256.to_owned(),
        imported_at: at,
    };
    let conn = tx.conn();
    let updated = diesel::update(record_store::table.find(&row.id))
        .set((
            record_store::name.eq(&row.name),
            record_store::department.eq(&row.department),
            record_store::description.eq(&row.description),
            record_store::sha256.eq(&row.sha256),
            record_store::imported_at.eq(at),
        ))
        .execute(conn)?;
    if updated == 0 {
        diesel::insert_into(record_store::table).values(&row).execute(conn)?;
    }
    diesel::delete(catalog_field::table.filter(catalog_field::store.eq(&row.id))).execute(conn)?;
    for (field, position) in catalog.fields().iter().zip(0..) {
        diesel::insert_into(catalog_field::table).values(&row_of(&row.id, field, position)).execute(conn)?;
    }
    Ok(())
}

fn row_of(store: &str, field: &CatalogField, position: i64) -> FieldRow {
    FieldRow {
        store: store.to_owned(),
        normalised: field.name.normalised().to_owned(),
        position,
        name: field.name.as_asked().to_owned(),
        class: field.own_class.map(|class| class.to_string()),
        alias_of: field.alias_of.as_ref().map(|target| target.as_asked().to_owned()),
        reviewed_by: field.reviewed_by.clone(),
        review_reason: field.review_reason.clone(),
        note: field.note.clone(),
    }
}

fn field_of(row: FieldRow) -> Result<CatalogField, StoreError> {
    let name = |text: String| FieldName::new(text).map_err(|_| StoreError::Corrupt("a field name"));
    Ok(CatalogField {
        name: name(row.name)?,
        own_class: row.class.map(|class| word(&class, "a field class")).transpose()?,
        alias_of: row.alias_of.map(name).transpose()?,
        reviewed_by: row.reviewed_by,
        review_reason: row.review_reason,
        note: row.note,
    })
}

fn store_of(row: StoreRow) -> Result<RecordStore, StoreError> {
    Ok(RecordStore {
        id: word(&row.id, "a store id")?,
        name: row.name,
        department: row.department,
        description: row.description,
    })
}
