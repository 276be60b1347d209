//! `/api/v1/confidential-residents`: participants of the Confidential Substitute Address program (NMSA 40-13B).
//!
//! Whom it is about stands in the body, never in the path.

use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use serde_json::json;

use crate::api::words::read_json;
use crate::app::App;
use crate::app::authority::{EndConfidential, MarkConfidential, StaffFailure};
use crate::app::residents::MarkRefused;
use crate::domain::{ResidentId, StoreId};
use crate::http::blocking::off_the_web;
use crate::http::body::Body;
use crate::http::{Authorized, Problem, ProblemKind, Site};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ResidentRequest {
    store: String,
    resident: String,
}

/// `POST /api/v1/confidential-residents`: marks a resident; 201 when the mark is new.
pub(super) async fn mark(
    site: web::Data<Site>,
    Authorized(who): Authorized<MarkConfidential>,
    request: HttpRequest,
    Body(bytes): Body,
) -> Result<HttpResponse, Problem> {
    let (store, resident) = named(&site, &request, &bytes)?;
    let mark = move |app: &App| app.mark_confidential(&who, store, &resident).map_err(unmarked);
    let is_new = off_the_web(&site, mark).await?;
    let mut response = if is_new { HttpResponse::Created() } else { HttpResponse::Ok() };
    Ok(response.insert_header((CACHE_CONTROL, "no-store")).json(json!({ "is_confidential": true })))
}

/// `POST /api/v1/confidential-residents/ending`: ends a resident's mark.
pub(super) async fn end(
    site: web::Data<Site>,
    Authorized(who): Authorized<EndConfidential>,
    request: HttpRequest,
    Body(bytes): Body,
) -> Result<HttpResponse, Problem> {
    let (store, resident) = named(&site, &request, &bytes)?;
    off_the_web(&site, move |app| app.end_confidential(&who, store, &resident).map_err(unmarked)).await?;
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(json!({ "is_confidential": false })))
}

/// `POST /api/v1/confidential-residents/lookup`: whether a resident is marked.
pub(super) async fn look_up(
    site: web::Data<Site>,
    Authorized(who): Authorized<MarkConfidential>,
    request: HttpRequest,
    Body(bytes): Body,
) -> Result<HttpResponse, Problem> {
    let (store, resident) = named(&site, &request, &bytes)?;
    let look_up = move |app: &App| {
        let found = app.is_confidential(&who, &store, &resident);
        found.map_err(|failure| Problem::of_staff(failure, |never| match never {}))
    };
    let is_confidential = off_the_web(&site, look_up).await?;
    Ok(HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-store"))
        .json(json!({ "is_confidential": is_confidential })))
}

fn named(site: &Site, request: &HttpRequest, bytes: &web::Bytes) -> Result<(StoreId, ResidentId), Problem> {
    let named: ResidentRequest = read_json(site, request, bytes)?;
    let store = named.store.parse().map_err(|_| Problem::member("/store", "expected the id of a record store"))?;
    let resident = ResidentId::new(&named.resident).map_err(|error| Problem::member("/resident", error.to_string()))?;
    Ok((store, resident))
}

fn unmarked(failure: StaffFailure<MarkRefused>) -> Problem {
    Problem::of_staff(failure, |refused| match refused {
        MarkRefused::UnknownStore(_) => Problem::member("/store", "there is no such record store"),
        MarkRefused::NotMarked => Problem::new(ProblemKind::NotFound, refused.to_string()),
    })
}
