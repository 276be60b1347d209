//! What keeps something from being done to a basis, as problem documents.

use crate::app::authority::StaffFailure;
use crate::app::legal_bases::{HandlingRefused, OpenCheck};
use crate::domain::LegalBasisId;
use crate::domain::language::Language;
use crate::domain::legal_basis::life::LifeError;
use crate::http::{Problem, ProblemKind};

/// What is not an id cannot be the id of anything.
pub(super) fn id_of(text: &str) -> Result<LegalBasisId, Problem> {
    text.parse().map_err(|_| refused(&HandlingRefused::NotFound))
}

/// A change of a basis that was not made.
pub(super) fn handling(failure: StaffFailure<HandlingRefused>) -> Problem {
    Problem::of_staff(failure, |reason| refused(&reason))
}

fn refused(reason: &HandlingRefused) -> Problem {
    match reason {
        HandlingRefused::NotFound => Problem::new(ProblemKind::NotFound, reason.to_string()),
        HandlingRefused::Life(error) => life(*error),
        HandlingRefused::ChecksOpen(open) => {
            let problem = Problem::new(ProblemKind::ChecksOpen, "the basis stays as it is until these checks hold");
            open.iter()
                .fold(problem, |problem, check| problem.with_member(format!("/checks/{}", check.id), told(*check)))
        }
        HandlingRefused::PaperErased => Problem::new(ProblemKind::Conflict, reason.to_string()),
        HandlingRefused::PaperUnreadable => Problem::new(ProblemKind::Unavailable, reason.to_string()),
    }
}

/// Why the life of a basis does not allow something.
pub(super) fn life(error: LifeError) -> Problem {
    let kind = match error {
        LifeError::SamePerson => ProblemKind::SamePerson,
        LifeError::WrongRole => ProblemKind::Forbidden,
        LifeError::NoReason => return Problem::member("/note", error.to_string()),
        LifeError::ReviewInPast | LifeError::ReviewTooFar => return Problem::member("/review_by", error.to_string()),
        LifeError::NeverVerifiable
        | LifeError::Rejected
        | LifeError::Revoked
        | LifeError::Superseded
        | LifeError::Expired
        | LifeError::NotVerified
        | LifeError::AlreadyVerified
        | LifeError::NoEmergency
        | LifeError::AlreadyReviewed
        | LifeError::NotStanding
        | LifeError::OtherKind
        | LifeError::Itself => ProblemKind::Conflict,
    };
    Problem::new(kind, error.to_string())
}

/// What stands in the way, in a sentence: why the answer does not count, or what the program found.
fn told(check: OpenCheck) -> String {
    let title = check.id.title(Language::English);
    match check.fault {
        Some(fault) => format!("{title}: {fault}"),
        None => format!("{title}: {}", check.how.sentence(Language::English)),
    }
}
