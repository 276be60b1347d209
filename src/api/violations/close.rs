//! `POST /api/v1/violations/{id}/closing`: counsel says what was done about it.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use serde_json::json;

use super::{id_of, refused};
use crate::api::blocking::{blocking, json_body};
use crate::api::words::said;
use crate::app::authority::CloseViolation;
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
    let ClosingRequest { outcome } = json_body(&site, &request, &bytes)?;
    let outcome = said("/outcome", outcome, site.settings.limits.text_chars)?;
    let closed = blocking(&site, move |app| app.close_violation(&who, id, outcome)).await?;
    closed.map_err(|failure| Problem::of_change(failure, refused))?;
    Ok(HttpResponse::Ok().json(json!({ "id": id, "is_open": false })))
}
