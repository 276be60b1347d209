//! The life of a legal basis: who may do what to it, from which state, and why not.
//!
//! `registered → verified | rejected`; `verified → expired | used up | revoked | superseded`. Nothing is edited. Must never
//! let one person register and verify, nor bring back what was rejected, revoked or superseded.

mod error;
mod state;

use chrono::{DateTime, TimeDelta, Utc};

pub use error::LifeError;
pub use state::{BasisState, state_at};

use state::is_over;

use super::window::latest_review;
use super::{BasisKind, LegalBasis, ResidentScope, Status};
use crate::domain::closed_set::closed_set;
use crate::domain::fold::folded;
use crate::domain::staff::{Role, Roles};

/// What became of an emergency when it was looked at afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReviewOutcome {
    /// It was one.
    Justified,
    /// It was none: a violation is opened.
    NotJustified,
}

closed_set!(ReviewOutcome, "review outcome", {
    Justified => "justified",
    NotJustified => "not_justified",
});

/// Who verifies a kind of basis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RequiredRole {
    /// Only counsel: warrants and mandates.
    Counsel,
    /// The duty supervisor or counsel: emergencies do not wait.
    SupervisorOrCounsel,
}

impl RequiredRole {
    /// Who verifies, rejects, revokes and reviews bases of this kind.
    #[must_use]
    pub const fn of(kind: BasisKind) -> Self {
        match kind {
            BasisKind::JudicialWarrant | BasisKind::LegalMandate => Self::Counsel,
            BasisKind::EmergencyException => Self::SupervisorOrCounsel,
        }
    }

    /// Whether one of these roles is enough.
    #[must_use]
    pub fn is_held_by(self, roles: &Roles) -> bool {
        let is_supervisor = self == Self::SupervisorOrCounsel && roles.contains(Role::Supervisor);
        is_supervisor || roles.contains(Role::Counsel)
    }
}

/// Who acts.
#[derive(Debug, Clone, Copy)]
pub struct Actor<'a> {
    /// Username.
    pub name: &'a str,
    /// What they may do.
    pub roles: &'a Roles,
}

/// An emergency is reviewed within 72 hours of its registration, whether or not it was used.
const REVIEW_TIME: TimeDelta = TimeDelta::hours(72);

/// Whether `actor` may verify the basis, or verify it again. The check list is judged apart.
///
/// # Errors
/// Why not: state first, then paper, window, role, and last the second person.
pub fn may_verify(basis: &LegalBasis, registrar: &str, actor: Actor<'_>, now: DateTime<Utc>) -> Result<(), LifeError> {
    is_alive(basis)?;
    require(basis.kind.may_rest_on(basis.instrument), LifeError::NeverVerifiable)?;
    require(!is_over(basis, now), LifeError::Expired)?;
    is_second_person(basis, registrar, actor)
}

/// Whether `actor` may reject a basis that nobody has verified.
///
/// # Errors
/// Why not.
pub fn may_reject(basis: &LegalBasis, registrar: &str, actor: Actor<'_>, note: &str) -> Result<(), LifeError> {
    is_alive(basis)?;
    require(!is_verified(basis), LifeError::AlreadyVerified)?;
    is_second_person(basis, registrar, actor)?;
    require(is_said(note), LifeError::NoReason)
}

/// Whether `actor` may revoke the basis. Who registered it may withdraw it, too, given the role: closing a door needs no
/// second person.
///
/// # Errors
/// Why not.
pub fn may_revoke(basis: &LegalBasis, actor: Actor<'_>, reason: &str) -> Result<(), LifeError> {
    is_alive(basis)?;
    require(RequiredRole::of(basis.kind).is_held_by(actor.roles), LifeError::WrongRole)?;
    require(is_said(reason), LifeError::NoReason)
}

/// By when an emergency is reviewed; `None` for the other kinds. At that instant it is overdue.
#[must_use]
pub fn review_due_at(kind: BasisKind, registered_at: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let due_at = || registered_at.checked_add_signed(REVIEW_TIME).unwrap_or(registered_at);
    (kind == BasisKind::EmergencyException).then(due_at)
}

/// Whether the review of an emergency is overdue. One that was rejected was never open, and owes none.
#[must_use]
pub fn is_review_overdue(
    status: Status,
    due_at: Option<DateTime<Utc>>,
    reviewed_at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> bool {
    let is_owed = status != Status::Rejected && reviewed_at.is_none();
    is_owed && due_at.is_some_and(|due_at| now >= due_at)
}

/// Whether `actor` may review the emergency: once, never the registrar, in whatever state it is by then.
///
/// # Errors
/// Why not.
pub fn may_review(
    basis: &LegalBasis,
    registrar: &str,
    actor: Actor<'_>,
    reviewed_at: Option<DateTime<Utc>>,
) -> Result<(), LifeError> {
    require(basis.kind == BasisKind::EmergencyException, LifeError::NoEmergency)?;
    require(basis.status != Status::Rejected, LifeError::Rejected)?;
    require(basis.status != Status::Registered, LifeError::NotVerified)?;
    require(reviewed_at.is_none(), LifeError::AlreadyReviewed)?;
    is_second_person(basis, registrar, actor)
}

/// Whether `actor` may give a standing mandate a new review date. One that has expired is registered anew.
///
/// # Errors
/// Why not.
pub fn may_renew(
    basis: &LegalBasis,
    registrar: &str,
    actor: Actor<'_>,
    review_by: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<(), LifeError> {
    is_alive(basis)?;
    let is_standing = basis.kind == BasisKind::LegalMandate && basis.scope.residents == ResidentScope::Standing;
    require(is_standing, LifeError::NotStanding)?;
    require(is_verified(basis), LifeError::NotVerified)?;
    require(!is_over(basis, now), LifeError::Expired)?;
    is_second_person(basis, registrar, actor)?;
    require(review_by > now, LifeError::ReviewInPast)?;
    require(review_by <= latest_review(now), LifeError::ReviewTooFar)
}

/// Whether `new` may replace `old`. Expired and used-up bases may be corrected for the record.
///
/// # Errors
/// Why not.
pub fn may_supersede(old: &LegalBasis, new: &LegalBasis) -> Result<(), LifeError> {
    require(old.id != new.id, LifeError::Itself)?;
    is_alive(old)?;
    require(old.kind == new.kind, LifeError::OtherKind)
}

/// Rejected, revoked and superseded are for good.
const fn is_alive(basis: &LegalBasis) -> Result<(), LifeError> {
    match basis.status {
        Status::Registered | Status::Verified { .. } => Ok(()),
        Status::Rejected => Err(LifeError::Rejected),
        Status::Revoked { .. } => Err(LifeError::Revoked),
        Status::Superseded { .. } => Err(LifeError::Superseded),
    }
}

const fn is_verified(basis: &LegalBasis) -> bool {
    matches!(basis.status, Status::Verified { .. })
}

/// The right role, and another person than the registrar, however the name is spelled.
fn is_second_person(basis: &LegalBasis, registrar: &str, actor: Actor<'_>) -> Result<(), LifeError> {
    require(RequiredRole::of(basis.kind).is_held_by(actor.roles), LifeError::WrongRole)?;
    require(folded(actor.name.trim()) != folded(registrar.trim()), LifeError::SamePerson)
}

fn is_said(reason: &str) -> bool {
    reason.chars().any(char::is_alphanumeric)
}

const fn require(holds: bool, otherwise: LifeError) -> Result<(), LifeError> {
    if holds { Ok(()) } else { Err(otherwise) }
}
