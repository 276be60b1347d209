//! The record of a decision: what the log keeps, and what an answer is made from.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::domain::decision::{Effect, Obligation, Outcome, Reason};
use crate::domain::field::FieldClass;
use crate::domain::record::EventKind;
use crate::domain::{Agency, DecisionId, LegalBasisId, Purpose, RequesterKind, StoreId};

/// A decision as it stands in the log. The members stand in alphabetical order, which makes the bytes canonical.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecisionRecord {
    /// The requester's agency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency: Option<Agency>,
    /// The instant of the decision.
    pub at: String,
    /// Whether a member of staff asked, for somebody who stood at the counter. Then they stand in the place of the client.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub at_counter: bool,
    /// The legal bases that were cited.
    pub cited: Vec<LegalBasisId>,
    /// The application that asked; at the counter, the member of staff.
    pub client: String,
    /// Commitment to the request's free text, in hex.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub details: Option<String>,
    /// What became of each field.
    pub fields: Vec<FieldRecord>,
    /// The decision's id.
    pub id: DecisionId,
    /// Always `decision`.
    pub kind: EventKind,
    /// What the release, or the denial, obliges to.
    pub obligations: Vec<Obligation>,
    /// What became of the whole.
    pub outcome: Outcome,
    /// The policy that was applied.
    pub policy: PolicyRef,
    /// The purpose that was judged.
    pub purpose: Purpose,
    /// Who asked.
    pub requester_kind: RequesterKind,
    /// Commitment to the resident, in hex.
    pub resident: String,
    /// Where the data is.
    pub store: StoreId,
    /// The version of this shape.
    pub v: u8,
}

/// What became of one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldRecord {
    /// Its class.
    pub class: FieldClass,
    /// Permit or deny.
    pub effect: Effect,
    /// Its name, as it was asked for.
    pub field: String,
    /// The legal basis that permitted it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legal_basis: Option<LegalBasisId>,
    /// Why.
    pub reason: Reason,
}

/// Which policy was applied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolicyRef {
    /// The policy's own id.
    pub id: Arc<str>,
    /// SHA-256 of its text, in hex.
    pub sha256: Arc<str>,
}
