//! `/api/v1/confidential-residents`: participants of the Confidential Substitute Address program (NMSA 40-13B).
//!
//! Whom it is about stands in the body, never in the path.

use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use serde_json::json;

use crate::app::authority::{EndConfidential, MarkConfidential};
use crate::app::residents::MarkRefused;
use crate::domain::{ResidentId, StoreId};
use crate::http::body::Body;
use crate::http::{Authorized, Problem, ProblemKind, Site, body};

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
    let marked = web::block(move || site.app.mark_confidential(&who, store, &resident)).await.map_err(busy)?;
    let is_new = marked.map_err(|failure| Problem::of_staff(failure, |refused| problem_of(&refused)))?;
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
    let ended = web::block(move || site.app.end_confidential(&who, store, &resident)).await.map_err(busy)?;
    ended.map_err(|failure| Problem::of_staff(failure, |refused| problem_of(&refused)))?;
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
    let found = web::block(move || site.app.is_confidential(&who, store, &resident)).await.map_err(busy)?;
    let is_confidential = found.map_err(|failure| Problem::of_staff(failure, |never| match never {}))?;
    Ok(HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-store"))
        .json(json!({ "is_confidential": is_confidential })))
}

fn named(site: &Site, request: &HttpRequest, bytes: &web::Bytes) -> Result<(StoreId, ResidentId), Problem> {
    body::demand_json(request, bytes, site.settings.server.body_limit_bytes)?;
    let named: ResidentRequest = body::parse(bytes, "")?;
    let store = named.store.parse().map_err(|_| Problem::member("/store", "expected the id of a record store"))?;
    let resident = ResidentId::new(&named.resident).map_err(|error| Problem::member("/resident", error.to_string()))?;
    Ok((store, resident))
}

fn problem_of(refused: &MarkRefused) -> Problem {
    match refused {
        MarkRefused::UnknownStore(_) => Problem::member("/store", "there is no such record store"),
        MarkRefused::NotMarked => Problem::new(ProblemKind::NotFound, refused.to_string()),
    }
}

fn busy(_: actix_web::error::BlockingError) -> Problem {
    Problem::new(ProblemKind::Overloaded, "too many calls are being answered")
}
