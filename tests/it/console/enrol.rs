//! One-time links and one's own account, as people meet them.

use chrono::TimeDelta;
use zaguan::app::authority::Authority;
use zaguan::app::staff::NewStaff;
use zaguan::domain::staff::{Role, Roles};
use zaguan::http::visitor::SESSION_COOKIE;

use crate::api::count;
use crate::support::staff::PASSWORD;
use crate::support::{TestApp, TestDatabase, on_every_database};

fn invite(app: &TestApp) -> String {
    let roles = Roles::new([Role::Records]).unwrap();
    let new =
        NewStaff { username: "maria.lopez".parse().unwrap(), name: "María López (fictional)".to_owned(), roles };
    app.app.invite_staff(&Authority::operator(), new).unwrap().link.url.to_string()
}

/// The page of a link.
fn path_of(url: &str) -> String {
    url.strip_prefix("http://127.0.0.1:8080").unwrap_or_else(|| panic!("{url}")).to_owned()
}

fn code(app: &TestApp, path: &str) -> String {
    let token = path.rsplit('/').next().unwrap();
    app.app.find_enrolment(token).unwrap().unwrap().totp.code_at(app.app.now())
}

/// The recovery codes that a page shows.
fn codes(page: &str) -> Vec<String> {
    page.split("<code>").skip(1).filter_map(|rest| rest.split("</code>").next()).map(str::to_owned).collect()
}

#[test]
fn somebody_sets_up_an_account_and_sees_the_codes_once() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let path = path_of(&invite(&app));
        let guest = app.guest();
        let page = guest.get(&path);
        assert_eq!((page.status, page.header("cache-control")), (200, Some("no-store")), "{page:?}");
        assert!(page.body.contains("María López") && page.body.contains("maria.lopez") && page.body.contains("<svg"));
        let code = code(&app, &path);
        let values = [("password", PASSWORD), ("password-again", PASSWORD), ("code", code.as_str())];
        let done = guest.post(&path, &values);
        assert_eq!((done.status, done.header("cache-control")), (200, Some("no-store")), "{done:?}");
        let codes = codes(&done.body);
        assert_eq!(codes.len(), 10);
        assert!(!done.body.contains(PASSWORD));
        for again in [guest.get(&path), guest.post(&path, &values)] {
            assert_eq!(again.status, 404, "{again:?}");
            assert!(again.body.contains("data-problem=\"link-ended\"") && !again.body.contains(&codes[0]));
        }
        app.clock.advance(TimeDelta::seconds(30));
        let values = [("username", "maria.lopez"), ("password", PASSWORD), ("code", &codes[0])];
        assert_eq!(app.guest().post("/console/sign-in", &values).status, 303);
    });
}

#[test]
fn a_link_that_is_not_good_is_explained_and_says_nothing_of_anybody() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let old = path_of(&invite(&app));
    app.clock.advance(TimeDelta::hours(24 * 8));
    let said = |path: &str| {
        let page = app.guest().get(path);
        assert_eq!(page.status, 404, "{page:?}");
        assert!(!page.body.contains("maria") && !page.body.contains("López"), "{page:?}");
        page.body.split("<main").nth(1).unwrap().split("</main>").next().unwrap().to_owned()
    };
    assert_eq!(said(&old), said("/console/enrol/nobody-s-token"));
    assert!(said(&old).contains("ask the administrator who sent you the link"));
    let spanish = app.guest().in_spanish().get(&old);
    assert!(spanish.body.contains("pida un enlace nuevo"), "{spanish:?}");
}

#[test]
fn what_is_wrong_with_an_enrolment_is_told_by_field_and_the_link_stays_good() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let path = path_of(&app.app.issue_first_admin_link().unwrap().unwrap().url);
    let guest = app.guest();
    let good = code(&app, &path);
    let wrong = [
        ("short", "short", good.as_str(), "m.trujillo", "12 to 256 characters"),
        (PASSWORD, "another passphrase", &good, "m.trujillo", "are not the same"),
        (PASSWORD, PASSWORD, "000000", "m.trujillo", "not the code that the app should show"),
        (PASSWORD, PASSWORD, &good, "operator", "not one of the names that the system uses"),
        ("las cruces 2031", "las cruces 2031", &good, "m.trujillo", "name of this system or of the city"),
    ];
    for (password, again, code, username, sentence) in wrong {
        let values = [
            ("password", password),
            ("password-again", again),
            ("code", code),
            ("username", username),
            ("name", "Marcos Trujillo (fictional)"),
        ];
        let page = guest.post(&path, &values);
        assert_eq!(page.status, 422, "{sentence}: {page:?}");
        assert!(page.body.contains(sentence), "{sentence}: {page:?}");
        assert!(page.body.contains(&format!("value=\"{username}\"")), "the name is kept: {page:?}");
        assert!(page.body.contains("value=\"Marcos Trujillo (fictional)\""), "{page:?}");
        assert!(!page.body.contains(password), "no password comes back");
    }
    let values = [
        ("password", PASSWORD),
        ("password-again", PASSWORD),
        ("code", good.as_str()),
        ("username", "m.trujillo"),
        ("name", "Marcos Trujillo (fictional)"),
    ];
    assert_eq!(guest.post(&path, &values).status, 200);
}

#[test]
fn ones_own_account_shows_sessions_and_ends_them() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let member = app.enrol(Role::Records);
        let here = crate::support::Browser::new(&app, Some(&member.sign_in(&app.app)));
        app.clock.advance(TimeDelta::seconds(30));
        let other = crate::support::Browser::new(&app, Some(&member.sign_in(&app.app)));
        let page = here.get("/console/account");
        assert!(page.body.contains("You have 10 codes left") && page.body.contains("this one"), "{page:?}");
        let end = page.body.split("action=\"/console/account/sessions/").nth(1).unwrap().split('"').next().unwrap();
        let ended = here.submit(&format!("/console/account/sessions/{end}"), &[]);
        assert!(ended.body.contains("The session has ended."), "{ended:?}");
        assert_eq!(other.get("/console/account").status, 303, "signed out there");
        assert_eq!(here.post(&format!("/console/account/sessions/{end}"), &[]).status, 404);
        let out = here.submit("/console/account/sessions", &[]);
        assert!(out.body.contains("You are signed out."), "{out:?}");
        assert_eq!(here.cookie(SESSION_COOKIE), None);
    });
}

#[test]
fn a_new_password_and_new_codes_ask_for_the_old_password_and_a_fresh_code() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let member = app.enrol(Role::Council);
        let desk = crate::support::Browser::new(&app, Some(&member.sign_in(&app.app)));
        let fresh = || {
            app.clock.advance(TimeDelta::seconds(30));
            member.next_code(&app.app)
        };
        let path = "/console/account/recovery-codes";
        let refused = desk.post(path, &[("current-password", PASSWORD), ("code", "000000")]);
        assert_eq!(refused.status, 422, "{refused:?}");
        assert!(refused.body.contains("The present password or the code is not right"), "{refused:?}");
        let drawn = desk.post(path, &[("current-password", PASSWORD), ("code", &fresh())]);
        assert_eq!((drawn.status, drawn.header("cache-control")), (200, Some("no-store")), "{drawn:?}");
        let codes = codes(&drawn.body);
        assert_eq!(codes.len(), 10);
        assert!(!codes.contains(&member.recovery_codes[0]));
        assert!(!desk.get(path).body.contains(&codes[0]), "shown once");
        let path = "/console/account/password";
        let new = "an entirely new passphrase";
        let change = |old: &str, again: &str, code: &str| {
            let values =
                [("current-password", old), ("new-password", new), ("new-password-again", again), ("code", code)];
            desk.submit(path, &values)
        };
        assert_eq!(change("a wrong passphrase", new, &fresh()).status, 422);
        assert_eq!(change(PASSWORD, "another one", &fresh()).status, 422);
        assert_eq!(count(&app, "password_changed"), 0);
        let done = change(PASSWORD, new, &fresh());
        assert!(done.body.contains("Your password is changed."), "{done:?}");
        assert_eq!(count(&app, "password_changed"), 1);
    });
}
