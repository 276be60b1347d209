//! The people, papers and tables that the tests play with.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;
use zaguan::domain::decision::{Ask, AskedField, Decision, Facts, Policy, decide};
use zaguan::domain::field::{FieldClass, FieldName};
use zaguan::domain::ids::{LegalBasisId, StoreId};
use zaguan::domain::legal_basis::{BasisKind, Instrument, LegalBasis, ResidentScope, Scope, Status};
use zaguan::domain::requester::{Agency, Purpose, RequesterKind};
use zaguan::domain::resident::ResidentIndex;

pub const SHIPPED_POLICY: &str = include_str!("../../../config/policy.toml");

pub const WARRANT: BasisKind = BasisKind::JudicialWarrant;
pub const MANDATE: BasisKind = BasisKind::LegalMandate;
pub const EMERGENCY: BasisKind = BasisKind::EmergencyException;

/// A table of the decision: protected classes with the kinds that open them. Every other class is not protected.
pub type Table = &'static [(FieldClass, &'static [BasisKind])];

/// What the city ships: the three of the resolution, each opened by all three kinds.
pub const SHIPPED: Table = &[
    (FieldClass::ImmigrationStatus, &[WARRANT, MANDATE, EMERGENCY]),
    (FieldClass::HomeAddress, &[WARRANT, MANDATE, EMERGENCY]),
    (FieldClass::Employment, &[WARRANT, MANDATE, EMERGENCY]),
];

/// A table that differs from class to class, and in which `home_address` is not protected but `contact` is.
pub const MIXED: Table = &[
    (FieldClass::ImmigrationStatus, &[WARRANT]),
    (FieldClass::Employment, &[MANDATE]),
    (FieldClass::SocialSecurityNumber, &[EMERGENCY]),
    (FieldClass::Religion, &[WARRANT, MANDATE]),
    (FieldClass::Medical, &[WARRANT, EMERGENCY]),
    (FieldClass::Contact, &[MANDATE, EMERGENCY]),
    (FieldClass::School, &[WARRANT, MANDATE, EMERGENCY]),
];

/// How long a verification counts in every table here.
pub const MAX_AGE_HOURS: i64 = 720;

pub fn policy_text(table: Table, scope: &str) -> String {
    let mut text = format!("id = \"test\"\ntitle = \"Test\"\nscope = \"{scope}\"\n");
    for class in FieldClass::ALL {
        if matches!(class, FieldClass::Unprotected | FieldClass::Unclassified) {
            continue;
        }
        let row = table.iter().find(|(name, _)| *name == class);
        write!(text, "[classes.{class}]\nprotected = {}\n", row.is_some()).unwrap();
        if let Some((_, accepts)) = row {
            let accepts: Vec<_> = accepts.iter().map(|kind| format!("\"{kind}\"")).collect();
            write!(text, "citation = \"a law\"\naccepts = [{}]\n", accepts.join(", ")).unwrap();
        }
        writeln!(text, "max_verification_age_hours = {MAX_AGE_HOURS}").unwrap();
    }
    for kind in RequesterKind::ALL {
        let is_inside = matches!(kind, RequesterKind::CityDepartment | RequesterKind::ResidentSelf);
        writeln!(text, "[requesters.{kind}]\noutbound = {}", !is_inside).unwrap();
    }
    text
}

pub fn policy(table: Table, scope: &str) -> Policy {
    Policy::parse(&policy_text(table, scope)).expect("the test's table is a valid policy")
}

pub fn shipped_policy() -> Policy {
    Policy::parse(SHIPPED_POLICY).expect("the shipped policy is valid")
}

/// 22 November 2026, 18:04:05.123456 UTC.
pub fn now() -> DateTime<Utc> {
    const { DateTime::from_timestamp(1_795_370_645, 123_456_000).unwrap() }
}

pub fn hours(count: i64) -> TimeDelta {
    TimeDelta::try_hours(count).unwrap()
}

pub fn store(id: &str) -> StoreId {
    id.parse().unwrap()
}

pub fn basis_id(number: u128) -> LegalBasisId {
    LegalBasisId::new(Uuid::from_u128(number))
}

pub fn resident(number: u8) -> ResidentIndex {
    ResidentIndex::new([number; 32])
}

pub fn agency(name: &str) -> Agency {
    Agency::new(name).unwrap()
}

pub fn field(name: &str) -> FieldName {
    FieldName::new(name).unwrap()
}

/// Immigration agents ask for one field of this class, and cite basis number 1 if `cites` is set.
pub fn ask(class: FieldClass, cites: bool) -> Ask {
    Ask {
        store: store("utility-billing"),
        resident_indexes: vec![resident(7)],
        fields: vec![AskedField { name: field("some_field"), class }],
        requester_kind: RequesterKind::FederalImmigration,
        agency: Some(agency("ICE ERO El Paso")),
        purpose: Purpose::ImmigrationEnforcement,
        legal_bases: if cites { vec![basis_id(1)] } else { Vec::new() },
    }
}

/// A basis that opens everything that [`ask`] can ask for, for every requester and purpose.
pub fn good_basis(kind: BasisKind) -> LegalBasis {
    let listed = BTreeSet::from([(store("utility-billing"), resident(7))]);
    LegalBasis {
        id: basis_id(1),
        kind,
        instrument: match kind {
            BasisKind::JudicialWarrant => Some(Instrument::SearchWarrant),
            BasisKind::LegalMandate => Some(Instrument::Statute),
            BasisKind::EmergencyException => None,
        },
        status: Status::Verified { at: now() - hours(1) },
        valid_from: now() - hours(2),
        valid_until: Some(now() + hours(2)),
        max_uses: None,
        uses: 0,
        scope: Scope {
            residents: ResidentScope::Listed(listed),
            classes: FieldClass::ALL.into(),
            stores: [store("utility-billing")].into(),
            requester_kinds: RequesterKind::ALL.into(),
            requester_agency: Some(agency("ICE ERO El Paso")),
            purposes: Purpose::ALL.into(),
        },
    }
}

pub fn on_file(bases: impl IntoIterator<Item = LegalBasis>) -> HashMap<LegalBasisId, LegalBasis> {
    bases.into_iter().map(|basis| (basis.id, basis)).collect()
}

pub fn decide_with(ask: &Ask, bases: &[LegalBasis], policy: &Policy) -> Decision {
    let bases = on_file(bases.iter().cloned());
    decide(ask, &Facts { is_confidential: false, bases: &bases }, policy, now())
}
