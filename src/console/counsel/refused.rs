//! What keeps something from being done: a sentence on the page, or a problem.

use crate::app::authority::StaffFailure;
use crate::app::legal_bases::{HandlingRefused, ReadError};
use crate::domain::legal_basis::check::AnswerFault;
use crate::domain::legal_basis::life::LifeError;
use crate::http::{Problem, ProblemKind};

/// Something that was not done to a basis.
pub(super) fn handling(failure: StaffFailure<HandlingRefused>) -> Problem {
    Problem::of_staff(failure, |refused| Problem::new(kind_of(&refused), refused.to_string()))
}

/// A basis that was not read.
pub(super) fn unread(error: ReadError) -> Problem {
    match error {
        ReadError::Change(failure) => handling(failure),
        ReadError::Unreadable => Problem::new(ProblemKind::Unavailable, error.to_string()),
        ReadError::Store(error) => error.into(),
    }
}

const fn kind_of(refused: &HandlingRefused) -> ProblemKind {
    match refused {
        HandlingRefused::NotFound => ProblemKind::NotFound,
        HandlingRefused::Life(LifeError::SamePerson) => ProblemKind::SamePerson,
        HandlingRefused::Life(LifeError::WrongRole) => ProblemKind::Forbidden,
        HandlingRefused::Life(_) | HandlingRefused::PaperErased => ProblemKind::Conflict,
        HandlingRefused::ChecksOpen(_) => ProblemKind::ChecksOpen,
        HandlingRefused::PaperUnreadable => ProblemKind::Unavailable,
    }
}

/// The key of the sentence that says why this person may not do this to this basis.
pub(super) const fn barred(error: LifeError) -> &'static str {
    match error {
        LifeError::SamePerson => "counsel-barred-same-person",
        LifeError::WrongRole => "counsel-barred-wrong-role",
        LifeError::NeverVerifiable => "counsel-barred-never-verifiable",
        LifeError::Rejected => "counsel-barred-rejected",
        LifeError::Revoked => "counsel-barred-revoked",
        LifeError::Superseded => "counsel-barred-superseded",
        LifeError::Expired => "counsel-barred-expired",
        LifeError::NotVerified => "counsel-barred-not-verified",
        LifeError::AlreadyVerified => "counsel-barred-already-verified",
        LifeError::NoEmergency => "counsel-barred-no-emergency",
        LifeError::AlreadyReviewed => "counsel-barred-already-reviewed",
        LifeError::NotStanding => "counsel-barred-not-standing",
        LifeError::NoReason
        | LifeError::ReviewInPast
        | LifeError::ReviewTooFar
        | LifeError::OtherKind
        | LifeError::Itself => "counsel-barred-otherwise",
    }
}

/// The field that a refusal is about, and the key of what is wrong with it; none when no field can mend it.
pub(super) const fn fault_of(refused: &HandlingRefused) -> Option<(&'static str, &'static str)> {
    match refused {
        HandlingRefused::Life(LifeError::NoReason) => Some(("note", "counsel-fault-no-reason")),
        HandlingRefused::Life(LifeError::ReviewInPast) => Some(("review_by", "counsel-fault-review-in-past")),
        HandlingRefused::Life(LifeError::ReviewTooFar) => Some(("review_by", "counsel-fault-review-too-far")),
        _ => None,
    }
}

/// The key of the sentence that says why an answer to a check does not count.
pub(super) const fn answer_fault(fault: AnswerFault) -> &'static str {
    match fault {
        AnswerFault::ProgramFailed => "counsel-answer-program-failed",
        AnswerFault::ProgramOnly => "counsel-answer-program-only",
        AnswerFault::Applies => "counsel-answer-applies",
        AnswerFault::NotCounsel => "counsel-answer-not-counsel",
        AnswerFault::NoNote => "counsel-answer-no-note",
        AnswerFault::NumberOnPaper => "counsel-answer-number-on-paper",
        AnswerFault::NumberSource => "counsel-answer-number-source",
        AnswerFault::NoCallBack => "counsel-answer-no-call-back",
        AnswerFault::CallBackInFuture => "counsel-answer-call-back-in-future",
        AnswerFault::CallBackElsewhere => "counsel-answer-call-back-elsewhere",
    }
}
