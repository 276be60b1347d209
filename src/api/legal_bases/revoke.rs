//! `POST /api/v1/legal-bases/{id}/revocation`: withdraws a basis, at once and for good.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use serde_json::json;

use super::{handling, id_of};
use crate::api::words::{read_json, said};
use crate::app::authority::RevokeBasis;
use crate::http::blocking::off_the_web;
use crate::http::body::Body;
use crate::http::{Authorized, Problem, Site};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RevocationRequest {
    /// As it stands in the other calls, `note` will do; both at once will not.
    #[serde(alias = "note")]
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
    let RevocationRequest { reason } = read_json(&site, &request, &bytes)?;
    let reason = said("/reason", reason, site.settings.limits.text_chars)?;
    off_the_web(&site, move |app| app.revoke_basis(&who, id, reason).map_err(handling)).await?;
    Ok(HttpResponse::Ok().json(json!({ "id": id, "status": "revoked" })))
}
