//! Putting together what the program found and what people answered.
//!
//! A person may be stricter than the program. Must never let a person be laxer on what must hold, nor let counsel lift a
//! hold without saying why.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::how::How;
use super::program::Judgement;
use super::{CheckId, CheckOutcome, Judge, Severity};
use crate::domain::closed_set::closed_set;
use crate::domain::fold::folded;

/// What a person answers to a check.
#[derive(Clone, PartialEq, Eq)]
pub struct Answer {
    /// What they found.
    pub outcome: CheckOutcome,
    /// Why.
    pub note: Option<String>,
    /// The call to the clerk, for W17.
    pub call_back: Option<CallBack>,
}

/// A call to the clerk of the issuing court, or in an emergency to the requester's agency.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CallBack {
    /// The number that was called.
    pub number: String,
    /// Where the number was found.
    pub number_source: NumberSource,
    /// Who answered.
    pub spoken_with: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// Where a number was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NumberSource {
    /// The city's own directory: the only one that counts.
    CityDirectory,
    /// The paper itself, or who brought it.
    Paper,
    /// Anywhere else.
    Other,
}

closed_set!(NumberSource, "number source", {
    CityDirectory => "city_directory",
    Paper => "paper",
    Other => "other",
});

/// What a call-back is judged by.
#[derive(Debug, Clone, Default)]
pub struct CallBackRules {
    /// The numbers that came with the paper: [`crate::domain::legal_basis::Paper::numbers`].
    pub numbers_on_paper: Vec<String>,
    /// Whether W17 passes only with the call written down.
    pub is_record_required: bool,
}

/// What answers are judged by.
#[derive(Debug, Clone)]
pub struct SettleRules {
    /// Whether who answers holds the role `counsel`: only counsel lifts a hold.
    pub is_counsel: bool,
    /// What a call-back is judged by.
    pub call_back: CallBackRules,
    /// The instant of the answers.
    pub now: DateTime<Utc>,
}

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

/// Why an answer does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum AnswerFault {
    /// The program found that it fails, and it must hold.
    #[error("the program found that this check fails, and nobody can pass it by hand")]
    ProgramFailed,
    /// A person cannot judge this one.
    #[error("only the program can judge this check")]
    ProgramOnly,
    /// It concerns this basis.
    #[error("this check concerns this basis: it cannot be answered `not_applicable`")]
    Applies,
    /// Only counsel lifts a hold.
    #[error("only counsel can pass a check that holds")]
    NotCounsel,
    /// A hold was lifted without a word.
    #[error("a check that holds passes only with a note that says why")]
    NoNote,
    /// The call-back used a number that came with the paper.
    #[error("the number called came with the paper: call the number in the city's directory")]
    NumberOnPaper,
    /// The call-back used a number from elsewhere.
    #[error("the number called must come from the city's directory")]
    NumberSource,
    /// The call-back is not written down.
    #[error("the call-back must be written down: number, where it was found, who answered, when")]
    NoCallBack,
    /// The call-back is dated after the answer.
    #[error("the call-back is dated in the future")]
    CallBackInFuture,
    /// A call-back for another check than W17.
    #[error("only W17 is answered with a call-back")]
    CallBackElsewhere,
}

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
    let counted = answer.filter(|_| fault.is_none()).filter(|answer| answer.outcome != program.outcome);
    // A check that does not concern the basis does not come to concern it because somebody ticked it.
    let is_idle_pass =
        |answer: &&Answer| program.outcome == CheckOutcome::NotApplicable && answer.outcome == CheckOutcome::Pass;
    let counted = counted.filter(|answer| !is_idle_pass(answer));
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
        (Severity::Holds, _) if !has_note => Some(AnswerFault::NoNote),
        _ => None,
    }
}

/// What is wrong with a call to the clerk.
fn call_back_fault(id: CheckId, answer: &Answer, rules: &SettleRules) -> Option<AnswerFault> {
    if id != CheckId::W17 {
        return None;
    }
    let Some(call) = &answer.call_back else {
        return rules.call_back.is_record_required.then_some(AnswerFault::NoCallBack);
    };
    if rules.call_back.numbers_on_paper.iter().any(|number| is_same_number(number, &call.number)) {
        return Some(AnswerFault::NumberOnPaper);
    }
    let is_blank = call.spoken_with.trim().is_empty() || digits_of(&call.number).is_empty();
    match call.number_source {
        NumberSource::CityDirectory if is_blank => Some(AnswerFault::NoCallBack),
        NumberSource::CityDirectory => (call.at > rules.now).then_some(AnswerFault::CallBackInFuture),
        NumberSource::Paper | NumberSource::Other => Some(AnswerFault::NumberSource),
    }
}

/// Whether two texts dial the same telephone. The last ten digits count, so that neither a country code nor an extension
/// hides it.
fn is_same_number(one: &str, other: &str) -> bool {
    let (one, other) = (digits_of(one), digits_of(other));
    let last = |digits: &str| digits.chars().rev().take(SUBSCRIBER_DIGITS).collect::<String>();
    let holds = |long: &str, short: &str| short.len() >= LOCAL_DIGITS && long.contains(short);
    !one.is_empty() && (last(&one) == last(&other) || holds(&one, &other) || holds(&other, &one))
}

/// Digits of a telephone number of North America with its area code, and without.
const SUBSCRIBER_DIGITS: usize = 10;
const LOCAL_DIGITS: usize = 7;

fn digits_of(number: &str) -> String {
    folded(number).chars().filter(char::is_ascii_digit).collect()
}

impl SettledCheck {
    /// Whether this check stands in the way. `unknown` never passes.
    #[must_use]
    pub fn is_open(&self) -> bool {
        let holds = matches!(self.outcome, CheckOutcome::Pass | CheckOutcome::NotApplicable) && self.fault.is_none();
        self.severity != Severity::Warns && !holds
    }
}

macro_rules! hidden {
    ($($name:ident),+) => {$(
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(hidden)"))
            }
        }
    )+};
}

hidden!(Answer, CallBack);

impl std::fmt::Debug for SettledCheck {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { id, severity, outcome, judged_by, how, fault, .. } = self;
        write!(f, "{id} {severity} {outcome} by {judged_by}, {how:?}, {fault:?}")
    }
}
