//! The page of a basis: what it waits for, who may do what, and what it opened.

use chrono::TimeDelta;
use serde_json::json;
use zaguan::domain::staff::Role;

use super::{records, registered};
use crate::api::count;
use crate::api::legal_bases::{Hall, verified, warrant};
use crate::domain::document::Pdf;
use crate::support::{TestApp, TestDatabase, on_every_database};

#[test]
fn the_page_says_what_is_missing_and_who_must_do_what() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let basis = registered(&app);
        let desk = app.desk(Role::Records);
        let page = desk.get(&basis).body;
        let registrar = records(&app, "legal_basis_registered")[0]["actor"].as_str().unwrap().to_owned();
        assert!(page.contains("The scan is missing"), "{page}");
        assert!(page.contains(&format!("somebody other than {registrar}")), "{page}");
        assert!(page.contains("Nothing was released on the strength of it."));
        assert_eq!(desk.upload(&format!("{basis}/document"), &[], "file", &Pdf::of(2).bytes()).status, 303);
        let page = desk.get(&basis).body;
        assert!(!page.contains("The scan is missing") && page.contains("2 pages"), "{page}");
        assert_eq!(count(&app, "legal_basis_read"), 2, "each reading is an entry");
    });
}

#[test]
fn only_what_a_role_may_do_is_offered() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let basis = registered(&app);
    let offers = |role: Role| {
        let page = app.desk(role).get(&basis).body;
        [
            page.contains(&format!("href=\"{basis}/verification\"")),
            page.contains(&format!("href=\"{basis}/revocation\"")),
            page.contains("/console/legal-bases/new?supersedes="),
            page.contains("type=\"file\""),
        ]
    };
    assert_eq!(offers(Role::Records), [false, false, true, true]);
    assert_eq!(offers(Role::Counsel), [true, true, false, false]);
    assert_eq!(offers(Role::Auditor), [false; 4]);
}

#[test]
fn a_correction_takes_the_place_of_the_old_one() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let old = registered(&app);
        let id = old.rsplit('/').next().unwrap();
        let desk = app.desk(Role::Records);
        let begun = desk.post("/console/legal-bases/new", &[("paper", "search_warrant"), ("supersedes", id)]);
        let draft = begun.header("location").unwrap().trim_end_matches("/court").to_owned();
        desk.post(&format!("{draft}/court"), &super::COURT);
        desk.post(&format!("{draft}/scope"), &super::SCOPE);
        let new = super::register(&desk, &draft);
        assert_eq!(new.status, 303, "{new:?}");
        let page = desk.get(&old).body;
        assert!(page.contains(&format!("href=\"{}\"", new.header("location").unwrap())), "{page}");
        assert!(page.contains("replaced by another"), "{page}");
    });
}

#[test]
fn the_decisions_that_rest_on_a_basis_stand_on_its_page_and_name_nobody() {
    on_every_database(|database| {
        let hall = Hall::open(database);
        let basis = hall.verified(&warrant());
        let ask = crate::api::legal_bases::ask_citing(&[&basis]);
        let first = hall.app.decide(&ask).json();
        assert_ne!(first["outcome"], "denied", "{first}");
        // Cited, and of no use to somebody who asks for something else.
        let mut other = ask.clone();
        other["resident"] = json!("ACCT-0000002");
        hall.app.decide(&other);
        let desk = hall.app.desk(Role::Records);
        let page = desk.get(&format!("/console/legal-bases/{basis}")).body;
        let table = page.split("Decisions in which it opened something").nth(1).unwrap_or_default();
        assert_eq!(table.matches("<th scope=\"row\">").count(), 1, "{table}");
        assert!(!table.contains("ACCT-"), "{table}");
        assert_eq!(database.count("legal_basis_use"), 1);
        let _ = verified();
        hall.app.clock.advance(TimeDelta::seconds(1));
    });
}

#[test]
fn no_page_of_a_basis_is_shown_to_who_may_not_see_it() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let basis = registered(&app);
    for role in [Role::Council, Role::Admin, Role::Editor] {
        assert_eq!(app.desk(role).get(&basis).status, 403, "{role}");
    }
    assert_eq!(app.desk(Role::Records).get("/console/legal-bases/x").status, 404);
}
