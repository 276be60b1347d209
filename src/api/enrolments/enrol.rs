//! `POST /api/v1/enrolments/{token}`: sets a password and a second factor, once.

use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use serde_json::json;
use zeroize::Zeroizing;

use super::slow_down;
use crate::app::ChangeFailure;
use crate::app::staff::{EnrolError, NewCredentials};
use crate::http::blocking::off_the_web;
use crate::http::body::{Body, read_small};
use crate::http::{Problem, ProblemKind, Site};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EnrolmentRequest {
    password: String,
    totp: String,
    username: Option<String>,
    name: Option<String>,
}

/// Enrols whoever holds the link.
pub(in crate::api) async fn enrol(
    site: web::Data<Site>,
    request: HttpRequest,
    token: web::Path<String>,
    Body(body): Body,
) -> Result<HttpResponse, Problem> {
    let asked: EnrolmentRequest = read_small(&request, &body)?;
    slow_down(&site, &request)?;
    let new = NewCredentials {
        password: Zeroizing::new(asked.password),
        code: Zeroizing::new(asked.totp),
        username: asked.username,
        name: asked.name,
    };
    let enrolled = off_the_web(&site, move |app| app.enrol(&token, &new).map_err(problem_of)).await?;
    let codes: Vec<&str> = enrolled.recovery_codes.0.iter().map(|code| code.as_str()).collect();
    Ok(HttpResponse::Created()
        .insert_header((CACHE_CONTROL, "no-store"))
        .json(json!({ "username": enrolled.username.as_str(), "recovery_codes": codes })))
}

fn problem_of(failure: ChangeFailure<EnrolError>) -> Problem {
    let ChangeFailure::Refused(error) = failure else { return Problem::unrecorded(&failure) };
    let member = match &error {
        EnrolError::NoLink => return Problem::new(ProblemKind::NotFound, error.to_string()),
        EnrolError::Taken => return Problem::new(ProblemKind::Conflict, error.to_string()),
        EnrolError::Secret(_) => return Problem::new(ProblemKind::Unavailable, "the password cannot be hashed"),
        EnrolError::Code => "/totp",
        EnrolError::Password(_) => "/password",
        EnrolError::Name => "/name",
        EnrolError::NameNeeded | EnrolError::NameGiven | EnrolError::Username(_) => "/username",
    };
    Problem::member(member, error.to_string())
}
