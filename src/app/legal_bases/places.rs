//! What binds a sealed text of a basis to its place: it opens nowhere else.

use crate::domain::legal_basis::check::CheckId;
use crate::domain::{LegalBasisId, ViolationId};

/// The paper of a basis.
#[must_use]
pub fn paper(basis: LegalBasisId) -> Vec<u8> {
    place(b"zaguan/legal-basis-paper/v1\0", basis, &[])
}

/// A resident whom a basis names.
#[must_use]
pub fn resident(basis: LegalBasisId) -> Vec<u8> {
    place(b"zaguan/legal-basis-resident/v1\0", basis, &[])
}

/// The note of one check in one round.
#[must_use]
pub fn check(basis: LegalBasisId, round: i64, check: CheckId) -> Vec<u8> {
    place(b"zaguan/legal-basis-check/v1\0", basis, &[&round.to_be_bytes(), check.as_str().as_bytes()])
}

/// The note of a step.
#[must_use]
pub fn step(basis: LegalBasisId, number: i64) -> Vec<u8> {
    place(b"zaguan/legal-basis-step/v1\0", basis, &[&number.to_be_bytes()])
}

/// Why a violation was opened.
#[must_use]
pub fn violation_note(violation: ViolationId) -> Vec<u8> {
    [b"zaguan/violation-note/v1\0".as_slice(), violation.as_uuid().as_bytes()].concat()
}

/// What was done about a violation.
#[must_use]
pub fn violation_outcome(violation: ViolationId) -> Vec<u8> {
    [b"zaguan/violation-outcome/v1\0".as_slice(), violation.as_uuid().as_bytes()].concat()
}

fn place(what: &[u8], basis: LegalBasisId, rest: &[&[u8]]) -> Vec<u8> {
    [&[what, basis.as_uuid().as_bytes().as_slice()], rest].concat().concat()
}
