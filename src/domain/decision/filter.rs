//! Which decisions somebody is looking for, and in which form they are taken away. Every part that is given must fit.

use chrono::{DateTime, Utc};

use super::{Outcome, Reason};
use crate::domain::closed_set::closed_set;
use crate::domain::field::FieldClass;
use crate::domain::{Agency, ClientId, LegalBasisId, Purpose, RequesterKind, StoreId};

/// What a decision must be like to be found; `None` is "whatever it is".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DecisionFilter {
    /// Not before this instant.
    pub from: Option<DateTime<Utc>>,
    /// Before this instant.
    pub until: Option<DateTime<Utc>>,
    /// Asked by this application.
    pub client: Option<ClientId>,
    /// About this record store.
    pub store: Option<StoreId>,
    /// For this kind of requester.
    pub requester_kind: Option<RequesterKind>,
    /// For this agency, however it was capitalised.
    pub agency: Option<Agency>,
    /// Judged for this purpose.
    pub purpose: Option<Purpose>,
    /// With this outcome.
    pub outcome: Option<Outcome>,
    /// With a field of this class.
    pub class: Option<FieldClass>,
    /// With a field that was answered for this reason. With a class: that very field.
    pub reason: Option<Reason>,
    /// That cites this legal basis.
    pub legal_basis: Option<LegalBasisId>,
}

impl DecisionFilter {
    /// The parts that are given, as they stand in the entry about the search.
    #[must_use]
    pub fn given(&self) -> Vec<(&'static str, String)> {
        fn text<T: ToString>(part: Option<&T>) -> Option<String> {
            part.map(ToString::to_string)
        }
        let instant = |at: Option<DateTime<Utc>>| at.map(crate::domain::record::instant_text);
        let parts = [
            ("from", instant(self.from)),
            ("until", instant(self.until)),
            ("client", text(self.client.as_ref())),
            ("store", text(self.store.as_ref())),
            ("requester_kind", text(self.requester_kind.as_ref())),
            ("agency", text(self.agency.as_ref())),
            ("purpose", text(self.purpose.as_ref())),
            ("outcome", text(self.outcome.as_ref())),
            ("class", text(self.class.as_ref())),
            ("reason", text(self.reason.as_ref())),
            ("legal_basis", text(self.legal_basis.as_ref())),
        ];
        parts.into_iter().filter_map(|(name, value)| value.map(|value| (name, value))).collect()
    }
}

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ExportFormat {
    /// RFC 4180, one row for each field that was asked for.
    Csv,
    /// One JSON object a line: a decision with everything that proves it.
    JsonLines,
}

closed_set!(ExportFormat, "export format", {
    Csv => "csv",
    JsonLines => "jsonl",
});
