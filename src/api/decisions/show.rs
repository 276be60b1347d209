//! `GET /api/v1/decisions/{id}`: a decision again, for the client that asked and for auditors.

use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpResponse, web};

use super::answer::DecisionResponse;
use crate::api::words::unavailable;
use crate::app::decisions::FindError;
use crate::domain::DecisionId;
use crate::http::blocking::off_the_web;
use crate::http::{Problem, ProblemKind, Reader, Site};

/// Reads the decision back from its record.
pub(in crate::api) async fn show(
    site: web::Data<Site>,
    Reader(reader): Reader,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = id_of(&id)?;
    let recorded = off_the_web(&site, move |app| Ok(app.find_decision(&reader, id)?)).await?;
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(DecisionResponse::from(&recorded)))
}

/// What is not an id cannot be the id of anything.
pub(super) fn id_of(text: &str) -> Result<DecisionId, Problem> {
    text.parse().map_err(|_| Problem::from(FindError::NotFound))
}

impl From<FindError> for Problem {
    fn from(error: FindError) -> Self {
        match error {
            FindError::NotFound => Self::new(ProblemKind::NotFound, "there is no such decision that you may know of"),
            FindError::Caller(error) => Self::new(ProblemKind::Unauthenticated, error.to_string()),
            FindError::Unreadable | FindError::Store(_) => unavailable(),
            FindError::Unrecorded(failure) => Self::of_staff(failure, |never| match never {}),
        }
    }
}
