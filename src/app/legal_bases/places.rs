//! What binds a sealed text of a basis to its place: it opens nowhere else.

use crate::domain::LegalBasisId;
use crate::domain::legal_basis::check::CheckId;
use crate::storage::sealed::places;

pub use places::{
    basis_paper as paper, basis_resident as resident, step_note as step, violation_note, violation_outcome,
};

/// The note of one check in one round.
#[must_use]
pub fn check(basis: LegalBasisId, round: i64, check: CheckId) -> Vec<u8> {
    places::check_note(basis, round, check.as_str())
}
