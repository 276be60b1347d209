//! The check list for somebody who answers it: what the program found, and what may be answered.

use super::form::Form;
use crate::app::legal_bases::CheckList as FoundByProgram;
use crate::console::{Faults, Frame};
use crate::domain::language::Language;
use crate::domain::legal_basis::check::{CheckId, CheckOutcome, How, Judge, Judgement, Severity};

/// The list, in the order in which somebody works through it.
#[derive(Default)]
pub(super) struct CheckList {
    /// What failed and nobody can pass: it will be rejected.
    pub(super) barring: Vec<Check>,
    /// What a person has to judge.
    pub(super) asked: Vec<Check>,
    /// What the program found to hold. A person may be stricter.
    pub(super) found: Vec<Check>,
    /// What does not concern this basis.
    pub(super) apart: Vec<Check>,
}

/// One check.
pub(super) struct Check {
    /// Which.
    pub(super) id: CheckId,
    /// What people call it.
    pub(super) title: &'static str,
    /// What to look for.
    pub(super) help: &'static str,
    /// How much depends on it.
    pub(super) severity: Severity,
    /// What the program found.
    pub(super) found: CheckOutcome,
    /// How the badge of that looks.
    pub(super) look: &'static str,
    /// How the program came to it.
    pub(super) how: &'static str,
    /// What may be answered; nothing where no answer counts.
    pub(super) choices: Vec<Choice>,
    /// What was noted.
    pub(super) note: String,
    /// What is wrong with the answer.
    pub(super) fault: Option<String>,
    /// Whether letting it pass needs a note.
    pub(super) needs_note: bool,
}

/// One answer.
pub(super) struct Choice {
    /// The word that is sent; none leaves it as the program found it.
    pub(super) word: &'static str,
    /// The key of what people read.
    pub(super) key: &'static str,
    /// Whether it is chosen.
    pub(super) is_chosen: bool,
}

impl CheckList {
    pub(super) fn of(
        frame: &Frame,
        found: Option<&FoundByProgram>,
        form: &Form,
        faults: &Faults,
        is_counsel: bool,
    ) -> Self {
        let mut list = Self::default();
        for (id, judgement) in found.into_iter().flatten() {
            let check = Check::of(frame, *id, *judgement, form, faults, is_counsel);
            match judgement.outcome {
                CheckOutcome::NotApplicable => list.apart.push(check),
                CheckOutcome::Fail | CheckOutcome::Unknown if !check.choices.is_empty() => list.asked.push(check),
                CheckOutcome::Fail => list.barring.push(check),
                // Unknown without a choice: who verifies is known only when somebody does.
                CheckOutcome::Pass | CheckOutcome::Unknown => list.found.push(check),
            }
        }
        list
    }

    /// All twenty, in the order of the groups.
    pub(super) fn all(&self) -> impl Iterator<Item = &Check> {
        [&self.barring, &self.asked, &self.found, &self.apart].into_iter().flatten()
    }

    /// Whether a person has to answer that check.
    pub(super) fn asks(&self, id: CheckId) -> bool {
        self.asked.iter().any(|check| check.id == id)
    }

    /// Something in each group.
    pub(super) fn sample(frame: &Frame) -> Self {
        let judged = |id: CheckId, outcome, how| (id, Judgement { outcome, severity: id.severity(), how });
        let found = FoundByProgram::from([
            judged(CheckId::W01, CheckOutcome::Pass, How::InstrumentCanUnlock),
            judged(CheckId::W04, CheckOutcome::Unknown, How::SignatureToBeSeen),
            judged(CheckId::W07, CheckOutcome::Fail, How::WindowOver),
            judged(CheckId::W12, CheckOutcome::Fail, How::OfficerIncomplete),
            judged(CheckId::W14, CheckOutcome::NotApplicable, How::OnlyNewMexicoWarrants),
            judged(CheckId::W15, CheckOutcome::Fail, How::DocketMalformed),
            judged(CheckId::W17, CheckOutcome::Unknown, How::ClerkToBeCalled),
            judged(CheckId::W18, CheckOutcome::Unknown, How::NobodyYet),
        ]);
        let mut faults = Faults::default();
        faults.add("W15", frame.t("counsel-answer-no-note"));
        Self::of(frame, Some(&found), &Form::default(), &faults, true)
    }
}

/// How a fault of a check begins, away from the check.
pub(super) fn named(id: CheckId, language: Language) -> String {
    format!("{id} {}: ", id.title(language))
}

impl Check {
    fn of(frame: &Frame, id: CheckId, judged: Judgement, form: &Form, faults: &Faults, is_counsel: bool) -> Self {
        let language = frame.tongue().language();
        let chosen = form.outcomes.get(&id).map_or("", String::as_str);
        let of = |(word, key): (&'static str, &'static str)| Choice { word, key, is_chosen: word == chosen };
        Self {
            id,
            title: id.title(language),
            help: id.help(language),
            severity: judged.severity,
            found: judged.outcome,
            look: match judged.outcome {
                CheckOutcome::Pass => "badge-good",
                CheckOutcome::Fail => "badge-bad",
                CheckOutcome::Unknown => "badge-warning",
                CheckOutcome::NotApplicable => "badge-calm",
            },
            how: judged.how.sentence(language),
            choices: answers(id, judged, is_counsel).iter().copied().map(of).collect(),
            note: form.notes.get(&id).cloned().unwrap_or_default(),
            fault: faults
                .of(id.as_str())
                .map(|told| told.strip_prefix(&named(id, language)).unwrap_or(told).to_owned()),
            needs_note: judged.severity == Severity::Holds && judged.outcome != CheckOutcome::Pass,
        }
    }
}

const AS_FOUND: (&str, &str) = ("", "counsel-answer-as-found");
const PASS: (&str, &str) = ("pass", "counsel-answer-pass");
const FAIL: (&str, &str) = ("fail", "counsel-answer-fail");
const UNKNOWN: (&str, &str) = ("unknown", "counsel-answer-unknown");

/// What a person may answer: nobody passes what failed and must hold, and only counsel lifts a hold.
const fn answers(id: CheckId, judged: Judgement, is_counsel: bool) -> &'static [(&'static str, &'static str)] {
    match (judged.outcome, judged.severity) {
        (CheckOutcome::NotApplicable, _) | (CheckOutcome::Fail, Severity::Blocks) => &[],
        (CheckOutcome::Unknown, Severity::Blocks) if matches!(id.judge(), Judge::Program) => &[],
        (CheckOutcome::Pass, _) => &[AS_FOUND, FAIL],
        (CheckOutcome::Fail, Severity::Holds) if !is_counsel => &[],
        (CheckOutcome::Fail, _) => &[AS_FOUND, PASS],
        (CheckOutcome::Unknown, Severity::Holds) if !is_counsel => &[FAIL, UNKNOWN],
        (CheckOutcome::Unknown, _) => &[PASS, FAIL, UNKNOWN],
    }
}
