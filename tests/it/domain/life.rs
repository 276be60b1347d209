//! The life of a legal basis: who may do what, from which state.

use chrono::{DateTime, TimeDelta, Utc};
use zaguan::domain::legal_basis::life::{
    Actor, BasisState, LifeError, RequiredRole, is_review_overdue, may_reject, may_renew, may_review, may_revoke,
    may_supersede, may_verify, review_due_at, state_at,
};
use zaguan::domain::legal_basis::{BasisKind, Instrument, LegalBasis, ResidentScope, Scope, Status};
use zaguan::domain::staff::{Role, Roles};

use super::scene::{self, now};

const REGISTRAR: &str = "rosa";

fn roles(role: Role) -> Roles {
    Roles::new([role]).unwrap()
}

fn registered(kind: BasisKind) -> LegalBasis {
    LegalBasis { status: Status::Registered, ..scene::good_basis(kind) }
}

fn dead() -> [(Status, LifeError); 3] {
    [
        (Status::Rejected, LifeError::Rejected),
        (Status::Revoked { at: now() }, LifeError::Revoked),
        (Status::Superseded { at: now() }, LifeError::Superseded),
    ]
}

fn verify(basis: &LegalBasis, name: &str, role: Role) -> Result<(), LifeError> {
    may_verify(basis, REGISTRAR, Actor { name, roles: &roles(role) }, now())
}

#[test]
fn counsel_verifies_everything_and_a_supervisor_only_emergencies() {
    for kind in BasisKind::ALL {
        for role in Role::ALL {
            let is_enough =
                role == Role::Counsel || (role == Role::Supervisor && kind == BasisKind::EmergencyException);
            let expected = if is_enough { Ok(()) } else { Err(LifeError::WrongRole) };
            assert_eq!(verify(&registered(kind), "ana", role), expected, "{kind} {role}");
            assert_eq!(RequiredRole::of(kind).is_held_by(&roles(role)), is_enough);
        }
    }
}

#[test]
fn nobody_verifies_or_rejects_what_they_registered_however_the_name_is_spelled() {
    for name in [REGISTRAR, "Rosa", " ROSA ", "ｒｏｓａ"] {
        for kind in BasisKind::ALL {
            assert_eq!(verify(&registered(kind), name, Role::Counsel), Err(LifeError::SamePerson), "{name}");
            let actor = Actor { name, roles: &roles(Role::Counsel) };
            assert_eq!(may_reject(&registered(kind), REGISTRAR, actor, "why"), Err(LifeError::SamePerson));
        }
    }
}

#[test]
fn a_verified_basis_can_be_verified_again_and_an_ended_one_cannot() {
    assert_eq!(verify(&scene::good_basis(BasisKind::JudicialWarrant), "ana", Role::Counsel), Ok(()));
    for (status, error) in dead() {
        let basis = LegalBasis { status, ..registered(BasisKind::JudicialWarrant) };
        assert_eq!(verify(&basis, "ana", Role::Counsel), Err(error));
    }
}

#[test]
fn nothing_is_verified_at_or_after_its_end() {
    let basis = registered(BasisKind::JudicialWarrant);
    let at = |instant| may_verify(&basis, REGISTRAR, Actor { name: "ana", roles: &roles(Role::Counsel) }, instant);
    let end = basis.valid_until.unwrap();
    assert_eq!(at(end - TimeDelta::microseconds(1)), Ok(()));
    assert_eq!(at(end), Err(LifeError::Expired));
}

#[test]
fn what_can_never_unlock_is_never_verified() {
    for instrument in Instrument::ALL.into_iter().filter(|instrument| !instrument.is_order_for_records()) {
        let basis = LegalBasis { instrument: Some(instrument), ..registered(BasisKind::JudicialWarrant) };
        assert_eq!(verify(&basis, "ana", Role::Counsel), Err(LifeError::NeverVerifiable), "{instrument}");
    }
}

#[test]
fn a_rejection_says_why_and_comes_before_any_verification() {
    let actor = Actor { name: "ana", roles: &roles(Role::Counsel) };
    let basis = registered(BasisKind::JudicialWarrant);
    assert_eq!(may_reject(&basis, REGISTRAR, actor, "no signature"), Ok(()));
    for nothing in ["", "  ", "...", "\u{200B}"] {
        assert_eq!(may_reject(&basis, REGISTRAR, actor, nothing), Err(LifeError::NoReason), "{nothing:?}");
        assert_eq!(may_revoke(&basis, actor, nothing), Err(LifeError::NoReason));
    }
    let verified = scene::good_basis(BasisKind::JudicialWarrant);
    assert_eq!(may_reject(&verified, REGISTRAR, actor, "why"), Err(LifeError::AlreadyVerified));
    for (status, error) in dead() {
        assert_eq!(may_reject(&LegalBasis { status, ..basis.clone() }, REGISTRAR, actor, "why"), Err(error));
    }
}

#[test]
fn a_basis_is_revoked_once_from_registered_or_verified_by_who_may_verify_it() {
    for kind in BasisKind::ALL {
        for basis in [registered(kind), scene::good_basis(kind)] {
            let supervisor = Actor { name: "sol", roles: &roles(Role::Supervisor) };
            let may = may_revoke(&basis, supervisor, "quashed");
            let is_enough = kind == BasisKind::EmergencyException;
            assert_eq!(may, if is_enough { Ok(()) } else { Err(LifeError::WrongRole) });
            let registrar = Actor { name: REGISTRAR, roles: &roles(Role::Counsel) };
            assert_eq!(may_revoke(&basis, registrar, "quashed"), Ok(()));
            for (status, error) in dead() {
                assert_eq!(may_revoke(&LegalBasis { status, ..basis.clone() }, registrar, "quashed"), Err(error));
            }
        }
    }
}

#[test]
fn an_emergency_is_reviewed_within_72_hours_and_is_overdue_from_that_instant_on() {
    let due = review_due_at(BasisKind::EmergencyException, now()).unwrap();
    assert_eq!(due, now() + TimeDelta::hours(72));
    for kind in [BasisKind::JudicialWarrant, BasisKind::LegalMandate] {
        assert_eq!(review_due_at(kind, now()), None);
    }
    let verified = Status::Verified { at: now() };
    let overdue = |status, reviewed: Option<DateTime<Utc>>, at| is_review_overdue(status, Some(due), reviewed, at);
    assert!(!overdue(verified, None, due - TimeDelta::microseconds(1)));
    assert!(overdue(verified, None, due));
    assert!(overdue(Status::Revoked { at: now() }, None, due));
    assert!(!overdue(verified, Some(now()), due));
    assert!(!overdue(Status::Rejected, None, due));
    assert!(!is_review_overdue(verified, None, None, due));
}

#[test]
fn an_emergency_is_reviewed_once_by_somebody_else() {
    let (counsel, supervisor) = (roles(Role::Counsel), roles(Role::Supervisor));
    let actor = Actor { name: "sol", roles: &supervisor };
    let basis = scene::good_basis(BasisKind::EmergencyException);
    assert_eq!(may_review(&basis, REGISTRAR, actor, None), Ok(()));
    assert_eq!(may_review(&basis, REGISTRAR, actor, Some(now())), Err(LifeError::AlreadyReviewed));
    let registrar = Actor { name: REGISTRAR, roles: &counsel };
    assert_eq!(may_review(&basis, REGISTRAR, registrar, None), Err(LifeError::SamePerson));
    let revoked = LegalBasis { status: Status::Revoked { at: now() }, ..basis.clone() };
    assert_eq!(may_review(&revoked, REGISTRAR, actor, None), Ok(()));
    let rejected = LegalBasis { status: Status::Rejected, ..basis.clone() };
    assert_eq!(may_review(&rejected, REGISTRAR, actor, None), Err(LifeError::Rejected));
    assert_eq!(may_review(&registered(basis.kind), REGISTRAR, actor, None), Err(LifeError::NotVerified));
    let warrant = scene::good_basis(BasisKind::JudicialWarrant);
    assert_eq!(may_review(&warrant, REGISTRAR, actor, None), Err(LifeError::NoEmergency));
}

fn standing() -> LegalBasis {
    let basis = scene::good_basis(BasisKind::LegalMandate);
    LegalBasis { scope: Scope { residents: ResidentScope::Standing, ..basis.scope.clone() }, ..basis }
}

#[test]
fn a_standing_mandate_is_renewed_by_another_person_for_at_most_twelve_months() {
    let counsel = roles(Role::Counsel);
    let renew = |basis: &LegalBasis, name, review_by| {
        may_renew(basis, REGISTRAR, Actor { name, roles: &counsel }, review_by, now())
    };
    let year = zaguan::domain::legal_basis::window::latest_review(now());
    assert_eq!(renew(&standing(), "ana", year), Ok(()));
    assert_eq!(renew(&standing(), "ana", year + TimeDelta::microseconds(1)), Err(LifeError::ReviewTooFar));
    assert_eq!(renew(&standing(), "ana", now()), Err(LifeError::ReviewInPast));
    assert_eq!(renew(&standing(), REGISTRAR, year), Err(LifeError::SamePerson));
    assert_eq!(renew(&scene::good_basis(BasisKind::LegalMandate), "ana", year), Err(LifeError::NotStanding));
    let waiting = LegalBasis { status: Status::Registered, ..standing() };
    assert_eq!(renew(&waiting, "ana", year), Err(LifeError::NotVerified));
    let over = LegalBasis { valid_until: Some(now()), ..standing() };
    assert_eq!(renew(&over, "ana", year), Err(LifeError::Expired));
}

#[test]
fn a_correction_replaces_a_living_basis_of_its_kind_and_not_itself() {
    let old = scene::good_basis(BasisKind::JudicialWarrant);
    let new = LegalBasis { id: scene::basis_id(2), ..registered(BasisKind::JudicialWarrant) };
    assert_eq!(may_supersede(&old, &new), Ok(()));
    assert_eq!(may_supersede(&registered(old.kind), &new), Ok(()));
    assert_eq!(may_supersede(&old, &old), Err(LifeError::Itself));
    let other = LegalBasis { id: scene::basis_id(2), ..registered(BasisKind::LegalMandate) };
    assert_eq!(may_supersede(&old, &other), Err(LifeError::OtherKind));
    for (status, error) in dead() {
        assert_eq!(may_supersede(&LegalBasis { status, ..old.clone() }, &new), Err(error));
    }
}

#[test]
fn people_see_where_a_basis_stands() {
    let good = scene::good_basis(BasisKind::JudicialWarrant);
    let used = LegalBasis { max_uses: Some(1), uses: 1, ..good.clone() };
    let end = good.valid_until.unwrap();
    assert_eq!(state_at(&good, end - TimeDelta::microseconds(1)), BasisState::Verified);
    assert_eq!(state_at(&good, end), BasisState::Expired);
    assert_eq!(state_at(&used, now()), BasisState::UsedUp);
    assert_eq!(state_at(&used, end), BasisState::Expired);
    assert_eq!(state_at(&registered(good.kind), end), BasisState::Registered);
    for ((status, _), state) in
        dead().into_iter().zip([BasisState::Rejected, BasisState::Revoked, BasisState::Superseded])
    {
        assert_eq!(state_at(&LegalBasis { status, ..good.clone() }, end), state);
    }
}
