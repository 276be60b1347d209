//! `POST /api/v1/clients`: a new city application.

use std::collections::BTreeSet;

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;

use super::{problem_of, secret};
use crate::app::authority::ManageClients;
use crate::app::clients::NewClient;
use crate::domain::{ClientId, RequesterKind, StoreId};
use crate::http::blocking::off_the_web;
use crate::http::body::{Body, read_small};
use crate::http::{Authorized, Problem, Site};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClientRequest {
    id: ClientId,
    name: String,
    stores: BTreeSet<StoreId>,
    requester_kinds: BTreeSet<RequesterKind>,
}

/// Registers a client.
pub(in crate::api) async fn register(
    site: web::Data<Site>,
    Authorized(who): Authorized<ManageClients>,
    request: HttpRequest,
    Body(body): Body,
) -> Result<HttpResponse, Problem> {
    let ClientRequest { id, name, stores, requester_kinds } = read_small(&request, &body)?;
    let new = NewClient { id: id.clone(), name, stores, requester_kinds };
    let made = off_the_web(&site, move |app| app.add_client(&who, new).map_err(problem_of)).await?;
    Ok(secret(&id, &made))
}
