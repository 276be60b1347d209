//! `/console/review-1373`, `/console/clerk-referrals`: decisions that were handed to a person, the longest waiting first.
//!
//! An address names the index of the decision's entry, never a person.

mod item;
mod list;

pub(in crate::console) use item::ReferralPage;
pub(in crate::console) use list::ReferralsPage;

use crate::app::ChangeFailure;
use crate::app::authority::{HandToClerk, ReviewDenial, StaffFailure, StaffRefusal};
use crate::app::referrals::{ReadReferralError, ReferralRefused};
use crate::domain::referral::ReferralKind;
use crate::http::{Problem, ProblemKind, Table};

pub(super) fn routes(table: Table) -> Table {
    table
        .get("/console/review-1373", list::show::<ReviewDenial>)
        .get("/console/review-1373/{id}", item::show::<ReviewDenial>)
        .post("/console/review-1373/{id}", item::close::<ReviewDenial>)
        .get("/console/clerk-referrals", list::show::<HandToClerk>)
        .get("/console/clerk-referrals/{id}", item::show::<HandToClerk>)
        .post("/console/clerk-referrals/{id}", item::close::<HandToClerk>)
}

/// Where the list of a kind is.
const fn root(kind: ReferralKind) -> &'static str {
    match kind {
        ReferralKind::CounselReview1373 => "/console/review-1373",
        ReferralKind::ReferToClerk => "/console/clerk-referrals",
    }
}

/// The key of a sentence about a kind.
fn key(kind: ReferralKind, what: &str) -> String {
    match kind {
        ReferralKind::CounselReview1373 => format!("counsel-1373-{what}"),
        ReferralKind::ReferToClerk => format!("counsel-clerk-{what}"),
    }
}

fn unread(error: ReadReferralError) -> Problem {
    match error {
        ReadReferralError::Change(failure) => unclosed(failure),
        ReadReferralError::Shut(shut) => Problem::new(ProblemKind::Unavailable, shut.to_string()),
        ReadReferralError::Store(error) => error.into(),
    }
}

fn unclosed(failure: StaffFailure<ReferralRefused>) -> Problem {
    let kind = match failure {
        ChangeFailure::Refused(StaffRefusal::Change(ReferralRefused::NotFound)) => ProblemKind::NotFound,
        ChangeFailure::Refused(StaffRefusal::Change(ReferralRefused::Closed)) => ProblemKind::Conflict,
        _ => ProblemKind::InvalidRequest,
    };
    Problem::of_staff(failure, |refused| Problem::new(kind, refused.to_string()))
}
