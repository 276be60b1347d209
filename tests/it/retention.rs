//! Erasure by rule: what is due goes, what is held or in force stays, and the log still verifies.

use chrono::TimeDelta;
use serde_json::Value;
use zaguan::app::assemble::anchor;
use zaguan::app::audit::verify;
use zaguan::app::authority::Authority;
use zaguan::app::retention::Due;
use zaguan::domain::legal_basis::Status;
use zaguan::domain::retention::{HoldScope, RetentionKind};
use zaguan::domain::staff::Role;
use zaguan::domain::{LegalBasisId, ResidentId};
use zaguan::storage::audit::first_entry_since;

use crate::api::bases::{RESIDENT, ask_citing, record, warrant};
use crate::api::documents::put;
use crate::api::{count, entries};
use crate::domain::document::Pdf;
use crate::support::app::{ask, settings};
use crate::support::{TestApp, TestDatabase, on_every_database, whole};

const YEAR: TimeDelta = TimeDelta::days(365);

fn of(kinds: &[Due], kind: RetentionKind) -> (u64, u64) {
    let due = kinds.iter().find(|due| due.kind == kind).unwrap();
    (due.count, due.held)
}

fn run(app: &TestApp, kind: RetentionKind) -> (u64, u64) {
    of(&app.app.run_retention("operator").unwrap(), kind)
}

fn preview(app: &TestApp, kind: RetentionKind) -> (u64, u64) {
    of(&app.app.preview_retention().unwrap(), kind)
}

/// The log is sound, and the entries about erasure name nobody.
fn demand_sound(app: &TestApp, database: &TestDatabase) {
    let settings = settings(database, &[]);
    let (origin, anchor) = (&settings.audit.origin, anchor(&settings));
    let verified = verify(app.app.store(), &whole(app.app.verifiers(), origin, &anchor), |_, _| {});
    verified.unwrap_or_else(|error| panic!("{error}"));
    let erased = entries(app).into_iter().filter(|entry| entry.kind == "erased");
    for entry in erased {
        let record: Value = serde_json::from_slice(&entry.record).unwrap();
        let members: Vec<&String> = record["about"].as_object().unwrap().keys().collect();
        assert!(members.iter().all(|name| ["count", "ended_before", "kind", "legal_basis"].contains(&name.as_str())));
        assert!(!record.to_string().contains(RESIDENT));
    }
}

/// Time passes; whoever asks has a new token then.
fn pass(app: &mut TestApp, by: TimeDelta) {
    app.clock.advance(by);
    app.app.certify_client(&Authority::operator(), "billing".parse().unwrap()).unwrap();
    app.token = app.new_token();
}

#[test]
fn links_to_residents_go_when_their_time_has_come_and_the_log_still_verifies() {
    on_every_database(|database| {
        let mut app = TestApp::start(database);
        for _ in 0..3 {
            assert_eq!(app.decide(&ask()).status, 200);
        }
        pass(&mut app, YEAR * 3);
        assert_eq!(preview(&app, RetentionKind::DecisionResidents), (0, 0), "three years to the day");
        assert_eq!(app.decide(&ask()).status, 200);
        pass(&mut app, TimeDelta::seconds(1));
        assert_eq!(preview(&app, RetentionKind::DecisionResidents), (3, 0));
        assert_eq!(database.count("audit_resident"), 4, "a preview changes nothing");
        assert_eq!(run(&app, RetentionKind::DecisionResidents), (3, 0));
        assert_eq!(database.count("audit_resident"), 1, "the newest stays");
        assert_eq!(count(&app, "erased"), 1);
        assert_eq!(run(&app, RetentionKind::DecisionResidents), (0, 0));
        assert_eq!(count(&app, "erased"), 1, "nothing was erased, so there is no entry");
        demand_sound(&app, database);
    });
}

#[test]
fn the_first_entry_since_an_instant_is_found_by_halving_as_by_looking() {
    on_every_database(|database| {
        let mut app = TestApp::start(database);
        for _ in 0..11 {
            assert_eq!(app.decide(&ask()).status, 200);
            pass(&mut app, TimeDelta::seconds(1));
        }
        let log = entries(&app);
        let instants = log.iter().map(|entry| entry.at);
        for at in instants.flat_map(|at| [at - 1, at, at + 1]) {
            let looked = log.iter().filter(|entry| entry.at < at).count();
            let instant = chrono::DateTime::from_timestamp_micros(at).unwrap();
            let found = app.app.store().read(|conn| first_entry_since(conn, instant)).unwrap();
            assert_eq!(found, i64::try_from(looked).unwrap());
        }
    });
}

#[test]
fn more_links_than_one_slice_takes_go_slice_by_slice() {
    on_every_database(|database| {
        let mut app = TestApp::start(database);
        let many: Vec<Value> = (0..300).map(|_| ask()).collect();
        for _ in 0..4 {
            let batch = serde_json::json!({ "decisions": many });
            assert_eq!(app.post("/api/v1/decisions/batch", &batch).status, 200);
        }
        pass(&mut app, YEAR * 4);
        assert_eq!(run(&app, RetentionKind::DecisionResidents), (1200, 0));
        assert_eq!((database.count("audit_resident"), count(&app, "erased")), (0, 3));
        demand_sound(&app, database);
    });
}

#[test]
fn a_hold_placed_between_preview_and_run_stops_it() {
    on_every_database(|database| {
        let mut app = TestApp::start(database);
        assert_eq!(app.decide(&ask()).status, 200);
        pass(&mut app, YEAR * 4);
        assert_eq!(preview(&app, RetentionKind::DecisionResidents), (1, 0));
        let hold = |scope| app.app.place_hold("operator", scope, "a fictional lawsuit").unwrap();
        let scopes = [HoldScope::Everything, HoldScope::Store("utility-billing".parse().unwrap())];
        for scope in scopes {
            let id = hold(scope);
            assert_eq!(run(&app, RetentionKind::DecisionResidents), (0, 1));
            assert_eq!(preview(&app, RetentionKind::DecisionResidents), (0, 1));
            app.app.release_hold("operator", id).unwrap();
        }
        hold(HoldScope::Store("library".parse().unwrap()));
        assert_eq!(run(&app, RetentionKind::DecisionResidents), (1, 0), "another store's hold");
        assert_eq!((count(&app, "hold_placed"), count(&app, "hold_released")), (3, 2));
        assert!(entries(&app).iter().all(|entry| !String::from_utf8_lossy(&entry.record).contains("lawsuit")));
        demand_sound(&app, database);
    });
}

#[test]
fn a_hold_on_a_basis_keeps_the_decisions_that_cite_it() {
    on_every_database(|database| {
        let mut app = TestApp::start(database);
        let cited = record(&app, warrant(&app, 1));
        let other = record(&app, warrant(&app, 2));
        for bases in [vec![cited.clone()], vec![other.clone()], vec![other, cited.clone()], vec![]] {
            assert_eq!(app.decide(&ask_citing(&bases)).status, 200);
        }
        app.app.place_hold("operator", HoldScope::Basis(cited.parse().unwrap()), "x").unwrap();
        pass(&mut app, YEAR * 4);
        assert_eq!(preview(&app, RetentionKind::DecisionResidents), (2, 2));
        assert_eq!(run(&app, RetentionKind::DecisionResidents), (2, 2));
        assert_eq!(database.count("audit_resident"), 2);
    });
}

#[test]
fn a_basis_that_is_over_loses_its_residents_and_its_paper() {
    on_every_database(|database| {
        let mut app = TestApp::start(database);
        let (basis, at) = with_paper(&app, &app.staff(Role::Records), 1);
        pass(&mut app, TimeDelta::days(10) + YEAR * 5);
        assert_eq!(run(&app, RetentionKind::Documents), (0, 0), "five years to the day");
        assert_eq!(database.count("legal_basis_resident"), 1);
        pass(&mut app, TimeDelta::seconds(1));
        let hold = app.app.place_hold("operator", HoldScope::Basis(basis), "x").unwrap();
        assert_eq!(run(&app, RetentionKind::Documents), (0, 1));
        app.app.release_hold("operator", hold).unwrap();
        let token = app.staff(Role::Records);
        assert_eq!(app.as_staff(&token).get(&at).status, 200, "it is still there");
        app.app.run_retention("operator").unwrap();
        assert_eq!(database.count("legal_basis_resident") + database.count("legal_document_part"), 0);
        let gone = app.as_staff(&token).get(&at);
        assert_eq!(gone.status, 404);
        assert!(gone.json()["detail"].as_str().unwrap().contains("erased"), "{gone:?}");
        assert_eq!(database.count("legal_document"), 1, "that there was one stays known");
        assert_eq!(database.count("legal_basis_step WHERE kind = 'erased'"), 2);
        demand_sound(&app, database);
    });
}

/// A basis that waits for verification, with a paper: for ten days it might still be verified.
fn with_paper(app: &TestApp, token: &str, number: u128) -> (LegalBasisId, String) {
    let mut paper = warrant(app, number);
    paper.basis.status = Status::Registered;
    paper.verifier = None;
    let basis = record(app, paper);
    let at = format!("/api/v1/legal-bases/{basis}/document");
    assert_eq!(put(app, token, &at, &Pdf::of(1).bytes()).status, 201);
    (basis.parse().unwrap(), at)
}

#[test]
fn a_basis_in_force_or_unsettled_loses_nothing_however_old() {
    on_every_database(|database| {
        let mut app = TestApp::start(database);
        let mut in_force = warrant(&app, 1);
        in_force.basis.valid_until = None;
        record(&app, in_force);
        let unsettled = record(&app, warrant(&app, 2));
        let owed = record(&app, warrant(&app, 3));
        let violation = format!(
            "INSERT INTO violation (id, basis, opened_by, opened_at) VALUES ('0197a000-0000-7000-8000-000000000001', '{unsettled}', 'x', 1)"
        );
        database.tamper(&violation).unwrap();
        database.tamper(&format!("UPDATE legal_basis SET review_due_at = 1 WHERE id = '{owed}'")).unwrap();
        record(&app, warrant(&app, 4));
        pass(&mut app, YEAR * 50);
        assert_eq!(run(&app, RetentionKind::BasisResidents), (1, 0), "only the one that expired long ago");
        assert_eq!(database.count("legal_basis_resident"), 3);
        database.tamper("UPDATE violation SET closed_by = 'y', closed_at = 2").unwrap();
        assert_eq!(run(&app, RetentionKind::BasisResidents), (1, 0));
    });
}

#[test]
fn ended_marks_sessions_and_links_go_and_what_goes_on_stays() {
    on_every_database(|database| {
        let mut app = TestApp::start(database);
        let store: zaguan::domain::StoreId = "utility-billing".parse().unwrap();
        let (gone, stays) = (ResidentId::new("ACCT-1").unwrap(), ResidentId::new("ACCT-2").unwrap());
        for resident in [&gone, &stays] {
            app.app.mark_confidential(&Authority::operator(), store.clone(), resident).unwrap();
        }
        app.app.end_confidential(&Authority::operator(), store.clone(), &gone).unwrap();
        let records = app.enrol(Role::Records);
        records.sign_in(&app.app);
        assert!(database.count("session") > 0 && database.count("one_time_link") > 0);
        pass(&mut app, YEAR * 2);
        let hold = app.app.place_hold("operator", HoldScope::Store(store), "x").unwrap();
        assert_eq!(run(&app, RetentionKind::ConfidentialEnded), (0, 1));
        assert_eq!(database.count("session") + database.count("one_time_link"), 0);
        app.app.release_hold("operator", hold).unwrap();
        assert_eq!(run(&app, RetentionKind::ConfidentialEnded), (1, 0));
        assert_eq!(database.count("confidential_resident"), 1);
        demand_sound(&app, database);
    });
}
