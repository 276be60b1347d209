//! `GET /api/v1/openapi.json`: what every route takes and answers (`OpenAPI` 3.1).
//!
//! Written by hand, a part for each group of routes. The words of closed sets come from the rules themselves, roles follow
//! from permissions, and the problems that a route may answer with are listed as bare statuses. The tests compare every
//! answer with it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use actix_web::HttpResponse;
use actix_web::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::domain::decision::{Effect, Obligation, Outcome, Reason};
use crate::domain::document::MediaType;
use crate::domain::field::FieldClass;
use crate::domain::legal_basis::check::{CheckId, CheckOutcome, JudgedBy, NumberSource, Severity};
use crate::domain::legal_basis::life::{BasisState, ReviewOutcome};
use crate::domain::legal_basis::{BasisKind, Instrument};
use crate::domain::staff::{AccountStatus, Permission, Role, SwitchReason};
use crate::domain::stewardship::{ProposalStatus, Shift};
use crate::domain::{Purpose, RequesterKind};
use crate::http::{Problem, ProblemKind};

const BASE: &str = include_str!("base.json");

/// One part for each group of routes: `paths` and the `schemas` that they use.
const PARTS: &[&str] = &[
    include_str!("decisions.json"),
    include_str!("documents.json"),
    include_str!("confidential.json"),
    include_str!("legal_bases.json"),
    include_str!("staff.json"),
    include_str!("clients.json"),
    include_str!("catalog.json"),
    include_str!("report.json"),
    include_str!("public.json"),
];

static DOCUMENT: LazyLock<Result<String, serde_json::Error>> =
    LazyLock::new(|| document().and_then(|document| serde_json::to_string_pretty(&document)));

/// The description of all routes.
pub(super) async fn show() -> Result<HttpResponse, Problem> {
    let document = DOCUMENT.as_ref().map_err(|error| {
        tracing::error!(%error, "the description of the routes is not JSON");
        Problem::new(ProblemKind::Unavailable, "the description of the routes cannot be read")
    })?;
    let mut response = HttpResponse::Ok();
    response.insert_header((CACHE_CONTROL, "public, max-age=300")).insert_header((ACCESS_CONTROL_ALLOW_ORIGIN, "*"));
    Ok(response.content_type("application/json").body(document.as_str()))
}

type Members = Map<String, Value>;

/// The whole description, as far as it is put together here.
#[derive(Serialize, Deserialize)]
struct Document {
    openapi: String,
    info: Members,
    servers: Value,
    tags: Value,
    paths: BTreeMap<String, BTreeMap<String, Members>>,
    components: Components,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Components {
    security_schemes: Value,
    responses: Value,
    parameters: Value,
    schemas: Members,
}

#[derive(Deserialize)]
struct Part {
    paths: BTreeMap<String, BTreeMap<String, Members>>,
    schemas: Members,
}

fn document() -> Result<Document, serde_json::Error> {
    let mut document: Document = serde_json::from_str(BASE)?;
    document.info.insert("version".to_owned(), json!(env!("CARGO_PKG_VERSION")));
    for part in PARTS {
        let Part { paths, schemas } = serde_json::from_str(part)?;
        document.paths.extend(paths);
        document.components.schemas.extend(schemas);
    }
    document.components.schemas.extend(words());
    for operation in document.paths.values_mut().flat_map(BTreeMap::values_mut) {
        list_problems(operation);
        name_roles(operation);
    }
    Ok(document)
}

/// `"problems": [400]` of an operation becomes a response of that status.
fn list_problems(operation: &mut Members) {
    let Some(Value::Array(statuses)) = operation.remove("problems") else { return };
    if let Some(Value::Object(responses)) = operation.get_mut("responses") {
        let problem = json!({ "$ref": "#/components/responses/Problem" });
        responses.extend(statuses.into_iter().map(|status| (status.to_string(), problem.clone())));
    }
}

/// The roles that hold the permission which the operation's handler demands.
fn name_roles(operation: &mut Members) {
    let permission = operation.get("x-permission").and_then(Value::as_str).map(str::parse::<Permission>);
    if let Some(Ok(permission)) = permission {
        operation.insert("x-roles".to_owned(), json!(permission.roles()));
    }
}

/// The closed sets, each as a schema under the name of its type.
fn words() -> Members {
    let sets = [
        ("BasisKind", set(&BasisKind::ALL.map(BasisKind::as_str))),
        ("Instrument", set(&Instrument::ALL.map(Instrument::as_str))),
        ("BasisState", set(&BasisState::ALL.map(BasisState::as_str))),
        ("CheckId", set(&CheckId::ALL.map(CheckId::as_str))),
        ("CheckOutcome", set(&CheckOutcome::ALL.map(CheckOutcome::as_str))),
        ("Severity", set(&Severity::ALL.map(Severity::as_str))),
        ("JudgedBy", set(&JudgedBy::ALL.map(JudgedBy::as_str))),
        ("NumberSource", set(&NumberSource::ALL.map(NumberSource::as_str))),
        ("ReviewOutcome", set(&ReviewOutcome::ALL.map(ReviewOutcome::as_str))),
        ("FieldClass", set(&FieldClass::ALL.map(FieldClass::as_str))),
        ("RequesterKind", set(&RequesterKind::ALL.map(RequesterKind::as_str))),
        ("Purpose", set(&Purpose::ALL.map(Purpose::as_str))),
        ("Effect", set(&Effect::ALL.map(Effect::as_str))),
        ("Reason", set(&Reason::ALL.map(Reason::as_str))),
        ("Outcome", set(&Outcome::ALL.map(Outcome::as_str))),
        ("Obligation", set(&Obligation::ALL.map(Obligation::as_str))),
        ("MediaType", set(&MediaType::ALL.map(MediaType::as_str))),
        ("Role", set(&Role::ALL.map(Role::as_str))),
        ("SwitchReason", set(&SwitchReason::ALL.map(SwitchReason::as_str))),
        ("ProposalStatus", set(&ProposalStatus::ALL.map(ProposalStatus::as_str))),
        ("Shift", set(&Shift::ALL.map(Shift::as_str))),
        ("AccountStatus", set(&AccountStatus::ALL.map(AccountStatus::as_str))),
    ];
    sets.into_iter().map(|(name, set)| (name.to_owned(), set)).collect()
}

fn set(words: &[&str]) -> Value {
    json!({ "type": "string", "enum": words })
}
