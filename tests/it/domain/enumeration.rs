//! All combinations there are, each against the oracle.

use std::collections::{BTreeSet, HashMap};

use zaguan::domain::decision::{Ask, Decision, Facts, Outcome, Policy, decide};
use zaguan::domain::field::FieldClass;
use zaguan::domain::ids::LegalBasisId;
use zaguan::domain::legal_basis::{BasisKind, Instrument, LegalBasis, ResidentScope, Status};
use zaguan::domain::requester::{Purpose, RequesterKind};

use super::oracle::{Case, FURTHEST_LAST, STATES, State, expected};
use super::scene::{self, EMERGENCY, MANDATE, MIXED, SHIPPED, Table, WARRANT};

/// Enumerating one defect at a time says nothing of the order of the checks; two at a time do.
#[test]
fn a_basis_with_two_defects_is_refused_for_the_one_that_is_checked_first() {
    let place = |reason: &str| FURTHEST_LAST.iter().position(|code| *code == reason).unwrap();
    let defects = || STATES.into_iter().filter_map(|(state, reason)| Some((state, reason?))).skip(1);
    let ask = scene::ask(FieldClass::HomeAddress, true);
    let mut count = 0;
    for (one, first) in defects() {
        for (other, second) in defects() {
            let mut basis = scene::good_basis(WARRANT);
            let untouched = basis.clone();
            spoil(&mut basis, one, &ask);
            let is_independent = touched(&untouched, &basis) & touched(&untouched, &spoilt(other, &ask)) == 0;
            spoil(&mut basis, other, &ask);
            if is_independent {
                let found = scene::decide_with(&ask, &[basis], &scene::shipped_policy()).fields[0].reason.code();
                let expected = if place(first) < place(second) { first } else { second };
                assert_eq!(found, expected, "{one:?} and {other:?}");
                count += 1;
            }
        }
    }
    assert!(count > 300, "only {count} pairs");
}

fn spoilt(state: State, ask: &Ask) -> LegalBasis {
    let mut basis = scene::good_basis(WARRANT);
    spoil(&mut basis, state, ask);
    basis
}

/// Which parts of a basis were changed, one bit each: two defects of one part cannot stand side by side.
fn touched(before: &LegalBasis, after: &LegalBasis) -> u8 {
    let parts = [
        before.instrument != after.instrument,
        before.status != after.status,
        before.scope.residents != after.scope.residents,
    ];
    parts.into_iter().enumerate().map(|(bit, is_changed)| u8::from(is_changed) << bit).sum()
}

struct Setting {
    table: Table,
    is_limited_to_immigration: bool,
    policy: Policy,
}

#[test]
fn every_combination_without_a_basis_is_answered_as_the_policy_says() {
    assert_eq!(check_all(&[None]), COMBINATIONS);
}

#[test]
fn every_combination_with_a_warrant_is_answered_as_the_policy_says() {
    assert_eq!(check_all(&every_state(WARRANT)), STATES.len() * COMBINATIONS);
}

#[test]
fn every_combination_with_a_mandate_is_answered_as_the_policy_says() {
    assert_eq!(check_all(&every_state(MANDATE)), STATES.len() * COMBINATIONS);
}

#[test]
fn every_combination_with_an_emergency_is_answered_as_the_policy_says() {
    assert_eq!(check_all(&every_state(EMERGENCY)), STATES.len() * COMBINATIONS);
}

/// Two tables × two scopes × two flags × classes × requesters × purposes.
const COMBINATIONS: usize = 2 * 2 * 2 * 17 * 10 * 11;

fn check_all(bases: &[Option<(BasisKind, State)>]) -> usize {
    let settings = settings();
    let mut count = 0;
    for basis in bases.iter().copied() {
        for class in FieldClass::ALL {
            for requester in RequesterKind::ALL {
                for purpose in Purpose::ALL {
                    count += check(&settings, class, requester, purpose, basis);
                }
            }
        }
    }
    count
}

fn settings() -> Vec<Setting> {
    let mut settings = Vec::new();
    for table in [SHIPPED, MIXED] {
        for (scope, is_limited_to_immigration) in [("all_external", false), ("solely_federal_immigration", true)] {
            settings.push(Setting { table, is_limited_to_immigration, policy: scene::policy(table, scope) });
        }
    }
    settings
}

fn every_state(kind: BasisKind) -> Vec<Option<(BasisKind, State)>> {
    STATES.map(|(state, _)| Some((kind, state))).into()
}

fn check(
    settings: &[Setting],
    class: FieldClass,
    requester: RequesterKind,
    purpose: Purpose,
    basis: Option<(BasisKind, State)>,
) -> usize {
    let ask = Ask { requester_kind: requester, purpose, ..scene::ask(class, basis.is_some()) };
    let on_file = scene::on_file(basis.and_then(|(kind, state)| in_state(kind, state, &ask)));
    let mut count = 0;
    for setting in settings {
        for is_confidential in [false, true] {
            let Setting { table, is_limited_to_immigration, ref policy } = *setting;
            let case = Case { table, is_limited_to_immigration, is_confidential, class, requester, purpose, basis };
            compare(&case, &ask, &on_file, policy);
            count += 1;
        }
    }
    count
}

fn compare(case: &Case, ask: &Ask, bases: &HashMap<LegalBasisId, LegalBasis>, policy: &Policy) {
    let facts = Facts { is_confidential: case.is_confidential, bases };
    let decision = decide(ask, &facts, policy, scene::now());
    let [field] = decision.fields[..] else { panic!("one field asked, {} answered", decision.fields.len()) };
    let mut obligations: Vec<_> = decision.obligations.iter().map(|owed| owed.code()).collect();
    obligations.sort_unstable();
    let found = (field.effect.as_str(), field.reason.code(), obligations);
    assert_eq!(found, expected(case), "{case:?}");
    assert_eq!(field.class, case.class);
    assert_names_what_it_used(case, &decision, found.1 == "legal_basis", found.0 == "permit");
}

fn assert_names_what_it_used(case: &Case, decision: &Decision, is_basis_used: bool, is_permitted: bool) {
    let named: Vec<_> = is_basis_used.then(|| scene::basis_id(1)).into_iter().collect();
    assert_eq!(decision.used_bases(), named, "{case:?}");
    let outcome = if is_permitted { Outcome::Released } else { Outcome::Denied };
    assert_eq!(decision.outcome, outcome, "{case:?}");
}

/// A basis that would open exactly this request but for the one thing that `state` says.
fn in_state(kind: BasisKind, state: State, ask: &Ask) -> Option<LegalBasis> {
    let mut basis = scene::good_basis(kind);
    spoil(&mut basis, state, ask);
    (state != State::NotFound).then_some(basis)
}

fn spoil(basis: &mut LegalBasis, state: State, ask: &Ask) {
    let (now, hour) = (scene::now(), scene::hours(1));
    let kind = basis.kind;
    let scope = &mut basis.scope;
    match state {
        State::NotFound | State::Good => {}
        State::GoodSingleUse => basis.max_uses = Some(1),
        State::GoodOtherPaper => basis.instrument = other_paper(kind),
        State::Standing => scope.residents = ResidentScope::Standing,
        State::AdministrativePaper => basis.instrument = Some(Instrument::IceI200),
        State::ArrestWarrant => basis.instrument = Some(Instrument::ArrestWarrant),
        State::PaperMissingOrNeedless => basis.instrument = wrong_presence(kind),
        State::Rejected => basis.status = Status::Rejected,
        State::Registered => basis.status = Status::Registered,
        State::VerifiedTooLongAgo => {
            basis.status = Status::Verified { at: now - scene::hours(scene::MAX_AGE_HOURS) - hour }
        }
        State::VerifiedInTheFuture => basis.status = Status::Verified { at: now + hour },
        State::Revoked => basis.status = Status::Revoked { at: now - hour },
        State::Superseded => basis.status = Status::Superseded { at: now - hour },
        State::NotYetValid => basis.valid_from = now + hour,
        State::Expired => basis.valid_until = Some(now - hour),
        State::UsedUp => (basis.max_uses, basis.uses) = (Some(2), 2),
        State::OtherStore => scope.stores = [scene::store("library")].into(),
        State::OtherResident => {
            scope.residents = ResidentScope::Listed([(ask.store.clone(), scene::resident(8))].into());
        }
        State::OtherRequesterKind => drop_from(&mut scope.requester_kinds, &[ask.requester_kind]),
        State::OtherAgency => scope.requester_agency = Some(scene::agency("Border Patrol")),
        State::OtherPurpose => drop_from(&mut scope.purposes, other_purposes(&ask.purpose)),
        State::OtherClass => drop_from(&mut scope.classes, &[ask.fields[0].class]),
    }
}

const fn other_paper(kind: BasisKind) -> Option<Instrument> {
    match kind {
        BasisKind::JudicialWarrant => Some(Instrument::CourtOrder),
        BasisKind::LegalMandate => Some(Instrument::GrandJurySubpoena),
        BasisKind::EmergencyException => None,
    }
}

const fn wrong_presence(kind: BasisKind) -> Option<Instrument> {
    match kind {
        BasisKind::JudicialWarrant | BasisKind::LegalMandate => None,
        BasisKind::EmergencyException => Some(Instrument::Statute),
    }
}

/// A request without a purpose counts as immigration enforcement, so a basis for `not_stated` does not help it.
fn other_purposes(purpose: &Purpose) -> &[Purpose] {
    match purpose {
        Purpose::NotStated => &[Purpose::ImmigrationEnforcement],
        stated => std::slice::from_ref(stated),
    }
}

fn drop_from<T: Ord>(set: &mut BTreeSet<T>, dropped: &[T]) {
    for item in dropped {
        set.remove(item);
    }
}
