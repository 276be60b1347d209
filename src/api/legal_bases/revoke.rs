//! `POST /api/v1/legal-bases/{id}/revocation`: withdraws a basis, at once and for good.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use serde_json::json;

use super::{handling, id_of};
use crate::api::blocking::{blocking, json_body};
use crate::api::words::said;
use crate::app::authority::RevokeBasis;
use crate::http::body::Body;
use crate::http::{Authorized, Problem, Site};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RevocationRequest {
    reason: String,
}

/// 200 once no request can use it any more.
pub(in crate::api) async fn revoke(
    site: web::Data<Site>,
    Authorized(who): Authorized<RevokeBasis>,
    id: web::Path<String>,
    request: HttpRequest,
    Body(bytes): Body,
) -> Result<HttpResponse, Problem> {
    let id = id_of(&id)?;
    let RevocationRequest { reason } = json_body(&site, &request, &bytes)?;
    let reason = said("/reason", reason, site.settings.limits.text_chars)?;
    blocking(&site, move |app| app.revoke_basis(&who, id, reason)).await?.map_err(handling)?;
    Ok(HttpResponse::Ok().json(json!({ "id": id, "status": "revoked" })))
}
