//! Entries other than decisions: one record shape for every change of state.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use super::{Draft, instant_text};
use crate::domain::closed_set::closed_set;

/// What an entry is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EventKind {
    /// A decision on a request for resident data.
    Decision,
    /// A call that was turned away before it was judged.
    CallRefused,
    /// A client was registered.
    ClientAdded,
    /// A client got a new secret.
    ClientRotated,
    /// A client was switched off.
    ClientDisabled,
    /// A client was switched on again.
    ClientEnabled,
    /// A client was given an access token.
    TokenIssued,
    /// A known client's credentials were refused.
    TokenRefused,
    /// A change was asked for and refused.
    ChangeRefused,
    /// A record store's catalogue was imported.
    CatalogImported,
    /// A policy came into force.
    PolicyLoaded,
    /// A legal basis was recorded.
    LegalBasisRecorded,
    /// A resident was marked as confidential.
    ResidentFlagged,
    /// Keys came into force.
    KeysInForce,
    /// A process began to serve.
    ServiceStarted,
    /// A process stopped in good order.
    ServiceStopped,
    /// Entries can be written again after they could not.
    ServiceRecovered,
}

closed_set!(EventKind, "entry kind", {
    Decision => "decision",
    CallRefused => "call_refused",
    ClientAdded => "client_added",
    ClientRotated => "client_rotated",
    ClientDisabled => "client_disabled",
    ClientEnabled => "client_enabled",
    TokenIssued => "token_issued",
    TokenRefused => "token_refused",
    ChangeRefused => "change_refused",
    CatalogImported => "catalog_imported",
    PolicyLoaded => "policy_loaded",
    LegalBasisRecorded => "legal_basis_recorded",
    ResidentFlagged => "resident_flagged",
    KeysInForce => "keys_in_force",
    ServiceStarted => "service_started",
    ServiceStopped => "service_stopped",
    ServiceRecovered => "service_recovered",
});

/// The record of an entry other than a decision.
#[derive(Debug, Clone, Serialize)]
pub struct Event {
    /// The particulars. Never anything about a resident.
    pub about: BTreeMap<&'static str, String>,
    /// Who caused it.
    pub actor: String,
    /// When, as [`instant_text`] spells it.
    pub at: String,
    /// The entry's own id.
    pub id: String,
    /// What happened.
    pub kind: EventKind,
    /// The version of this shape.
    pub v: u8,
}

impl Event {
    /// An event with its particulars.
    #[must_use]
    pub fn new(
        id: Uuid,
        kind: EventKind,
        at: DateTime<Utc>,
        actor: &str,
        about: impl IntoIterator<Item = (&'static str, String)>,
    ) -> Self {
        Self {
            about: about.into_iter().collect(),
            actor: actor.to_owned(),
            at: instant_text(at),
            id: id.to_string(),
            kind,
            v: 1,
        }
    }

    /// The entry, ready to be appended.
    #[must_use]
    pub fn into_draft(self, id: Uuid, at: DateTime<Utc>, nonce: [u8; 32]) -> Draft {
        Draft {
            id,
            at,
            kind: self.kind,
            record: self.to_record(),
            actor: self.actor,
            nonce,
            store: None,
            requester_kind: None,
            agency: None,
            purpose: None,
            outcome: None,
            resident: None,
        }
    }

    /// The record's bytes: canonical, because the members stand in alphabetical order and hold only strings.
    fn to_record(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }
}
