//! A few legal bases in different states, each handled by two people.

use chrono::{DateTime, TimeDelta, Utc};

use crate::app::App;
use crate::app::legal_bases::BasisOnPaper;
use crate::clock::{Entropy as _, System, uuid_v7};
use crate::domain::field::FieldClass;
use crate::domain::legal_basis::{BasisKind, Instrument, LegalBasis, ResidentScope, Scope, Status};
use crate::domain::{Agency, LegalBasisId, Purpose, RequesterKind, ResidentId, StoreId};

const REGISTRAR: &str = "r.archuleta (fictional)";
const VERIFIER: &str = "c.montoya (fictional)";

/// One basis in a few words.
struct Sketch {
    kind: BasisKind,
    instrument: Instrument,
    resident: Option<&'static str>,
    classes: &'static [FieldClass],
    requester_kind: RequesterKind,
    agency: &'static str,
    purpose: Purpose,
    is_verified: bool,
    days_ago: i64,
    valid_days: i64,
    max_uses: Option<u32>,
}

const SKETCHES: [Sketch; 5] = [
    // In force: a search warrant for one account.
    Sketch {
        kind: BasisKind::JudicialWarrant,
        instrument: Instrument::SearchWarrant,
        resident: Some("ACCT-0048213"),
        classes: &[FieldClass::HomeAddress],
        requester_kind: RequesterKind::FederalOther,
        agency: "Bureau of Fictional Investigation",
        purpose: Purpose::CriminalInvestigation,
        is_verified: true,
        days_ago: 2,
        valid_days: 14,
        max_uses: Some(1),
    },
    // Waiting for counsel.
    Sketch {
        kind: BasisKind::JudicialWarrant,
        instrument: Instrument::CourtOrder,
        resident: Some("ACCT-0051100"),
        classes: &[FieldClass::HomeAddress, FieldClass::Employment],
        requester_kind: RequesterKind::StateOrLocalLawEnforcement,
        agency: "Example County Sheriff",
        purpose: Purpose::CourtProceeding,
        is_verified: false,
        days_ago: 1,
        valid_days: 30,
        max_uses: None,
    },
    // Expired.
    Sketch {
        kind: BasisKind::JudicialWarrant,
        instrument: Instrument::SearchWarrant,
        resident: Some("ACCT-0050777"),
        classes: &[FieldClass::HomeAddress],
        requester_kind: RequesterKind::StateOrLocalLawEnforcement,
        agency: "Example City Police",
        purpose: Purpose::CriminalInvestigation,
        is_verified: true,
        days_ago: 60,
        valid_days: 10,
        max_uses: None,
    },
    // A standing mandate.
    Sketch {
        kind: BasisKind::LegalMandate,
        instrument: Instrument::Statute,
        resident: None,
        classes: &[FieldClass::Employment],
        requester_kind: RequesterKind::OtherGovernment,
        agency: "Example State Workforce Office",
        purpose: Purpose::ServiceDelivery,
        is_verified: true,
        days_ago: 20,
        valid_days: 300,
        max_uses: None,
    },
    // An immigration officer's paper: recorded so that it is counted, never verified.
    Sketch {
        kind: BasisKind::JudicialWarrant,
        instrument: Instrument::IceI200,
        resident: Some("ACCT-0048213"),
        classes: &[FieldClass::HomeAddress],
        requester_kind: RequesterKind::FederalImmigration,
        agency: "ICE ERO El Paso",
        purpose: Purpose::ImmigrationEnforcement,
        is_verified: false,
        days_ago: 3,
        valid_days: 30,
        max_uses: None,
    },
];

/// Records all of them.
pub(super) fn record(app: &App, now: DateTime<Utc>) -> anyhow::Result<()> {
    let store: StoreId = super::city::BILLING.parse()?;
    for sketch in &SKETCHES {
        app.record_basis("demo", sketch.paper(&store, now)?)?;
    }
    Ok(())
}

impl Sketch {
    fn paper(&self, store: &StoreId, now: DateTime<Utc>) -> anyhow::Result<BasisOnPaper> {
        let registered_at = now - TimeDelta::days(self.days_ago);
        let verified_at = registered_at + TimeDelta::hours(3);
        let mut random = [0; 10];
        System.fill(&mut random)?;
        let residents = self.resident.map(|id| Ok::<_, anyhow::Error>((store.clone(), ResidentId::new(id)?)));
        Ok(BasisOnPaper {
            basis: LegalBasis {
                id: LegalBasisId::new(uuid_v7(registered_at, &random)),
                kind: self.kind,
                instrument: Some(self.instrument),
                status: if self.is_verified { Status::Verified { at: verified_at } } else { Status::Registered },
                valid_from: registered_at,
                valid_until: Some(registered_at + TimeDelta::days(self.valid_days)),
                max_uses: self.max_uses,
                uses: 0,
                scope: Scope {
                    residents: match self.resident {
                        Some(_) => ResidentScope::Listed([].into()),
                        None => ResidentScope::Standing,
                    },
                    classes: self.classes.iter().copied().collect(),
                    stores: [store.clone()].into(),
                    requester_kinds: [self.requester_kind].into(),
                    requester_agency: Some(Agency::new(self.agency)?),
                    purposes: [self.purpose].into(),
                },
            },
            residents: residents.into_iter().collect::<Result<_, _>>()?,
            registrar: REGISTRAR.to_owned(),
            registered_at,
            verifier: self.is_verified.then(|| VERIFIER.to_owned()),
        })
    }
}
