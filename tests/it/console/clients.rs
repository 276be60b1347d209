//! City applications on pages.

use zaguan::domain::staff::Role;

use crate::api::count;
use crate::support::app::FORM;
use crate::support::{TestApp, TestDatabase, on_every_database};

/// The secret that a page shows.
fn secret(page: &str) -> Option<String> {
    Some(page.split("<code class=\"secret\">").nth(1)?.split("</code>").next()?.to_owned())
}

fn opens(app: &TestApp, secret: &str) -> bool {
    let form = format!("grant_type=client_credentials&client_id=desk&client_secret={secret}");
    app.send("POST", "/oauth/token", &[("Content-Type", FORM)], form.as_bytes()).status == 200
}

#[test]
fn an_application_is_registered_and_its_secret_shown_once() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let desk = app.desk(Role::Admin);
        let values = [("id", "desk"), ("name", "Desk"), ("stores", "library"), ("requester-kinds", "court")];
        let token = desk.form_token();
        let page = desk.post_with("/console/client-registration", &token, &values);
        assert_eq!((page.status, page.header("cache-control")), (200, Some("no-store")), "{page:?}");
        let first = secret(&page.body).unwrap();
        assert!(opens(&app, &first));
        let again = desk.post_with("/console/client-registration", &token, &values);
        assert!(again.body.contains("data-problem=\"already-done\"") && secret(&again.body).is_none(), "{again:?}");
        assert!(!desk.get("/console/clients/desk").body.contains(&first));
        let rotated = desk.post("/console/clients/desk/secret", &[]);
        let second = secret(&rotated.body).unwrap();
        assert!(!opens(&app, &first) && opens(&app, &second), "the old one no longer works");
        assert!(desk.submit("/console/clients/desk/disabling", &[]).body.contains("The application is switched off."));
        assert!(!opens(&app, &second));
        assert_eq!(desk.post("/console/clients/desk/disabling", &[]).status, 422);
        assert!(desk.submit("/console/clients/desk/enabling", &[]).body.contains("The application is switched on."));
        let scope = [("scope-form", "1"), ("stores", "utility-billing"), ("requester-kinds", "court")];
        let set = desk.submit("/console/clients/desk/scope", &scope);
        assert!(set.body.contains("value=\"utility-billing\" checked"), "{set:?}");
        assert!(!set.body.contains("value=\"library\" checked"), "{set:?}");
    });
}

#[test]
fn a_registration_that_cannot_be_made_comes_back_with_what_was_typed_and_ticked() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let desk = app.desk(Role::Admin);
    let before = count(&app, "client_added");
    let values = [("id", "billing"), ("name", "Another desk"), ("stores", "library"), ("requester-kinds", "court")];
    let page = desk.post("/console/client-registration", &values);
    assert_eq!(page.status, 422, "{page:?}");
    assert!(page.body.contains("There is already an application with this id."), "{page:?}");
    for kept in ["value=\"billing\"", "value=\"Another desk\"", "value=\"library\" checked", "value=\"court\" checked"]
    {
        assert!(page.body.contains(kept), "{kept}: {page:?}");
    }
    let page = desk.post("/console/client-registration", &[("id", "Not An Id"), ("name", "")]);
    for fault in ["#id", "#name", "#stores", "#requester-kinds"] {
        assert!(page.body.contains(&format!("href=\"{fault}\"")), "{fault}: {page:?}");
    }
    assert_eq!(count(&app, "client_added"), before);
}
