//! The check list W01 to W20: what must hold before anybody may verify a legal basis.
//!
//! The program judges what it can and says how; people judge the rest. Must never take `unknown` for a pass, and never let
//! a person wave through what the program found to fail and the list says must hold.

mod answer;
mod call_back;
mod evidence;
mod how;
mod how_sentences;
mod id;
mod paper_checks;
mod program;
mod sentences;
mod service_checks;
mod settle;

use super::Instrument;
use crate::domain::closed_set::closed_set;

pub use answer::{Answer, AnswerFault, CallBack, CallBackRules, NumberSource, SettleRules};
pub use evidence::{DocumentFacts, Evidence};
pub use how::How;
pub use id::{CheckId, Judge};
pub use program::{Judgement, judge_by_program};
pub use settle::{JudgedBy, Settled, SettledCheck, settle};

/// How much depends on a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Must hold.
    Blocks,
    /// Must hold, unless counsel looks at it and says why it may pass.
    Holds,
    /// Is noted.
    Warns,
}

closed_set!(Severity, "severity", {
    Blocks => "blocks",
    Holds => "holds",
    Warns => "warns",
});

/// What became of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CheckOutcome {
    /// It holds.
    Pass,
    /// It does not hold.
    Fail,
    /// It does not concern this kind of basis.
    NotApplicable,
    /// Nobody knows. Never passes.
    Unknown,
}

closed_set!(CheckOutcome, "check outcome", {
    Pass => "pass",
    Fail => "fail",
    NotApplicable => "not_applicable",
    Unknown => "unknown",
});

/// What kind of paper a check looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    /// Signed by a judge, or pretending to be.
    Order,
    /// A subpoena from a proceeding in court.
    Subpoena,
    /// A law, a rule or an agreement: no judge, no docket, nobody serves it.
    Text,
    /// No paper at all.
    Emergency,
}

impl Family {
    /// An instrument that can never unlock is looked at as the order it pretends to be.
    const fn of(instrument: Option<Instrument>) -> Self {
        match instrument {
            None => Self::Emergency,
            Some(Instrument::JudicialSubpoena | Instrument::GrandJurySubpoena) => Self::Subpoena,
            Some(
                Instrument::Statute
                | Instrument::Regulation
                | Instrument::CourtRule
                | Instrument::Agreement
                | Instrument::PublicRecordsDuty,
            ) => Self::Text,
            Some(_) => Self::Order,
        }
    }
}
