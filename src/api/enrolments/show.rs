//! `GET /api/v1/enrolments/{token}`: what a one-time link is for, and the second factor to set up.

use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::json;

use super::{find, holder_of};
use crate::domain::record::instant_text;
use crate::http::{Problem, Site};

/// Shows the link to whoever holds it.
pub(in crate::api) async fn show(
    site: web::Data<Site>,
    request: HttpRequest,
    token: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let token = token.into_inner();
    let enrolment = find(&site, &request, token.clone()).await?;
    let holder = enrolment.holder.as_ref();
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(json!({
        "kind": enrolment.kind,
        "username": holder.map(|holder| holder.username.as_str()),
        "name": holder.map(|holder| holder.name.as_str()),
        "expires_at": instant_text(enrolment.expires_at),
        "totp": {
            "secret": enrolment.totp.to_base32().as_str(),
            "otpauth_uri": enrolment.totp.uri(holder_of(&enrolment)).as_str(),
            "qr_svg_url": format!("{}/api/v1/enrolments/{token}/qr.svg", site.settings.server.public_url),
        },
    })))
}
