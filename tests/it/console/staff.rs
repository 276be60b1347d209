//! Accounts and the access review on pages.

use chrono::TimeDelta;
use zaguan::app::authority::Authority;
use zaguan::domain::staff::Role;

use crate::api::{count, last_record};
use crate::support::{Browser, TestApp, TestDatabase, on_every_database};

#[test]
fn somebody_is_invited_by_a_link_that_is_shown_once() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let desk = app.desk(Role::Admin);
        let values = [("name", "Ana Ortiz"), ("username", "ana.ortiz"), ("roles", "records"), ("roles", "supervisor")];
        let token = desk.form_token();
        let page = desk.post_with("/console/staff/invite", &token, &values);
        assert_eq!((page.status, page.header("cache-control")), (200, Some("no-store")), "{page:?}");
        assert!(page.body.contains("http://127.0.0.1:8080/console/enrol/"), "{page:?}");
        assert_eq!(last_record(&app)["about"]["roles"], "records supervisor");
        let again = desk.post_with("/console/staff/invite", &token, &values);
        assert!(again.body.contains("data-problem=\"already-done\""), "{again:?}");
        assert!(!again.body.contains("/console/enrol/"), "{again:?}");
        let listed = desk.get("/console/staff?name=ortiz");
        assert!(listed.body.contains("Ana Ortiz") && !listed.body.contains("/console/enrol/"), "{listed:?}");
        assert!(!desk.get("/console/staff?name=ortiz&role=council").body.contains("Ana Ortiz"));
        assert!(!desk.get("/console/staff?status=active").body.contains("Ana Ortiz"));
        assert_eq!(count(&app, "staff_invited"), 2, "the admin's own, and this one");
    });
}

#[test]
fn an_invitation_that_cannot_be_made_comes_back_with_what_was_typed_and_why() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let desk = app.desk(Role::Admin);
    let values = [("name", "Ana Ortiz"), ("username", "Ana!"), ("roles", "admin"), ("roles", "counsel")];
    let page = desk.post("/console/staff/invite", &values);
    assert_eq!(page.status, 422, "{page:?}");
    assert!(page.body.contains("value=\"Ana Ortiz\"") && page.body.contains("value=\"Ana!\""), "{page:?}");
    for role in ["admin", "counsel"] {
        assert!(page.body.contains(&format!("value=\"{role}\" checked")), "{role}: {page:?}");
    }
    assert!(page.body.contains("Nobody can be administrator and counsel at once"), "{page:?}");
    assert!(page.body.contains("href=\"#username\"") && page.body.contains("href=\"#roles\""), "{page:?}");
    assert_eq!(count(&app, "staff_invited"), 1);
}

#[test]
fn an_account_is_switched_off_for_a_reason_that_the_page_and_the_log_show() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let (desk, clerk) = (app.desk(Role::Admin), app.enrol(Role::Records));
        let page = format!("/console/staff/{}", clerk.id);
        let unreasoned = desk.post(&format!("{page}/disabling"), &[("reason", "returned")]);
        assert_eq!(unreasoned.status, 422, "{unreasoned:?}");
        assert!(unreasoned.body.contains("Please choose the reason"), "{unreasoned:?}");
        let off = desk.submit(&format!("{page}/disabling"), &[("reason", "long_absence")]);
        assert!(off.body.contains("The account is switched off.") && off.body.contains("away for a while"), "{off:?}");
        assert_eq!(last_record(&app)["about"]["switch_reason"], "long_absence");
        assert_eq!(desk.post(&format!("{page}/disabling"), &[("reason", "left")]).status, 422);
        let on = desk.submit(&format!("{page}/enabling"), &[("reason", "returned")]);
        assert!(on.body.contains("The account is switched on."), "{on:?}");
    });
}

#[test]
fn roles_change_and_a_reset_shows_its_link_once() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let (desk, clerk) = (app.desk(Role::Admin), app.enrol(Role::Records));
        let page = format!("/console/staff/{}", clerk.id);
        let none = desk.post(&format!("{page}/roles"), &[("roles-form", "1")]);
        assert_eq!(none.status, 422, "{none:?}");
        assert!(!none.body.contains("value=\"records\" checked"), "what was ticked is kept: {none:?}");
        let changed = desk.submit(&format!("{page}/roles"), &[("roles-form", "1"), ("roles", "council")]);
        assert!(changed.body.contains("The roles are changed."), "{changed:?}");
        let link = desk.post(&format!("{page}/reset"), &[]);
        assert_eq!((link.status, link.header("cache-control")), (200, Some("no-store")));
        assert!(link.body.contains("/console/enrol/"), "{link:?}");
        assert!(!desk.get(&page).body.contains("/console/enrol/"));
        assert!(desk.submit(&format!("{page}/sessions"), &[]).body.contains("have ended"));
    });
}

#[test]
fn nobody_certifies_their_own_account_and_the_page_says_kindly_why() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let (admin, clerk) = (app.enrol(Role::Admin), app.enrol(Role::Records));
        let desk = Browser::new(&app, Some(&admin.sign_in(&app.app)));
        let own = desk.post(&format!("/console/access-review/staff/{}", admin.id), &[]);
        assert_eq!(own.status, 422, "{own:?}");
        assert!(own.body.contains("Nobody certifies their own account. It is not about trust"), "{own:?}");
        assert_eq!(last_record(&app)["kind"], "change_refused");
        let own = desk.post(&format!("/console/staff/{}/disabling", admin.id), &[("reason", "left")]);
        assert_eq!(own.status, 422, "{own:?}");
        assert!(own.body.contains("Nobody changes their own roles"), "{own:?}");
        app.clock.advance(TimeDelta::minutes(1));
        let other = desk.submit(&format!("/console/access-review/staff/{}", clerk.id), &[]);
        assert!(other.body.contains("Certified. The next review is counted from today."), "{other:?}");
        let client = desk.submit("/console/access-review/clients/billing", &[]);
        assert!(client.body.contains("Certified."), "{client:?}");
        assert_eq!(count(&app, "access_certified"), 2);
    });
}

#[test]
fn what_is_overdue_stands_out_and_who_may_only_read_has_no_button() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let clerk = app.enrol(Role::Records);
    app.clock.advance(TimeDelta::days(91));
    for certified in app.app.list_staff(&Authority::operator()).unwrap().iter().filter(|staff| staff.id != clerk.id) {
        app.app.certify_staff(&Authority::operator(), certified.id).unwrap();
    }
    let auditor = app.desk(Role::Auditor);
    let page = auditor.get("/console/access-review?standing=waiting");
    assert!(page.body.contains(&clerk.username) && page.body.contains("overdue"), "{page:?}");
    assert!(!page.body.contains("action=\"/console/access-review/"), "{page:?}");
    let admin = app.desk(Role::Admin);
    assert!(admin.get("/console/access-review").body.contains(&format!("/console/access-review/staff/{}", clerk.id)));
    assert_eq!(auditor.post(&format!("/console/access-review/staff/{}", clerk.id), &[]).status, 403);
}

#[test]
fn the_last_active_admin_is_shown_as_overdue_and_nobody_else_is() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let (admin, clerk) = (app.enrol(Role::Admin), app.enrol(Role::Records));
        app.clock.advance(TimeDelta::days(200));
        let desk = Browser::new(&app, Some(&admin.sign_in(&app.app)));
        for path in ["/console/staff", "/console/access-review"] {
            let page = desk.get(path);
            let line = |username: &str| {
                let mut lines = page.body.split("<tr").skip(1).filter_map(|rest| rest.split("</tr>").next());
                lines.find(|line| line.contains(username)).unwrap_or_else(|| panic!("{username} at {path}: {page:?}"))
            };
            let (admin, clerk) = (line(&admin.username), line(&clerk.username));
            assert!(admin.contains("overdue") && !admin.contains("suspended"), "{path}: {admin}");
            assert!(clerk.contains("suspended"), "{path}: {clerk}");
        }
    });
}
