//! The log's own pages: how it is, having it verified, and what stands in it.

use serde_json::json;
use zaguan::domain::staff::Role;

use crate::api::{count, last_record};
use crate::support::app::ask;
use crate::support::wait::eventually;
use crate::support::{TestApp, TestDatabase, on_every_database};

#[test]
fn whoever_asks_for_a_verification_sees_its_result() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        app.decide(&ask());
        let desk = app.desk(Role::Auditor);
        let before = desk.get("/console/log");
        assert!(before.body.contains("The log has not been verified in the last seven days."), "{before:?}");
        let sent = desk.post("/console/log/verification", &[]);
        assert_eq!((sent.status, sent.header("location")), (303, Some("/console/log")), "{sent:?}");
        eventually("verified", || count(&app, "log_verified") == 1);
        let after = desk.get("/console/log");
        assert!(after.body.contains("everything fits"), "{after:?}");
        assert!(!after.body.contains("has not been verified"), "{after:?}");
        assert!(last_record(&app)["actor"].as_str().unwrap().starts_with("auditor-"));
    });
}

#[test]
fn the_page_tells_of_a_log_that_does_not_verify() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    app.decide(&ask());
    database
        .tamper("DROP TRIGGER audit_entry_no_update; UPDATE audit_entry SET actor = 'somebody' WHERE seq = 1")
        .unwrap();
    let desk = app.desk(Role::Security);
    desk.post("/console/log/verification", &[]);
    eventually("verified", || count(&app, "log_verified") == 1);
    let page = desk.get("/console/log");
    assert!(page.body.contains("audit_entry row 1"), "{page:?}");
    assert!(page.body.contains("something does not fit"), "{page:?}");
}

#[test]
fn entries_are_searched_and_read_and_that_is_an_entry() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        app.decide(&ask());
        let desk = app.desk(Role::Auditor);
        desk.get("/console/entries");
        assert_eq!(count(&app, "entries_searched"), 0, "the empty form searches nothing");
        let page = desk.get("/console/entries?kind=client_added&from=2031-03-04&until=2031-03-04");
        assert_eq!(page.body.matches("<th scope=\"row\">").count(), 1, "{page:?}");
        assert!(page.body.contains("application registered"), "{page:?}");
        let about = json!({ "kind": "client_added", "from": "2031-03-04T07:00:00.000000Z", "until": "2031-03-05T07:00:00.000000Z" });
        assert_eq!(last_record(&app)["about"], about);
        let index = page.body.split("href=\"/console/entries/").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
        let entry = desk.get(&format!("/console/entries/{index}"));
        assert!(entry.body.contains("data-proven=\"true\""), "{entry:?}");
        assert!(entry.body.contains("application registered"), "{entry:?}");
        assert_eq!(last_record(&app)["about"], json!({ "index": index }));
        assert_eq!(desk.get("/console/entries?kind=nonsense").status, 422);
        assert_eq!(desk.get("/console/entries/900000").status, 404);
        assert_eq!(desk.get("/console/entries/first").status, 404);
    });
}
