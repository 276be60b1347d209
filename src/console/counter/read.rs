//! From the form at the counter to a request that can be judged, or to all its faults.
//!
//! Must never guess: a purpose that nobody chose is `not_stated`, which is judged as the strictest.

use crate::app::decisions::{CounterRequest, Details, Request, Requester};
use crate::config::Limits;
use crate::console::{Faults, Frame};
use crate::domain::field::FieldName;
use crate::domain::{Agency, LegalBasisId, Purpose, RequesterKind, ResidentId, StoreId};
use crate::http::Sent;

/// What was typed.
#[derive(Clone, Default)]
pub(super) struct Typed {
    pub(super) store: String,
    pub(super) resident: String,
    pub(super) fields: Vec<String>,
    pub(super) other_fields: String,
    pub(super) requester_kind: String,
    pub(super) agency: String,
    pub(super) name: String,
    pub(super) reference: String,
    pub(super) purpose: String,
    pub(super) legal_bases: Vec<String>,
    pub(super) justification: String,
    pub(super) identity_checked: bool,
}

impl Typed {
    /// What was sent.
    pub(super) fn of(sent: &Sent) -> Self {
        let text = |field: &str| sent.value(field).to_owned();
        let list = |field: &str| sent.values(field).filter(|value| !value.is_empty()).map(str::to_owned).collect();
        Self {
            store: text("store"),
            resident: text("resident"),
            fields: list("fields"),
            other_fields: text("other_fields"),
            requester_kind: text("requester_kind"),
            agency: text("agency"),
            name: text("name"),
            reference: text("reference"),
            purpose: text("purpose"),
            legal_bases: list("legal_bases"),
            justification: text("justification"),
            identity_checked: sent.has("identity_checked"),
        }
    }

    /// Reads it. What is wrong is noted at its field.
    pub(super) fn read(&self, frame: &Frame, sent: &Sent, limits: &Limits) -> Result<CounterRequest, Faults> {
        let mut reading = Reading { typed: self, frame, limits, faults: Faults::default() };
        let request = reading.request();
        match request {
            Some(request) if reading.faults.is_empty() => {
                Ok(CounterRequest { form: sent.form, request, is_identity_checked: self.identity_checked })
            }
            _ => Err(reading.faults),
        }
    }
}

struct Reading<'r> {
    typed: &'r Typed,
    frame: &'r Frame,
    limits: &'r Limits,
    faults: Faults,
}

impl Reading<'_> {
    fn request(&mut self) -> Option<Request> {
        let store: Option<StoreId> = self.typed.store.parse().ok();
        self.require(store.is_some(), "store", "counter-fault-store");
        let resident = ResidentId::new(self.typed.resident.as_str()).ok();
        self.require(resident.is_some(), "resident", "counter-fault-resident");
        let kind: Option<RequesterKind> = self.typed.requester_kind.parse().ok();
        self.require(kind.is_some(), "requester_kind", "counter-fault-kind");
        let is_known = kind != Some(RequesterKind::ResidentSelf) || self.typed.identity_checked;
        self.require(is_known, "identity_checked", "counter-fault-identity");
        let (agency, fields, legal_bases, details) = (self.agency(), self.fields(), self.legal_bases(), self.details());
        Some(Request {
            store: store?,
            resident: resident?,
            fields,
            requester: Requester { kind: kind?, agency },
            purpose: Purpose::from_request(&self.typed.purpose),
            legal_bases,
            details,
        })
    }

    fn require(&mut self, holds: bool, field: &str, key: &str) {
        if !holds {
            self.faults.add(field, self.frame.t(key));
        }
    }

    fn agency(&mut self) -> Option<Agency> {
        if self.typed.agency.is_empty() {
            return None;
        }
        let agency = Agency::new(&self.typed.agency).ok();
        self.require(agency.is_some(), "agency", "counter-fault-text");
        agency
    }

    /// The fields that were ticked, and those that were typed, one a line.
    fn fields(&mut self) -> Vec<FieldName> {
        let typed = self.typed.other_fields.lines().map(str::trim).filter(|line| !line.is_empty());
        let all: Vec<&str> = self.typed.fields.iter().map(String::as_str).chain(typed).collect();
        let read: Vec<FieldName> = all.iter().filter_map(|name| FieldName::new(*name).ok()).collect();
        self.require(read.len() == all.len(), "other_fields", "counter-fault-field");
        self.require(!all.is_empty(), "fields", "counter-fault-no-fields");
        if all.len() > self.limits.fields {
            self.faults.add("fields", self.frame.t1("counter-fault-many-fields", "count", self.limits.fields));
        }
        read
    }

    fn legal_bases(&mut self) -> Vec<LegalBasisId> {
        let mut read: Vec<LegalBasisId> = self.typed.legal_bases.iter().filter_map(|id| id.parse().ok()).collect();
        self.require(read.len() == self.typed.legal_bases.len(), "legal_bases", "counter-fault-basis");
        read.sort_unstable();
        read.dedup();
        if read.len() > self.limits.legal_bases {
            self.faults.add("legal_bases", self.frame.t1("counter-fault-many-bases", "count", self.limits.legal_bases));
        }
        read
    }

    fn details(&mut self) -> Details {
        Details {
            justification: self.text("justification", &self.typed.justification),
            name: self.text("name", &self.typed.name),
            reference: self.text("reference", &self.typed.reference),
        }
    }

    fn text(&mut self, field: &str, typed: &str) -> Option<String> {
        let is_plain = typed.chars().all(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t'));
        self.require(is_plain, field, "counter-fault-text");
        if typed.chars().count() > self.limits.text_chars {
            self.faults.add(field, self.frame.t1("records-fault-too-long", "count", self.limits.text_chars));
        }
        (!typed.is_empty()).then(|| typed.to_owned())
    }
}
