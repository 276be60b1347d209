//! `GET /api/v1/report`.

use serde_json::json;
use zaguan::domain::staff::Role;

use crate::support::app::ask;
use crate::support::{TestApp, on_every_database};

const YEAR: &str = "/api/v1/report?from=2031-01-01&to=2031-12-31";

#[test]
fn the_council_reads_totals_as_json_and_as_a_spreadsheet() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        for _ in 0..30 {
            assert_eq!(app.decide(&ask()).status, 200);
        }
        app.clock.advance(chrono::TimeDelta::days(1));
        let council = app.staff(Role::Council);
        let report = app.as_staff(&council).get(YEAR);
        assert_eq!((report.status, report.header("content-type")), (200, Some("application/json")));
        let body = report.json();
        assert_eq!(body["nil"], json!({ "federal_immigration": false, "from_outside": false }));
        let table = |name: &str| {
            body["tables"].as_array().unwrap().iter().find(|table| table["section"] == name).unwrap().clone()
        };
        let rows = table("requesters")["rows"].as_array().unwrap().clone();
        let asked = rows.iter().find(|row| row["words"] == json!(["federal_immigration"])).unwrap();
        assert!(asked["now"].as_i64().is_some_and(|number| number % 5 == 0 && (5..=30).contains(&number)), "{asked}");
        assert_eq!(asked["before"], 0);
        for hidden in ["ACCT-0048213", "ICE ERO", &council] {
            assert!(!report.body.contains(hidden), "{hidden}");
        }
        let csv = app.as_staff(&council).get(&format!("{YEAR}&format=csv"));
        assert_eq!(csv.header("content-type"), Some("text/csv; charset=utf-8"));
        assert!(csv.body.contains("requesters,1,federal_immigration,,"), "{}", csv.body);
        assert_eq!(app.as_staff(&council).get("/api/v1/decisions").status, 403, "the council sees totals only");
    });
}

#[test]
fn periods_that_are_none_are_named() {
    let database = crate::support::TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let auditor = app.staff(Role::Auditor);
    for (query, member) in [
        ("", "to"),
        ("?from=2031-01-01", "to"),
        ("?from=2031-01-01&to=2030-01-01", "to"),
        ("?from=2031-02-30&to=2031-03-01", "from"),
        ("?from=2031-01-01&to=2031-12-31&format=pdf", "format"),
        ("?from=2031-01-01&to=2031-12-31&resident=x", "resident"),
    ] {
        let reply = app.as_staff(&auditor).get(&format!("/api/v1/report{query}"));
        assert_eq!(reply.status, 400, "{query}");
        let errors = reply.json()["errors"].clone();
        assert!(errors.as_array().unwrap().iter().any(|error| error["member"] == member), "{query}: {errors}");
    }
}
