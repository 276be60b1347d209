//! What the program can judge of the check list by itself.

use std::collections::BTreeMap;

use super::how::How;
use super::{CheckId, CheckOutcome, Evidence, Severity, paper_checks, service_checks};

/// What the program found for one check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judgement {
    /// What became of it.
    pub outcome: CheckOutcome,
    /// How much depends on it, for this basis.
    pub severity: Severity,
    /// What was found.
    pub how: How,
}

/// Judges all twenty checks; what only a person can see is `unknown`.
#[must_use]
pub fn judge_by_program(evidence: &Evidence<'_>) -> BTreeMap<CheckId, Judgement> {
    CheckId::ALL.into_iter().map(|id| (id, judge_one(id, evidence))).collect()
}

fn judge_one(id: CheckId, evidence: &Evidence<'_>) -> Judgement {
    let (outcome, how) = match id {
        CheckId::W01 => paper_checks::instrument(evidence),
        CheckId::W02 => paper_checks::header(evidence),
        CheckId::W03 => paper_checks::court(evidence),
        CheckId::W04 => paper_checks::signature(evidence),
        CheckId::W05 => paper_checks::forms(evidence),
        CheckId::W06 => paper_checks::issue(evidence),
        CheckId::W07 => paper_checks::window(evidence),
        CheckId::W08 => paper_checks::resident(evidence),
        CheckId::W09 => paper_checks::records(evidence),
        CheckId::W10 => paper_checks::period(evidence),
        CheckId::W11 => service_checks::direction(evidence),
        CheckId::W12 => service_checks::officer(evidence),
        CheckId::W13 => service_checks::hour(evidence),
        CheckId::W14 => service_checks::sworn_statement(evidence),
        CheckId::W15 => service_checks::docket(evidence),
        CheckId::W16 => service_checks::scan(evidence),
        CheckId::W17 => service_checks::call_back(evidence),
        CheckId::W18 => service_checks::second_person(evidence),
        CheckId::W19 => service_checks::uses(evidence),
        CheckId::W20 => service_checks::withdrawal(evidence),
    };
    Judgement { outcome, severity: severity(id, how), how }
}

/// How much depends on a check, given what was found.
const fn severity(id: CheckId, how: How) -> Severity {
    match (id, how) {
        // Counsel may extend the registry, or look the court up.
        (CheckId::W03, How::CourtUnknown | How::CourtNotStated) => Severity::Holds,
        // A stale verification is cured by verifying again; a withdrawal is not.
        (CheckId::W20, How::Withdrawn) => Severity::Blocks,
        _ => id.severity(),
    }
}
