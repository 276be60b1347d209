//! `POST /api/v1/class-proposals/{id}/approval`, `…/declining`, `…/withdrawal`.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;

use super::{id_of, no_proposal};
use crate::app::authority::{Authority, ProposeClass, SettleClass, StaffFailure};
use crate::app::stewardship::{SettleError, Verdict};
use crate::domain::stewardship::MayNotSettle;
use crate::http::blocking::off_the_web;
use crate::http::body::{Body, read_small};
use crate::http::{Authorized, Problem, ProblemKind, Site};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ApprovalRequest {
    catalog_sha256: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DecliningRequest {
    reason: String,
}

/// The catalogue says so from now on.
pub(in crate::api) async fn approve(
    site: web::Data<Site>,
    Authorized(who): Authorized<SettleClass>,
    id: web::Path<String>,
    request: HttpRequest,
    Body(body): Body,
) -> Result<HttpResponse, Problem> {
    let ApprovalRequest { catalog_sha256: seen } = read_small(&request, &body)?;
    settle(&site, who, &id, Verdict::Approve { seen }).await
}

/// The catalogue stays as it is.
pub(in crate::api) async fn decline(
    site: web::Data<Site>,
    Authorized(who): Authorized<SettleClass>,
    id: web::Path<String>,
    request: HttpRequest,
    Body(body): Body,
) -> Result<HttpResponse, Problem> {
    let DecliningRequest { reason } = read_small(&request, &body)?;
    settle(&site, who, &id, Verdict::Decline { reason }).await
}

/// Takes one's own back.
pub(in crate::api) async fn withdraw(
    site: web::Data<Site>,
    Authorized(who): Authorized<ProposeClass>,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = id_of(&id)?;
    off_the_web(&site, move |app| app.withdraw_proposal(&who, id).map_err(problem_of)).await?;
    Ok(HttpResponse::NoContent().finish())
}

async fn settle(
    site: &web::Data<Site>,
    who: Authority<SettleClass>,
    id: &str,
    verdict: Verdict,
) -> Result<HttpResponse, Problem> {
    let id = id_of(id)?;
    off_the_web(site, move |app| app.settle_proposal(&who, id, verdict).map_err(problem_of)).await?;
    Ok(HttpResponse::NoContent().finish())
}

fn problem_of(failure: StaffFailure<SettleError>) -> Problem {
    Problem::of_staff(failure, |error| match &error {
        SettleError::Unknown => no_proposal(),
        SettleError::MayNot(MayNotSettle::SamePerson) => Problem::new(ProblemKind::SamePerson, error.to_string()),
        SettleError::Reason(_) => Problem::member("/reason", error.to_string()),
        SettleError::MayNot(_) | SettleError::Outdated | SettleError::Contradiction(_) => {
            Problem::new(ProblemKind::Conflict, error.to_string())
        }
    })
}
