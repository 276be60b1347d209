//! The report's pages.

use zaguan::domain::staff::Role;

use crate::support::app::ask;
use crate::support::{Browser, TestApp, TestDatabase, on_every_database};

const YEAR: &str = "from=2031-01-01&to=2031-12-31";

#[test]
fn a_council_member_chooses_a_period_reads_it_and_takes_it_along() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        (0..30).for_each(|_| assert_eq!(app.decide(&ask()).status, 200));
        app.clock.advance(chrono::TimeDelta::days(1));
        let council = app.staff(Role::Council);
        let browser = Browser::new(&app, Some(&council));
        let choose = browser.get("/console/report");
        assert_eq!(choose.status, 200);
        assert!(choose.body.contains("/console/report/period?from=2030-03-01&#38;to=2031-02-28"), "{}", choose.body);
        assert!(choose.body.contains("href=\"/console/report\""), "the way there stands in the navigation");
        let report = browser.get(&format!("/console/report/period?{YEAR}"));
        assert_eq!(report.status, 200, "{}", report.body);
        for said in
            ["January 1, 2031 to December 31, 2031", "Requests by federal immigration authorities: about ", "<svg"]
        {
            assert!(report.body.contains(said), "{said}: {}", report.body);
        }
        assert!(!report.body.contains("ACCT-0048213") && !report.body.contains("ICE ERO"));
        let csv = browser.get(&format!("/console/report/download?{YEAR}&format=csv"));
        assert_eq!(
            csv.header("content-disposition"),
            Some("attachment; filename=\"report-2031-01-01-2031-12-31.csv\"")
        );
        let json = browser.get(&format!("/console/report/download?{YEAR}&format=json"));
        assert_eq!(json.json()["period"]["from"], "2031-01-01");
        let spanish = Browser::new(&app, Some(&council)).in_spanish();
        let informe = spanish.get(&format!("/console/report/period?{YEAR}"));
        assert!(
            informe.body.contains("Solicitudes de autoridades federales de inmigración: unas "),
            "{}",
            informe.body
        );
    });
}

#[test]
fn whole_months_and_record_stores_are_called_by_their_names() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    (0..30).for_each(|_| assert_eq!(app.decide(&ask()).status, 200));
    app.clock.advance(chrono::TimeDelta::days(1));
    let browser = Browser::new(&app, Some(&app.staff(Role::Council)));
    let year = browser.get(&format!("/console/report/period?{YEAR}")).body;
    assert!(year.contains("<th scope=\"row\">February 2031</th>") && !year.contains("From February"), "{year}");
    assert!(year.contains("<th scope=\"row\">Utility billing</th>"), "{year}");
    let begun = browser.get("/console/report/period?from=2031-01-15&to=2031-12-31").body;
    assert!(begun.contains("From January 15, 2031") && begun.contains("February 2031"), "{begun}");
}

#[test]
fn a_period_that_is_none_comes_back_with_what_is_wrong() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let council = app.staff(Role::Council);
    let browser = Browser::new(&app, Some(&council));
    for (query, said) in [
        ("from=2031-02-01&to=2031-01-01", "The last day comes before the first."),
        ("from=&to=2031-01-01", "Please give a day."),
        ("from=1900-01-01&to=2031-01-01", "at most fifty years"),
    ] {
        let reply = browser.get(&format!("/console/report/period?{query}"));
        assert_eq!(reply.status, 422, "{query}");
        assert!(reply.body.contains(said) && reply.body.contains("value=\"2031-01-01\""), "{query}: {}", reply.body);
    }
    let admin = app.staff(Role::Admin);
    assert_eq!(Browser::new(&app, Some(&admin)).get("/console/report").status, 403);
}
