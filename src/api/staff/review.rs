//! `GET /api/v1/access-review`: who and what has access, and who said when that it is needed.

use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpResponse, web};
use serde_json::{Value, json};

use super::{certification_of, unread};
use crate::app::authority::ReadAccessReview;
use crate::app::staff::{AccessReview, ReviewedAccount, ReviewedClient};
use crate::domain::record::instant_text;
use crate::http::blocking::off_the_web;
use crate::http::{Authorized, Problem, Site};

/// Shows every account and every client.
pub(in crate::api) async fn show(
    site: web::Data<Site>,
    Authorized(who): Authorized<ReadAccessReview>,
) -> Result<HttpResponse, Problem> {
    let review = off_the_web(&site, move |app| app.access_review(&who).map_err(unread)).await?;
    let accounts: Vec<Value> = review.accounts.iter().map(|reviewed| account(reviewed, &review)).collect();
    let clients: Vec<Value> = review.clients.iter().map(|reviewed| client(reviewed, &review)).collect();
    let body = json!({ "at": instant_text(review.now), "accounts": accounts, "clients": clients });
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(body))
}

fn account(reviewed: &ReviewedAccount, review: &AccessReview) -> Value {
    let holder = &reviewed.holder;
    let (by, at) = (&holder.certified_by, holder.certified_at);
    json!({
        "id": holder.id,
        "username": holder.username.as_str(),
        "name": holder.name,
        "status": holder.status,
        "roles": holder.roles.iter().collect::<Vec<_>>(),
        "has_second_factor": reviewed.has_second_factor,
        "recovery_codes_left": reviewed.recovery_codes,
        "last_used_at": reviewed.last_used_at.map(instant_text),
        "certification": certification_of(reviewed.standing, by, at, review.rules, review.now),
    })
}

fn client(reviewed: &ReviewedClient, review: &AccessReview) -> Value {
    let client = &reviewed.client;
    let (by, at) = (&client.certified_by, client.certified_at);
    json!({
        "id": client.id,
        "name": client.name,
        "is_enabled": client.is_enabled,
        "stores": client.stores,
        "requester_kinds": client.requester_kinds,
        "last_used_at": reviewed.last_used_at.map(instant_text),
        "certification": certification_of(reviewed.standing, by, at, review.rules, review.now),
    })
}
