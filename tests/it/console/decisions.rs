//! Decisions as auditors look for them, read them and take them away.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use chrono::TimeDelta;
use serde_json::{Value, json};
use zaguan::domain::decision::Reason;
use zaguan::domain::language::Language;
use zaguan::domain::staff::Role;
use zaguan::http::sent::FORM_TOKEN;
use zaguan::http::visitor::SESSION_COOKIE;

use crate::api::{count, entries, last_record};
use crate::support::app::{Reply, ask};
use crate::support::wait::eventually;
use crate::support::{Browser, TestApp, TestDatabase, on_every_database};

const RESIDENT: &str = "ACCT-0048213";
const SEARCH: &str = "/console/decisions";
const EXPORT: &str = "/console/decisions/export";

/// Two decisions that differ; their ids, oldest first.
fn two(app: &TestApp) -> [String; 2] {
    let mut court = ask();
    court["resident"] = json!("ACCT-0000001");
    court["requester"] = json!({ "kind": "court", "agency": "=cmd|' /C calc'!A0" });
    court["purpose"] = json!("court_proceeding");
    court["fields"] = json!(["service_address"]);
    court["legal_bases"] = json!(["0197aaaa-bbbb-7ccc-8ddd-eeeeffff0000"]);
    [ask(), court].map(|ask| {
        app.clock.advance(TimeDelta::minutes(1));
        app.decide(&ask).json()["id"].as_str().unwrap().to_owned()
    })
}

/// The ids of the decisions that a page leads to, in its order.
fn found(reply: &Reply) -> Vec<String> {
    assert_eq!(reply.status, 200, "{reply:?}");
    let links = reply.body.split("href=\"/console/decisions/").skip(1);
    let ids = links.filter_map(|rest| rest.split('"').next()).filter(|id| id.len() == 36);
    ids.map(str::to_owned).collect()
}

#[test]
fn each_filter_of_the_form_finds_what_it_names_and_gets_an_address_that_can_be_kept() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let [enforcement, court] = two(&app);
        let desk = app.desk(Role::Auditor);
        let rows: [(&str, &str, &[&String]); 12] = [
            ("outcome", "denied", &[&court]),
            ("requester_kind", "court", &[&court]),
            ("requester_kind", "federal_immigration", &[&enforcement]),
            ("agency", "ice ero EL PASO", &[&enforcement]),
            ("purpose", "court_proceeding", &[&court]),
            ("class", "employment", &[&enforcement]),
            ("reason", "basis_not_found", &[&court]),
            ("legal_basis", "0197aaaa-bbbb-7ccc-8ddd-eeeeffff0000", &[&court]),
            ("client", "billing", &[&court, &enforcement]),
            ("store", "library", &[]),
            // The tests' clock stands at the fourth of March in Las Cruces.
            ("from", "2031-03-05", &[]),
            ("until", "2031-03-04", &[&court, &enforcement]),
        ];
        for (name, value, expected) in rows {
            let sent = desk.post(SEARCH, &[(name, value)]);
            assert_eq!(sent.status, 303, "{sent:?}");
            let address = sent.header("location").unwrap();
            assert!(address.starts_with(&format!("/console/decisions?{name}=")), "{address}");
            let page = desk.get(address.split('#').next().unwrap());
            assert_eq!(found(&page).iter().collect::<Vec<_>>(), expected, "{name}={value}");
        }
        assert_eq!(found(&desk.submit(SEARCH, &[])), [court, enforcement], "no filter finds all");
        assert_eq!(count(&app, "decisions_searched"), 13);
        desk.get(SEARCH);
        assert_eq!(count(&app, "decisions_searched"), 13, "the empty form searches nothing");
    });
}

#[test]
fn a_resident_is_looked_for_without_standing_in_an_address_or_in_the_log() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let [enforcement, _] = two(&app);
        let desk = app.desk(Role::Security);
        let page = desk.post(SEARCH, &[("store", "utility-billing"), ("resident", RESIDENT)]);
        assert_eq!(found(&page), [enforcement]);
        assert!(page.header("location").is_none());
        let addresses = page.body.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
        assert!(addresses.into_iter().all(|address| !address.contains(RESIDENT)), "{page:?}");
        let entry = last_record(&app);
        assert_eq!(entry["about"], json!({ "resident_in": "utility-billing", "store": "utility-billing" }));
        assert!(entries(&app).iter().all(|row| !String::from_utf8_lossy(&row.record).contains(RESIDENT)));
        // In an address it is refused, and nothing is looked for.
        assert_eq!(desk.get(&format!("{SEARCH}?store=library&resident={RESIDENT}")).status, 400);
        assert_eq!(count(&app, "decisions_searched"), 1);
    });
}

#[test]
fn a_form_that_cannot_be_meant_comes_back_with_what_was_chosen() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let desk = app.desk(Role::Auditor);
    for (values, faulty) in [
        (vec![("resident", RESIDENT)], "store"),
        (vec![("store", "utility-billing"), ("resident", "\u{7}")], "resident"),
        (vec![("store", "utility-billing"), ("resident", "X"), ("from", "soon")], "from"),
        (
            vec![("store", "utility-billing"), ("resident", "X"), ("from", "2031-03-04"), ("until", "2031-03-03")],
            "until",
        ),
        (vec![("store", "utility-billing"), ("resident", "X"), ("class", "shoes")], "class"),
    ] {
        let reply = desk.post(SEARCH, &values);
        assert_eq!(reply.status, 422, "{faulty}: {reply:?}");
        assert!(reply.body.contains(&format!("href=\"#{faulty}\"")), "{faulty}: {reply:?}");
        assert!(reply.body.contains(&format!("id=\"{faulty}-fault\"")), "{faulty}: {reply:?}");
    }
    assert_eq!(desk.get(&format!("{SEARCH}?legal_basis=x")).status, 422);
    assert_eq!(count(&app, "decisions_searched"), 0, "nothing was looked for");
}

#[test]
fn older_pages_follow_each_other_with_and_without_a_resident() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let made = app.post("/api/v1/decisions/batch", &json!({ "decisions": vec![ask(); 60] }));
    assert_eq!(made.status, 200);
    let desk = app.desk(Role::Auditor);
    let mut walked = Vec::new();
    let mut page = desk.open(&format!("{SEARCH}?store=utility-billing"));
    loop {
        walked.extend(found(&page));
        let links = page.body.split("href=\"").filter_map(|rest| rest.split('"').next());
        let Some(older) = links.into_iter().find(|link| link.contains("before=")) else { break };
        page = desk.get(&older.replace("&amp;", "&").replace("#found", ""));
    }
    assert_eq!(walked.len(), 60);
    let hidden = |page: &Reply| {
        let (_, rest) = page.body.split_once("name=\"before\" value=\"")?;
        rest.split('"').next().map(str::to_owned)
    };
    let (mut about, mut before) = (Vec::new(), Some(String::new()));
    while let Some(from) = before {
        let page = desk.post(SEARCH, &[("store", "utility-billing"), ("resident", RESIDENT), ("before", &from)]);
        about.extend(found(&page));
        before = hidden(&page);
    }
    assert_eq!(about, walked);
}

#[test]
fn a_decision_is_explained_and_proven_and_its_receipt_is_a_file() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let [enforcement, court] = two(&app);
        let desk = app.desk(Role::Auditor);
        let page = desk.get(&format!("{SEARCH}/{enforcement}"));
        assert_eq!(page.status, 200, "{page:?}");
        assert!(page.body.contains("data-proven=\"true\""), "{page:?}");
        // Three fields, each with seven rules, of which one gave the answer.
        assert_eq!(page.body.matches("<ol class=\"rules\">").count(), 3);
        assert_eq!(page.body.matches("aria-current=\"step\"").count(), 3);
        assert!(page.body.contains(Reason::NoLegalBasis.sentence(Language::English)), "{page:?}");
        assert!(!page.body.contains(RESIDENT), "{page:?}");
        assert_eq!(last_record(&app)["about"], json!({ "decision": enforcement }));
        let page = desk.get(&format!("{SEARCH}/{court}"));
        // The check that failed is the first: the basis is not registered.
        assert_eq!(page.body.matches("<ol class=\"checks\">").count(), 1);
        let receipt = desk.get(&format!("{SEARCH}/{court}/receipt"));
        assert!(receipt.body.starts_with("c2sp.org/tlog-proof@v1\n"), "{receipt:?}");
        assert!(receipt.header("content-disposition").unwrap().starts_with("attachment"));
        assert_eq!(desk.get(&format!("{SEARCH}/0197aaaa-bbbb-7ccc-8ddd-eeeeffff9999")).status, 404);
    });
}

#[test]
fn a_decision_of_which_a_byte_was_changed_is_shown_as_not_proven() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let [enforcement, _] = two(&app);
        let (off, replace) = if database.is_postgres() {
            (
                "ALTER TABLE audit_entry DISABLE TRIGGER USER",
                "convert_to(replace(convert_from(record, 'UTF8'), 'ICE ERO El Paso', 'ICE ERO El Pasa'), 'UTF8')",
            )
        } else {
            (
                "DROP TRIGGER audit_entry_no_update",
                "CAST(replace(CAST(record AS TEXT), 'ICE ERO El Paso', 'ICE ERO El Pasa') AS BLOB)",
            )
        };
        database
            .tamper(&format!("{off}; UPDATE audit_entry SET record = {replace} WHERE id = '{enforcement}'"))
            .unwrap();
        let desk = app.desk(Role::Auditor);
        let page = desk.get(&format!("{SEARCH}/{enforcement}"));
        assert!(page.body.contains("data-proven=\"false\""), "{page:?}");
        assert!(page.body.contains("El Pasa"), "{page:?}");
        assert_eq!(desk.get(&format!("{SEARCH}/{enforcement}/receipt")).status, 500);
    });
}

fn exported(desk: &Browser<'_>, values: &[(&str, &str)]) -> Reply {
    let reply = desk.post(EXPORT, values);
    assert_eq!(reply.status, 200, "{reply:?}");
    assert!(reply.header("content-disposition").unwrap().starts_with("attachment; filename=\"decisions-"));
    reply
}

#[test]
fn a_file_holds_what_the_pages_show_and_nothing_that_a_spreadsheet_carries_out() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let [enforcement, court] = two(&app);
        let desk = app.desk(Role::Auditor);
        let csv = exported(&desk, &[("format", "csv")]);
        let mut reader = csv::Reader::from_reader(csv.body.as_bytes());
        let heads = reader.headers().unwrap().clone();
        let column = |name: &str| heads.iter().position(|head| head == name).unwrap();
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        let ids: Vec<&str> = rows.iter().map(|row| &row[column("id")]).collect();
        assert_eq!(ids, [&court, &enforcement, &enforcement, &enforcement]);
        let fields: Vec<&str> = rows.iter().map(|row| &row[column("field")]).collect();
        assert_eq!(fields, ["service_address", "account_no", "service_address", "employer_name"]);
        assert_eq!(&rows[0][column("agency")], "'=cmd|' /C calc'!A0");
        assert!(!csv.body.contains(RESIDENT) && !csv.body.contains("ACCT-0000001"));
        let entry = last_record(&app);
        assert_eq!((&entry["kind"], &entry["about"]["format"]), (&json!("decisions_exported"), &json!("csv")));
        let lines = exported(&desk, &[("format", "jsonl"), ("requester_kind", "court")]);
        let lines: Vec<Value> = lines.body.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines.len(), 1);
        assert_eq!(
            (&lines[0]["record"]["id"], lines[0]["record"]["outcome"].as_str()),
            (&json!(court), Some("denied"))
        );
        let stored = entries(&app).into_iter().find(|row| row.id == court).unwrap();
        let text = format!("\"record\":{}}}\n", String::from_utf8(stored.record).unwrap());
        assert!(exported(&desk, &[("format", "jsonl")]).body.contains(&text), "byte for byte as it was hashed");
        let about = exported(&desk, &[("format", "csv"), ("store", "utility-billing"), ("resident", RESIDENT)]);
        assert_eq!(about.body.lines().count(), 1 + 3);
        assert!(!last_record(&app).to_string().contains(RESIDENT));
        assert_eq!(desk.post(EXPORT, &[("format", "xls")]).status, 422);
    });
}

#[test]
fn a_long_file_is_whole_and_tells_how_far_it_is() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    for _ in 0..5 {
        assert_eq!(app.post("/api/v1/decisions/batch", &json!({ "decisions": vec![ask(); 1000] })).status, 200);
    }
    app.app.make_segments().unwrap();
    let desk = app.desk(Role::Auditor);
    let form = desk.get(EXPORT).body;
    let ticket = form.split("data-progress=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
    let early = desk.get(&ticket);
    assert_eq!(early.status, 200, "the page opens beside the form: {early:?}");
    for shown in ["The file was not begun yet", "data-done=\"false\"", "max=\"100\" value=\"0\""] {
        assert!(early.body.contains(shown), "{shown}: {early:?}");
    }
    let in_spanish = app.desk(Role::Auditor).in_spanish().get(&ticket);
    assert!(in_spanish.body.contains("El archivo aún no se ha empezado"), "{in_spanish:?}");
    // No ticket, a ticket of years ago, one of times to come, and an id that tells no time.
    for never_drawn in [
        "x",
        "0197aaaa-bbbb-7ccc-8ddd-eeeeffff0000",
        "7fffffff-ffff-7ccc-8ddd-eeeeffff0000",
        "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
    ] {
        assert_eq!(desk.get(&format!("{EXPORT}/{never_drawn}")).status, 404, "{never_drawn}");
    }
    let name = ticket.rsplit('/').next().unwrap().to_owned();
    let file = exported(&desk, &[("format", "jsonl"), ("ticket", &name)]);
    let mut indexes: Vec<u64> =
        file.body.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["index"].as_u64().unwrap()).collect();
    assert!(indexes.is_sorted_by(|newer, older| newer > older));
    indexes.dedup();
    assert_eq!(indexes.len(), 5_000);
    let progress = desk.get(&ticket);
    assert!(!progress.body.contains("not begun"), "{progress:?}");
    assert!(progress.body.contains("data-done=\"true\"") && progress.body.contains("5,000"), "{progress:?}");
}

#[test]
fn a_form_that_nobody_sent_for_a_day_is_waited_for_no_longer() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let ticket = app.app.export_ticket().unwrap();
    app.clock.advance(TimeDelta::hours(24) - TimeDelta::milliseconds(1));
    assert!(app.app.may_begin_export(&ticket));
    app.clock.advance(TimeDelta::milliseconds(1));
    assert!(!app.app.may_begin_export(&ticket));
}

#[test]
fn a_browser_that_goes_away_stops_the_file() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    for _ in 0..20 {
        assert_eq!(app.post("/api/v1/decisions/batch", &json!({ "decisions": vec![ask(); 1000] })).status, 200);
    }
    let desk = app.desk(Role::Auditor);
    let (token, session) = (desk.form_token(), desk.cookie(SESSION_COOKIE).unwrap());
    let body = format!("{FORM_TOKEN}={token}&format=jsonl&ticket=gone");
    let request = format!(
        "POST {EXPORT} HTTP/1.1\r\nHost: zaguan.example\r\nCookie: {SESSION_COOKIE}={session}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut socket = TcpStream::connect(app.address).unwrap();
    socket.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    socket.write_all(request.as_bytes()).unwrap();
    let mut some = vec![0; 64 * 1024];
    assert!(socket.read(&mut some).unwrap() > 0);
    drop(socket);
    // The file is far larger than what waits for the browser: it is never written to its end.
    let mut before = u64::MAX;
    eventually("the file stands still", || {
        let now = app.app.export_progress("gone").unwrap().decisions();
        let stands_still = now == before;
        before = now;
        std::thread::park_timeout(Duration::from_millis(100));
        stands_still
    });
    let progress = app.app.export_progress("gone").unwrap();
    assert!(!progress.is_done() && progress.decisions() < 20_000, "{progress:?}");
}

#[test]
fn nobody_else_sees_decisions() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let [enforcement, _] = two(&app);
    for role in [Role::Records, Role::Counsel, Role::Council, Role::Admin, Role::Steward] {
        let desk = app.desk(role);
        for path in [SEARCH, &format!("{SEARCH}/{enforcement}"), EXPORT, "/console/entries", "/console/log"] {
            assert_eq!(desk.get(path).status, 403, "{role} {path}");
        }
        assert_eq!(desk.post(EXPORT, &[("format", "csv")]).status, 403, "{role}");
        assert_eq!(desk.post("/console/log/verification", &[]).status, 403, "{role}");
    }
    assert_eq!(app.guest().get(SEARCH).status, 303);
}
