//! `POST /api/v1/staff/{id}/certification` and `POST /api/v1/clients/{id}/certification`: this access is still needed.

use actix_web::{HttpResponse, web};

use super::id_of;
use crate::app::authority::{CertifyAccess, StaffFailure};
use crate::app::staff::CertifyError;
use crate::http::blocking::off_the_web;
use crate::http::{Authorized, Problem, ProblemKind, Site};

/// Certifies an account.
pub(in crate::api) async fn account(
    site: web::Data<Site>,
    Authorized(who): Authorized<CertifyAccess>,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = id_of(&id)?;
    off_the_web(&site, move |app| app.certify_staff(&who, id).map_err(problem_of)).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Certifies a client.
pub(in crate::api) async fn client(
    site: web::Data<Site>,
    Authorized(who): Authorized<CertifyAccess>,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = id.parse().map_err(|_| Problem::new(ProblemKind::NotFound, CertifyError::Unknown.to_string()))?;
    off_the_web(&site, move |app| app.certify_client(&who, id).map_err(problem_of)).await?;
    Ok(HttpResponse::NoContent().finish())
}

fn problem_of(failure: StaffFailure<CertifyError>) -> Problem {
    Problem::of_staff(failure, |error| {
        let kind = match error {
            CertifyError::Unknown => ProblemKind::NotFound,
            CertifyError::Oneself => ProblemKind::SamePerson,
        };
        Problem::new(kind, error.to_string())
    })
}
