//! Legal bases in every state, handled as people would have handled them: registered by records, their papers stored,
//! verified or rejected by counsel, used, withdrawn, reviewed.

use anyhow::Context as _;
use chrono::{DateTime, Datelike as _, TimeDelta, Utc};
use serde_json::{Value, json};

use super::city::BILLING;
use super::history;
use super::paper::scan;
use super::past::PastClock;
use super::staff::People;
use crate::app::App;
use crate::app::decisions::{Details, Request, Requester};
use crate::app::legal_bases::Verification;
use crate::clock::Clock as _;
use crate::domain::field::FieldName;
use crate::domain::legal_basis::RegistrationForm;
use crate::domain::legal_basis::check::{Answer, CallBack, CheckId, CheckOutcome, NumberSource};
use crate::domain::legal_basis::life::ReviewOutcome;
use crate::domain::record::instant_text;
use crate::domain::staff::Role;
use crate::domain::{Agency, LegalBasisId, Purpose, RequesterKind, ResidentId};

/// The customer of the printed example.
const RESIDENT: &str = "ACCT-0048213";

const FEDERAL: &str = "Bureau of Fictional Investigation";

/// One basis: when it was registered, what it is, and what became of it.
pub(super) struct Story {
    /// What a visitor reads beside its id.
    pub(super) title: &'static str,
    ago: TimeDelta,
    form: fn(&Dates) -> Value,
    fate: Fate,
}

enum Fate {
    /// Nobody has looked at it yet.
    Waiting,
    /// A paper that can never unlock: rejected as it was registered.
    Counted,
    Verified,
    /// The clerk of the court knows nothing of it.
    Rejected,
    /// Verified, and withdrawn two days later.
    Revoked,
    /// An emergency that turned out to be none.
    NotJustified,
    /// Registered again, corrected, a day later.
    Superseded,
    /// Verified, and used by the one request that may use it.
    UsedUp,
}

/// The dates that stand on a paper, as texts.
struct Dates {
    issued: String,
    execute_by: String,
    next_year: String,
    in_eight_hours: String,
    year: i32,
}

pub(super) const STORIES: [Story; 11] = [
    story("expired", TimeDelta::days(60), state_warrant, Fate::Verified),
    story("standing mandate, in force", TimeDelta::days(20), mandate, Fate::Verified),
    story("emergency, not justified: a violation", TimeDelta::days(18), emergency, Fate::NotJustified),
    story("rejected by counsel", TimeDelta::days(12), |dates| order(dates, "ACCT-0052040", 5), Fate::Rejected),
    story("revoked", TimeDelta::days(9), |dates| order(dates, "ACCT-0053001", 6), Fate::Revoked),
    story("superseded by a correction", TimeDelta::days(6), |dates| order(dates, "ACCT-0054777", 7), Fate::Superseded),
    story("used up", TimeDelta::days(4), |dates| federal_warrant(dates, "ACCT-0056001", 2), Fate::UsedUp),
    story("an immigration officer's form: rejected", TimeDelta::days(3), form_i200, Fate::Counted),
    story(
        "warrant in force, single use",
        TimeDelta::days(2),
        |dates| federal_warrant(dates, RESIDENT, 1),
        Fate::Verified,
    ),
    story("waiting for counsel", TimeDelta::days(1), |dates| order(dates, "ACCT-0051100", 8), Fate::Waiting),
    story("emergency in force, review owed", TimeDelta::hours(5), emergency, Fate::Verified),
];

const fn story(title: &'static str, ago: TimeDelta, form: fn(&Dates) -> Value, fate: Fate) -> Story {
    Story { title, ago, form, fate }
}

impl Story {
    /// When it begins.
    pub(super) fn begins(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        now - self.ago
    }

    /// Lives through it, from the clock's present on.
    pub(super) fn live(&self, app: &App, people: &People, clock: &PastClock) -> anyhow::Result<LegalBasisId> {
        let form = (self.form)(&Dates::at(clock.now()));
        let is_emergency = form.get("kind").is_some_and(|kind| kind == "emergency_exception");
        let id = register(app, people, clock, form.clone())?;
        if matches!(self.fate, Fate::Counted) {
            return Ok(id);
        }
        if !is_emergency {
            app.store_document(&people.act(Role::Records, app, clock)?, id, &scan(self.title))?;
        }
        let verifier = if is_emergency { Role::Supervisor } else { Role::Counsel };
        match self.fate {
            Fate::Waiting | Fate::Counted => {}
            Fate::Verified => verify(app, people, clock, verifier, id)?,
            Fate::UsedUp => {
                verify(app, people, clock, verifier, id)?;
                history::ask(app, clock, request_for_federal("ACCT-0056001", id)?)?;
            }
            Fate::Rejected => reject(app, people, clock, id)?,
            Fate::Revoked => {
                verify(app, people, clock, verifier, id)?;
                clock.set(clock.now() + TimeDelta::days(2));
                let reason = "the court has quashed it (fictional)".to_owned();
                app.revoke_basis(&people.act(Role::Counsel, app, clock)?, id, reason)?;
            }
            Fate::NotJustified => {
                verify(app, people, clock, verifier, id)?;
                clock.set(clock.now() + TimeDelta::days(2));
                let note = "the facts do not show danger of death or serious injury (fictional)".to_owned();
                let who = people.act(Role::Counsel, app, clock)?;
                app.review_emergency(&who, id, ReviewOutcome::NotJustified, note)?;
            }
            Fate::Superseded => {
                clock.set(clock.now() + TimeDelta::days(1));
                let mut corrected = form;
                corrected.as_object_mut().map(|form| form.insert("supersedes".to_owned(), json!(id)));
                register(app, people, clock, corrected)?;
            }
        }
        Ok(id)
    }
}

fn register(app: &App, people: &People, clock: &PastClock, form: Value) -> anyhow::Result<LegalBasisId> {
    let form: RegistrationForm = serde_json::from_value(form)?;
    let registered = app.register_basis(&people.act(Role::Records, app, clock)?, form);
    Ok(registered.context("a made-up legal basis is not in order")?.id)
}

fn verify(app: &App, people: &People, clock: &PastClock, role: Role, id: LegalBasisId) -> anyhow::Result<()> {
    clock.set(clock.now() + TimeDelta::minutes(40));
    let mut answers: std::collections::BTreeMap<_, _> =
        CheckId::ALL.into_iter().map(|check| (check, answer(CheckOutcome::Pass))).collect();
    let call_back = CallBack {
        number: "575 555 0199".to_owned(),
        number_source: NumberSource::CityDirectory,
        spoken_with: "the clerk on duty (fictional)".to_owned(),
        at: clock.now(),
    };
    answers.insert(CheckId::W17, Answer { call_back: Some(call_back), ..answer(CheckOutcome::Pass) });
    let verification = Verification { is_verified: true, answers, note: Some("in order".to_owned()) };
    Ok(app.verify_basis(&people.act(role, app, clock)?, id, verification)?)
}

fn reject(app: &App, people: &People, clock: &PastClock, id: LegalBasisId) -> anyhow::Result<()> {
    clock.set(clock.now() + TimeDelta::hours(2));
    let answers = [(CheckId::W17, answer(CheckOutcome::Fail))].into();
    let note = "the clerk of the court knows of no such order (fictional)".to_owned();
    let verification = Verification { is_verified: false, answers, note: Some(note) };
    Ok(app.verify_basis(&people.act(Role::Counsel, app, clock)?, id, verification)?)
}

/// An answer with the note that some checks want.
fn answer(outcome: CheckOutcome) -> Answer {
    Answer { outcome, note: Some("looked at (fictional)".to_owned()), call_back: None }
}

impl Dates {
    fn at(now: DateTime<Utc>) -> Self {
        Self {
            issued: instant_text(now - TimeDelta::hours(3)),
            execute_by: instant_text(now + TimeDelta::days(10)),
            next_year: instant_text(now + TimeDelta::days(300)),
            in_eight_hours: instant_text(now + TimeDelta::hours(8)),
            year: now.year(),
        }
    }
}

/// What a federal agency asks for on the strength of a warrant.
fn request_for_federal(resident: &str, id: LegalBasisId) -> anyhow::Result<Request> {
    Ok(Request {
        store: BILLING.parse()?,
        resident: ResidentId::new(resident)?,
        fields: vec![FieldName::new("service_address")?],
        requester: Requester { kind: RequesterKind::FederalOther, agency: Some(Agency::new(FEDERAL)?) },
        purpose: Purpose::CriminalInvestigation,
        legal_bases: vec![id],
        details: Details::default(),
    })
}

fn federal_warrant(dates: &Dates, resident: &str, number: u32) -> Value {
    json!({
        "kind": "judicial_warrant", "instrument": "search_warrant",
        "court": "United States District Court for the District of New Mexico",
        "docket": format!("2:{:02}-mj-0910{number}", dates.year % 100),
        "judge": "Hon. Fictional Person", "judge_title": "United States Magistrate Judge",
        "issued_at": dates.issued, "execute_by": dates.execute_by, "single_use": true,
        "directed_to": "City of Las Cruces, Utilities", "identity_match": "name and account number on the warrant",
        "scope": scope(resident, &["home_address"], "federal_other", FEDERAL, "criminal_investigation"),
        "serving_officer": officer(FEDERAL),
    })
}

fn state_warrant(dates: &Dates) -> Value {
    json!({
        "kind": "judicial_warrant", "instrument": "search_warrant",
        "court": "Third Judicial District Court", "docket": format!("D-307-CR-{}-09002", dates.year),
        "judge": "Hon. Fictional Person", "judge_title": "District Judge",
        "issued_at": dates.issued, "affiant": "F. Detective", "sworn_statement_attached": true,
        "directed_to": "City of Las Cruces, Utilities", "identity_match": "name and address on the warrant",
        "scope": scope("ACCT-0050777", &["home_address"], "state_or_local_law_enforcement", "Example City Police", "criminal_investigation"),
        "serving_officer": officer("Example City Police"),
    })
}

fn order(dates: &Dates, resident: &str, number: u32) -> Value {
    json!({
        "kind": "judicial_warrant", "instrument": "court_order",
        "court": "Third Judicial District Court", "docket": format!("D-307-CV-{}-0900{number}", dates.year),
        "judge": "Hon. Fictional Person", "judge_title": "District Judge",
        "issued_at": dates.issued, "execute_by": dates.next_year,
        "affiant": "F. Counselor", "sworn_statement_attached": true,
        "directed_to": "City of Las Cruces, Utilities", "identity_match": "account number on the order",
        "scope": scope(resident, &["home_address", "employment"], "court", "Example County Court", "court_proceeding"),
        "serving_officer": officer("Example County Sheriff"),
    })
}

fn mandate(dates: &Dates) -> Value {
    json!({
        "kind": "legal_mandate", "instrument": "statute", "citation": "NMSA 1978, § 0-0-0 (fictional)",
        "standing": true, "review_by": dates.next_year,
        "scope": {
            "classes": ["employment"], "stores": [BILLING], "requester_kinds": ["other_government"],
            "requester_agency": "Example State Workforce Office", "purposes": ["service_delivery"],
        },
    })
}

fn emergency(dates: &Dates) -> Value {
    json!({
        "kind": "emergency_exception",
        "facts": "A neighbor heard shouting and then nothing; nobody opens, and the unit is not known (fictional).",
        "person_in_danger": "whoever lives at the account's address",
        "why_delay_harms": "every minute without the address may cost a life",
        "not_for_immigration_enforcement": true, "expires_at": dates.in_eight_hours,
        "requester": { "name": "Dispatch", "agency": "Example City Fire Department", "call_back_number": "575 555 0111" },
        "scope": scope("ACCT-0055213", &["home_address"], "state_or_local_law_enforcement", "Example City Fire Department", "emergency_response"),
    })
}

fn form_i200(dates: &Dates) -> Value {
    json!({
        "kind": "judicial_warrant", "instrument": "ice_i200", "issued_at": dates.issued,
        "scope": scope(RESIDENT, &["home_address"], "federal_immigration", "ICE ERO El Paso", "immigration_enforcement"),
        "serving_officer": officer("ICE ERO El Paso"), "note": "brought to the counter (fictional)",
    })
}

fn scope(resident: &str, classes: &[&str], kind: &str, agency: &str, purpose: &str) -> Value {
    json!({
        "residents": [{ "store": BILLING, "resident": resident }], "classes": classes, "stores": [BILLING],
        "requester_kinds": [kind], "requester_agency": agency, "purposes": [purpose],
    })
}

fn officer(agency: &str) -> Value {
    json!({ "name": "F. Officer (fictional)", "agency": agency, "badge": "0000", "phone": "575 555 0100" })
}
