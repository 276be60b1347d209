//! `POST /api/v1/account/recovery-codes`: ten new ones, shown once. The old ones no longer count.

use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use serde_json::json;
use zeroize::Zeroizing;

use super::problem_of;
use crate::app::authority::UseOwnAccount;
use crate::app::staff::Shown;
use crate::http::blocking::off_the_web;
use crate::http::body::{Body, read_small};
use crate::http::peer::address_of;
use crate::http::{Authorized, Problem, Site};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CodesRequest {
    password: Option<String>,
    totp: String,
}

/// Draws the codes of whoever calls.
pub(in crate::api) async fn draw(
    site: web::Data<Site>,
    Authorized(who): Authorized<UseOwnAccount>,
    request: HttpRequest,
    Body(body): Body,
) -> Result<HttpResponse, Problem> {
    let asked: CodesRequest = read_small(&request, &body)?;
    let shown = Shown {
        password: asked.password.map(Zeroizing::new),
        code: Zeroizing::new(asked.totp),
        address: address_of(&request, &site),
    };
    let drawn = off_the_web(&site, move |app| app.draw_recovery_codes(&who, &shown).map_err(problem_of)).await?;
    let codes: Vec<&str> = drawn.0.iter().map(|code| code.as_str()).collect();
    Ok(HttpResponse::Created().insert_header((CACHE_CONTROL, "no-store")).json(json!({ "recovery_codes": codes })))
}
