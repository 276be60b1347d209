//! `GET /api/v1/enrolments/{token}/qr.svg`: the second factor as a picture to scan.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY};
use actix_web::{HttpRequest, HttpResponse, web};
use qrcode::QrCode;
use qrcode::render::svg;

use super::{find, holder_of};
use crate::http::{Problem, ProblemKind, Site};

/// Shows the picture to whoever holds the link.
pub(in crate::api) async fn show(
    site: web::Data<Site>,
    request: HttpRequest,
    token: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let enrolment = find(&site, &request, token.into_inner()).await?;
    let uri = enrolment.totp.uri(holder_of(&enrolment));
    let code = QrCode::new(uri.as_bytes())
        .map_err(|_| Problem::new(ProblemKind::Unavailable, "the picture cannot be drawn; type the secret instead"))?;
    let picture = code.render::<svg::Color<'_>>().min_dimensions(240, 240).build();
    Ok(HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((CONTENT_SECURITY_POLICY, "default-src 'none'"))
        .content_type("image/svg+xml")
        .body(picture))
}
