//! The life of a legal basis: who may do what to it, from which state, and why not.
//!
//! `registered → verified | rejected`; `verified → expired | used up | revoked | superseded`. Nothing is edited. Must never
//! let one person register and verify, nor bring back what was rejected, revoked or superseded.

use chrono::{DateTime, TimeDelta, Utc};

use super::window::latest_review;
use super::{BasisKind, LegalBasis, ResidentScope, Status};
use crate::domain::closed_set::closed_set;
use crate::domain::fold::folded;
use crate::domain::staff::{Role, Roles};

/// Where a basis stands at an instant, for people to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum BasisState {
    /// Logged, and waiting for a second person.
    Registered,
    /// Looked at and refused, for good.
    Rejected,
    /// Verified, and in its window. It may not count yet, or ask to be verified again: the decision judges that.
    Verified,
    /// Verified once, and past its end.
    Expired,
    /// Verified, and used as often as it allows.
    UsedUp,
    /// Withdrawn or quashed.
    Revoked,
    /// Replaced by a corrected basis.
    Superseded,
}

closed_set!(BasisState, "state of a legal basis", {
    Registered => "registered",
    Rejected => "rejected",
    Verified => "verified",
    Expired => "expired",
    UsedUp => "used_up",
    Revoked => "revoked",
    Superseded => "superseded",
});

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

/// Why something may not be done to a basis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum LifeError {
    /// One person would be both.
    #[error("the person who registers a legal basis never verifies it")]
    SamePerson,
    /// The role is not enough for this kind.
    #[error("warrants and mandates are for counsel, emergencies for a supervisor or counsel")]
    WrongRole,
    /// The paper can never unlock anything.
    #[error("this kind of paper can be recorded, but never verified")]
    NeverVerifiable,
    /// It was rejected, for good.
    #[error("the legal basis was rejected")]
    Rejected,
    /// It was revoked, for good.
    #[error("the legal basis was revoked")]
    Revoked,
    /// It was replaced.
    #[error("the legal basis was replaced by another")]
    Superseded,
    /// It is past its end.
    #[error("the legal basis has expired")]
    Expired,
    /// Nobody has verified it yet.
    #[error("the legal basis has not been verified")]
    NotVerified,
    /// It is verified: it can be revoked, but no longer rejected.
    #[error("the legal basis is verified: it can only be revoked")]
    AlreadyVerified,
    /// A note or reason is missing.
    #[error("this needs a reason in words")]
    NoReason,
    /// Only emergencies are reviewed afterwards.
    #[error("only an emergency is reviewed afterwards")]
    NoEmergency,
    /// There is one review.
    #[error("the emergency has already been reviewed")]
    AlreadyReviewed,
    /// Only standing mandates are renewed.
    #[error("only a standing mandate is renewed")]
    NotStanding,
    /// The new date is not later than now.
    #[error("the new review date must be in the future")]
    ReviewInPast,
    /// The new date is too far.
    #[error("the new review date must be at most twelve months ahead")]
    ReviewTooFar,
    /// A correction is of the same kind.
    #[error("a correction must be of the same kind as the basis it replaces")]
    OtherKind,
    /// Nothing replaces itself.
    #[error("a legal basis cannot replace itself")]
    Itself,
}

/// An emergency is reviewed within 72 hours of its registration, whether or not it was used.
const REVIEW_TIME: TimeDelta = TimeDelta::hours(72);

/// Where a basis stands at `now`. Of expired and used up, expired comes first, as in the decision.
#[must_use]
pub fn state_at(basis: &LegalBasis, now: DateTime<Utc>) -> BasisState {
    match basis.status {
        Status::Registered => BasisState::Registered,
        Status::Rejected => BasisState::Rejected,
        Status::Revoked { .. } => BasisState::Revoked,
        Status::Superseded { .. } => BasisState::Superseded,
        Status::Verified { .. } if is_over(basis, now) => BasisState::Expired,
        Status::Verified { .. } if basis.is_used_up() => BasisState::UsedUp,
        Status::Verified { .. } => BasisState::Verified,
    }
}

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

fn is_over(basis: &LegalBasis, now: DateTime<Utc>) -> bool {
    basis.valid_until.is_some_and(|end| now >= end)
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
