//! Coming in through the door of the console, and going out again.

use chrono::TimeDelta;
use zaguan::domain::staff::Role;
use zaguan::http::visitor::SESSION_COOKIE;

use crate::api::count;
use crate::support::staff::PASSWORD;
use crate::support::{TestApp, TestDatabase, on_every_database};

#[test]
fn somebody_signs_in_goes_on_where_they_wanted_to_and_signs_out() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let member = app.enrol(Role::Counsel);
        let guest = app.guest();
        let sent = guest.get("/console/sign-out?x=1");
        assert_eq!(sent.status, 405);
        let sent = guest.get("/console");
        assert_eq!((sent.status, sent.header("location")), (303, Some("/console/sign-in")));
        let code = member.next_code(&app.app);
        let values =
            [("username", member.username.as_str()), ("password", PASSWORD), ("code", &code), ("back", "/console")];
        let page = guest.submit("/console/sign-in", &values);
        assert_eq!(page.status, 200, "{page:?}");
        assert!(page.body.contains(&member.username) && page.body.contains("You are signed in."), "{page:?}");
        assert!(!guest.get("/console").body.contains("You are signed in."), "told once");
        let page = guest.submit("/console/sign-out", &[]);
        assert!(page.body.contains("You are signed out."), "{page:?}");
        assert_eq!(guest.cookie(SESSION_COOKIE), None);
        assert_eq!(guest.get("/console").status, 303);
    });
}

#[test]
fn whatever_is_wrong_the_page_says_the_same_and_keeps_the_name() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let member = app.enrol(Role::Records);
    let code = member.next_code(&app.app);
    let tries = [
        (member.username.as_str(), "wrong", code.as_str()),
        (&member.username, PASSWORD, "000000"),
        ("nobody", PASSWORD, &code),
    ];
    for (username, password, code) in tries {
        let values = [("username", username), ("password", password), ("code", code)];
        let page = app.guest().post("/console/sign-in", &values);
        assert_eq!(page.status, 422, "{page:?}");
        assert!(page.body.contains("do not go together"), "{page:?}");
        assert!(page.body.contains(&format!("value=\"{username}\"")), "{page:?}");
        assert!(!page.body.contains(password) || password == PASSWORD && !page.body.contains(PASSWORD), "{page:?}");
    }
}

#[test]
fn a_recovery_code_opens_in_place_of_the_app_once() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let member = app.enrol(Role::Records);
    let values =
        [("username", member.username.as_str()), ("password", PASSWORD), ("code", member.recovery_codes[0].as_str())];
    assert_eq!(app.guest().post("/console/sign-in", &values).status, 303);
    assert_eq!(app.guest().post("/console/sign-in", &values).status, 422);
}

#[test]
fn an_ended_session_is_told_of_and_a_form_of_it_changes_nothing() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let desk = app.desk(Role::Records);
    app.clock.advance(TimeDelta::minutes(31));
    let reply = desk.post("/console/sign-out", &[]);
    assert_eq!(reply.status, 401, "{reply:?}");
    assert!(reply.body.contains("data-problem=\"unauthenticated\""), "{reply:?}");
    let page = desk.open("/console");
    assert!(page.body.contains("Your session has ended."), "{page:?}");
}

#[test]
fn nobody_is_sent_to_another_site_after_signing_in() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let page = app.guest().get("/console/sign-in?back=https%3A%2F%2Fexample.org");
    assert!(page.body.contains("name=\"back\" value=\"/console\""), "{page:?}");
    assert_eq!(count(&app, "signed_in"), 0);
}

#[test]
fn a_session_that_is_about_to_end_says_so_on_every_page() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let desk = app.desk(Role::Records);
    // Used every 25 minutes for eleven and a half hours of its twelve.
    for _ in 0..28 {
        app.clock.advance(TimeDelta::minutes(25));
        assert!(!desk.get("/console").body.contains("whatever you do"));
    }
    // It began at 5:00 in the morning and was used last at 4:40 in the afternoon.
    app.clock.advance(TimeDelta::minutes(5));
    let page = desk.get("/console").body;
    assert!(page.contains("Your session ends at 5:00\u{a0}p.m., whatever you do."), "{page}");
    assert!(page.contains("Your session ends at 5:00\u{a0}p.m. if you do nothing."), "{page}");
}

#[test]
fn whoever_stays_goes_on_and_the_page_knows_when_it_would_end() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let desk = app.desk(Role::Council);
    for _ in 0..3 {
        app.clock.advance(TimeDelta::minutes(29));
        assert_eq!(desk.get("/console/stay").status, 204);
    }
    app.clock.advance(TimeDelta::minutes(30));
    assert_eq!(desk.get("/console/stay").status, 303);
}
