//! `/api/v1/violations`: what reviews found that should not have been.

pub(super) mod close;
pub(super) mod list;
pub(super) mod show;

use serde::Serialize;

use crate::app::legal_bases::ViolationRefused;
use crate::domain::record::instant_text;
use crate::domain::{LegalBasisId, ViolationId};
use crate::http::{Problem, ProblemKind};
use crate::storage::violations::StoredViolation;

/// A violation as lists show it.
#[derive(Serialize)]
struct ViolationResponse<'a> {
    id: ViolationId,
    legal_basis: LegalBasisId,
    is_open: bool,
    opened_by: &'a str,
    opened_at: String,
    closed_by: Option<&'a str>,
    closed_at: Option<String>,
}

impl<'a> From<&'a StoredViolation> for ViolationResponse<'a> {
    fn from(violation: &'a StoredViolation) -> Self {
        let closed = violation.closed.as_ref();
        Self {
            id: violation.id,
            legal_basis: violation.basis,
            is_open: closed.is_none(),
            opened_by: &violation.opened_by,
            opened_at: instant_text(violation.opened_at),
            closed_by: closed.map(|(by, _)| by.as_str()),
            closed_at: closed.map(|(_, at)| instant_text(*at)),
        }
    }
}

fn id_of(text: &str) -> Result<ViolationId, Problem> {
    text.parse().map_err(|_| refused(ViolationRefused::NotFound))
}

fn refused(refused: ViolationRefused) -> Problem {
    let kind = match refused {
        ViolationRefused::NotFound => ProblemKind::NotFound,
        ViolationRefused::Closed => ProblemKind::Conflict,
    };
    Problem::new(kind, refused.to_string())
}
