//! A basis in full, for those who verify it and for auditors.

use serde::Serialize;

use super::answer::BasisResponse;
use super::checks::{CheckResponse, responses};
use super::document::DocumentResponse;
use super::paper::PaperResponse;
use crate::app::App;
use crate::app::legal_bases::{AnsweredCheck, BasisInFull, Step};
use crate::domain::language::Language;
use crate::domain::legal_basis::check::{CallBack, NumberSource};
use crate::domain::record::instant_text;
use crate::domain::{LegalBasisId, ResidentId, StoreId, ViolationId};

#[derive(Serialize)]
pub(super) struct FullResponse<'a> {
    #[serde(flatten)]
    basis: BasisResponse<'a>,
    residents: Vec<ResidentResponse<'a>>,
    paper: Option<PaperResponse<'a>>,
    checks: Option<Vec<CheckResponse>>,
    answered_checks: Vec<AnsweredResponse<'a>>,
    steps: Vec<StepResponse<'a>>,
    document: Option<DocumentResponse<'a>>,
    duplicates: &'a [LegalBasisId],
    superseded_by: Option<LegalBasisId>,
    violations: &'a [ViolationId],
}

#[derive(Serialize)]
struct ResidentResponse<'a> {
    store: &'a StoreId,
    resident: &'a str,
}

#[derive(Serialize)]
struct AnsweredResponse<'a> {
    round: i64,
    id: &'a str,
    severity: &'a str,
    outcome: &'a str,
    judged_by: &'a str,
    answered_by: &'a str,
    answered_at: String,
    how: Option<&'static str>,
    how_es: Option<&'static str>,
    note: Option<&'a str>,
    call_back: Option<CallBackResponse<'a>>,
}

#[derive(Serialize)]
struct CallBackResponse<'a> {
    number: &'a str,
    number_source: NumberSource,
    spoken_with: &'a str,
    at: String,
}

#[derive(Serialize)]
struct StepResponse<'a> {
    kind: &'a str,
    actor: &'a str,
    at: String,
    note: Option<&'a str>,
}

impl<'a> FullResponse<'a> {
    /// Everything about a basis.
    pub(super) fn of(app: &'a App, full: &'a BasisInFull) -> Self {
        Self {
            basis: BasisResponse::of(app, &full.stored, full.state, full.needs),
            residents: full.residents.iter().map(ResidentResponse::from).collect(),
            paper: full.paper.as_ref().map(PaperResponse::from),
            checks: full.list.as_ref().map(responses),
            answered_checks: full.rounds.iter().map(AnsweredResponse::from).collect(),
            steps: full.steps.iter().map(StepResponse::from).collect(),
            document: full.document.as_ref().map(DocumentResponse::from),
            duplicates: &full.duplicates,
            superseded_by: full.superseded_by,
            violations: &full.violations,
        }
    }
}

impl<'a> From<&'a (StoreId, ResidentId)> for ResidentResponse<'a> {
    fn from((store, resident): &'a (StoreId, ResidentId)) -> Self {
        Self { store, resident: resident.expose() }
    }
}

impl<'a> From<&'a AnsweredCheck> for AnsweredResponse<'a> {
    fn from(check: &'a AnsweredCheck) -> Self {
        let stored = &check.stored;
        Self {
            round: stored.round,
            id: &stored.check,
            severity: &stored.severity,
            outcome: &stored.outcome,
            judged_by: &stored.judged_by,
            answered_by: &stored.answered_by,
            answered_at: instant_text(stored.answered_at),
            how: check.how.map(|how| how.sentence(Language::English)),
            how_es: check.how.map(|how| how.sentence(Language::Spanish)),
            note: check.note.as_deref(),
            call_back: check.call_back.as_ref().map(CallBackResponse::from),
        }
    }
}

impl<'a> From<&'a CallBack> for CallBackResponse<'a> {
    fn from(call: &'a CallBack) -> Self {
        let CallBack { number, number_source, spoken_with, at } = call;
        Self { number, number_source: *number_source, spoken_with, at: instant_text(*at) }
    }
}

impl<'a> From<&'a Step> for StepResponse<'a> {
    fn from(step: &'a Step) -> Self {
        let note = step.note.as_deref();
        Self { kind: &step.kind, actor: &step.actor, at: instant_text(step.at), note }
    }
}
