//! `GET /api/v1/violations/{id}`: a violation with what was noted. Each reading is an entry.

use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpResponse, web};
use serde::Serialize;

use super::{ViolationResponse, id_of, refused};
use crate::api::words::unavailable;
use crate::app::authority::ReadViolation;
use crate::app::legal_bases::ReadViolationError;
use crate::http::blocking::off_the_web;
use crate::http::{Authorized, Problem, Site};

#[derive(Serialize)]
struct FullResponse<'a> {
    #[serde(flatten)]
    violation: ViolationResponse<'a>,
    note: Option<&'a str>,
    outcome: Option<&'a str>,
}

/// Shows it with its notes.
pub(in crate::api) async fn show(
    site: web::Data<Site>,
    Authorized(who): Authorized<ReadViolation>,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = id_of(&id)?;
    let full = off_the_web(&site, move |app| app.read_violation(&who, id).map_err(unread)).await?;
    let violation = ViolationResponse::from(&full.stored);
    let response = FullResponse { violation, note: full.note.as_deref(), outcome: full.outcome.as_deref() };
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(response))
}

fn unread(error: ReadViolationError) -> Problem {
    match error {
        ReadViolationError::Change(failure) => Problem::of_staff(failure, refused),
        ReadViolationError::Read(_) => unavailable(),
    }
}
