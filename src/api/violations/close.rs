//! `POST /api/v1/violations/{id}/closing`: counsel says what was done about it.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use serde_json::json;

use super::{id_of, refused};
use crate::api::words::{read_json, said};
use crate::app::App;
use crate::app::authority::CloseViolation;
use crate::http::blocking::off_the_web;
use crate::http::body::Body;
use crate::http::{Authorized, Problem, Site};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClosingRequest {
    outcome: String,
}

/// Closes it, once.
pub(in crate::api) async fn close(
    site: web::Data<Site>,
    Authorized(who): Authorized<CloseViolation>,
    id: web::Path<String>,
    request: HttpRequest,
    Body(bytes): Body,
) -> Result<HttpResponse, Problem> {
    let id = id_of(&id)?;
    let ClosingRequest { outcome } = read_json(&site, &request, &bytes)?;
    let outcome = said("/outcome", outcome, site.settings.limits.text_chars)?;
    let close = move |app: &App| app.close_violation(&who, id, outcome);
    off_the_web(&site, |app| close(app).map_err(|failure| Problem::of_staff(failure, refused))).await?;
    Ok(HttpResponse::Ok().json(json!({ "id": id, "is_open": false })))
}
