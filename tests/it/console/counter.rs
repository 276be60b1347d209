//! Requests at the counter: the same rules as for applications, recorded before they are shown, once for each form.

use serde_json::{Value, json};
use zaguan::domain::staff::Role;

use super::records::records;
use crate::api::legal_bases::{Hall, warrant};
use crate::api::{count, entries};
use crate::support::app::Reply;
use crate::support::{Browser, TestApp, TestDatabase, on_every_database};

const RESIDENT: &str = "ACCT-0048213";

/// What an agent asks for in `support::app::ask`.
const ASKED: [(&str, &str); 9] = [
    ("store", "utility-billing"),
    ("resident", RESIDENT),
    ("fields", "account_no"),
    ("fields", "service_address"),
    ("fields", "employer_name"),
    ("requester_kind", "federal_immigration"),
    ("agency", "ICE ERO El Paso"),
    ("name", "Officer A. Example"),
    ("purpose", "immigration_enforcement"),
];

fn ask(desk: &Browser<'_>, more: &[(&str, &str)]) -> Reply {
    let all: Vec<(&str, &str)> = ASKED.iter().chain(more).copied().collect();
    desk.post("/console/counter", &all)
}

fn with<'a>(name: &str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    let changed = ASKED.iter().filter(|(own, _)| *own != name).copied();
    let name: &'a str = ASKED.iter().find(|(own, _)| *own == name).map_or("", |(own, _)| *own);
    changed.chain([(name, value)]).collect()
}

/// Field by field: its name, effect and reason.
fn answers(decision: &Value) -> Vec<[String; 3]> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let fields = decision["fields"].as_array().unwrap().iter();
    fields.map(|field| [text(&field["field"]), text(&field["effect"]), text(&field["reason"])]).collect()
}

#[test]
fn the_counter_answers_as_the_api_would() {
    on_every_database(|database| {
        let hall = Hall::open(database);
        let basis = hall.verified(&warrant());
        let desk = hall.app.desk(Role::Records);
        for cited in [vec![], vec![basis.as_str()]] {
            let body = crate::api::legal_bases::ask_citing(&cited);
            let by_api = hall.app.decide(&body).json();
            let fields: Vec<&str> =
                body["fields"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
            let text = |pointer: &str| body.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
            let mut form = vec![
                ("store", text("/store")),
                ("resident", text("/resident")),
                ("requester_kind", text("/requester/kind")),
                ("agency", text("/requester/agency")),
                ("purpose", text("/purpose")),
            ];
            form.extend(fields.into_iter().map(|name| ("fields", name)));
            form.extend(cited.iter().map(|id| ("legal_bases", *id)));
            let reply = desk.post("/console/counter", &form);
            assert_eq!(reply.status, 303, "{reply:?}");
            let here = records(&hall.app, "decision").pop().unwrap();
            assert_eq!(answers(&here), answers(&by_api));
            assert_eq!(here["outcome"], by_api["outcome"]);
            assert_eq!(here["at_counter"], true, "the record says where it was asked");
        }
        let outcomes: Vec<Value> =
            records(&hall.app, "decision").iter().map(|record| record["outcome"].clone()).collect();
        assert!(outcomes[0] != outcomes[2], "{outcomes:?}");
        let auditor = hall.app.as_staff(hall.token(Role::Auditor));
        let found = auditor.post("/api/v1/decisions/search", &serde_json::json!({})).json();
        let found = found["decisions"].as_array().unwrap().iter();
        let at_counter: Vec<bool> = found.map(|decision| decision["at_counter"].as_bool().unwrap()).collect();
        assert_eq!(at_counter, [true, false, true, false], "newest first");
    });
}

#[test]
fn an_answer_is_shown_after_its_entry_with_reasons_and_what_to_do() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let member = app.enrol(Role::Records);
        let desk = Browser::new(&app, Some(&member.sign_in(&app.app)));
        let reply = ask(&desk, &[]);
        assert_eq!(reply.status, 303, "{reply:?}");
        let path = reply.header("location").unwrap().to_owned();
        assert!(!path.contains("ACCT"));
        let record = records(&app, "decision").pop().unwrap();
        assert_eq!(record["client"], member.username.as_str());
        let page = desk.get(&path).body;
        for shown in [
            "partly released",
            "no legal basis",
            "Officer A. Example",
            "ICE ERO El Paso",
            "do not answer about anyone",
            "8 U.S.C.",
        ] {
            let is_owed = shown != "8 U.S.C." || page.contains("1373");
            assert!(page.contains(shown) || !is_owed, "{shown}: {page}");
        }
        for language in ["en", "es"] {
            let letter = desk.get(&format!("{path}/letter?in={language}")).body;
            assert!(letter.contains(&format!("<article class=\"letter card\" lang=\"{language}\">")), "{letter}");
            assert!(letter.contains("Officer A. Example") && !letter.contains(RESIDENT), "{letter}");
            assert!(letter.contains("service address") && !letter.contains("service_address"), "{letter}");
        }
        assert!(!page.contains(RESIDENT), "the answer names nobody either");
        assert_eq!(count(&app, "decision_read"), 3, "each reading is an entry");
        let other = app.desk(Role::Records);
        assert_eq!(other.get(&path).status, 404, "another's request is not shown");
    });
}

#[test]
fn a_form_that_is_sent_twice_makes_one_decision() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let desk = app.desk(Role::Records);
        let token = desk.form_token();
        let first = desk.post_with("/console/counter", &token, &ASKED);
        let again = desk.post_with("/console/counter", &token, &ASKED);
        assert_eq!((first.status, again.status), (303, 303), "{again:?}");
        assert_eq!(first.header("location"), again.header("location"));
        assert_eq!(count(&app, "decision"), 1);
        assert_eq!(ask(&desk, &[]).status, 303);
        assert_eq!(count(&app, "decision"), 2, "a new form is a new request");
    });
}

#[test]
fn a_single_use_warrant_is_used_up_at_the_counter_too() {
    on_every_database(|database| {
        let hall = Hall::open(database);
        let mut form = warrant();
        form["single_use"] = json!(true);
        let basis = hall.verified(&form);
        let body = crate::api::legal_bases::ask_citing(&[&basis]);
        let desk = hall.app.desk(Role::Records);
        let text = |pointer: &str| body.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
        let mut sent = vec![
            ("store", text("/store")),
            ("resident", text("/resident")),
            ("requester_kind", text("/requester/kind")),
            ("agency", text("/requester/agency")),
            ("purpose", text("/purpose")),
            ("legal_bases", basis.as_str()),
        ];
        sent.extend(body["fields"].as_array().unwrap().iter().map(|name| ("fields", name.as_str().unwrap())));
        let outcome = || records(&hall.app, "decision").pop().unwrap()["fields"].clone();
        assert_eq!(desk.post("/console/counter", &sent).status, 303);
        assert!(outcome().to_string().contains("\"legal_basis\""), "{}", outcome());
        assert_eq!(database.count("legal_basis_use"), 1);
        assert_eq!(desk.post("/console/counter", &sent).status, 303);
        assert!(outcome().to_string().contains("basis_used_up"), "{}", outcome());
        assert_eq!(database.count("legal_basis_use"), 1);
    });
}

#[test]
fn a_resident_is_told_about_themselves_only_when_somebody_looked_who_they_are() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let desk = app.desk(Role::Records);
        let own: Vec<(&str, &str)> = with("requester_kind", "resident_self")
            .into_iter()
            .filter(|(name, _)| *name != "purpose")
            .chain([("purpose", "resident_request")])
            .collect();
        let reply = desk.post("/console/counter", &own);
        assert_eq!(reply.status, 422);
        assert!(reply.body.contains("href=\"#identity_checked\""), "{reply:?}");
        assert!(reply.body.contains(&format!("value=\"{RESIDENT}\"")), "what was typed is still there");
        assert_eq!(count(&app, "decision"), 0);
        let checked: Vec<(&str, &str)> = own.into_iter().chain([("identity_checked", "yes")]).collect();
        assert_eq!(desk.post("/console/counter", &checked).status, 303);
        assert_eq!(records(&app, "decision")[0]["outcome"], "released");
    });
}

#[test]
fn what_is_wrong_with_the_form_stands_at_its_field_in_both_languages() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let wrong = [("store", "utility-billing"), ("resident", ""), ("requester_kind", ""), ("other_fields", "a..b")];
    for (desk, said) in [
        (app.desk(Role::Records), "Please choose who is asking."),
        (app.desk(Role::Records).in_spanish(), "Elija quién pregunta."),
    ] {
        let reply = desk.post("/console/counter", &wrong);
        assert_eq!(reply.status, 422);
        assert!(reply.body.contains(said), "{reply:?}");
        for field in ["resident", "requester_kind", "other_fields"] {
            assert!(reply.body.contains(&format!("id=\"{field}-fault\"")), "{field}");
        }
    }
    assert_eq!(count(&app, "decision"), 0);
}

#[test]
fn a_store_that_is_not_catalogued_answers_nothing_and_leaves_an_entry() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let desk = app.desk(Role::Records);
        let reply = desk.post("/console/counter", &with("store", "no-such-store"));
        assert_eq!(reply.status, 404, "{reply:?}");
        assert_eq!(count(&app, "decision"), 0);
        let refused = records(&app, "change_refused").pop().unwrap();
        assert_eq!(
            (refused["about"]["change"].as_str(), refused["about"]["store"].as_str()),
            (Some("decision"), Some("no-such-store"))
        );
    });
}

#[test]
fn a_client_does_not_read_what_somebody_of_its_name_asked_at_the_counter() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let namesake = crate::support::staff::enrol(&app.app, "billing", &[Role::Records]);
        let desk = Browser::new(&app, Some(&namesake.sign_in(&app.app)));
        let path = ask(&desk, &[]).header("location").unwrap().to_owned();
        let id = path.rsplit('/').next().unwrap();
        assert_eq!(app.get(&format!("/api/v1/decisions/{id}")).status, 404);
        let own = app.decide(&crate::support::app::ask()).json();
        assert_eq!(app.get(&format!("/api/v1/decisions/{}", own["id"].as_str().unwrap())).status, 200);
    });
}

#[test]
fn no_entry_about_the_counter_holds_a_resident_or_free_text() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let desk = app.desk(Role::Records);
    assert_eq!(ask(&desk, &[("justification", "they were in a hurry"), ("reference", "EX-1")]).status, 303);
    for entry in entries(&app) {
        let record = String::from_utf8_lossy(&entry.record).into_owned();
        for hidden in [RESIDENT, "Example", "hurry", "EX-1"] {
            assert!(!record.contains(hidden), "{hidden} in {record}");
        }
    }
}
