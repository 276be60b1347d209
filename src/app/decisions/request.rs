//! A request as it comes through the door: valid, not yet judged.

use serde::{Deserialize, Serialize};

use crate::domain::field::FieldName;
use crate::domain::{Agency, LegalBasisId, Purpose, RequesterKind, ResidentId, StoreId};

/// "May I release these fields about this resident to this requester?"
#[derive(Debug)]
pub struct Request {
    /// Where the data is.
    pub store: StoreId,
    /// Whose data it is.
    pub resident: ResidentId,
    /// What is asked for, in the caller's words.
    pub fields: Vec<FieldName>,
    /// Who asks.
    pub requester: Requester,
    /// For what.
    pub purpose: Purpose,
    /// What the requester relies on.
    pub legal_bases: Vec<LegalBasisId>,
    /// Free text: sealed beside the entry, never in the record.
    pub details: Details,
}

/// Who asks.
#[derive(Debug)]
pub struct Requester {
    /// Of what kind.
    pub kind: RequesterKind,
    /// For which agency.
    pub agency: Option<Agency>,
}

/// What a request says in free text. It may name people, so it is sealed and erasable like the resident's id; the record
/// holds only a commitment to it.
#[derive(Default, Serialize, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Details {
    /// Why the application asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub justification: Option<String>,
    /// The requesting person's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The requester's own reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
}

impl Details {
    /// Whether nothing was said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What a record commits to: canonical JSON; `None` when nothing was said.
    pub(in crate::app) fn canonical(&self) -> Option<Vec<u8>> {
        // Members in alphabetical order, strings only: canonical as it stands.
        (!self.is_empty()).then(|| serde_json::to_vec(self).unwrap_or_default())
    }
}

impl std::fmt::Debug for Details {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Details(hidden)")
    }
}
