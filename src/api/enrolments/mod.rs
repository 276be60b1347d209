//! `/api/v1/enrolments/{token}`: one-time links, for whoever holds one. An unknown, used or old link is not told apart.

pub(super) mod enrol;
pub(super) mod qr;
pub(super) mod show;

use actix_web::{HttpRequest, web};

use crate::app::staff::{EnrolError, Enrolment};
use crate::http::blocking::off_the_web;
use crate::http::peer::address_of;
use crate::http::{Problem, ProblemKind, Site};

/// A link that is good, for a caller who has not tried too often.
async fn find(site: &web::Data<Site>, request: &HttpRequest, token: String) -> Result<Enrolment, Problem> {
    slow_down(site, request)?;
    let unavailable = |_| Problem::new(ProblemKind::Unavailable, "the records cannot be read");
    let found = off_the_web(site, move |app| app.find_enrolment(&token).map_err(unavailable)).await?;
    found.ok_or_else(|| Problem::new(ProblemKind::NotFound, EnrolError::NoLink.to_string()))
}

fn slow_down(site: &Site, request: &HttpRequest) -> Result<(), Problem> {
    if site.throttle.allows(&format!("enrolment from {}", address_of(request, site))) {
        return Ok(());
    }
    Err(Problem::new(ProblemKind::TooManyAttempts, "too many attempts; wait a minute"))
}

/// Whom the second factor is for, as the app shows it.
fn holder_of(enrolment: &Enrolment) -> &str {
    enrolment.holder.as_ref().map_or("admin", |holder| holder.username.as_str())
}
