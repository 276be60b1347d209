//! Legal bases for tests: a warrant that opens everything the test asks for, to be spoiled in one way at a time.

use chrono::TimeDelta;
use serde_json::{Value, json};
use uuid::Uuid;
use zaguan::domain::field::FieldClass;
use zaguan::domain::legal_basis::{BasisKind, Instrument, LegalBasis, ResidentScope, Scope, Status};
use zaguan::domain::{LegalBasisId, Purpose, RequesterKind, ResidentId};

use crate::support::TestApp;
use crate::support::planted::{Planted, plant};

pub const RESIDENT: &str = "ACCT-0048213";

pub fn id(number: u128) -> LegalBasisId {
    LegalBasisId::new(Uuid::from_u128(number))
}

/// A verified search warrant for the home address of [`RESIDENT`], in force for ten days.
pub fn warrant(app: &TestApp, number: u128) -> Planted {
    let now = app.app.now();
    Planted {
        basis: LegalBasis {
            id: id(number),
            kind: BasisKind::JudicialWarrant,
            instrument: Some(Instrument::SearchWarrant),
            status: Status::Verified { at: now - TimeDelta::hours(1) },
            valid_from: now - TimeDelta::days(1),
            valid_until: Some(now + TimeDelta::days(10)),
            max_uses: None,
            uses: 0,
            scope: Scope {
                residents: ResidentScope::Listed([].into()),
                classes: [FieldClass::HomeAddress].into(),
                stores: ["utility-billing".parse().unwrap()].into(),
                requester_kinds: [RequesterKind::FederalImmigration].into(),
                requester_agency: None,
                purposes: [Purpose::ImmigrationEnforcement].into(),
            },
        },
        residents: vec![("utility-billing".parse().unwrap(), resident(RESIDENT))],
        registrar: "r.clerk".to_owned(),
        registered_at: now - TimeDelta::hours(2),
        verifier: Some("c.counsel".to_owned()),
    }
}

/// A verified emergency exception with the same scope.
pub fn emergency(app: &TestApp, number: u128) -> Planted {
    let mut paper = warrant(app, number);
    paper.basis.kind = BasisKind::EmergencyException;
    paper.basis.instrument = None;
    paper.basis.scope.purposes.insert(Purpose::EmergencyResponse);
    paper
}

/// The same request, made in an emergency: an emergency never covers immigration enforcement.
pub fn in_an_emergency(mut ask: Value) -> Value {
    ask["purpose"] = json!("emergency_response");
    ask
}

/// A standing mandate: it names no resident.
pub fn standing_mandate(app: &TestApp, number: u128) -> Planted {
    let mut paper = warrant(app, number);
    paper.basis.kind = BasisKind::LegalMandate;
    paper.basis.instrument = Some(Instrument::Statute);
    paper.basis.scope.residents = ResidentScope::Standing;
    paper.residents.clear();
    paper
}

pub fn resident(id: &str) -> ResidentId {
    ResidentId::new(id).unwrap()
}

/// Puts it into the tables and returns its id as a request cites it.
pub fn record(app: &TestApp, paper: Planted) -> String {
    plant(&app.app, &app.keys, paper).to_string()
}

/// Asks for the service address, citing these bases.
pub fn ask_citing(bases: &[String]) -> Value {
    let mut ask = crate::support::app::ask();
    ask["fields"] = json!(["service_address"]);
    ask["legal_bases"] = json!(bases);
    ask
}

/// The reason for the first field, after checking that effect, basis and outcome agree with it.
#[track_caller]
pub fn reason_of(app: &TestApp, ask: &Value) -> String {
    let reply = app.decide(ask);
    assert_eq!(reply.status, 200, "{reply:?}");
    let decision = reply.json();
    let field = &decision["fields"][0];
    let reason = field["reason"].as_str().unwrap().to_owned();
    let is_permit = ["not_protected", "not_outbound", "outside_scope", "legal_basis"].contains(&reason.as_str());
    assert_eq!(field["effect"], if is_permit { "permit" } else { "deny" }, "{decision}");
    assert_eq!(field["legal_basis"].is_string(), reason == "legal_basis", "{decision}");
    reason
}
