//! Forms that carry a file, and the one whose work goes on behind its answer: sent twice, carried out once.

use zaguan::domain::staff::Role;

use super::records::{filled, registered};
use crate::api::count;
use crate::domain::document::Pdf;
use crate::support::app::{Reply, ask};
use crate::support::wait::eventually;
use crate::support::{Browser, TestApp, on_every_database};

fn upload(desk: &Browser<'_>, path: &str, token: &str, pages: usize) -> Reply {
    desk.upload_with(path, token, &[], "file", &Pdf::of(pages).bytes())
}

#[test]
fn the_scan_of_a_draft() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let desk = app.desk(Role::Records);
        let draft = filled(&desk);
        let (path, token) = (format!("{draft}/scan"), desk.form_token());
        assert_eq!(upload(&desk, &path, &token, 2).status, 303);
        let again = upload(&desk, &path, &token, 5);
        assert!(again.body.contains("data-problem=\"already-done\""), "{again:?}");
        assert_eq!(database.count("basis_draft_document"), 1);
        let page = desk.get(&format!("{draft}/document")).body;
        assert!(page.contains("2 pages") && !page.contains("5 pages"), "{page}");
    });
}

#[test]
fn the_scan_of_a_registered_basis() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let basis = registered(&app);
        let desk = app.desk(Role::Records);
        let (path, token) = (format!("{basis}/document"), desk.form_token());
        assert_eq!(upload(&desk, &path, &token, 2).status, 303);
        assert_eq!(upload(&desk, &path, &token, 2).status, 303, "the same paper is there");
        let other = upload(&desk, &path, &token, 5);
        assert!(other.body.contains("data-problem=\"conflict\""), "a basis has one paper: {other:?}");
        assert_eq!(count(&app, "document_stored"), 1);
        let page = desk.get(&basis).body;
        assert!(page.contains("2 pages") && !page.contains("5 pages"), "{page}");
    });
}

#[test]
fn a_verification_of_the_log() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        app.decide(&ask());
        let desk = app.desk(Role::Auditor);
        let token = desk.form_token();
        let is_over = || !desk.get("/console/log").body.contains("verification-share");
        assert_eq!(desk.post_with("/console/log/verification", &token, &[]).status, 303);
        eventually("verified", || count(&app, "log_verified") == 1);
        eventually("over", is_over);
        desk.post_with("/console/log/verification", &token, &[]);
        eventually("over again", is_over);
        assert_eq!(count(&app, "log_verified"), 1);
    });
}
