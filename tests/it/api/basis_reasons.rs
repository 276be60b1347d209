//! Legal bases through the API: each way in which one does not open a field has its own reason, to the microsecond.

use std::sync::Barrier;

use chrono::TimeDelta;
use serde_json::{Value, json};
use uuid::Uuid;
use zaguan::domain::field::FieldClass;
use zaguan::domain::legal_basis::{BasisKind, Instrument, Status};
use zaguan::domain::{Agency, Purpose, RequesterKind};

use super::bases::{
    ask_citing, emergency, id, in_an_emergency, reason_of, record, resident, standing_mandate, warrant,
};
use super::{count, last_record};
use crate::support::planted::Planted;
use crate::support::{TestApp, TestDatabase, on_every_database};

const MICROSECOND: TimeDelta = TimeDelta::microseconds(1);

/// One way to spoil a basis, and the reason it gives; in the order in which a basis is checked.
type Spoil = fn(&mut Planted);
const SPOILS: [(&str, Spoil); 14] = [
    ("instrument_not_accepted", |paper| paper.basis.instrument = Some(Instrument::IceI200)),
    ("basis_rejected", |paper| paper.basis.status = Status::Rejected),
    ("basis_not_verified", |paper| paper.basis.status = Status::Registered),
    ("basis_revoked", |paper| paper.basis.status = Status::Revoked { at: paper.registered_at }),
    ("basis_revoked", |paper| paper.basis.status = Status::Superseded { at: paper.registered_at }),
    ("basis_not_yet_valid", |paper| paper.basis.valid_from += TimeDelta::days(2)),
    ("basis_expired", |paper| paper.basis.valid_until = Some(paper.registered_at)),
    ("basis_used_up", |paper| (paper.basis.max_uses, paper.basis.uses) = (Some(3), 3)),
    ("basis_other_store", |paper| paper.basis.scope.stores = ["library".parse().unwrap()].into()),
    ("basis_other_resident", |paper| paper.residents[0].1 = resident("ACCT-0048214")),
    ("basis_other_requester", |paper| paper.basis.scope.requester_kinds = [RequesterKind::Court].into()),
    ("basis_other_requester", |paper| {
        paper.basis.scope.requester_agency = Some(Agency::new("Another Agency").unwrap());
    }),
    ("basis_other_purpose", |paper| paper.basis.scope.purposes = [Purpose::CourtProceeding].into()),
    ("basis_class_not_in_scope", |paper| paper.basis.scope.classes = [FieldClass::Employment].into()),
];

#[test]
fn each_thing_that_is_wrong_with_a_basis_has_its_own_reason() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        assert_eq!(reason_of(&app, &ask_citing(&[])), "no_legal_basis");
        assert_eq!(reason_of(&app, &ask_citing(&[Uuid::from_u128(9).to_string()])), "basis_not_found");
        for (number, (reason, spoil)) in (100..).zip(SPOILS) {
            let mut paper = warrant(&app, number);
            spoil(&mut paper);
            let basis = record(&app, paper);
            assert_eq!(reason_of(&app, &ask_citing(&[basis])), reason);
        }
        let sound = record(&app, warrant(&app, 1));
        assert_eq!(reason_of(&app, &ask_citing(&[sound])), "legal_basis");
    });
}

#[test]
fn of_several_bases_the_one_that_got_furthest_gives_the_reason_in_whatever_order_they_stand() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let cite: Vec<(&str, String)> = std::iter::once(("basis_not_found", id(7).to_string()))
            .chain((100..).zip(SPOILS).map(|(number, (reason, spoil))| {
                let mut paper = warrant(&app, number);
                spoil(&mut paper);
                (reason, record(&app, paper))
            }))
            .collect();
        for pair in cite.windows(2) {
            let (nearer, further) = (pair[0].1.clone(), pair[1].1.clone());
            assert_eq!(reason_of(&app, &ask_citing(&[nearer.clone(), further.clone()])), pair[1].0);
            assert_eq!(reason_of(&app, &ask_citing(&[further, nearer])), pair[1].0);
        }
        let all: Vec<String> = cite.iter().map(|(_, basis)| basis.clone()).collect();
        assert_eq!(reason_of(&app, &ask_citing(&all)), "basis_class_not_in_scope");
        // One sound basis among all the others is enough.
        let sound = record(&app, warrant(&app, 1));
        let with_sound = [&all[..], std::slice::from_ref(&sound)].concat();
        let decision = app.decide(&ask_citing(&with_sound)).json();
        assert_eq!(decision["fields"][0]["legal_basis"], json!(sound));
        assert_eq!(last_record(&app)["cited"].as_array().unwrap().len(), 16);
    });
}

#[test]
fn a_release_names_the_strongest_basis_and_uses_no_other() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let mut spare = emergency(&app, 1);
        spare.basis.max_uses = Some(1);
        let spare = record(&app, spare);
        let mut strong = warrant(&app, 2);
        strong.basis.scope.purposes.insert(Purpose::EmergencyResponse);
        let strong = record(&app, strong);
        let decision = app.decide(&in_an_emergency(ask_citing(&[spare.clone(), strong.clone()]))).json();
        assert_eq!(decision["fields"][0]["legal_basis"], json!(strong));
        assert_eq!(decision["obligations"], json!([]));
        // The emergency was not used up by a release that did not need it.
        let alone = ask_citing(&[spare]);
        assert_eq!(reason_of(&app, &alone), "basis_other_purpose", "never for immigration enforcement");
        assert_eq!(reason_of(&app, &in_an_emergency(alone.clone())), "legal_basis");
        assert_eq!(reason_of(&app, &in_an_emergency(alone)), "basis_used_up");
    });
}

#[test]
fn a_window_opens_and_closes_to_the_microsecond() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let mut paper = warrant(&app, 1);
        let opens = app.app.now() + TimeDelta::hours(1);
        let closes = opens + TimeDelta::hours(1);
        (paper.basis.valid_from, paper.basis.valid_until) = (opens, Some(closes));
        let ask = ask_citing(&[record(&app, paper)]);
        for (instant, reason) in [
            (opens - MICROSECOND, "basis_not_yet_valid"),
            (opens, "legal_basis"),
            (closes - MICROSECOND, "legal_basis"),
            (closes, "basis_expired"),
        ] {
            app.clock.set(instant);
            // Tokens live ten minutes.
            let fresh = Fresh(&app);
            assert_eq!(fresh.reason(&ask), reason, "{instant}");
        }
    });
}

/// Asks with a token of this instant.
struct Fresh<'a>(&'a TestApp);

impl Fresh<'_> {
    fn reason(&self, ask: &Value) -> String {
        let bearer = format!("Bearer {}", self.0.new_token());
        let headers = [("Authorization", bearer.as_str()), ("Content-Type", "application/json")];
        let reply = self.0.send("POST", "/api/v1/decisions", &headers, ask.to_string().as_bytes());
        assert_eq!(reply.status, 200, "{reply:?}");
        reply.json()["fields"][0]["reason"].as_str().unwrap().to_owned()
    }
}

#[test]
fn a_verification_that_is_too_old_or_not_yet_made_does_not_count() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let (mut old, mut future) = (warrant(&app, 1), warrant(&app, 2));
        let now = app.app.now();
        (old.basis.status, old.basis.valid_until) = (Status::Verified { at: now }, None);
        future.basis.status = Status::Verified { at: now + MICROSECOND };
        let (old, future) = (ask_citing(&[record(&app, old)]), ask_citing(&[record(&app, future)]));
        assert_eq!(reason_of(&app, &future), "basis_not_verified");
        app.clock.advance(MICROSECOND);
        assert_eq!(reason_of(&app, &future), "legal_basis");
        app.clock.set(now + TimeDelta::hours(720));
        assert_eq!(Fresh(&app).reason(&old), "legal_basis");
        app.clock.advance(MICROSECOND);
        assert_eq!(Fresh(&app).reason(&old), "basis_not_verified");
    });
}

#[test]
fn an_agency_is_the_same_in_any_letter_case() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let mut paper = warrant(&app, 1);
    paper.basis.scope.requester_agency = Some(Agency::new("ICE ERO El Paso").unwrap());
    let mut ask = ask_citing(&[record(&app, paper)]);
    for (agency, reason) in [
        (json!("ICE ERO El Paso"), "legal_basis"),
        (json!("  ice  ERO el PASO "), "legal_basis"),
        (json!("ICE ERO El Paso 2"), "basis_other_requester"),
        (Value::Null, "basis_other_requester"),
    ] {
        ask["requester"]["agency"] = agency;
        assert_eq!(reason_of(&app, &ask), reason, "{ask}");
    }
}

#[test]
fn a_request_without_a_purpose_is_not_covered_by_a_basis_for_another_one() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let mut paper = standing_mandate(&app, 1);
    paper.basis.scope.purposes = [Purpose::Audit, Purpose::NotStated].into();
    let mut ask = ask_citing(&[record(&app, paper)]);
    ask["purpose"] = json!("audit");
    assert_eq!(reason_of(&app, &ask), "legal_basis");
    ask["purpose"] = json!("auditt");
    assert_eq!(reason_of(&app, &ask), "basis_other_purpose");
}

#[test]
fn only_a_mandate_may_stand_for_everybody() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let mandate = record(&app, standing_mandate(&app, 1));
    assert_eq!(reason_of(&app, &ask_citing(&[mandate])), "legal_basis");
    let mut general = standing_mandate(&app, 2);
    (general.basis.kind, general.basis.instrument) = (BasisKind::JudicialWarrant, Some(Instrument::SearchWarrant));
    let general = record(&app, general);
    assert_eq!(reason_of(&app, &ask_citing(&[general])), "basis_other_resident");
}

fn single_use(app: &TestApp, number: u128) -> String {
    let mut paper = warrant(app, number);
    paper.basis.max_uses = Some(1);
    record(app, paper)
}

#[test]
fn two_requests_of_one_batch_cannot_both_use_a_single_use_warrant() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let ask = ask_citing(&[single_use(&app, 1)]);
        let reply = app.post("/api/v1/decisions/batch", &json!({ "decisions": [ask, ask] }));
        assert_eq!(reply.status, 200, "{reply:?}");
        let decisions = reply.json()["decisions"].clone();
        assert_eq!(decisions[0]["outcome"], "released");
        assert_eq!(decisions[0]["obligations"], json!(["return_to_court"]));
        assert_eq!(decisions[1]["outcome"], "denied");
        assert_eq!(decisions[1]["fields"][0]["reason"], "basis_used_up");
        assert_eq!(reason_of(&app, &ask), "basis_used_up");
    });
}

#[test]
fn one_decision_is_one_use_however_many_fields_it_releases() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let mut ask = ask_citing(&[single_use(&app, 1)]);
        ask["fields"] = json!(["service_address", "premise.latitude", "premise.longitude"]);
        assert_eq!(app.decide(&ask).json()["outcome"], "released");
        assert_eq!(app.decide(&ask).json()["outcome"], "denied");
    });
}

#[test]
fn a_single_use_warrant_is_not_used_by_a_request_that_it_does_not_open() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let basis = single_use(&app, 1);
    let mut other = ask_citing(std::slice::from_ref(&basis));
    other["fields"] = json!(["employer_name", "account_no"]);
    assert_eq!(app.decide(&other).json()["outcome"], "partial");
    assert_eq!(reason_of(&app, &ask_citing(&[basis])), "legal_basis");
}

#[test]
fn sixteen_at_once_race_for_a_single_use_warrant_and_one_wins() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let ask = ask_citing(&[single_use(&app, 1)]);
        let start = Barrier::new(16);
        let outcomes: Vec<String> = std::thread::scope(|scope| {
            let ask_once = || {
                start.wait();
                reason_of(&app, &ask)
            };
            let threads: Vec<_> = (0..16).map(|_| scope.spawn(ask_once)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        let released = outcomes.iter().filter(|reason| *reason == "legal_basis").count();
        let used_up = outcomes.iter().filter(|reason| *reason == "basis_used_up").count();
        assert_eq!((released, used_up), (1, 15), "{outcomes:?}");
        assert_eq!(count(&app, "decision"), 16);
    });
}

#[test]
fn a_basis_that_is_revoked_is_not_used_by_the_next_request() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let ask = ask_citing(&[record(&app, warrant(&app, 1))]);
        assert_eq!(reason_of(&app, &ask), "legal_basis");
        revoke(database);
        assert_eq!(reason_of(&app, &ask), "basis_revoked");
    });
}

/// Past the people: how they withdraw one is tested where they do.
pub fn revoke(database: &TestDatabase) {
    database.tamper("UPDATE legal_basis SET status = 'revoked', ended_at = 1").unwrap();
}

#[test]
fn more_bases_than_one_query_holds_can_be_cited_in_one_commit() {
    let limits = [("ZAGUAN__LIMITS__LEGAL_BASES", "40"), ("ZAGUAN__SERVER__BATCH_BODY_LIMIT_BYTES", "8388608")];
    on_every_database(|database| {
        let app = TestApp::start_with(database, &limits, std::sync::Arc::new(zaguan::ledger::NoProbe));
        let sound = record(&app, warrant(&app, 1));
        let cited = |item: u128| -> Vec<String> {
            let others = (0..39).map(|number| Uuid::from_u128(1_000 + item * 39 + number).to_string());
            others.chain([sound.clone()]).collect()
        };
        let asks: Vec<Value> = (0..1000).map(|item| ask_citing(&cited(item))).collect();
        let reply = app.post("/api/v1/decisions/batch", &json!({ "decisions": asks }));
        assert_eq!(reply.status, 200, "{:.400}", reply.body);
        let decisions = reply.json()["decisions"].as_array().unwrap().clone();
        assert!(decisions.iter().all(|decision| decision["outcome"] == "released"));
    });
}
