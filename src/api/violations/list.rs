//! `GET /api/v1/violations`: violations without what was noted, newest first.

use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;

use super::ViolationResponse;
use crate::api::words::unavailable;
use crate::app::App;
use crate::app::authority::ReadViolation;
use crate::domain::ViolationId;
use crate::http::blocking::off_the_web;
use crate::http::{Authorized, Members, Problem, Site};

#[derive(Serialize)]
struct ViolationsResponse<'a> {
    violations: Vec<ViolationResponse<'a>>,
    next: Option<ViolationId>,
}

/// A page.
pub(in crate::api) async fn list(
    site: web::Data<Site>,
    Authorized(who): Authorized<ReadViolation>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let mut members = Members::of_query(&request)?;
    let limit = members.take_limit();
    let after = members.take("cursor", "the `next` of an earlier answer");
    let is_open = members.take("is_open", "true or false");
    members.finish()?;
    let list = move |app: &App| app.list_violations(&who, is_open, after, limit).map_err(|_| unavailable());
    let page = off_the_web(&site, list).await?;
    let violations = page.items.iter().map(ViolationResponse::from).collect();
    let response = ViolationsResponse { violations, next: page.next };
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(response))
}
