//! `GET /api/v1/class-proposals` and `GET /api/v1/class-proposals/{id}`.

use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::{Value, json};

use super::{id_of, no_proposal, ok, proposal};
use crate::api::words::unavailable;
use crate::app::App;
use crate::app::authority::ReadCatalog;
use crate::app::stewardship::{Consequences, ProposalInFull};
use crate::domain::field::ClassChange;
use crate::http::blocking::off_the_web;
use crate::http::{Authorized, Members, Problem, Site};
use crate::storage::class_proposals::Filter;

/// A page, the newest first.
pub(in crate::api) async fn list(
    site: web::Data<Site>,
    Authorized(who): Authorized<ReadCatalog>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let mut members = Members::of_query(&request)?;
    let limit = members.take_limit();
    let after = members.take("cursor", "the `next` of an earlier answer");
    let filter = Filter {
        status: members.take("status", "a status of a proposal"),
        store: members.take("store", "the id of a record store"),
    };
    members.finish()?;
    let list = move |app: &App| app.list_proposals(&who, &filter, after, limit).map_err(|_| unavailable());
    let page = off_the_web(&site, list).await?;
    let listed: Vec<Value> = page.items.iter().map(|item| proposal(item, site.app.shift_of(item))).collect();
    Ok(ok(json!({ "class_proposals": listed, "next": page.next })))
}

/// One proposal with what it would do.
pub(in crate::api) async fn show(
    site: web::Data<Site>,
    Authorized(who): Authorized<ReadCatalog>,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = id_of(&id)?;
    let found = off_the_web(&site, move |app| app.find_proposal(&who, id).map_err(|_| unavailable())).await?;
    Ok(ok(in_full(&found.ok_or_else(no_proposal)?)))
}

fn in_full(found: &ProposalInFull) -> Value {
    let mut body = proposal(&found.proposal, found.shift);
    let others = match &found.consequences {
        Consequences::Changes { others } => Some(others.iter().map(change).collect::<Vec<_>>()),
        Consequences::Outdated | Consequences::Contradiction(_) => None,
    };
    if let Value::Object(members) = &mut body {
        members.extend([
            ("is_withheld_after".to_owned(), json!(found.is_withheld_after)),
            ("asked".to_owned(), json!(found.asked.as_ref().map(|row| row.asked))),
            ("catalog_sha256".to_owned(), json!(found.sha256)),
            ("changes_also".to_owned(), json!(others)),
        ]);
    }
    body
}

fn change(change: &ClassChange) -> Value {
    json!({ "field": change.name, "replaced_class": change.from, "class": change.to })
}
