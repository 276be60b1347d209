//! Putting together what the program found and what people answered.
//!
//! A person may be stricter than the program. Must never let a person be laxer on what must hold, nor let counsel lift a
//! hold without saying why.

use std::collections::BTreeMap;

use super::answer::{Answer, AnswerFault, CallBack, SettleRules};
use super::call_back::call_back_fault;
use super::how::How;
use super::program::Judgement;
use super::{CheckId, CheckOutcome, Judge, Severity};
use crate::domain::closed_set::closed_set;

/// Who judged a check in the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum JudgedBy {
    /// The program.
    Program,
    /// A person.
    Person,
}

closed_set!(JudgedBy, "judge", {
    Program => "program",
    Person => "person",
});

/// One check in the end.
#[derive(Clone, PartialEq, Eq)]
pub struct SettledCheck {
    /// Which.
    pub id: CheckId,
    /// How much depends on it, for this basis.
    pub severity: Severity,
    /// What became of it.
    pub outcome: CheckOutcome,
    /// Who judged it.
    pub judged_by: JudgedBy,
    /// What the program found.
    pub how: How,
    /// Why a person's answer does not count.
    pub fault: Option<AnswerFault>,
    /// The person's note.
    pub note: Option<String>,
    /// The call to the clerk.
    pub call_back: Option<CallBack>,
}

/// The list in the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// All twenty, in order.
    pub checks: Vec<SettledCheck>,
    /// Those that stand in the way.
    pub open: Vec<CheckId>,
}

impl Settled {
    /// Whether nothing stands in the way of a verification.
    #[must_use]
    pub fn may_verify(&self) -> bool {
        self.open.is_empty() && self.checks.len() == CheckId::ALL.len()
    }

    /// The checks that failed: what a rejection keeps for the report.
    pub fn failed(&self) -> impl Iterator<Item = CheckId> + '_ {
        self.checks.iter().filter(|check| check.outcome == CheckOutcome::Fail).map(|check| check.id)
    }
}

/// Settles the list.
#[must_use]
pub fn settle(
    program: &BTreeMap<CheckId, Judgement>,
    answers: &BTreeMap<CheckId, Answer>,
    rules: &SettleRules,
) -> Settled {
    let checks: Vec<SettledCheck> =
        CheckId::ALL.into_iter().map(|id| settle_one(id, judgement_of(program, id), answers.get(&id), rules)).collect();
    let open = checks.iter().filter(|check| check.is_open()).map(|check| check.id).collect();
    Settled { checks, open }
}

/// What the program did not judge, nobody knows.
fn judgement_of(program: &BTreeMap<CheckId, Judgement>, id: CheckId) -> Judgement {
    let not_judged = Judgement { outcome: CheckOutcome::Unknown, severity: id.severity(), how: How::NotJudged };
    program.get(&id).copied().unwrap_or(not_judged)
}

fn settle_one(id: CheckId, program: Judgement, answer: Option<&Answer>, rules: &SettleRules) -> SettledCheck {
    let fault = answer.and_then(|answer| fault_of(id, program, answer, rules));
    let counted = answer.filter(|answer| fault.is_none() && changes(program.outcome, answer.outcome));
    let (outcome, judged_by) = match counted {
        Some(answer) => (answer.outcome, JudgedBy::Person),
        None => (program.outcome, JudgedBy::Program),
    };
    SettledCheck {
        id,
        severity: program.severity,
        outcome,
        judged_by,
        how: program.how,
        fault,
        note: answer.and_then(|answer| answer.note.clone()),
        call_back: answer.and_then(|answer| answer.call_back.clone()),
    }
}

/// Whether an answer that may stand says something else than the program. A check that does not concern the basis does not
/// come to concern it because somebody ticked it, and what failed is not forgotten because somebody did not know.
const fn changes(program: CheckOutcome, answer: CheckOutcome) -> bool {
    use CheckOutcome::{Fail, NotApplicable, Pass, Unknown};
    match (program, answer) {
        (Pass, Pass) | (Fail, Fail | Unknown) | (Unknown, Unknown) | (NotApplicable, NotApplicable | Pass) => false,
        (Pass | Fail | Unknown, _) | (NotApplicable, Fail | Unknown) => true,
    }
}

/// Why an answer does not count. One that is as strict as the program, or stricter, always counts.
fn fault_of(id: CheckId, program: Judgement, answer: &Answer, rules: &SettleRules) -> Option<AnswerFault> {
    use CheckOutcome::{Fail, NotApplicable, Pass, Unknown};
    if answer.call_back.is_some() && id != CheckId::W17 {
        return Some(AnswerFault::CallBackElsewhere);
    }
    match (answer.outcome, program.outcome) {
        (Fail | Unknown, _) | (NotApplicable | Pass, NotApplicable) => None,
        (NotApplicable, _) => Some(AnswerFault::Applies),
        (Pass, Pass) => call_back_fault(id, answer, rules),
        (Pass, Fail | Unknown) => pass_fault(id, program, answer, rules).or_else(|| call_back_fault(id, answer, rules)),
    }
}

/// Why a person cannot pass what the program did not.
fn pass_fault(id: CheckId, program: Judgement, answer: &Answer, rules: &SettleRules) -> Option<AnswerFault> {
    let has_note = answer.note.as_ref().is_some_and(|note| !note.trim().is_empty());
    match (program.severity, program.outcome) {
        (Severity::Blocks, CheckOutcome::Fail) => Some(AnswerFault::ProgramFailed),
        (Severity::Blocks, _) if id.judge() == Judge::Program => Some(AnswerFault::ProgramOnly),
        (Severity::Holds, _) if !rules.is_counsel => Some(AnswerFault::NotCounsel),
        // Nothing was recorded that speaks against it: counsel's word is an answer, not a hold that is lifted.
        (Severity::Holds, _) if program.how == How::DirectionNotRecorded => None,
        (Severity::Holds, _) if !has_note => Some(AnswerFault::NoNote),
        _ => None,
    }
}

impl SettledCheck {
    /// Whether this check stands in the way. `unknown` never passes.
    #[must_use]
    pub fn is_open(&self) -> bool {
        let holds = matches!(self.outcome, CheckOutcome::Pass | CheckOutcome::NotApplicable) && self.fault.is_none();
        self.severity != Severity::Warns && !holds
    }
}

impl std::fmt::Debug for SettledCheck {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { id, severity, outcome, judged_by, how, fault, .. } = self;
        write!(f, "{id} {severity} {outcome} by {judged_by}, {how:?}, {fault:?}")
    }
}
