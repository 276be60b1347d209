//! Forms: handed out by this program, to this visitor, carried out once.

use zaguan::domain::staff::Role;

use crate::support::{Browser, TestApp, TestDatabase};

#[test]
fn a_form_from_elsewhere_changes_nothing() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let (desk, other) = (app.desk(Role::Records), app.desk(Role::Records));
    let of_other = other.form_token();
    let own = desk.form_token();
    let mut altered = own.clone();
    altered.replace_range(own.len() - 1.., if own.ends_with('A') { "B" } else { "A" });
    let of_nobody = Browser::new(&app, None).form_token();
    for token in ["", "x", "x.y.z", &of_other, &of_nobody, &altered] {
        let reply = desk.post_with("/console/sign-out", token, &[]);
        assert_eq!(reply.status, 403, "{token}: {reply:?}");
        assert!(reply.body.contains("data-problem=\"foreign-form\""), "{token}: {reply:?}");
    }
    assert_eq!(desk.get("/console").status, 200, "still signed in");
}

#[test]
fn a_form_that_another_site_sent_is_refused_whatever_it_carries() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let desk = app.desk(Role::Records);
    let body = format!("form_token={}", desk.form_token());
    let form = ("Content-Type", "application/x-www-form-urlencoded");
    for from in ["cross-site", "same-site"] {
        let reply = desk.send("POST", "/console/sign-out", &[form, ("Sec-Fetch-Site", from)], body.as_bytes());
        assert_eq!(reply.status, 403, "{from}: {reply:?}");
    }
    let reply = desk.send("POST", "/console/sign-out", &[form, ("Sec-Fetch-Site", "same-origin")], body.as_bytes());
    assert_eq!(reply.status, 303);
}

#[test]
fn the_cookie_of_a_session_opens_no_call_of_the_api() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let desk = app.desk(Role::Records);
    assert_eq!(desk.get("/api/v1/account").status, 401);
    assert_eq!(desk.send("DELETE", "/api/v1/sessions/current", &[], b"").status, 401);
}
