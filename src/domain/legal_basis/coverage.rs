//! Whether one legal basis opens one field, and if not, how far it got.
//!
//! The checks run in one fixed order, because the one that fails is the reason a clerk reads out. Must never look at
//! anything but its arguments: the facts were loaded inside the transaction that will record the answer.

use chrono::{DateTime, Utc};

use super::{BasisKind, Instrument, LegalBasis, Status};
use crate::domain::decision::{Ask, ClassPolicy, Reason};
use crate::domain::field::FieldClass;

/// Checks everything that must hold for `basis` to open a field of `class` at `now`.
///
/// # Errors
/// The reason of the first check that fails, in this order: instrument, rejected, verified, revoked, window, uses, store,
/// resident, requester, purpose, class.
pub fn coverage(
    basis: &LegalBasis,
    ask: &Ask,
    class: FieldClass,
    policy: &ClassPolicy,
    now: DateTime<Utc>,
) -> Result<(), Reason> {
    require(policy.accepts(basis.kind), Reason::InstrumentNotAccepted)?;
    in_force(basis, policy, now)?;
    in_scope(basis, ask, class)
}

/// The same for a participant in the Confidential Substitute Address program: only a judge's order opens, whatever kinds
/// the policy accepts for the class (NMSA 40-13B).
pub(crate) fn confidential_coverage(
    basis: &LegalBasis,
    ask: &Ask,
    class: FieldClass,
    policy: &ClassPolicy,
    now: DateTime<Utc>,
) -> Result<(), Reason> {
    let is_order = basis.instrument.is_some_and(Instrument::is_order_for_records);
    let is_warrant = basis.kind == BasisKind::JudicialWarrant;
    require(is_warrant && is_order, Reason::InstrumentNotAccepted)?;
    in_force(basis, policy, now)?;
    in_scope(basis, ask, class)
}

/// Whether the basis counts at all at this instant.
fn in_force(basis: &LegalBasis, policy: &ClassPolicy, now: DateTime<Utc>) -> Result<(), Reason> {
    require(basis.kind.may_rest_on(basis.instrument), Reason::InstrumentNotAccepted)?;
    match basis.status {
        Status::Rejected => return Err(Reason::BasisRejected),
        Status::Registered => return Err(Reason::BasisNotVerified),
        // A verification dated after the instant of release has not happened yet; one too old counts no more.
        Status::Verified { at } => {
            let is_fresh = at <= now && now.signed_duration_since(at) <= policy.max_verification_age();
            require(is_fresh, Reason::BasisNotVerified)?;
        }
        // Whatever instant it carries: once withdrawn, never used.
        Status::Revoked { .. } | Status::Superseded { .. } => return Err(Reason::BasisRevoked),
    }
    require(basis.valid_from <= now, Reason::BasisNotYetValid)?;
    require(basis.valid_until.is_none_or(|end| now < end), Reason::BasisExpired)?;
    require(!basis.is_used_up(), Reason::BasisUsedUp)
}

/// Whether what is asked lies inside what the basis covers.
fn in_scope(basis: &LegalBasis, ask: &Ask, class: FieldClass) -> Result<(), Reason> {
    let scope = &basis.scope;
    let is_resident_covered = scope.covers_resident(basis.kind, &ask.store, &ask.resident_indexes);
    let is_requester_covered = scope.covers_requester(ask.requester_kind, ask.agency.as_ref());
    require(scope.stores.contains(&ask.store), Reason::BasisOtherStore)?;
    require(is_resident_covered, Reason::BasisOtherResident)?;
    require(is_requester_covered, Reason::BasisOtherRequester)?;
    require(scope.covers_purpose(basis.kind, ask.purpose), Reason::BasisOtherPurpose)?;
    require(scope.classes.contains(&class), Reason::BasisClassNotInScope)
}

const fn require(holds: bool, otherwise: Reason) -> Result<(), Reason> {
    if holds { Ok(()) } else { Err(otherwise) }
}
