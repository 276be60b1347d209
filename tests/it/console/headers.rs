//! What every page tells the browser, and how little it keeps.

use zaguan::domain::staff::Role;
use zaguan::http::visitor::{LANGUAGE_COOKIE, SESSION_COOKIE};

use crate::support::{TestApp, TestDatabase};

#[test]
fn every_page_keeps_browsers_strict_and_is_kept_by_no_cache() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let desk = app.desk(Role::Records);
    for path in ["/console", "/console/sign-in", "/console/nowhere"] {
        let reply = desk.get(path);
        let policy = reply.header("content-security-policy").unwrap();
        assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        assert!(policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
        assert_eq!(reply.header("cache-control"), Some("no-store"), "{path}");
        assert_eq!(reply.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(reply.header("referrer-policy"), Some("same-origin"), "{path}");
    }
}

#[test]
fn static_files_are_named_by_their_content_and_kept() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let page = app.guest().get("/console/sign-in").body;
    let paths: Vec<&str> = page.split('"').filter(|text| text.starts_with("/static/")).collect();
    assert!(paths.len() >= 3, "{paths:?}");
    for path in paths {
        let reply = app.guest().get(path);
        assert_eq!(reply.status, 200, "{path}");
        assert!(reply.header("cache-control").unwrap().contains("immutable"), "{path}");
    }
    assert_eq!(app.guest().get("/static/x/secrets.txt").status, 404);
}

#[test]
fn cookies_are_for_this_host_over_tls_and_not_for_scripts() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let member = app.enrol(Role::Records);
    let guest = app.guest();
    let code = member.next_code(&app.app);
    let values =
        [("username", member.username.as_str()), ("password", crate::support::staff::PASSWORD), ("code", &code)];
    let reply = guest.post("/console/sign-in", &values);
    assert_eq!(reply.status, 303, "{reply:?}");
    let set: Vec<&String> = reply
        .headers
        .iter()
        .filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie"))
        .map(|(_, value)| value)
        .collect();
    assert!(set.iter().any(|cookie| cookie.starts_with(SESSION_COOKIE)), "{set:?}");
    for cookie in set {
        for attribute in ["Secure", "HttpOnly", "SameSite=Strict", "Path=/"] {
            assert!(cookie.contains(attribute), "{cookie} lacks {attribute}");
        }
        assert!(!cookie.contains("Domain"), "{cookie}");
    }
}

#[test]
fn the_language_is_kept_and_leads_nowhere_else() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let guest = app.guest();
    let reply = guest.post("/console/language", &[("language", "es"), ("back", "/console/sign-in?back=/console")]);
    assert_eq!(reply.header("location"), Some("/console/sign-in?back=/console"));
    assert_eq!(guest.cookie(LANGUAGE_COOKIE).as_deref(), Some("es"));
    assert!(guest.get("/console/sign-in").body.contains("Iniciar sesión"));
    for elsewhere in ["https://example.org/", "//example.org", "/consoles", "/console\\..\\x", "/api/v1/staff", ""] {
        let reply = guest.post("/console/language", &[("language", "en"), ("back", elsewhere)]);
        assert_eq!(reply.header("location"), Some("/console"), "{elsewhere}");
    }
}
