//! W11 to W20: how the paper came to the city, and what became of it since.

use chrono::NaiveTime;

use super::CheckOutcome::{Fail, NotApplicable, Pass, Unknown};
use super::paper_checks::{Found, no_process};
use super::{Evidence, Family, How};
use crate::domain::court::{CourtSystem, Docket, DocketFault};
use crate::domain::fold::folded;
use crate::domain::legal_basis::window::on_the_wall;
use crate::domain::legal_basis::{Instrument, Status};

/// The day of a search warrant: from 6 in the morning until before 10 at night, Fed. R. Crim. P. 41(a)(2)(B) and Rule
/// 5-211 NMRA.
const DAY: Option<(NaiveTime, NaiveTime)> = match (NaiveTime::from_hms_opt(6, 0, 0), NaiveTime::from_hms_opt(22, 0, 0))
{
    (Some(from), Some(until)) => Some((from, until)),
    _ => None,
};

/// W11.
pub(super) fn direction(evidence: &Evidence<'_>) -> Found {
    no_process(evidence).unwrap_or_else(|| match &evidence.paper.directed_to {
        None => (Unknown, How::DirectionNotRecorded),
        Some(named) if folded(named).contains("las cruces") => (Pass, How::DirectedToCity),
        Some(_) => (Unknown, How::DirectedElsewhere),
    })
}

/// W12.
pub(super) fn officer(evidence: &Evidence<'_>) -> Found {
    let is_complete = evidence
        .paper
        .serving_officer
        .as_ref()
        .is_some_and(|officer| [&officer.name, &officer.agency, &officer.badge].into_iter().all(Option::is_some));
    no_process(evidence).unwrap_or(if is_complete {
        (Pass, How::OfficerRecorded)
    } else {
        (Fail, How::OfficerIncomplete)
    })
}

/// W13.
pub(super) fn hour(evidence: &Evidence<'_>) -> Found {
    if let Some(none) = no_process(evidence) {
        return none;
    }
    if evidence.basis.instrument != Some(Instrument::SearchWarrant) {
        return (NotApplicable, How::OnlySearchWarrants);
    }
    match evidence.paper.served_at.map(|at| on_the_wall(at).time()) {
        _ if evidence.paper.any_time => (Pass, How::AnyTimeAuthorized),
        None => (Unknown, How::ServiceTimeNotRecorded),
        Some(time) if DAY.is_some_and(|(from, until)| from <= time && time < until) => (Pass, How::ServedByDay),
        Some(_) => (Fail, How::ServedAtNight),
    }
}

/// W14.
pub(super) fn sworn_statement(evidence: &Evidence<'_>) -> Found {
    if let Some(none) = no_process(evidence) {
        return none;
    }
    let is_recorded = evidence.paper.sworn_statement_attached && evidence.paper.affiant.is_some();
    match (evidence.basis.instrument, evidence.court().map(|court| court.system)) {
        (Some(Instrument::SearchWarrant), Some(CourtSystem::State) | None) if is_recorded => {
            (Pass, How::SwornStatementRecorded)
        }
        (Some(Instrument::SearchWarrant), Some(CourtSystem::State)) => (Fail, How::SwornStatementMissing),
        (Some(Instrument::SearchWarrant), None) => (Unknown, How::SwornStatementMissing),
        _ => (NotApplicable, How::OnlyNewMexicoWarrants),
    }
}

/// W15.
pub(super) fn docket(evidence: &Evidence<'_>) -> Found {
    if let Some(none) = no_process(evidence) {
        return none;
    }
    let Some(written) = &evidence.paper.docket else { return (Fail, How::DocketMissing) };
    let Ok(docket) = Docket::parse(written) else { return (Fail, How::DocketMalformed) };
    let (Some(court), Some(issued_at)) = (evidence.court(), evidence.paper.issued_at) else {
        return (Unknown, How::DocketNotCompared);
    };
    match docket.check(court, issued_at) {
        Ok(()) => (Pass, How::DocketFits),
        Err(DocketFault::OtherSystem | DocketFault::OtherCourt) => (Fail, How::DocketOfOtherCourt),
        Err(DocketFault::OtherYear) => (Fail, How::DocketOfOtherYear),
        Err(DocketFault::Malformed | DocketFault::Zero) => (Fail, How::DocketMalformed),
    }
}

/// W16. Laws are public; of an agreement the city has a copy somewhere.
pub(super) fn scan(evidence: &Evidence<'_>) -> Found {
    let is_stored = evidence.document.is_some_and(|document| document.pages > 0);
    match (Family::of(evidence.basis.instrument), is_stored) {
        (_, true) => (Pass, How::ScanStored),
        (Family::Emergency, _) => (NotApplicable, How::NoPaper),
        (Family::Text, _) if evidence.basis.instrument == Some(Instrument::Agreement) => (Unknown, How::CopyToBeFound),
        (Family::Text, _) => (NotApplicable, How::NoProcess),
        (Family::Order | Family::Subpoena, _) => (Fail, How::ScanMissing),
    }
}

/// W17. In an emergency it is the requester's agency that is called: an urgent voice is easily feigned.
pub(super) fn call_back(evidence: &Evidence<'_>) -> Found {
    match Family::of(evidence.basis.instrument) {
        Family::Text => (NotApplicable, How::NoProcess),
        Family::Emergency => (Unknown, How::AgencyToBeCalled),
        Family::Order | Family::Subpoena => (Unknown, How::ClerkToBeCalled),
    }
}

/// W18.
pub(super) fn second_person(evidence: &Evidence<'_>) -> Found {
    match evidence.verifier {
        None => (Unknown, How::NobodyYet),
        Some(verifier) if folded(verifier) == folded(evidence.registrar) => (Fail, How::SamePerson),
        Some(_) => (Pass, How::SecondPerson),
    }
}

/// W19.
pub(super) fn uses(evidence: &Evidence<'_>) -> Found {
    if evidence.basis.is_used_up() { (Fail, How::NoUsesLeft) } else { (Pass, How::UsesLeft) }
}

/// W20. Whoever is verifying again cures an old verification by doing so.
pub(super) fn withdrawal(evidence: &Evidence<'_>) -> Found {
    match evidence.basis.status {
        Status::Rejected | Status::Revoked { .. } | Status::Superseded { .. } => (Fail, How::Withdrawn),
        Status::Verified { at }
            if evidence.verifier.is_none()
                && evidence.now.signed_duration_since(at) > evidence.max_verification_age =>
        {
            (Fail, How::VerificationTooOld)
        }
        Status::Registered | Status::Verified { .. } => (Pass, How::NothingWithdrawn),
    }
}
