//! What must hold for every request, basis and table, not only for those that somebody thought of.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use zaguan::domain::decision::{Ask, AskedField, Decision, Effect, Facts, Outcome, Policy, Reason, decide};
use zaguan::domain::field::FieldClass;
use zaguan::domain::legal_basis::{BasisKind, Instrument, LegalBasis, ResidentScope, Scope, Status};
use zaguan::domain::requester::{Purpose, RequesterKind};

use super::oracle::FURTHEST_LAST;
use super::scene::{self, MIXED, SHIPPED};

static POLICIES: LazyLock<Vec<Policy>> = LazyLock::new(|| {
    let scopes = ["all_external", "solely_federal_immigration"];
    [SHIPPED, MIXED].into_iter().flat_map(|table| scopes.map(|scope| scene::policy(table, scope))).collect()
});

#[derive(Debug, Clone)]
struct Question {
    ask: Ask,
    bases: Vec<LegalBasis>,
    is_confidential: bool,
    policy: usize,
}

impl Question {
    fn answer(&self) -> Decision {
        let bases = scene::on_file(self.bases.iter().cloned());
        let facts = Facts { is_confidential: self.is_confidential, bases: &bases };
        decide(&self.ask, &facts, &POLICIES[self.policy], scene::now())
    }

    fn effects(&self) -> Vec<Effect> {
        self.answer().fields.iter().map(|field| field.effect).collect()
    }
}

fn set_of<T: Ord + Clone + std::fmt::Debug + 'static>(all: Vec<T>) -> impl Strategy<Value = BTreeSet<T>> {
    let whole: BTreeSet<T> = all.iter().cloned().collect();
    let count = all.len();
    // Mostly everything, so that most bases get far.
    prop_oneof![3 => Just(whole), 1 => subsequence(all, 0..=count).prop_map(|some| some.into_iter().collect())]
}

fn any_scope() -> impl Strategy<Value = Scope> {
    let stores = || vec![scene::store("utility-billing"), scene::store("library")];
    let listed = vec![(stores()[0].clone(), scene::resident(7)), (stores()[1].clone(), scene::resident(8))];
    let residents =
        prop_oneof![1 => Just(ResidentScope::Standing), 4 => set_of(listed).prop_map(ResidentScope::Listed)];
    let agency =
        prop_oneof![Just(None), Just(Some(scene::agency("ICE ERO El Paso"))), Just(Some(scene::agency("HSI")))];
    let kinds = set_of(RequesterKind::ALL.into());
    (residents, set_of(FieldClass::ALL.into()), set_of(stores()), kinds, agency, set_of(Purpose::ALL.into())).prop_map(
        |(residents, classes, stores, requester_kinds, requester_agency, purposes)| Scope {
            residents,
            classes,
            stores,
            requester_kinds,
            requester_agency,
            purposes,
        },
    )
}

fn any_status() -> impl Strategy<Value = Status> {
    let at = |hours| scene::now() - scene::hours(hours);
    prop_oneof![
        1 => Just(Status::Registered),
        1 => Just(Status::Rejected),
        1 => (-2_i64..3).prop_map(move |hours| Status::Revoked { at: at(hours) }),
        1 => (-2_i64..3).prop_map(move |hours| Status::Superseded { at: at(hours) }),
        6 => (-1_i64..2).prop_map(move |hours| Status::Verified { at: at(hours) }),
        1 => (719_i64..722).prop_map(move |hours| Status::Verified { at: at(hours) }),
    ]
}

fn any_paper() -> impl Strategy<Value = (BasisKind, Option<Instrument>)> {
    let proper = select(BasisKind::ALL.to_vec()).prop_map(|kind| (kind, scene::good_basis(kind).instrument));
    let any = (select(BasisKind::ALL.to_vec()), proptest::option::of(select(Instrument::ALL.to_vec())));
    prop_oneof![4 => proper, 1 => any]
}

fn any_basis(number: u128) -> impl Strategy<Value = LegalBasis> {
    let window = (-2_i64..4, proptest::option::of(-1_i64..4));
    (any_paper(), any_status(), window, proptest::option::of(0_u32..3), 0_u32..3, any_scope()).prop_map(
        move |((kind, instrument), status, (from, until), max_uses, uses, scope)| LegalBasis {
            id: scene::basis_id(number),
            kind,
            instrument,
            status,
            valid_from: scene::now() - scene::hours(from),
            valid_until: until.map(|hours| scene::now() + scene::hours(hours)),
            max_uses,
            uses,
            scope,
        },
    )
}

fn any_question() -> impl Strategy<Value = Question> {
    let fields = proptest::collection::vec(select(FieldClass::ALL.to_vec()), 0..6);
    // Numbers 4 and 5 are never on file.
    let cited = proptest::collection::vec(1_u128..6, 0..5);
    let bases = (any_basis(1), any_basis(2), any_basis(3));
    let who = (select(RequesterKind::ALL.to_vec()), select(Purpose::ALL.to_vec()));
    (fields, cited, bases, who, any::<bool>(), 0_usize..4).prop_map(
        |(classes, cited, bases, (requester_kind, purpose), is_confidential, policy)| {
            let asked = |class| AskedField { name: scene::field("f"), class };
            let ask = Ask {
                fields: classes.into_iter().map(asked).collect(),
                legal_bases: cited.into_iter().map(scene::basis_id).collect(),
                requester_kind,
                purpose,
                ..scene::ask(FieldClass::Unclassified, false)
            };
            Question { ask, bases: vec![bases.0, bases.1, bases.2], is_confidential, policy }
        },
    )
}

/// Whether no field that `more` permits is denied by `less`.
fn is_not_widened(less: &[Effect], more: &[Effect]) -> bool {
    less.iter().zip(more).all(|(less, more)| *less == Effect::Deny || *more == Effect::Permit)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_field_is_answered_with_a_reason_that_fits(question in any_question()) {
        let decision = question.answer();
        prop_assert_eq!(decision.fields.len(), question.ask.fields.len());
        for field in &decision.fields {
            prop_assert_eq!(field.effect, field.reason.effect());
            prop_assert_eq!(field.legal_basis.is_some(), field.reason == Reason::LegalBasis);
        }
        let permits = decision.fields.iter().filter(|field| field.effect == Effect::Permit).count();
        prop_assert_eq!(decision.outcome == Outcome::Denied, permits == 0);
        prop_assert!(decision.obligations.is_sorted_by(|one, other| one < other));
    }

    #[test]
    fn not_citing_a_basis_never_widens_a_release(question in any_question(), dropped in 0_usize..5) {
        let with = question.effects();
        let mut without = question;
        if dropped < without.ask.legal_bases.len() {
            without.ask.legal_bases.remove(dropped);
        }
        prop_assert!(is_not_widened(&without.effects(), &with));
    }

    #[test]
    fn a_basis_that_disappears_never_widens_a_release(question in any_question(), dropped in 0_usize..3) {
        let with = question.effects();
        let mut without = question;
        without.bases.remove(dropped);
        prop_assert!(is_not_widened(&without.effects(), &with));
    }

    #[test]
    fn the_confidential_flag_never_widens_a_release(question in any_question()) {
        let open = Question { is_confidential: false, ..question.clone() };
        let confidential = Question { is_confidential: true, ..question };
        for (index, (kept, open)) in confidential.effects().into_iter().zip(open.effects()).enumerate() {
            let class = confidential.ask.fields[index].class;
            // A judge's order is enough for the Act even where the policy accepts less; everything else narrows.
            let is_kept = matches!(class, FieldClass::HomeAddress | FieldClass::Contact);
            let by_order = confidential.answer().fields[index].reason == Reason::LegalBasis;
            prop_assert!(kept == Effect::Deny || open == Effect::Permit || (is_kept && by_order));
        }
    }

    #[test]
    fn a_field_is_answered_the_same_whatever_else_is_asked(question in any_question()) {
        let alone = question.answer().fields;
        let mut more = question;
        more.ask.fields.push(AskedField { name: scene::field("new_column"), class: FieldClass::Unclassified });
        let answered = more.answer().fields;
        prop_assert_eq!(&answered[..alone.len()], &alone[..]);
        prop_assert_eq!(answered[alone.len()].reason.code(), "unclassified_field");
    }

    #[test]
    fn the_order_of_the_cited_bases_changes_nothing(question in any_question(), by in 0_usize..5) {
        let mut turned = question.clone();
        let count = turned.ask.legal_bases.len().max(1);
        turned.ask.legal_bases.rotate_left(by % count);
        prop_assert_eq!(turned.answer(), question.answer());
        turned.ask.legal_bases.reverse();
        prop_assert_eq!(turned.answer(), question.answer());
    }

    #[test]
    fn a_basis_that_is_not_in_force_never_opens(question in any_question()) {
        let now = scene::now();
        for used in question.answer().used_bases() {
            let basis = question.bases.iter().find(|basis| basis.id == used).unwrap();
            let is_verified = matches!(basis.status, Status::Verified { at } if at <= now);
            prop_assert!(is_verified && question.ask.legal_bases.contains(&used));
            prop_assert!(basis.valid_from <= now && basis.valid_until.is_none_or(|end| now < end));
            prop_assert!(basis.max_uses.is_none_or(|max| basis.uses < max));
        }
    }

    #[test]
    fn an_unstated_purpose_is_never_better_than_immigration_enforcement(question in any_question()) {
        let asking_for = |purpose| Question { ask: Ask { purpose, ..question.ask.clone() }, ..question.clone() };
        let unstated = asking_for(Purpose::NotStated).answer();
        prop_assert_eq!(unstated, asking_for(Purpose::ImmigrationEnforcement).answer());
    }

    #[test]
    fn the_reason_is_that_of_the_basis_that_got_furthest(question in any_question()) {
        let place = |reason: Reason| FURTHEST_LAST.iter().position(|code| *code == reason.code());
        let citing = |ids: &[_]| {
            let ask = Ask { legal_bases: ids.to_vec(), ..question.ask.clone() };
            Question { ask, ..question.clone() }.answer().fields
        };
        let alone: Vec<_> = question.ask.legal_bases.iter().map(|id| citing(&[*id])).collect();
        for (index, field) in question.answer().fields.iter().enumerate() {
            let Some(found) = place(field.reason) else { continue };
            let furthest = alone.iter().filter_map(|fields| place(fields[index].reason)).max();
            prop_assert_eq!(found, furthest.unwrap_or(0));
        }
    }
}
