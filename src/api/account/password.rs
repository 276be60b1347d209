//! `POST /api/v1/account/password`: another password. Every other session ends.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
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
struct PasswordRequest {
    current_password: String,
    new_password: String,
    totp: String,
}

/// Changes the password of whoever calls.
pub(in crate::api) async fn change(
    site: web::Data<Site>,
    Authorized(who): Authorized<UseOwnAccount>,
    request: HttpRequest,
    Body(body): Body,
) -> Result<HttpResponse, Problem> {
    let asked: PasswordRequest = read_small(&request, &body)?;
    let new = Zeroizing::new(asked.new_password);
    let shown = Shown {
        password: Some(Zeroizing::new(asked.current_password)),
        code: Zeroizing::new(asked.totp),
        address: address_of(&request, &site),
    };
    off_the_web(&site, move |app| app.change_password(&who, &shown, &new).map_err(problem_of)).await?;
    Ok(HttpResponse::NoContent().finish())
}
