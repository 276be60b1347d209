//! A draft as the pages of its steps show it.

use super::step::{Step, is_done};
use crate::app::legal_bases::Draft;
use crate::console::Frame;
use crate::domain::legal_basis::registration::{Asked, FormFault, TypedForm};

/// A draft on a page.
pub(in crate::console) struct DraftView {
    /// Its id; empty before it was begun.
    pub(in crate::console) id: String,
    /// Whether its paper can never unlock, and is only counted.
    pub(in crate::console) is_only_counted: bool,
    /// Whether it is an emergency, which has no paper.
    pub(in crate::console) is_emergency: bool,
    /// What the paper is called.
    pub(in crate::console) name: String,
    /// The steps.
    pub(in crate::console) steps: Vec<StepLink>,
    typed: TypedForm,
}

/// A step in the row above the form.
pub(in crate::console) struct StepLink {
    /// The key of its name.
    pub(in crate::console) key: String,
    /// Where it leads.
    pub(in crate::console) path: String,
    /// Whether it is the page at hand.
    pub(in crate::console) is_here: bool,
    /// Whether nothing is left to do in it.
    pub(in crate::console) is_done: bool,
}

impl DraftView {
    /// A draft at one of its steps.
    pub(super) fn of(frame: &Frame, draft: &Draft, faults: &[FormFault], here: Step) -> Self {
        let mut view = Self::of_typed(frame, &draft.id.to_string(), draft.typed.clone(), faults, here);
        if let Some(scan) = view.steps.iter_mut().find(|step| step.path.ends_with("/document")) {
            scan.is_done = draft.document.is_some();
        }
        view
    }

    /// The same of what was typed alone.
    pub(super) fn of_typed(frame: &Frame, id: &str, typed: TypedForm, faults: &[FormFault], here: Step) -> Self {
        let link = |step: Step| StepLink {
            key: format!("records-step-{}", step.slug()),
            path: step.path(id),
            is_here: step == here,
            is_done: is_done(step, &typed, faults),
        };
        let name = match (typed.instrument(), typed.kind()) {
            (Some(instrument), _) => frame.word(instrument),
            (None, Some(kind)) => frame.word(kind),
            (None, None) => frame.t("records-draft-unnamed"),
        };
        Self {
            id: id.to_owned(),
            is_only_counted: typed.is_only_counted(),
            is_emergency: typed.kind() == Some(crate::domain::legal_basis::BasisKind::EmergencyException),
            name,
            steps: Step::ALL.into_iter().map(link).collect(),
            typed,
        }
    }

    /// What a field holds.
    pub(in crate::console) fn value(&self, field: &str) -> &str {
        self.typed.first(field)
    }

    /// Everything that a field holds.
    pub(in crate::console) fn values(&self, field: &str) -> &[String] {
        self.typed.all(field)
    }

    /// Whether a box is ticked.
    pub(in crate::console) fn is_ticked(&self, field: &str) -> bool {
        !self.typed.first(field).is_empty()
    }

    /// Whether the step asks for a member.
    pub(in crate::console) fn asks(&self, member: &str) -> bool {
        self.typed.asks(member) != Asked::No
    }

    /// The residents, and as many empty rows behind them.
    pub(in crate::console) fn resident_rows(&self, empty: usize) -> Vec<(String, String)> {
        let named = self.typed.residents().map(|(store, id)| (store.to_owned(), id.to_owned()));
        named.chain(std::iter::repeat_n((String::new(), String::new()), empty)).collect()
    }
}
