//! `/api/v1/account`: one's own account, sessions and credentials.

pub(super) mod password;
pub(super) mod recovery_codes;
pub(super) mod sessions;

use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpResponse, web};
use serde_json::json;

use crate::api::staff::{self, certification_of};
use crate::app::ChangeFailure;
use crate::app::authority::{StaffRefusal, UseOwnAccount};
use crate::app::staff::{CredentialsError, CredentialsFailure};
use crate::domain::record::instant_text;
use crate::http::blocking::off_the_web;
use crate::http::{Authorized, Problem, ProblemKind, Site};

/// `GET /api/v1/account`.
pub(super) async fn show(
    site: web::Data<Site>,
    Authorized(who): Authorized<UseOwnAccount>,
) -> Result<HttpResponse, Problem> {
    let found = off_the_web(&site, move |app| app.own_account(&who).map_err(staff::unread)).await?;
    let account = found.ok_or_else(|| Problem::new(ProblemKind::NotFound, "there is no such account"))?;
    let (holder, rules) = (&account.holder, site.app.certification_rules());
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(json!({
        "id": holder.id,
        "username": holder.username.as_str(),
        "name": holder.name,
        "roles": holder.roles.iter().collect::<Vec<_>>(),
        "last_sign_in_at": holder.last_sign_in_at.map(instant_text),
        "recovery_codes_left": account.recovery_codes,
        "certification": certification_of(account.standing, &holder.certified_by, holder.certified_at, rules, account.now),
    })))
}

/// A failed change of one's own credentials; `member` names the password that was asked for.
fn problem_of(failure: CredentialsFailure) -> Problem {
    if let ChangeFailure::Refused(StaffRefusal::Change(CredentialsError::Wait { seconds })) = failure {
        let detail = CredentialsError::Wait { seconds }.to_string();
        return Problem::new(ProblemKind::TooManyAttempts, detail).with_retry_after(seconds);
    }
    Problem::of_staff(failure, |error| match error {
        CredentialsError::Password(_) => Problem::member("/new_password", error.to_string()),
        CredentialsError::Secret(_) => Problem::new(ProblemKind::Unavailable, "the password cannot be hashed"),
        CredentialsError::Proof | CredentialsError::Wait { .. } => Problem::member("/totp", error.to_string()),
    })
}
