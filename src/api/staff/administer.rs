//! What an admin does about an account: `PUT …/{id}/roles`, `POST …/{id}/reset`, `…/disabling`, `…/enabling`,
//! `DELETE …/{id}/sessions`.

use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use serde_json::json;

use super::invite::roles_of;
use super::{id_of, link};
use crate::app::App;
use crate::app::authority::{Authority, ManageStaff};
use crate::app::staff::{AdministerError, AdministerFailure};
use crate::domain::StaffId;
use crate::domain::staff::{Role, SwitchReason};
use crate::http::blocking::off_the_web;
use crate::http::body::{Body, read_small};
use crate::http::{Authorized, Problem, ProblemKind, Site};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RolesRequest {
    roles: Vec<Role>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SwitchRequest {
    reason: Option<SwitchReason>,
}

/// Other roles.
pub(in crate::api) async fn set_roles(
    site: web::Data<Site>,
    Authorized(who): Authorized<ManageStaff>,
    id: web::Path<String>,
    request: HttpRequest,
    Body(body): Body,
) -> Result<HttpResponse, Problem> {
    let asked: RolesRequest = read_small(&request, &body)?;
    let roles = roles_of(asked.roles)?;
    change(&site, who, &id, move |app, who, id| app.set_staff_roles(who, id, roles)).await
}

/// A way back for whoever lost theirs.
pub(in crate::api) async fn reset(
    site: web::Data<Site>,
    Authorized(who): Authorized<ManageStaff>,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = id_of(&id)?;
    let made = off_the_web(&site, move |app| app.reset_staff(&who, id).map_err(problem_of)).await?;
    let made = made.as_ref().map(link);
    Ok(HttpResponse::Created().insert_header((CACHE_CONTROL, "no-store")).json(json!({ "link": made })))
}

/// Off.
pub(in crate::api) async fn disable(
    site: web::Data<Site>,
    Authorized(who): Authorized<ManageStaff>,
    id: web::Path<String>,
    request: HttpRequest,
    Body(body): Body,
) -> Result<HttpResponse, Problem> {
    let reason = reason_of(&request, &body, &SwitchReason::OFF)?;
    change(&site, who, &id, move |app, who, id| app.disable_staff(who, id, reason)).await
}

/// On again.
pub(in crate::api) async fn enable(
    site: web::Data<Site>,
    Authorized(who): Authorized<ManageStaff>,
    id: web::Path<String>,
    request: HttpRequest,
    Body(body): Body,
) -> Result<HttpResponse, Problem> {
    let reason = reason_of(&request, &body, &SwitchReason::ON)?;
    change(&site, who, &id, move |app, who, id| app.enable_staff(who, id, reason)).await
}

/// Why, where somebody says so: the body may be left out.
fn reason_of(
    request: &HttpRequest,
    body: &web::Bytes,
    fitting: &[SwitchReason],
) -> Result<Option<SwitchReason>, Problem> {
    if body.is_empty() {
        return Ok(None);
    }
    let SwitchRequest { reason } = read_small(request, body)?;
    match reason {
        Some(reason) if !fitting.contains(&reason) => {
            Err(Problem::member("/reason", format!("`{reason}` is no reason for this")))
        }
        reason => Ok(reason),
    }
}

/// The end of every session.
pub(in crate::api) async fn end_sessions(
    site: web::Data<Site>,
    Authorized(who): Authorized<ManageStaff>,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    change(&site, who, &id, App::end_staff_sessions).await
}

async fn change<F>(
    site: &web::Data<Site>,
    who: Authority<ManageStaff>,
    id: &str,
    make: F,
) -> Result<HttpResponse, Problem>
where
    F: FnOnce(&App, &Authority<ManageStaff>, StaffId) -> Result<(), AdministerFailure> + Send + 'static,
{
    let id = id_of(id)?;
    off_the_web(site, move |app| make(app, &who, id).map_err(problem_of)).await?;
    Ok(HttpResponse::NoContent().finish())
}

fn problem_of(failure: AdministerFailure) -> Problem {
    Problem::of_staff(failure, |error| {
        let kind = match error {
            AdministerError::Unknown => ProblemKind::NotFound,
            AdministerError::Oneself => ProblemKind::SamePerson,
            AdministerError::LastAdmin | AdministerError::Off | AdministerError::NotOff => ProblemKind::Conflict,
        };
        Problem::new(kind, error.to_string())
    })
}
