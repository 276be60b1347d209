//! `POST /api/v1/class-proposals`: proposes a class for a field.

use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use serde_json::json;

use crate::app::authority::{ProposeClass, StaffFailure};
use crate::app::stewardship::{NewProposal, ProposeError};
use crate::domain::StoreId;
use crate::domain::field::{FieldClass, FieldName};
use crate::domain::stewardship::ProposalStatus;
use crate::http::blocking::off_the_web;
use crate::http::body::{Body, read_small};
use crate::http::{Authorized, Problem, ProblemKind, Site};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProposalRequest {
    store: StoreId,
    field: String,
    class: FieldClass,
    reason: String,
}

/// Proposes.
pub(in crate::api) async fn propose(
    site: web::Data<Site>,
    Authorized(who): Authorized<ProposeClass>,
    request: HttpRequest,
    Body(body): Body,
) -> Result<HttpResponse, Problem> {
    let ProposalRequest { store, field, class, reason } = read_small(&request, &body)?;
    let field = FieldName::new(field).map_err(|error| Problem::member("/field", error.to_string()))?;
    let new = NewProposal { store, field, class, reason };
    let id = off_the_web(&site, move |app| app.propose_class(&who, new).map_err(problem_of)).await?;
    let body = json!({ "id": id, "status": ProposalStatus::Open });
    Ok(HttpResponse::Created().insert_header((CACHE_CONTROL, "no-store")).json(body))
}

fn problem_of(failure: StaffFailure<ProposeError>) -> Problem {
    Problem::of_staff(failure, |error| match &error {
        ProposeError::UnknownStore(_) => Problem::member("/store", error.to_string()),
        ProposeError::Pattern => Problem::member("/field", error.to_string()),
        ProposeError::Reason(_) => Problem::member("/reason", error.to_string()),
        ProposeError::Same(_) | ProposeError::AlreadyOpen | ProposeError::Contradiction(_) => {
            Problem::new(ProblemKind::Conflict, error.to_string())
        }
    })
}
