//! `GET /api/v1/legal-bases/{id}`: a basis in full. Each reading is an entry.

use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpResponse, web};

use super::full::FullResponse;
use super::{handling, id_of};
use crate::api::words::unavailable;
use crate::app::authority::ReadBasis;
use crate::app::legal_bases::ReadError;
use crate::http::blocking::off_the_web;
use crate::http::{Authorized, Problem, Site};

/// Shows registration, paper, residents, checks, steps.
pub(in crate::api) async fn show(
    site: web::Data<Site>,
    Authorized(who): Authorized<ReadBasis>,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = id_of(&id)?;
    let full = off_the_web(&site, move |app| app.read_basis(&who, id).map_err(unread)).await?;
    let response = FullResponse::of(&site.app, &full);
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(response))
}

fn unread(error: ReadError) -> Problem {
    match error {
        ReadError::Change(failure) => handling(failure),
        ReadError::Unreadable | ReadError::Store(_) => unavailable(),
    }
}
