//! The second person at work: counsel and duty supervisors verify, reject, withdraw, review, renew; look at denials under
//! 8 U.S.C. 1373; close violations. Clerks hand public-records requests to the City Clerk.
//!
//! A page says who may not do something and why, before anybody has filled in a form. Whether something may be done is
//! decided in the transaction that does it.

mod deed;
mod paper;
mod queue;
mod referrals;
mod refused;
mod summary;
mod typed;
mod verification;
mod violations;

pub(super) use deed::DeedPage;
pub(super) use queue::QueuePage;
pub(super) use referrals::{ReferralPage, ReferralsPage};
pub(super) use verification::VerificationPage;
pub(super) use violations::{ViolationPage, ViolationsPage};

use std::collections::BTreeMap;
use std::str::FromStr;

use actix_web::{HttpRequest, web};

use crate::app::authority::{Authority, Grant};
use crate::http::{Problem, ProblemKind, Table};

/// How much stands on one page of a list.
const PER_PAGE: usize = 25;

pub(super) fn routes(table: Table) -> Table {
    let table = table
        .get("/console/queue", queue::show)
        .get("/console/legal-bases/{id}/verification", verification::show)
        .post("/console/legal-bases/{id}/verification", verification::decide)
        .get("/console/legal-bases/{id}/revocation", deed::show_revocation)
        .post("/console/legal-bases/{id}/revocation", deed::revoke)
        .get("/console/legal-bases/{id}/review", deed::show_review)
        .post("/console/legal-bases/{id}/review", deed::review)
        .get("/console/legal-bases/{id}/renewal", deed::show_renewal)
        .post("/console/legal-bases/{id}/renewal", deed::renew)
        .get("/console/violations", violations::list)
        .get("/console/violations/{id}", violations::show)
        .post("/console/violations/{id}/closing", violations::close);
    referrals::routes(table)
}

/// The id in a path. What is not an id cannot be the id of anything.
fn id_of<T: FromStr>(text: &str) -> Result<T, Problem> {
    text.parse().map_err(|_| Problem::new(ProblemKind::NotFound, "there is nothing with this id"))
}

/// What stands behind the question mark of an address; nothing when it cannot be read.
fn query(request: &HttpRequest) -> BTreeMap<String, String> {
    let given = web::Query::<BTreeMap<String, String>>::from_query(request.query_string());
    given.map(web::Query::into_inner).unwrap_or_default()
}

/// Where a list goes on, if the address says so rightly.
fn after<T: FromStr>(given: &BTreeMap<String, String>) -> Option<T> {
    given.get("after").and_then(|after| after.parse().ok())
}

/// The same person's authority over what `Q` stands for: whoever acts on something must be allowed to see it, too.
fn also<Q: Grant, P>(who: &Authority<P>) -> Result<Authority<Q>, Problem> {
    who.also().ok_or_else(|| Problem::new(ProblemKind::Forbidden, "none of your roles permits this"))
}
