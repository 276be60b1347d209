//! The answer to a request for a decision.

use std::collections::HashMap;
use std::sync::LazyLock;

use actix_web::HttpResponse;
use actix_web::http::header::ContentType;
use serde::Serialize;
use serde_json::value::RawValue;

use crate::app::decisions::{Answer, DecideError, Recorded, WithheldReason};
use crate::domain::client::ClientRefusal;
use crate::domain::decision::{Effect, Obligation, Outcome, Reason};
use crate::domain::field::FieldClass;
use crate::domain::language::Language;
use crate::domain::{DecisionId, LegalBasisId, Purpose};
use crate::http::{Problem, ProblemKind};

/// A recorded decision in JSON.
#[derive(Serialize)]
pub(super) struct DecisionResponse<'a> {
    id: DecisionId,
    decided_at: &'a str,
    outcome: Outcome,
    fields: Vec<FieldResponse<'a>>,
    obligations: &'a [Obligation],
    /// The purpose that was judged: an unknown one shows as `not_stated`.
    purpose: Purpose,
    policy: PolicyResponse<'a>,
    entry: EntryResponse,
}

#[derive(Serialize)]
struct FieldResponse<'a> {
    field: &'a str,
    class: FieldClass,
    effect: Effect,
    reason: Reason,
    message: &'static RawValue,
    message_es: &'static RawValue,
    legal_basis: Option<LegalBasisId>,
}

#[derive(Serialize)]
struct PolicyResponse<'a> {
    id: &'a str,
    sha256: &'a str,
}

#[derive(Serialize)]
struct EntryResponse {
    index: u64,
}

impl<'a> From<&'a Recorded> for DecisionResponse<'a> {
    fn from(recorded: &'a Recorded) -> Self {
        let record = &recorded.record;
        let fields = record.fields.iter().map(|field| FieldResponse {
            field: &field.field,
            class: field.class,
            effect: field.effect,
            reason: field.reason,
            message: sentence(field.reason, Language::English),
            message_es: sentence(field.reason, Language::Spanish),
            legal_basis: field.legal_basis,
        });
        Self {
            id: record.id,
            decided_at: &record.at,
            outcome: record.outcome,
            fields: fields.collect(),
            obligations: &record.obligations,
            purpose: record.purpose,
            policy: PolicyResponse { id: &record.policy.id, sha256: &record.policy.sha256 },
            entry: EntryResponse { index: recorded.index },
        }
    }
}

/// The sentences are half of an answer, and always the same: they are written as JSON once.
static SENTENCES: LazyLock<HashMap<(Reason, Language), Box<RawValue>>> = LazyLock::new(|| {
    let each = Reason::ALL.into_iter().flat_map(|reason| Language::ALL.map(|language| (reason, language)));
    let written = |(reason, language): (Reason, Language)| {
        let json = serde_json::value::to_raw_value(reason.sentence(language)).ok()?;
        Some(((reason, language), json))
    };
    each.filter_map(written).collect()
});

fn sentence(reason: Reason, language: Language) -> &'static RawValue {
    // INVARIANT: a text can always be written as JSON.
    SENTENCES.get(&(reason, language)).map_or(RawValue::NULL, Box::as_ref)
}

/// Most answers fit into so many bytes.
const USUAL_LENGTH: usize = 4_096;

/// An answer of status 200.
pub(super) fn json(answer: &impl Serialize) -> Result<HttpResponse, Problem> {
    let mut body = Vec::with_capacity(USUAL_LENGTH);
    serde_json::to_writer(&mut body, answer)
        .map_err(|_| Problem::new(ProblemKind::Unavailable, "the answer cannot be written"))?;
    Ok(HttpResponse::Ok().content_type(ContentType::json()).body(body))
}

/// The recorded decision, or the problem to answer with.
pub(super) fn recorded_of(answer: Answer) -> Result<Recorded, Problem> {
    match answer {
        Answer::Recorded(recorded) => {
            if !recorded.is_replay {
                metrics::counter!("zaguan_decisions_total", "outcome" => recorded.record.outcome.as_str()).increment(1);
            }
            Ok(*recorded)
        }
        Answer::Withheld(reason) => Err(problem_of(reason)),
    }
}

pub(super) fn problem_of(reason: WithheldReason) -> Problem {
    match reason {
        WithheldReason::Client(ClientRefusal::NotAuthorized | ClientRefusal::Suspended) => {
            Problem::new(ProblemKind::Unauthenticated, "the client may no longer use this access token")
        }
        WithheldReason::Client(ClientRefusal::Store) => {
            Problem::new(ProblemKind::NotRegistered, "the client is not registered for this record store")
        }
        WithheldReason::Client(ClientRefusal::RequesterKind) => {
            Problem::new(ProblemKind::NotRegistered, "the client is not registered to speak for this kind of requester")
        }
        WithheldReason::KeyReused => Problem::new(
            ProblemKind::IdempotencyKeyReused,
            "this `Idempotency-Key` came with another body in the last 24 hours",
        ),
        WithheldReason::KeyOutdated => Problem::new(
            ProblemKind::IdempotencyKeyOutdated,
            "what was released under this `Idempotency-Key` would be denied now; ask again with a new key",
        ),
        WithheldReason::Unreadable => {
            Problem::new(ProblemKind::Unavailable, "the earlier answer to this `Idempotency-Key` cannot be read")
        }
    }
}

impl From<DecideError> for Problem {
    fn from(error: DecideError) -> Self {
        match error {
            DecideError::Ledger(error) => error.into(),
            DecideError::Entropy(_) => {
                Self::new(ProblemKind::AuditLogUnwritable, "there are no random bytes to seal the entry with")
            }
        }
    }
}
