//! What an admin does about a client: `PUT …/{id}/scope`, `POST …/{id}/secret`, `…/disabling`, `…/enabling`.

use std::collections::BTreeSet;

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;

use super::{id_of, problem_of, secret};
use crate::app::authority::{Authority, ManageClients};
use crate::app::clients::ClientScope;
use crate::domain::{RequesterKind, StoreId};
use crate::http::blocking::off_the_web;
use crate::http::body::{Body, read_small};
use crate::http::{Authorized, Problem, Site};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ScopeRequest {
    stores: BTreeSet<StoreId>,
    requester_kinds: BTreeSet<RequesterKind>,
}

/// What it may ask about, and for whom.
pub(in crate::api) async fn set_scope(
    site: web::Data<Site>,
    Authorized(who): Authorized<ManageClients>,
    id: web::Path<String>,
    request: HttpRequest,
    Body(body): Body,
) -> Result<HttpResponse, Problem> {
    let ScopeRequest { stores, requester_kinds } = read_small(&request, &body)?;
    let (id, scope) = (id_of(&id)?, ClientScope { stores, requester_kinds });
    off_the_web(&site, move |app| app.set_client_scope(&who, id, scope).map_err(problem_of)).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// A new secret; the old one and its tokens stop working at once.
pub(in crate::api) async fn rotate(
    site: web::Data<Site>,
    Authorized(who): Authorized<ManageClients>,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = id_of(&id)?;
    let asked = id.clone();
    let made = off_the_web(&site, move |app| app.rotate_client(&who, asked).map_err(problem_of)).await?;
    Ok(secret(&id, &made))
}

/// Off.
pub(in crate::api) async fn disable(
    site: web::Data<Site>,
    Authorized(who): Authorized<ManageClients>,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    switch(&site, who, &id, false).await
}

/// On again.
pub(in crate::api) async fn enable(
    site: web::Data<Site>,
    Authorized(who): Authorized<ManageClients>,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    switch(&site, who, &id, true).await
}

async fn switch(
    site: &web::Data<Site>,
    who: Authority<ManageClients>,
    id: &str,
    is_enabled: bool,
) -> Result<HttpResponse, Problem> {
    let id = id_of(id)?;
    off_the_web(site, move |app| app.set_client_enabled(&who, id, is_enabled).map_err(problem_of)).await?;
    Ok(HttpResponse::NoContent().finish())
}
