//! `POST /api/v1/decisions`: one resident, some fields, one decision.

use actix_web::{HttpRequest, HttpResponse, web};

use super::answer::{DecisionResponse, json, recorded_of};
use super::{ask, key};
use crate::http::blocking::in_time;
use crate::http::body::Body;
use crate::http::{Authenticated, Problem, Site, body};

/// Decides, records, then answers: 200 whatever the decision is.
pub(in crate::api) async fn create(
    site: web::Data<Site>,
    Authenticated(caller): Authenticated,
    request: HttpRequest,
    Body(bytes): Body,
) -> Result<HttpResponse, Problem> {
    body::demand_json(&request, &bytes, site.settings.server.body_limit_bytes)?;
    let ask = ask::parse(&bytes, "", &site.settings.limits)?;
    site.pace.take(&caller.client, 1)?;
    let key = key::key_of(&request, &bytes)?;
    let answer = in_time(&site, site.app.decide(caller, ask, key)).await?;
    let recorded = recorded_of(answer)?;
    json(&DecisionResponse::from(&recorded))
}
