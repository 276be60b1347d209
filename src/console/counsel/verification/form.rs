//! The answers as they were typed, and what they mean.

use std::collections::BTreeMap;

use crate::app::legal_bases::Verification;
use crate::console::counsel::typed;
use crate::console::{Faults, Frame};
use crate::domain::legal_basis::check::{Answer, CallBack, CheckId};
use crate::http::Sent;

/// The answers as they were typed.
#[derive(Default)]
pub(super) struct Form {
    /// What was answered to each check.
    pub(super) outcomes: BTreeMap<CheckId, String>,
    /// What was noted with each.
    pub(super) notes: BTreeMap<CheckId, String>,
    /// The number that was called.
    pub(super) number: String,
    /// Where it was found.
    pub(super) number_source: String,
    /// Who answered.
    pub(super) spoken_with: String,
    /// When.
    pub(super) called_at: String,
    /// What else is to be said.
    pub(super) note: String,
    /// Whether it is to count; otherwise it is rejected.
    pub(super) is_verified: bool,
}

impl Form {
    pub(super) fn of(sent: &Sent) -> Self {
        let given = |suffix: &str| {
            let value = |id: CheckId| (id, sent.value(&format!("{id}{suffix}")).to_owned());
            CheckId::ALL.into_iter().map(value).filter(|(_, value)| !value.is_empty()).collect()
        };
        Self {
            outcomes: given("-outcome"),
            notes: given("-note"),
            number: sent.value("number").to_owned(),
            number_source: sent.value("number_source").to_owned(),
            spoken_with: sent.value("spoken_with").to_owned(),
            called_at: sent.value("called_at").to_owned(),
            note: sent.value("note").to_owned(),
            is_verified: sent.value("outcome") == "verified",
        }
    }

    /// What the answers mean.
    ///
    /// # Errors
    /// What cannot be understood, field by field.
    pub(super) fn read(&self, frame: &Frame, text_chars: usize) -> Result<Verification, Faults> {
        let mut faults = Faults::default();
        let texts = [("number", &self.number), ("spoken_with", &self.spoken_with), ("note", &self.note)];
        let notes = self.notes.iter().map(|(id, note)| (id.as_str(), note));
        for (field, _) in texts.into_iter().chain(notes).filter(|(_, text)| typed::is_too_long(text, text_chars)) {
            faults.add(field, frame.t1("counsel-fault-too-long", "count", text_chars));
        }
        let call_back = self.call_back(frame, &mut faults);
        let mut answers = BTreeMap::new();
        for (id, outcome) in &self.outcomes {
            let Ok(outcome) = outcome.parse() else {
                faults.add(id.as_str(), frame.t("counsel-fault-no-answer"));
                continue;
            };
            let call_back = call_back.clone().filter(|_| *id == CheckId::W17);
            answers.insert(*id, Answer { outcome, note: self.notes.get(id).cloned(), call_back });
        }
        let note = (!self.note.is_empty()).then(|| self.note.clone());
        if faults.is_empty() { Ok(Verification { is_verified: self.is_verified, answers, note }) } else { Err(faults) }
    }

    /// The call, if anything was written down about one.
    fn call_back(&self, frame: &Frame, faults: &mut Faults) -> Option<CallBack> {
        let parts = [&self.number, &self.number_source, &self.spoken_with, &self.called_at];
        if parts.iter().all(|part| part.is_empty()) {
            return None;
        }
        let source = self.number_source.parse().ok();
        if source.is_none() {
            faults.add("number_source", frame.t("counsel-fault-number-source"));
        }
        let at = typed::instant(&self.called_at);
        if at.is_none() {
            faults.add("called_at", frame.t("counsel-fault-called-at"));
        }
        let (number, spoken_with) = (self.number.clone(), self.spoken_with.clone());
        Some(CallBack { number, number_source: source?, spoken_with, at: at? })
    }
}
