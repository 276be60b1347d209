//! `/console/decisions/{id}`: one decision, explained step by step, and whether the log proves it.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION};
use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::{DateTime, Utc};

use super::rows::{badge_of, instant_of};
use super::why::FieldView;
use super::{Desk, Frame, Page};
use crate::app::authority::ReadDecision;
use crate::app::decisions::{
    DecisionReader, DecisionRecord, ExplainError, ExplainedDecision, ExplainedField, FieldRecord, FindError,
    ReceiptError,
};
use crate::console::log::ProofView;
use crate::domain::decision::explain::{Answered, checks_of_basis, explain};
use crate::domain::decision::{Outcome, Reason};
use crate::domain::field::FieldClass;
use crate::domain::legal_basis::BasisKind;
use crate::domain::{DecisionId, Purpose, RequesterKind};
use crate::http::blocking::off_the_web;
use crate::http::{Problem, ProblemKind, Site};
use crate::i18n::Tongue;

/// One decision.
#[derive(Template)]
#[template(path = "console/decisions/decision.html")]
pub(in crate::console) struct DecisionPage {
    frame: Frame,
    id: String,
    index: u64,
    at: DateTime<Utc>,
    outcome: Outcome,
    badge: &'static str,
    client: String,
    store: String,
    requester_kind: RequesterKind,
    agency: String,
    purpose: Purpose,
    cited: Vec<(String, Option<BasisKind>)>,
    obligations: Vec<&'static str>,
    policy_id: String,
    policy_sha256: String,
    policy_title: String,
    resident: String,
    details: String,
    is_linked: bool,
    fields: Vec<FieldView>,
    proof: ProofView,
}

impl Page for DecisionPage {
    fn samples(frame: &dyn Fn() -> Frame) -> Vec<Self> {
        let reasons = [Reason::BasisExpired, Reason::NoLegalBasis, Reason::NotProtected, Reason::LegalBasis];
        let page = |proof: ProofView, is_linked: bool| {
            let frame = frame();
            let tongue = frame.tongue();
            Self {
                frame,
                id: "0197aaaa-bbbb-7ccc-8ddd-eeeeffff0000".to_owned(),
                index: 41,
                at: DateTime::from_timestamp(1_930_392_000, 0).unwrap_or_default(),
                outcome: Outcome::Partial,
                badge: badge_of(Outcome::Partial),
                client: "billing".to_owned(),
                store: "utility-billing".to_owned(),
                requester_kind: RequesterKind::FederalImmigration,
                agency: if is_linked { "ICE ERO El Paso".to_owned() } else { String::new() },
                purpose: if is_linked { Purpose::ImmigrationEnforcement } else { Purpose::NotStated },
                cited: vec![
                    ("0197aaaa-bbbb-7ccc-8ddd-eeeeffff0001".to_owned(), Some(BasisKind::JudicialWarrant)),
                    ("0197aaaa-bbbb-7ccc-8ddd-eeeeffff0002".to_owned(), None),
                ],
                obligations: crate::domain::decision::Obligation::ALL
                    .iter()
                    .map(|owed| owed.sentence(tongue.language()))
                    .collect(),
                policy_id: "las-cruces-26-049".to_owned(),
                policy_sha256: "b6".repeat(32),
                policy_title: if is_linked { "Resolution 26-049".to_owned() } else { String::new() },
                resident: "94".repeat(32),
                details: if is_linked { "b6".repeat(32) } else { String::new() },
                is_linked,
                fields: reasons.map(|reason| sample_field(reason, tongue)).into(),
                proof,
            }
        };
        let [published, newest, unproven] = ProofView::samples();
        vec![page(published, true), page(newest, false), page(unproven, true)]
    }
}

fn sample_field(reason: Reason, tongue: Tongue) -> FieldView {
    let answer = FieldRecord {
        class: FieldClass::HomeAddress,
        effect: reason.effect(),
        field: "service_address".to_owned(),
        legal_basis: None,
        reason,
    };
    let purpose = Purpose::ImmigrationEnforcement;
    let answered = Answered { class: answer.class, reason, purpose, is_cited: true, is_redisclosure_prohibited: false };
    let explained = ExplainedField {
        answer: &answer,
        rules: explain(&answered),
        checks: checks_of_basis(reason),
        citation: Some("Resolution 26-049 §1"),
    };
    FieldView::of(&explained, tongue)
}

/// The decision, explained. That it was read is an entry.
pub(super) async fn show(
    site: web::Data<Site>,
    desk: Desk<ReadDecision>,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let (id, who) = (id_of(&id)?, desk.who.clone());
    let explained = off_the_web(&site, move |app| app.explain_decision(&who, id).map_err(Problem::from)).await?;
    desk.show(&page(&desk, &explained))
}

/// The receipt, to keep and to verify elsewhere.
pub(super) async fn receipt(
    site: web::Data<Site>,
    desk: Desk<ReadDecision>,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let (id, reader) = (id_of(&id)?, DecisionReader::Staff(desk.who));
    let receipt = off_the_web(&site, move |app| app.decision_receipt(&reader, id).map_err(of_receipt)).await?;
    Ok(HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{id}.tlog-proof.txt\"")))
        .content_type("text/plain; charset=utf-8")
        .body(receipt))
}

fn page(desk: &Desk<ReadDecision>, explained: &ExplainedDecision) -> DecisionPage {
    let tongue = desk.tongue();
    let DecisionRecord { at, client, store, requester_kind, agency, purpose, .. } = &explained.recorded.record;
    let record = &explained.recorded.record;
    let title = tongue.say_with("audit-decision-title", [("instant", tongue.instant(instant_of(at)).into())]);
    DecisionPage {
        frame: desk.frame("audit-decisions-title").titled(title),
        id: record.id.to_string(),
        index: explained.recorded.index,
        at: instant_of(at),
        outcome: record.outcome,
        badge: badge_of(record.outcome),
        client: client.clone(),
        store: store.to_string(),
        requester_kind: *requester_kind,
        agency: agency.as_ref().map(ToString::to_string).unwrap_or_default(),
        purpose: *purpose,
        cited: explained.cited.iter().map(|(id, kind)| (id.to_string(), *kind)).collect(),
        obligations: record.obligations.iter().map(|owed| owed.sentence(tongue.language())).collect(),
        policy_id: record.policy.id.to_string(),
        policy_sha256: record.policy.sha256.to_string(),
        policy_title: explained.policy.as_ref().map(|policy| policy.title().to_owned()).unwrap_or_default(),
        resident: record.resident.clone(),
        details: record.details.clone().unwrap_or_default(),
        is_linked: explained.is_linked,
        fields: explained.fields().iter().map(|field| FieldView::of(field, tongue)).collect(),
        proof: ProofView::of(&explained.inclusion),
    }
}

/// What is not an id cannot be the id of anything.
fn id_of(text: &str) -> Result<DecisionId, Problem> {
    text.parse().map_err(|_| not_found())
}

fn not_found() -> Problem {
    Problem::new(ProblemKind::NotFound, "there is no such decision")
}

impl From<ExplainError> for Problem {
    fn from(error: ExplainError) -> Self {
        match error {
            ExplainError::Find(error) => of_find(error),
            ExplainError::Ledger(error) => error.into(),
        }
    }
}

fn of_find(error: FindError) -> Problem {
    match error {
        FindError::NotFound => not_found(),
        FindError::Unrecorded(failure) => Problem::of_staff(failure, |never| match never {}),
        FindError::Caller(_) | FindError::Unreadable | FindError::Store(_) => {
            Problem::new(ProblemKind::Unavailable, "the records cannot be read")
        }
    }
}

fn of_receipt(error: ReceiptError) -> Problem {
    match error {
        ReceiptError::Find(error) => of_find(error),
        ReceiptError::Ledger(error) => error.into(),
        ReceiptError::Unproven(what) => {
            tracing::error!(what, "an entry cannot be proven");
            Problem::new(ProblemKind::Unproven, "somebody must look at the audit log: run `zaguan audit verify`")
        }
    }
}
