//! `/api/v1/staff`: accounts, for admins. What is shown of an account is the same everywhere.

pub(super) mod administer;
pub(super) mod certify;
pub(super) mod invite;
pub(super) mod review;

use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpResponse, web};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::app::authority::ManageStaff;
use crate::app::staff::OneTimeLink;
use crate::domain::StaffId;
use crate::domain::record::instant_text;
use crate::domain::staff::{Certification, CertificationRules, Staff};
use crate::http::blocking::off_the_web;
use crate::http::{Authorized, Problem, ProblemKind, Site};
use crate::storage::StoreError;

/// `GET /api/v1/staff`: everybody, by username.
pub(super) async fn list(
    site: web::Data<Site>,
    Authorized(who): Authorized<ManageStaff>,
) -> Result<HttpResponse, Problem> {
    let found = off_the_web(&site, move |app| app.list_staff(&who).map_err(unread)).await?;
    let members: Vec<Value> = found.iter().map(member).collect();
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(json!({ "staff": members })))
}

/// `GET /api/v1/staff/{id}`.
pub(super) async fn show(
    site: web::Data<Site>,
    Authorized(who): Authorized<ManageStaff>,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = id_of(&id)?;
    let found = off_the_web(&site, move |app| app.list_staff(&who).map_err(unread)).await?;
    let found = found.iter().find(|staff| staff.id == id).ok_or_else(no_account)?;
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(member(found)))
}

fn member(staff: &Staff) -> Value {
    json!({
        "id": staff.id,
        "username": staff.username.as_str(),
        "name": staff.name,
        "status": staff.status,
        "roles": staff.roles.iter().collect::<Vec<_>>(),
        "created_at": instant_text(staff.created_at),
        "last_sign_in_at": staff.last_sign_in_at.map(instant_text),
        "certified_by": staff.certified_by,
        "certified_at": instant_text(staff.certified_at),
    })
}

fn link(link: &OneTimeLink) -> Value {
    json!({ "url": link.url.as_str(), "expires_at": instant_text(link.expires_at) })
}

/// Where an account or a client stands in the access review.
pub(super) fn certification_of(
    standing: Certification,
    by: &str,
    at: DateTime<Utc>,
    rules: CertificationRules,
    now: DateTime<Utc>,
) -> Value {
    json!({
        "state": standing.as_str(),
        "certified_by": by,
        "certified_at": instant_text(at),
        "due_at": instant_text(rules.due_at(at)),
        "suspended_at": instant_text(rules.suspended_at(at)),
        "days_to_review": rules.days_to_review(at, now),
    })
}

/// What is not an id cannot be the id of anybody.
fn id_of(text: &str) -> Result<StaffId, Problem> {
    text.parse().map_err(|_| no_account())
}

fn no_account() -> Problem {
    Problem::new(ProblemKind::NotFound, "there is no such account")
}

pub(super) fn unread(_: StoreError) -> Problem {
    Problem::new(ProblemKind::Unavailable, "the records cannot be read")
}
