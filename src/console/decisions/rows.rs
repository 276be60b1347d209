//! One decision in a list.

use chrono::{DateTime, Utc};

use crate::app::decisions::Recorded;
use crate::domain::decision::{Effect, Outcome};
use crate::domain::{Purpose, RequesterKind};

/// What a list shows of a decision.
pub(super) struct DecisionRow {
    pub(super) id: String,
    pub(super) index: u64,
    pub(super) at: DateTime<Utc>,
    pub(super) client: String,
    pub(super) store: String,
    pub(super) requester_kind: RequesterKind,
    pub(super) agency: String,
    pub(super) purpose: Purpose,
    pub(super) outcome: Outcome,
    pub(super) fields: usize,
    pub(super) released: usize,
}

impl DecisionRow {
    pub(super) fn of(found: &Recorded) -> Self {
        let record = &found.record;
        Self {
            id: record.id.to_string(),
            index: found.index,
            at: instant_of(&record.at),
            client: record.client.clone(),
            store: record.store.to_string(),
            requester_kind: record.requester_kind,
            agency: record.agency.as_ref().map(ToString::to_string).unwrap_or_default(),
            purpose: record.purpose,
            outcome: record.outcome,
            fields: record.fields.len(),
            released: record.fields.iter().filter(|field| field.effect == Effect::Permit).count(),
        }
    }

    /// How the outcome's badge looks.
    pub(super) const fn badge(&self) -> &'static str {
        badge_of(self.outcome)
    }

    /// Invented decisions.
    pub(super) fn samples() -> Vec<Self> {
        let row = |index: u64, outcome, released| Self {
            id: "0197aaaa-bbbb-7ccc-8ddd-eeeeffff0000".to_owned(),
            index,
            at: DateTime::from_timestamp(1_930_392_000, 0).unwrap_or_default(),
            client: "billing".to_owned(),
            store: "utility-billing".to_owned(),
            requester_kind: RequesterKind::FederalImmigration,
            agency: "ICE ERO El Paso".to_owned(),
            purpose: Purpose::ImmigrationEnforcement,
            outcome,
            fields: 3,
            released,
        };
        vec![row(41, Outcome::Denied, 0), row(40, Outcome::Partial, 1), row(12, Outcome::Released, 3)]
    }
}

/// A record's instant. The log holds none that cannot be read.
pub(super) fn instant_of(text: &str) -> DateTime<Utc> {
    text.parse().unwrap_or_default()
}

/// How the badge of an outcome looks; its word stands in it.
pub(super) const fn badge_of(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Denied => "badge-bad",
        Outcome::Partial => "badge-warning",
        Outcome::Released => "badge-good",
    }
}
