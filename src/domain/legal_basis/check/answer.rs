//! What people answer to the check list, and why an answer may not count.
//!
//! Must never be printed: notes and calls are about people.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::CheckOutcome;
use crate::domain::closed_set::closed_set;

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

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer").field("outcome", &self.outcome).finish_non_exhaustive()
    }
}

impl fmt::Debug for CallBack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CallBack(hidden)")
    }
}
