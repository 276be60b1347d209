//! `POST /api/v1/staff`: makes an account, and the link by which its holder enrols.

use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use serde_json::json;

use super::link;
use crate::app::authority::ManageStaff;
use crate::app::staff::{InviteError, NewStaff};
use crate::domain::staff::{AccountStatus, Role, Roles};
use crate::http::blocking::off_the_web;
use crate::http::body::{Body, read_small};
use crate::http::{Authorized, Problem, ProblemKind, Site};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StaffRequest {
    username: String,
    name: String,
    roles: Vec<Role>,
}

/// Invites somebody.
pub(in crate::api) async fn invite(
    site: web::Data<Site>,
    Authorized(who): Authorized<ManageStaff>,
    request: HttpRequest,
    Body(body): Body,
) -> Result<HttpResponse, Problem> {
    let StaffRequest { username, name, roles } = read_small(&request, &body)?;
    let username: crate::domain::staff::Username =
        username.parse().map_err(|error| Problem::member("/username", format!("{error}")))?;
    let roles = roles_of(roles)?;
    let new = NewStaff { username: username.clone(), name, roles };
    let invited = off_the_web(&site, move |app| {
        app.invite_staff(&who, new).map_err(|failure| Problem::of_staff(failure, problem_of))
    });
    let invited = invited.await?;
    Ok(HttpResponse::Created().insert_header((CACHE_CONTROL, "no-store")).json(json!({
        "id": invited.id,
        "username": username.as_str(),
        "status": AccountStatus::Invited,
        "link": link(&invited.link),
    })))
}

/// Roles that one person may hold together.
pub(super) fn roles_of(roles: Vec<Role>) -> Result<Roles, Problem> {
    Roles::new(roles).map_err(|error| Problem::member("/roles", error.to_string()))
}

#[expect(clippy::needless_pass_by_value, reason = "used as a function of refusals")]
fn problem_of(error: InviteError) -> Problem {
    match error {
        InviteError::Exists(_) => Problem::new(ProblemKind::Conflict, error.to_string()),
        InviteError::Name => Problem::member("/name", error.to_string()),
    }
}
