//! What binds each sealed text to its place: a text that is moved to another row, or another column, does not open there.
//!
//! Whoever seals or opens takes the place from here, because sealing anew takes it from here, too.

use uuid::Uuid;

use crate::domain::referral::ReferralKind;
use crate::domain::{HoldId, LegalBasisId, ResidentIndex, ViolationId};

/// A resident's id and a request's free text, beside the entry of a decision.
#[must_use]
pub fn entry(id: Uuid) -> Vec<u8> {
    [b"zaguan/resident-link/v1\0".as_slice(), id.as_bytes()].concat()
}

/// A resident whom a basis names.
#[must_use]
pub fn basis_resident(basis: LegalBasisId) -> Vec<u8> {
    [b"zaguan/legal-basis-resident/v1\0".as_slice(), basis.as_uuid().as_bytes()].concat()
}

/// A resident whose address is confidential.
#[must_use]
pub fn confidential(index: &ResidentIndex) -> Vec<u8> {
    [b"zaguan/confidential/v1\0".as_slice(), index.as_bytes()].concat()
}

/// What the paper of a basis says beyond the columns.
#[must_use]
pub fn basis_paper(basis: LegalBasisId) -> Vec<u8> {
    [b"zaguan/legal-basis-paper/v1\0".as_slice(), basis.as_uuid().as_bytes()].concat()
}

/// What was typed into the draft of a basis.
#[must_use]
pub fn basis_draft(draft: LegalBasisId) -> Vec<u8> {
    [b"zaguan/legal-basis-draft/v1\0".as_slice(), draft.as_uuid().as_bytes()].concat()
}

/// The note to one check of a basis, in one round.
#[must_use]
pub fn check_note(basis: LegalBasisId, round: i64, check: &str) -> Vec<u8> {
    let round = round.to_be_bytes();
    [b"zaguan/legal-basis-check/v1\0".as_slice(), basis.as_uuid().as_bytes(), &round, check.as_bytes()].concat()
}

/// The note to one step in the life of a basis.
#[must_use]
pub fn step_note(basis: LegalBasisId, number: i64) -> Vec<u8> {
    [b"zaguan/legal-basis-step/v1\0".as_slice(), basis.as_uuid().as_bytes(), &number.to_be_bytes()].concat()
}

/// What a violation was.
#[must_use]
pub fn violation_note(violation: ViolationId) -> Vec<u8> {
    [b"zaguan/violation-note/v1\0".as_slice(), violation.as_uuid().as_bytes()].concat()
}

/// What became of a violation.
#[must_use]
pub fn violation_outcome(violation: ViolationId) -> Vec<u8> {
    [b"zaguan/violation-outcome/v1\0".as_slice(), violation.as_uuid().as_bytes()].concat()
}

/// Why a hold was placed.
#[must_use]
pub fn hold_reason(hold: HoldId) -> Vec<u8> {
    [b"zaguan/hold-reason/v1\0".as_slice(), hold.as_uuid().as_bytes()].concat()
}

/// Why a referral was closed as it was.
#[must_use]
pub fn referral_note(kind: ReferralKind, seq: i64) -> Vec<u8> {
    [b"zaguan/referral-note/v1\0".as_slice(), &seq.to_be_bytes(), kind.as_str().as_bytes()].concat()
}
