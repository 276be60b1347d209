//! W01 to W10: who issued the paper, when, for whom and for what.

use super::CheckOutcome::{self, Fail, NotApplicable, Pass, Unknown};
use super::{Evidence, Family, How};
use crate::domain::court::{CourtSystem, dhs_form_number, names_immigration_authority};
use crate::domain::legal_basis::window::on_the_wall;
use crate::domain::legal_basis::{Instrument, ResidentScope};

/// What was found.
pub(super) type Found = (CheckOutcome, How);

/// W01.
pub(super) fn instrument(evidence: &Evidence<'_>) -> Found {
    match Family::of(evidence.basis.instrument) {
        Family::Emergency => (NotApplicable, How::NoPaper),
        _ if evidence.basis.kind.may_rest_on(evidence.basis.instrument) => (Pass, How::InstrumentCanUnlock),
        _ => (Fail, How::InstrumentNeverUnlocks),
    }
}

/// What a check says of a basis that is no process of a court; `None` for one that is.
pub(super) fn no_process(evidence: &Evidence<'_>) -> Option<Found> {
    match Family::of(evidence.basis.instrument) {
        Family::Emergency => Some((NotApplicable, How::NoPaper)),
        Family::Text => Some((NotApplicable, How::NoProcess)),
        Family::Order | Family::Subpoena => None,
    }
}

/// W02. Whatever was typed for court or title counts as part of the header.
pub(super) fn header(evidence: &Evidence<'_>) -> Found {
    if names_authority(evidence) {
        return (Fail, How::ImmigrationAuthority);
    }
    no_process(evidence).unwrap_or(match (&evidence.paper.court, evidence.court()) {
        (None, _) => (Unknown, How::CourtNotStated),
        (_, Some(_)) => (Pass, How::HeaderNamesCourt),
        (_, None) => (Unknown, How::HeaderToBeSeen),
    })
}

/// W03.
pub(super) fn court(evidence: &Evidence<'_>) -> Found {
    if names_authority(evidence) {
        return (Fail, How::ImmigrationAuthority);
    }
    no_process(evidence).unwrap_or(match (&evidence.paper.court, evidence.court()) {
        (None, _) => (Unknown, How::CourtNotStated),
        (_, Some(_)) => (Pass, How::CourtKnown),
        (_, None) => (Fail, How::CourtUnknown),
    })
}

/// W04. That somebody typed a name does not show that the paper is signed.
pub(super) fn signature(evidence: &Evidence<'_>) -> Found {
    let paper = evidence.paper;
    if names_authority(evidence) {
        return (Fail, How::ImmigrationAuthority);
    }
    match Family::of(evidence.basis.instrument) {
        Family::Emergency => (NotApplicable, How::NoPaper),
        Family::Text => (NotApplicable, How::NoProcess),
        Family::Subpoena => (NotApplicable, How::SignedByClerk),
        Family::Order if paper.judge.is_none() || paper.judge_title.is_none() => (Fail, How::JudgeMissing),
        Family::Order => (Unknown, How::SignatureToBeSeen),
    }
}

/// W05. The program reads what was typed, not the scan.
pub(super) fn forms(evidence: &Evidence<'_>) -> Found {
    let is_found = evidence.paper.texts().any(|text| dhs_form_number(text).is_some());
    no_process(evidence).unwrap_or(if is_found { (Fail, How::DhsFormFound) } else { (Unknown, How::FormsToBeSeen) })
}

/// W06.
pub(super) fn issue(evidence: &Evidence<'_>) -> Found {
    if let Some(none) = no_process(evidence) {
        return none;
    }
    match evidence.paper.issued_at {
        // The subpoena itself may still show a date.
        None if Family::of(evidence.basis.instrument) == Family::Subpoena => (Unknown, How::IssueDateMissing),
        None => (Fail, How::IssueDateMissing),
        Some(at) if at > evidence.now => (Fail, How::IssueDateInFuture),
        Some(at) if states_time(evidence) && on_the_wall(at).time() == chrono::NaiveTime::MIN => {
            (Unknown, How::IssueTimeMissing)
        }
        Some(_) => (Pass, How::IssueDatePresent),
    }
}

/// Whether the paper must state the time of its issue: a search warrant that is not federal (Rules 5-211, 6-208 NMRA).
fn states_time(evidence: &Evidence<'_>) -> bool {
    let is_federal = evidence.court().is_some_and(|court| court.system == CourtSystem::Federal);
    evidence.basis.instrument == Some(Instrument::SearchWarrant) && !is_federal
}

/// W07.
pub(super) fn window(evidence: &Evidence<'_>) -> Found {
    match evidence.basis.valid_until {
        Some(end) if evidence.now >= end => (Fail, How::WindowOver),
        Some(_) => (Pass, How::InWindow),
        None => (Pass, How::NoEnd),
    }
}

/// W08. Whether the names agree, a person sees.
pub(super) fn resident(evidence: &Evidence<'_>) -> Found {
    match &evidence.basis.scope.residents {
        ResidentScope::Standing => (NotApplicable, How::StandingNamesNobody),
        ResidentScope::Listed(listed) if listed.is_empty() => (Fail, How::NobodyNamed),
        ResidentScope::Listed(_) if evidence.paper.identity_match.is_none() => (Unknown, How::MatchNotRecorded),
        ResidentScope::Listed(_) => (Unknown, How::MatchToBeCompared),
    }
}

/// W09. Holds for a law as for a warrant, and in an emergency for the least that is needed.
pub(super) fn records(evidence: &Evidence<'_>) -> Found {
    if evidence.basis.scope.classes.is_empty() {
        return (Fail, How::NoClasses);
    }
    (Unknown, How::RecordsToBeCompared)
}

/// W10.
pub(super) fn period(evidence: &Evidence<'_>) -> Found {
    match evidence.paper.period {
        None => (NotApplicable, How::NoPeriod),
        Some(_) => (Unknown, How::PeriodToBeCompared),
    }
}

fn names_authority(evidence: &Evidence<'_>) -> bool {
    let paper = evidence.paper;
    let header = [&paper.court, &paper.judge_title, &paper.judge];
    header.into_iter().flatten().any(|text| names_immigration_authority(text).is_some())
}
