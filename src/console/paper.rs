//! Whom a paper names, each in one line: on the page of a basis, and beside counsel's check list.

use crate::domain::legal_basis::Paper;

/// Who asks in an emergency: name, agency, number.
pub(super) fn asker(paper: &Paper) -> Option<String> {
    let asker = paper.requester.clone().unwrap_or_default();
    joined([asker.name, asker.agency, asker.call_back_number])
}

/// The judge, with their title.
pub(super) fn judge(paper: &Paper) -> Option<String> {
    joined([paper.judge.clone(), paper.judge_title.clone()])
}

/// Who served it: name, agency, badge. Their number is no part of it: counsel is told not to call it.
pub(super) fn officer(paper: &Paper) -> Option<String> {
    let officer = paper.serving_officer.clone().unwrap_or_default();
    joined([officer.name, officer.agency, officer.badge])
}

/// What there is of the parts; nothing when there is none.
pub(super) fn joined<const N: usize>(parts: [Option<String>; N]) -> Option<String> {
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}
