//! `GET /api/v1/catalog` and `GET /api/v1/catalog/{id}`: record stores and the classes of their fields.

use actix_web::{HttpResponse, web};
use serde_json::{Value, json};

use super::ok;
use crate::api::words::unavailable;
use crate::app::authority::ReadCatalog;
use crate::domain::StoreId;
use crate::domain::field::{CatalogField, StoreCatalog};
use crate::domain::record::instant_text;
use crate::http::blocking::off_the_web;
use crate::http::{Authorized, Problem, ProblemKind, Site};

/// Every store, by id.
pub(in crate::api) async fn list(
    site: web::Data<Site>,
    Authorized(who): Authorized<ReadCatalog>,
) -> Result<HttpResponse, Problem> {
    let found = off_the_web(&site, move |app| app.list_stores(&who).map_err(|_| unavailable())).await?;
    let store = |listed: &crate::app::stewardship::ListedStore| {
        let classes: serde_json::Map<String, Value> =
            listed.classes.iter().map(|(class, rows)| (class.to_string(), json!(rows))).collect();
        json!({
            "id": listed.store.id,
            "name": listed.store.name,
            "department": listed.store.department,
            "classes": classes,
            "unknown_fields": listed.unknown,
            "open_proposals": listed.open_proposals,
        })
    };
    Ok(ok(json!({ "stores": found.iter().map(store).collect::<Vec<_>>() })))
}

/// One store with its fields.
pub(in crate::api) async fn show(
    site: web::Data<Site>,
    Authorized(who): Authorized<ReadCatalog>,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let none = || Problem::new(ProblemKind::NotFound, "there is no such record store");
    let id: StoreId = id.parse().map_err(|_| none())?;
    let found = off_the_web(&site, move |app| app.find_store(&who, &id).map_err(|_| unavailable())).await?;
    let found = found.ok_or_else(none)?;
    let store = found.catalog.store();
    Ok(ok(json!({
        "id": store.id,
        "name": store.name,
        "department": store.department,
        "description": store.description,
        "sha256": found.sha256,
        "since": instant_text(found.since),
        "fields": found.catalog.fields().iter().map(|row| field(&found.catalog, row)).collect::<Vec<_>>(),
    })))
}

fn field(catalog: &StoreCatalog, row: &CatalogField) -> Value {
    json!({
        "field": row.name.as_asked(),
        "class": catalog.class_of(row),
        "alias_of": row.alias_of.as_ref().map(crate::domain::field::FieldName::as_asked),
        "reviewed_by": row.reviewed_by,
        "reason": row.review_reason,
        "note": row.note,
    })
}
