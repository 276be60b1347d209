//! `/api/v1/account/sessions`: where one is signed in, and the end of it.

use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpResponse, web};
use serde_json::{Value, json};

use crate::api::staff;
use crate::app::authority::UseOwnAccount;
use crate::app::staff::NoSuchSession;
use crate::domain::record::instant_text;
use crate::http::blocking::off_the_web;
use crate::http::{Authorized, Problem, ProblemKind, Site};

/// `GET`: the sessions that go on, the newest first.
pub(in crate::api) async fn list(
    site: web::Data<Site>,
    Authorized(who): Authorized<UseOwnAccount>,
) -> Result<HttpResponse, Problem> {
    let current = who.session();
    let sessions = off_the_web(&site, move |app| app.own_sessions(&who).map_err(staff::unread)).await?;
    let sessions = sessions.into_iter().map(|session| {
        json!({
            "id": session.id,
            "is_current": Some(session.id) == current,
            "address": session.address,
            "created_at": instant_text(session.created_at),
            "last_used_at": instant_text(session.seen_at),
            "expires_at": instant_text(session.expires_at),
        })
    });
    let sessions: Vec<Value> = sessions.collect();
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(json!({ "sessions": sessions })))
}

/// `DELETE …/{id}`: ends one of them.
pub(in crate::api) async fn end(
    site: web::Data<Site>,
    Authorized(who): Authorized<UseOwnAccount>,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let gone = |reason: NoSuchSession| Problem::new(ProblemKind::NotFound, reason.to_string());
    let id = id.parse().map_err(|_| gone(NoSuchSession))?;
    off_the_web(&site, move |app| app.end_session(&who, id).map_err(|failure| Problem::of_staff(failure, gone)))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// `DELETE`: ends all of them, the one that calls included.
pub(in crate::api) async fn end_all(
    site: web::Data<Site>,
    Authorized(who): Authorized<UseOwnAccount>,
) -> Result<HttpResponse, Problem> {
    let problem = |failure| Problem::of_staff(failure, |never| match never {});
    off_the_web(&site, move |app| app.sign_out_everywhere(&who).map_err(problem)).await?;
    Ok(HttpResponse::NoContent().finish())
}
