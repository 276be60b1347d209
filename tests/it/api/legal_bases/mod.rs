//! Legal bases through the API, as staff handle them: fictional people of a fictional city hall, each signed in with a role
//! of their own.

mod coverage;
mod life;
mod lists;
mod privacy;
mod queue;
mod registration;
mod review;
mod verification;

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use zaguan::domain::staff::Role;
use zaguan::ledger::{NoProbe, Probe};

use super::documents::put;
use super::entries;
use crate::domain::document::Pdf;
use crate::support::app::Reply;
use crate::support::staff::Member;
use crate::support::{TestApp, TestDatabase};

pub const RESIDENT: &str = "ACCT-0048213";

/// The program with one member of staff of each role that handles bases.
pub struct Hall {
    pub app: TestApp,
    staff: Vec<(Role, Member, String)>,
}

const ROLES: [Role; 4] = [Role::Records, Role::Counsel, Role::Supervisor, Role::Auditor];

impl Hall {
    pub fn open(database: &TestDatabase) -> Self {
        Self::open_with(database, &[], Arc::new(NoProbe))
    }

    pub fn open_with(database: &TestDatabase, more: &[(&str, &str)], probe: Arc<dyn Probe>) -> Self {
        let app = TestApp::start_with(database, more, probe);
        let enrol = |role| {
            let member = app.enrol(role);
            let token = member.sign_in(&app.app);
            (role, member, token)
        };
        let staff = ROLES.into_iter().map(enrol).collect();
        Self { app, staff }
    }

    fn of(&self, role: Role) -> &(Role, Member, String) {
        self.staff.iter().find(|(of, ..)| *of == role).unwrap()
    }

    /// The username of whoever holds the role.
    pub fn name(&self, role: Role) -> &str {
        &self.of(role).1.username
    }

    pub fn token(&self, role: Role) -> &str {
        &self.of(role).2
    }

    pub fn get(&self, role: Role, path: &str) -> Reply {
        self.app.as_staff(self.token(role)).get(path)
    }

    pub fn post(&self, role: Role, path: &str, body: &Value) -> Reply {
        self.app.as_staff(self.token(role)).post(path, body)
    }

    /// Moves the clock. Sessions end when they are not used, and tokens of clients after ten minutes: everybody comes back.
    pub fn go_to(&mut self, instant: DateTime<Utc>) {
        self.app.clock.set(instant);
        let app = &self.app;
        for (_, member, token) in &mut self.staff {
            *token = member.sign_in(&app.app);
        }
        self.app.token = self.app.new_token();
    }

    /// Registers and returns the id.
    #[track_caller]
    pub fn register(&self, form: &Value) -> String {
        let reply = self.post(Role::Records, "/api/v1/legal-bases", form);
        assert_eq!(reply.status, 201, "{reply:?}");
        reply.json()["id"].as_str().unwrap().to_owned()
    }

    /// Stores a scan of three pages.
    #[track_caller]
    pub fn scan(&self, id: &str) {
        let path = format!("/api/v1/legal-bases/{id}/document");
        let stored = put(&self.app, self.token(Role::Records), &path, &Pdf::of(3).bytes());
        assert_eq!(stored.status, 201, "{stored:?}");
    }

    pub fn act(&self, role: Role, id: &str, what: &str, body: &Value) -> Reply {
        self.post(role, &format!("/api/v1/legal-bases/{id}/{what}"), body)
    }

    #[track_caller]
    pub fn verify(&self, role: Role, id: &str) {
        let reply = self.act(role, id, "verification", &verified());
        assert_eq!(reply.status, 200, "{reply:?}");
        assert_eq!(reply.json(), json!({ "id": id, "status": "verified" }));
    }

    /// A basis that counsel has verified.
    #[track_caller]
    pub fn verified(&self, form: &Value) -> String {
        let id = self.register(form);
        if form["kind"] != "emergency_exception" {
            self.scan(&id);
        }
        self.verify(Role::Counsel, &id);
        id
    }

    #[track_caller]
    pub fn show(&self, id: &str) -> Value {
        let reply = self.get(Role::Auditor, &format!("/api/v1/legal-bases/{id}"));
        assert_eq!(reply.status, 200, "{reply:?}");
        reply.json()
    }

    /// Kinds of the entries after this many, with what they are about.
    pub fn entries_after(&self, size: usize) -> Vec<Value> {
        let all = entries(&self.app);
        all[size..].iter().map(|entry| serde_json::from_slice(&entry.record).unwrap()).collect()
    }

    pub fn size(&self) -> usize {
        entries(&self.app).len()
    }

    /// The reason for the one field that is asked for, citing these bases.
    #[track_caller]
    pub fn reason(&self, ask: &Value) -> String {
        super::bases::reason_of(&self.app, ask)
    }
}

/// A federal search warrant for the home address of [`RESIDENT`], issued the day before the tests begin.
pub fn warrant() -> Value {
    json!({
        "kind": "judicial_warrant",
        "instrument": "search_warrant",
        "court": "United States District Court for the District of New Mexico",
        "docket": "2:31-mj-01234",
        "judge": "Hon. Fictional Person",
        "judge_title": "United States Magistrate Judge",
        "issued_at": "2031-03-03T17:00:00Z",
        "directed_to": "City of Las Cruces, Utilities",
        "identity_match": "name and account number on the warrant",
        "scope": {
            "residents": [{ "store": "utility-billing", "resident": RESIDENT }],
            "classes": ["home_address"],
            "stores": ["utility-billing"],
            "requester_kinds": ["federal_immigration"],
            "requester_agency": "ICE ERO El Paso",
            "purposes": ["immigration_enforcement"],
        },
        "serving_officer": { "name": "F. Officer", "agency": "ICE ERO El Paso", "badge": "0000", "phone": "+1 915 555 0100" },
        "served_at": "2031-03-03T20:00:00Z",
    })
}

/// A standing mandate by statute.
pub fn mandate() -> Value {
    json!({
        "kind": "legal_mandate",
        "instrument": "statute",
        "citation": "NMSA 1978, § 0-0-0 (fictional)",
        "standing": true,
        "review_by": "2031-09-01T06:00:00Z",
        "scope": {
            "classes": ["home_address"],
            "stores": ["utility-billing"],
            "requester_kinds": ["other_government"],
            "purposes": ["service_delivery"],
        },
    })
}

/// An emergency that lasts eight hours.
pub fn emergency() -> Value {
    json!({
        "kind": "emergency_exception",
        "facts": "A caller heard shouting and then nothing; the meter shows that somebody lives at the unit.",
        "person_in_danger": "whoever lives at the account's address",
        "why_delay_harms": "the unit is not known and the caller fears for a life",
        "not_for_immigration_enforcement": true,
        "expires_at": "2031-03-04T20:00:00Z",
        "requester": { "name": "Dispatch", "agency": "Fictional Fire Department", "call_back_number": "575 555 0111" },
        "scope": {
            "residents": [{ "store": "utility-billing", "resident": RESIDENT }],
            "classes": ["home_address"],
            "stores": ["utility-billing"],
            "requester_kinds": ["state_or_local_law_enforcement"],
            "purposes": ["emergency_response"],
        },
    })
}

/// Answers that verify a paper which is in order.
pub fn verified() -> Value {
    json!({
        "outcome": "verified",
        "checks": {
            "W02": "pass", "W04": "pass", "W05": "pass", "W08": "pass", "W09": "pass", "W10": "pass",
            "W11": { "outcome": "pass", "note": "the Utilities office is named" },
            "W12": "pass",
            "W17": {
                "outcome": "pass",
                "call_back": {
                    "number": "575 555 0199", "number_source": "city_directory",
                    "spoken_with": "the clerk on duty", "at": "2031-03-04T11:55:00Z",
                },
            },
        },
        "note": "called the clerk",
    })
}

/// Asks for the service address of [`RESIDENT`], citing these bases.
pub fn ask_citing(bases: &[&str]) -> Value {
    super::bases::ask_citing(&bases.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>())
}

/// The same, as the emergency's requester.
pub fn emergency_ask(bases: &[&str]) -> Value {
    let mut ask = ask_citing(bases);
    ask["requester"] = json!({ "kind": "state_or_local_law_enforcement", "agency": "Fictional Fire Department" });
    ask["purpose"] = json!("emergency_response");
    ask
}

/// The same, as the mandate's requester.
pub fn mandate_ask(bases: &[&str]) -> Value {
    let mut ask = ask_citing(bases);
    ask["requester"] = json!({ "kind": "other_government" });
    ask["purpose"] = json!("service_delivery");
    ask
}

/// `form` with one member changed; `pointer` must lead to a place that is there or can be made.
pub fn with(form: &Value, pointer: &str, value: Value) -> Value {
    let mut form = form.clone();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    form.pointer_mut(parent).expect(pointer)[name] = value;
    form
}

/// `form` without one member.
pub fn without(form: &Value, name: &str) -> Value {
    let mut form = form.clone();
    form.as_object_mut().unwrap().remove(name).expect(name);
    form
}

pub fn hours(hours: i64) -> TimeDelta {
    TimeDelta::hours(hours)
}
