//! `/api/v1/clients`: city applications, for admins. A secret is shown once, in the answer that made it.

pub(super) mod change;
pub(super) mod register;

use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpResponse, web};
use serde_json::{Value, json};

use super::words::unavailable;
use crate::app::authority::ManageClients;
use crate::app::clients::{ClientError, ClientFailure};
use crate::domain::ClientId;
use crate::domain::client::Client;
use crate::domain::record::instant_text;
use crate::http::blocking::off_the_web;
use crate::http::{Authorized, Problem, ProblemKind, Site};

/// `GET /api/v1/clients`: every client, by id.
pub(super) async fn list(
    site: web::Data<Site>,
    Authorized(who): Authorized<ManageClients>,
) -> Result<HttpResponse, Problem> {
    let found = off_the_web(&site, move |app| app.list_clients(&who).map_err(|_| unavailable())).await?;
    let clients: Vec<Value> = found.iter().map(client).collect();
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(json!({ "clients": clients })))
}

/// `GET /api/v1/clients/{id}`.
pub(super) async fn show(
    site: web::Data<Site>,
    Authorized(who): Authorized<ManageClients>,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = id_of(&id)?;
    let found = off_the_web(&site, move |app| app.list_clients(&who).map_err(|_| unavailable())).await?;
    let found = found.iter().find(|client| client.id == id).ok_or_else(no_client)?;
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(client(found)))
}

fn client(client: &Client) -> Value {
    json!({
        "id": client.id,
        "name": client.name,
        "is_enabled": client.is_enabled,
        "stores": client.stores,
        "requester_kinds": client.requester_kinds,
        "certified_by": client.certified_by,
        "certified_at": instant_text(client.certified_at),
    })
}

/// A secret, shown this once.
fn secret(id: &ClientId, secret: &str) -> HttpResponse {
    let body = json!({ "client_id": id, "client_secret": secret });
    HttpResponse::Created().insert_header((CACHE_CONTROL, "no-store")).json(body)
}

/// What is not an id cannot be the id of a client.
fn id_of(text: &str) -> Result<ClientId, Problem> {
    text.parse().map_err(|_| no_client())
}

fn no_client() -> Problem {
    Problem::new(ProblemKind::NotFound, "there is no such client")
}

fn problem_of(failure: ClientFailure) -> Problem {
    Problem::of_staff(failure, |error| match &error {
        ClientError::Unknown(_) => no_client(),
        ClientError::Exists(_) | ClientError::Switched { .. } => Problem::new(ProblemKind::Conflict, error.to_string()),
        ClientError::Name => Problem::member("/name", error.to_string()),
        ClientError::Empty | ClientError::UnknownStore(_) => Problem::member("/stores", error.to_string()),
        ClientError::Secret(_) => Problem::new(ProblemKind::Unavailable, "the secret cannot be hashed"),
    })
}
