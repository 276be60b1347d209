//! The catalogue in people's hands: proposed by one, settled by another, in force from the next decision on.

use std::thread;

use chrono::TimeDelta;
use serde_json::{Value, json};
use zaguan::domain::field::StoreCatalog;
use zaguan::domain::staff::Role;

use super::staff::start;
use super::{assert_problem, count, last_record};
use crate::support::app::{Reply, ask};
use crate::support::{TestApp, TestDatabase, on_every_database};

const BILLING: &str = "/api/v1/catalog/utility-billing";

/// The reason of the field `visa_no` in a decision.
fn reason_of_visa_no(app: &TestApp) -> String {
    let mut ask = ask();
    ask["fields"] = json!(["visa_no"]);
    app.decide(&ask).json()["fields"][0]["reason"].as_str().unwrap().to_owned()
}

fn propose(app: &TestApp, steward: &str, field: &str, class: &str) -> Reply {
    let reason = "Counted by hand in the records room.";
    let body = json!({ "store": "utility-billing", "field": field, "class": class, "reason": reason });
    app.as_staff(steward).post("/api/v1/class-proposals", &body)
}

fn proposed(app: &TestApp, steward: &str, field: &str, class: &str) -> String {
    let reply = propose(app, steward, field, class);
    assert_eq!(reply.status, 201, "{reply:?}");
    format!("/api/v1/class-proposals/{}", reply.json()["id"].as_str().unwrap())
}

fn sha256(app: &TestApp, reader: &str) -> Value {
    app.as_staff(reader).get(BILLING).json()["sha256"].clone()
}

fn approve(app: &TestApp, by: &str, proposal: &str) -> Reply {
    let seen = app.as_staff(by).get(proposal).json()["catalog_sha256"].clone();
    app.as_staff(by).post(&format!("{proposal}/approval"), &json!({ "catalog_sha256": seen }))
}

#[test]
fn a_class_is_in_force_when_another_person_has_approved_it_and_not_before() {
    on_every_database(|database| {
        let app = start(database);
        let (steward, counsel) = (app.enrol(Role::Steward), app.staff(Role::Counsel));
        let token = steward.sign_in(&app.app);
        assert_eq!(reason_of_visa_no(&app), "unclassified_field");
        let unknown = app.as_staff(&token).get("/api/v1/unknown-fields").json();
        assert_eq!(unknown["unknown_fields"][0]["field"], "visa_no");
        assert_eq!(unknown["unknown_fields"][0]["asked"], 1);
        let proposal = proposed(&app, &token, "VISA_NO", "immigration_status");
        let entry = last_record(&app);
        assert_eq!((&entry["kind"], &entry["actor"]), (&json!("class_proposed"), &json!(steward.username)));
        let about = &entry["about"];
        assert_eq!((&about["field"], &about["class"]), (&json!("visa_no"), &json!("immigration_status")));
        assert_eq!((&about["replaced_class"], &about["shift"]), (&json!("unclassified"), &json!("first")));
        assert!(!entry.to_string().contains("records room"), "a reason's text does not stand in the log");
        assert_eq!(reason_of_visa_no(&app), "unclassified_field");
        assert_problem(&approve(&app, &token, &proposal), 409, "same-person");
        assert_eq!(last_record(&app)["kind"], "change_refused");
        assert_eq!(reason_of_visa_no(&app), "unclassified_field");
        assert_eq!(approve(&app, &counsel, &proposal).status, 204);
        let entry = last_record(&app);
        assert_eq!(entry["kind"], "class_approved");
        assert_eq!(entry["about"]["sha256"], sha256(&app, &counsel));
        assert_eq!(reason_of_visa_no(&app), "no_legal_basis", "judged by its class from now on");
        assert_eq!(app.as_staff(&token).get("/api/v1/unknown-fields").json()["unknown_fields"], json!([]));
        let shown = app.as_staff(&token).get(&proposal).json();
        assert_eq!((&shown["status"], &shown["is_new"]), (&json!("approved"), &json!(true)));
        assert_problem(&approve(&app, &counsel, &proposal), 409, "conflict");
    });
}

#[test]
fn a_proposal_that_was_declined_or_taken_back_changes_nothing() {
    on_every_database(|database| {
        let app = start(database);
        let (steward, counsel) = (app.staff(Role::Steward), app.staff(Role::Counsel));
        let (before, other) = (sha256(&app, &steward), app.staff(Role::Steward));
        let proposal = proposed(&app, &steward, "visa_no", "unprotected");
        let decline =
            |reason: &str| app.as_staff(&counsel).post(&format!("{proposal}/declining"), &json!({ "reason": reason }));
        assert_problem(&decline("no"), 400, "invalid-request");
        assert_eq!(decline("A visa number tells a status.").status, 204);
        assert_eq!(last_record(&app)["kind"], "class_declined");
        let proposal = proposed(&app, &steward, "visa_no", "unprotected");
        let withdraw = |token: &str| app.as_staff(token).send("POST", &format!("{proposal}/withdrawal"), None);
        assert_problem(&withdraw(&other), 409, "conflict");
        assert_eq!(withdraw(&steward).status, 204);
        assert_eq!(last_record(&app)["kind"], "class_withdrawn");
        assert_eq!(sha256(&app, &steward), before);
        assert_eq!(reason_of_visa_no(&app), "unclassified_field");
        assert_eq!(count(&app, "class_approved"), 0);
    });
}

#[test]
fn what_lowers_protection_says_so_and_names_what_changes_with_it() {
    let database = TestDatabase::sqlite();
    let app = start(&database);
    let (steward, counsel) = (app.staff(Role::Steward), app.staff(Role::Counsel));
    let proposal = proposed(&app, &steward, "service_address", "unprotected");
    let shown = app.as_staff(&counsel).get(&proposal).json();
    assert_eq!((&shown["shift"], &shown["is_withheld_after"]), (&json!("lowers"), &json!(false)));
    let also = shown["changes_also"].as_array().unwrap();
    assert!(also.iter().any(|change| change["field"] == "serv_addr_1" && change["class"] == "unprotected"), "{also:?}");
    assert_eq!(last_record(&app)["about"]["shift"], "lowers");
}

#[test]
fn an_approval_of_a_catalogue_that_was_not_seen_changes_nothing() {
    on_every_database(|database| {
        let app = start(database);
        let (steward, counsel) = (app.staff(Role::Steward), app.staff(Role::Counsel));
        let first = proposed(&app, &steward, "visa_no", "immigration_status");
        let second = proposed(&app, &steward, "employer_phone", "employment");
        let seen = app.as_staff(&counsel).get(&first).json()["catalog_sha256"].clone();
        assert_eq!(approve(&app, &counsel, &second).status, 204);
        let late = app.as_staff(&counsel).post(&format!("{first}/approval"), &json!({ "catalog_sha256": seen }));
        assert_problem(&late, 409, "conflict");
        assert_eq!(last_record(&app)["about"]["change"], "class_approved");
        assert_eq!(reason_of_visa_no(&app), "unclassified_field");
        assert_eq!(approve(&app, &counsel, &first).status, 204, "looked at again, it can be approved");
    });
}

#[test]
fn a_proposal_is_outdated_when_the_class_it_would_replace_is_no_longer_in_force() {
    let database = TestDatabase::sqlite();
    let app = start(&database);
    let (steward, counsel) = (app.staff(Role::Steward), app.staff(Role::Counsel));
    let proposal = proposed(&app, &steward, "account_no", "contact");
    let text = include_str!("../../../config/catalog/utility-billing.toml");
    let text = text.replacen("class = \"unprotected\"", "class = \"employment\"", 1);
    app.app.import_catalog("operator", StoreCatalog::parse(&text).unwrap()).unwrap();
    assert_eq!(app.as_staff(&counsel).get(&proposal).json()["changes_also"], Value::Null);
    assert_problem(&approve(&app, &counsel, &proposal), 409, "conflict");
    let rows = app.as_staff(&counsel).get(BILLING).json();
    assert_eq!(rows["fields"][0]["class"], "employment");
}

#[test]
fn of_two_who_approve_at_once_one_does() {
    on_every_database(|database| {
        let app = &start(database);
        let (steward, one, two) = (app.staff(Role::Steward), app.staff(Role::Counsel), app.staff(Role::Steward));
        let proposal = &proposed(app, &steward, "visa_no", "immigration_status");
        let mut statuses = thread::scope(|scope| {
            let calls = [&one, &two].map(|token| scope.spawn(move || approve(app, token, proposal).status));
            calls.map(|call| call.join().unwrap())
        });
        statuses.sort_unstable();
        assert_eq!(statuses, [204, 409]);
        assert_eq!(count(app, "class_approved"), 1);
    });
}

#[test]
fn one_question_about_a_field_is_open_at_a_time_and_what_says_nothing_is_not_proposed() {
    on_every_database(|database| {
        let app = start(database);
        let steward = app.staff(Role::Steward);
        let tried = |field: &str, class: &str| propose(&app, &steward, field, class);
        assert_eq!(tried("visa_no", "immigration_status").status, 201);
        assert_problem(&tried("Visa_No", "employment"), 409, "conflict");
        assert_problem(&tried("service_address", "home_address"), 409, "conflict");
        assert_problem(&tried("anything.*", "employment"), 400, "invalid-request");
        assert_problem(&tried("", "employment"), 400, "invalid-request");
        assert_problem(&tried("mailing_address", "unprotected"), 409, "conflict");
        assert_problem(&tried("visa", "secret"), 400, "invalid-request");
        let body = json!({ "store": "nowhere", "field": "x", "class": "contact", "reason": "Long enough to be one." });
        assert_problem(&app.as_staff(&steward).post("/api/v1/class-proposals", &body), 400, "invalid-request");
        assert_eq!(database.count("class_proposal"), 1);
    });
}

#[test]
fn the_table_itself_takes_no_settlement_by_whoever_proposed() {
    on_every_database(|database| {
        let app = start(database);
        let steward = app.enrol(Role::Steward);
        proposed(&app, &steward.sign_in(&app.app), "visa_no", "immigration_status");
        let set = |status: &str, by: &str| {
            database.tamper(&format!(
                "UPDATE class_proposal SET status = '{status}', settled_by = '{by}', settled_at = 1, settled_reason = 'x'"
            ))
        };
        assert!(set("approved", &steward.username).is_err());
        assert!(set("declined", &steward.username).is_err());
        assert!(set("withdrawn", "somebody.else").is_err());
        assert!(set("approved", "somebody.else").is_ok());
    });
}

#[test]
fn lists_go_on_where_the_last_page_ended() {
    on_every_database(|database| {
        let app = start(database);
        let steward = app.staff(Role::Steward);
        let mut ask = ask();
        ask["fields"] = json!(["one_x", "two_x", "three_x"]);
        app.decide(&ask);
        ask["fields"] = json!(["two_x"]);
        app.decide(&ask);
        let mut seen = Vec::new();
        let mut path = "/api/v1/unknown-fields?limit=1".to_owned();
        loop {
            let page = app.as_staff(&steward).get(&path).json();
            seen.push(page["unknown_fields"][0]["field"].as_str().unwrap().to_owned());
            let Some(next) = page["next"].as_str() else { break };
            path = format!("/api/v1/unknown-fields?limit=1&cursor={next}");
        }
        assert_eq!(seen, ["two_x", "one_x", "three_x"], "the most asked first, then by name");
        let ids: Vec<String> = ["one_x", "two_x", "three_x"]
            .map(|field| {
                app.clock.advance(TimeDelta::seconds(1));
                proposed(&app, &steward, field, "contact")
            })
            .into();
        let first = app.as_staff(&steward).get("/api/v1/class-proposals?limit=2").json();
        let next = first["next"].as_str().unwrap();
        let second = app.as_staff(&steward).get(&format!("/api/v1/class-proposals?limit=2&cursor={next}")).json();
        let of = |page: &Value, at: usize| {
            format!("/api/v1/class-proposals/{}", page["class_proposals"][at]["id"].as_str().unwrap())
        };
        assert_eq!([of(&first, 0), of(&first, 1), of(&second, 0)], [ids[2].clone(), ids[1].clone(), ids[0].clone()]);
        assert_eq!(second["next"], Value::Null);
        let none = app.as_staff(&steward).get("/api/v1/class-proposals?status=declined").json();
        assert_eq!(none["class_proposals"], json!([]));
    });
}
