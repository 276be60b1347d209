//! When something is due, and what a hold keeps. Expectations from the rules: nothing in force, nothing unsettled, and no
//! period means for ever.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;
use zaguan::domain::LegalBasisId;
use zaguan::domain::retention::{BasisLife, HoldScope, Holds, RetentionKind, RetentionRules};

fn at(day: i64) -> DateTime<Utc> {
    "2031-01-01T00:00:00Z".parse::<DateTime<Utc>>().unwrap() + TimeDelta::days(day)
}

fn id(number: u128) -> LegalBasisId {
    LegalBasisId::new(Uuid::from_u128(number))
}

/// A revoked basis about utility billing, handled last on day 10.
fn life() -> BasisLife {
    BasisLife {
        id: id(1),
        is_open: false,
        valid_until: None,
        handled_at: at(10),
        is_unsettled: false,
        stores: ["utility-billing".parse().unwrap()].into(),
    }
}

#[test]
fn what_ended_is_due_when_its_period_has_passed() {
    let rules = RetentionRules::new([(RetentionKind::Documents, TimeDelta::days(30))]);
    let due = |day| life().is_due(rules.due_before(RetentionKind::Documents, at(day)).unwrap());
    assert!(!due(39) && !due(40) && due(41));
}

#[test]
fn what_has_no_period_is_kept_for_ever() {
    let rules = RetentionRules::new([(RetentionKind::Documents, TimeDelta::zero())]);
    for kind in RetentionKind::ALL {
        assert_eq!(rules.due_before(kind, at(1_000_000)), None, "{kind}");
    }
    let longest = RetentionRules::new([(RetentionKind::Documents, TimeDelta::MAX)]);
    assert_eq!(longest.due_before(RetentionKind::Documents, at(0)), None);
}

#[test]
fn a_basis_that_may_still_count_is_never_over() {
    let open = BasisLife { is_open: true, ..life() };
    assert_eq!(open.over_since(), None, "without an end");
    let ends = BasisLife { valid_until: Some(at(500)), ..open };
    assert_eq!(ends.over_since(), Some(at(500)));
    assert!(!ends.is_due(at(500)) && ends.is_due(at(501)));
}

#[test]
fn a_basis_that_was_ended_early_is_over_from_then() {
    let revoked = BasisLife { valid_until: Some(at(500)), ..life() };
    assert_eq!(revoked.over_since(), Some(at(10)));
}

#[test]
fn whoever_handles_an_expired_basis_begins_its_period_anew() {
    let reviewed = BasisLife { is_open: true, valid_until: Some(at(5)), ..life() };
    assert_eq!(reviewed.over_since(), Some(at(10)));
}

#[test]
fn a_basis_about_which_something_is_owed_is_never_over() {
    for is_open in [true, false] {
        let owed = BasisLife { is_unsettled: true, is_open, valid_until: Some(at(5)), ..life() };
        assert_eq!(owed.over_since(), None);
    }
}

#[test]
fn a_hold_keeps_what_it_covers_and_no_more() {
    let (billing, library) = ("utility-billing".parse().unwrap(), "library".parse().unwrap());
    let keeps = |holds: &Holds| {
        let stores = (holds.cover_store(&billing), holds.cover_store(&library));
        (holds.cover_basis(&life()), holds.cover_cited(id(1)), stores)
    };
    let of = |scope| [scope].into_iter().collect::<Holds>();
    assert_eq!(keeps(&Holds::default()), (false, false, (false, false)));
    assert_eq!(keeps(&of(HoldScope::Everything)), (true, true, (true, true)));
    assert_eq!(keeps(&of(HoldScope::Store(billing.clone()))), (true, false, (true, false)));
    assert_eq!(keeps(&of(HoldScope::Store(library.clone()))), (false, false, (false, true)));
    assert_eq!(keeps(&of(HoldScope::Basis(id(1)))), (true, true, (false, false)));
    assert_eq!(keeps(&of(HoldScope::Basis(id(2)))), (false, false, (false, false)));
    let both: Holds = [HoldScope::Basis(id(2)), HoldScope::Store(billing.clone())].into_iter().collect();
    assert!(both.cover_basis(&life()) && both.name_bases() && !both.cover_everything());
}
