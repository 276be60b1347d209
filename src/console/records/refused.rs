//! What keeps something from being done to a basis or a draft, as problems.

use crate::app::authority::StaffFailure;
use crate::app::documents::{ReadRefused, StoreRefused};
use crate::app::legal_bases::{DraftRefused, HandlingRefused, ReadDraftError, ReadError, RegisterRefused};
use crate::http::{Problem, ProblemKind};

/// A draft that was not read.
pub(super) fn unread_draft(error: ReadDraftError) -> Problem {
    match error {
        ReadDraftError::Refused(refused) => draft_problem(refused),
        ReadDraftError::Store(error) => error.into(),
        ReadDraftError::Entropy(error) => Problem::new(ProblemKind::Unavailable, error.to_string()),
    }
}

/// A draft that was not changed.
pub(super) fn unchanged_draft(failure: StaffFailure<DraftRefused>) -> Problem {
    Problem::of_staff(failure, draft_problem)
}

fn draft_problem(refused: DraftRefused) -> Problem {
    let kind = match refused {
        DraftRefused::NotFound => ProblemKind::NotFound,
        DraftRefused::Unreadable => ProblemKind::Unavailable,
    };
    Problem::new(kind, refused.to_string())
}

/// A basis that was not registered.
pub(super) fn unregistered(failure: StaffFailure<RegisterRefused>) -> Problem {
    Problem::of_staff(failure, |refused| match refused {
        RegisterRefused::Draft(refused) => draft_problem(refused),
        RegisterRefused::NothingToSupersede | RegisterRefused::Life(_) | RegisterRefused::DraftChanged => {
            Problem::new(ProblemKind::Conflict, refused.to_string())
        }
    })
}

/// A basis that was not read.
pub(super) fn unread(error: ReadError) -> Problem {
    match error {
        ReadError::Change(failure) => Problem::of_staff(failure, |refused| {
            let is_absent = matches!(refused, HandlingRefused::NotFound);
            let kind = if is_absent { ProblemKind::NotFound } else { ProblemKind::Unavailable };
            Problem::new(kind, refused.to_string())
        }),
        ReadError::Unreadable => Problem::new(ProblemKind::Unavailable, error.to_string()),
        ReadError::Store(error) => error.into(),
    }
}

/// A paper that stays shut.
pub(super) fn shut(failure: StaffFailure<ReadRefused>) -> Problem {
    Problem::of_staff(failure, |refused| Problem::new(ProblemKind::NotFound, refused.to_string()))
}

/// A paper that was not stored, for a reason that is not the file's own.
pub(super) fn unstored(failure: StaffFailure<StoreRefused>) -> Problem {
    Problem::of_staff(failure, |refused| {
        let is_absent = matches!(refused, StoreRefused::NoBasis | StoreRefused::NoDraft);
        let kind = if is_absent { ProblemKind::NotFound } else { ProblemKind::Conflict };
        Problem::new(kind, refused.to_string())
    })
}
