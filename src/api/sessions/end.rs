//! `DELETE /api/v1/sessions/current`: signing out.

use actix_web::{HttpResponse, web};

use crate::app::authority::UseOwnAccount;
use crate::app::staff::NoSuchSession;
use crate::http::blocking::off_the_web;
use crate::http::{Authorized, Problem, ProblemKind, Site};

/// Ends the session that calls.
pub(in crate::api) async fn end(
    site: web::Data<Site>,
    Authorized(who): Authorized<UseOwnAccount>,
) -> Result<HttpResponse, Problem> {
    let gone = |reason: NoSuchSession| Problem::new(ProblemKind::NotFound, reason.to_string());
    off_the_web(&site, move |app| app.sign_out(&who).map_err(|failure| Problem::of_staff(failure, gone))).await?;
    Ok(HttpResponse::NoContent().finish())
}
