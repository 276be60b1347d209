//! `/api/v1/catalog`, `/api/v1/unknown-fields`, `/api/v1/class-proposals`: what class each field is, and who says so.

pub(super) mod proposals;
pub(super) mod propose;
pub(super) mod settle;
pub(super) mod stores;
pub(super) mod unknown;

use actix_web::HttpResponse;
use actix_web::http::header::CACHE_CONTROL;
use serde_json::{Value, json};

use crate::domain::ProposalId;
use crate::domain::record::instant_text;
use crate::domain::stewardship::{Proposal, Shift};
use crate::http::{Problem, ProblemKind};

/// A proposal as every answer shows it.
fn proposal(proposal: &Proposal, shift: Shift) -> Value {
    json!({
        "id": proposal.id,
        "store": proposal.store,
        "field": proposal.field.as_asked(),
        "is_new": proposal.is_new,
        "replaced_class": proposal.from,
        "class": proposal.to,
        "shift": shift,
        "reason": proposal.reason,
        "proposed_by": proposal.proposed_by,
        "proposed_at": instant_text(proposal.proposed_at),
        "status": proposal.status,
        "settled": proposal.settled.as_ref().map(|settled| json!({
            "by": settled.by,
            "at": instant_text(settled.at),
            "reason": settled.reason,
        })),
    })
}

fn ok(body: Value) -> HttpResponse {
    HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(body)
}

/// What is not an id cannot be the id of a proposal.
fn id_of(text: &str) -> Result<ProposalId, Problem> {
    text.parse().map_err(|_| no_proposal())
}

fn no_proposal() -> Problem {
    Problem::new(ProblemKind::NotFound, "there is no such proposal")
}
