//! `GET /api/v1/unknown-fields`: fields that were asked for and that no catalogue names.

use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::{Value, json};

use super::ok;
use crate::api::words::unavailable;
use crate::app::App;
use crate::app::authority::ReadCatalog;
use crate::app::stewardship::UnknownField;
use crate::domain::StoreId;
use crate::domain::record::instant_text;
use crate::domain::stewardship::FieldPlace;
use crate::http::blocking::off_the_web;
use crate::http::{Authorized, Members, Problem, Site};

/// A page, the most asked first.
pub(in crate::api) async fn list(
    site: web::Data<Site>,
    Authorized(who): Authorized<ReadCatalog>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let mut members = Members::of_query(&request)?;
    let limit = members.take_limit();
    let after = members.take::<FieldPlace>("cursor", "the `next` of an earlier answer");
    let store = members.take::<StoreId>("store", "the id of a record store");
    members.finish()?;
    let list =
        move |app: &App| app.unknown_fields(&who, store.as_ref(), after.as_ref(), limit).map_err(|_| unavailable());
    let page = off_the_web(&site, list).await?;
    let fields: Vec<Value> = page.items.iter().map(unknown).collect();
    Ok(ok(json!({ "unknown_fields": fields, "next": page.next.map(|place| place.to_string()) })))
}

fn unknown(field: &UnknownField) -> Value {
    json!({
        "store": field.store,
        "field": field.name.as_asked(),
        "asked": field.asked,
        "first_at": instant_text(field.first_at),
        "last_at": instant_text(field.last_at),
        "open_proposal": field.open_proposal.as_ref().map(|proposal| proposal.id),
    })
}
