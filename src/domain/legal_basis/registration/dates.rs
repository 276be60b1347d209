//! When a registration counts: what is typed, what the rule of the court says, and which of them is earlier.

use chrono::{DateTime, DurationRound as _, TimeDelta, Utc};

use super::fault::{Fault, Faults};
use super::members::Sort;
use super::{Instrument, RegistrationForm, RegistrationRules};
use crate::domain::court::CourtSystem;
use crate::domain::legal_basis::window::{end_of_window, latest_review, narrowed};

/// First instant at which a basis counts, and first at which it counts no more.
pub(super) struct Validity {
    pub(super) from: DateTime<Utc>,
    pub(super) until: Option<DateTime<Utc>>,
}

/// Cuts every instant to the microsecond, which is what is stored.
pub(super) fn cut(form: &mut RegistrationForm) {
    let instants = [
        &mut form.issued_at,
        &mut form.valid_from,
        &mut form.execute_by,
        &mut form.review_by,
        &mut form.expires_at,
        &mut form.served_at,
    ];
    for instant in instants.into_iter().flatten() {
        *instant = instant.duration_trunc(TimeDelta::microseconds(1)).unwrap_or(*instant);
    }
}

/// Notes what is wrong with the dates. Those of a paper that is only counted are taken as they are.
pub(super) fn check(faults: &mut Faults, form: &RegistrationForm, sort: Sort, rules: &RegistrationRules<'_>) {
    if sort == Sort::Counted {
        return;
    }
    let now = rules.now;
    let is_ordered = |earlier: Option<DateTime<Utc>>, later: Option<DateTime<Utc>>| match (earlier, later) {
        (Some(earlier), Some(later)) => earlier < later,
        _ => true,
    };
    let is_past = |at: Option<DateTime<Utc>>| at.is_none_or(|at| at <= now);
    faults.require(is_past(form.issued_at), "/issued_at", Fault::IssuedInFuture);
    let ends = is_ordered(form.issued_at, form.execute_by);
    faults.require(ends, "/execute_by", Fault::ExecuteBeforeIssue);
    let starts = form.valid_from.is_none_or(|from| form.issued_at.is_none_or(|issued| issued <= from));
    faults.require(starts, "/valid_from", Fault::CountsBeforeIssue);
    faults.require(is_past(form.served_at), "/served_at", Fault::ServedInFuture);
    let served = form.served_at.is_none_or(|served| form.issued_at.is_none_or(|issued| issued <= served));
    faults.require(served, "/served_at", Fault::ServedBeforeIssue);
    check_review(faults, form, now);
    check_emergency(faults, form, rules);
}

fn check_review(faults: &mut Faults, form: &RegistrationForm, now: DateTime<Utc>) {
    let is_standing = form.standing == Some(true);
    let Some(review_by) = form.review_by else {
        faults.require(!is_standing, "/review_by", Fault::NoReview);
        return;
    };
    faults.require(review_by > now, "/review_by", Fault::ReviewInPast);
    let is_near = !is_standing || review_by <= latest_review(now);
    faults.require(is_near, "/review_by", Fault::ReviewTooFar);
}

fn check_emergency(faults: &mut Faults, form: &RegistrationForm, rules: &RegistrationRules<'_>) {
    let Some(expires_at) = form.expires_at else { return };
    let lifetime = rules.emergency_lifetime.min(RegistrationRules::LONGEST_EMERGENCY);
    faults.require(expires_at > rules.now, "/expires_at", Fault::EmergencyOver);
    let is_short = expires_at.signed_duration_since(rules.now) <= lifetime;
    faults.require(is_short, "/expires_at", Fault::EmergencyTooLong(lifetime.num_hours()));
}

/// When the registration counts. Notes a fault when that would be never.
pub(super) fn validity(
    faults: &mut Faults,
    form: &RegistrationForm,
    sort: Sort,
    (system, instrument): (Option<CourtSystem>, Option<Instrument>),
    now: DateTime<Utc>,
) -> Validity {
    let from = form.valid_from.or(form.issued_at).unwrap_or(now);
    let rule = form.issued_at.zip(instrument).and_then(|(issued_at, paper)| end_of_window(system, paper, issued_at));
    let stated = [form.execute_by, form.review_by, form.expires_at].into_iter().flatten().min();
    let until = narrowed(rule, stated);
    let is_never = until.is_some_and(|until| until <= from);
    if is_never && sort != Sort::Counted {
        // The date that the form asks for, so that the fault stands where it can be mended.
        let ends = [(form.review_by, "/review_by"), (form.expires_at, "/expires_at")];
        let end = ends.into_iter().find(|(end, _)| end.is_some()).map_or("/execute_by", |(_, member)| member);
        faults.add(if form.valid_from.is_some() { "/valid_from" } else { end }, Fault::NeverCounts);
    }
    // Only what is counted gets here with its dates crossed, and it never opens anything.
    Validity { from, until: until.filter(|_| !is_never) }
}
