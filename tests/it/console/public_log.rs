//! The page for the public: read by anybody, in either language, and it keeps nothing about them.

use crate::ledger::epochs::{REASON, opened, with_a_loss};
use crate::support::app::settings;
use crate::support::{TestApp, TestDatabase, on_every_database};

#[test]
fn anybody_reads_what_the_log_proves_and_what_it_does_not() {
    on_every_database(|database| {
        let app = TestApp::publishing(database);
        app.grow_to(300);
        app.publish();
        let page = app.send("GET", "/log", &[], b"");
        assert_eq!(page.status, 200, "{page:?}");
        let checkpoint = app.send("GET", "/log/checkpoint", &[], b"").body;
        let root: String = checkpoint.lines().nth(2).unwrap().chars().take(12).collect();
        let escaped = |text: &str| text.replace('+', "&#43;");
        for said in ["What it does not prove", ">300<", &root, "zaguan receipt verify receipt.txt --vkey"] {
            assert!(page.body.contains(said) || page.body.contains(&escaped(said)), "{said}: {page:?}");
        }
        let key = app.app.verifiers()[0].to_string();
        assert!(page.body.contains(&key) || page.body.contains(&escaped(&key)), "{page:?}");
    });
}

#[test]
fn the_page_for_the_public_sets_no_cookie_and_is_strict_with_browsers() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let page = app.send("GET", "/log", &[], b"");
    assert_eq!(page.header("set-cookie"), None);
    assert!(page.header("content-security-policy").unwrap().starts_with("default-src 'none'"));
    assert_eq!(page.header("referrer-policy"), Some("same-origin"));
    assert!(!page.body.contains("<form") && !page.body.contains("<script"), "{page:?}");
}

#[test]
fn the_language_is_the_readers_or_the_one_that_a_link_names() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let language = |path: &str, accepted: &str| {
        let page = app.send("GET", path, &[("Accept-Language", accepted)], b"").body;
        page.split("<html lang=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned()
    };
    assert_eq!(language("/log", "es-MX"), "es");
    assert_eq!(language("/log", "en"), "en");
    assert_eq!(language("/log?language=es", "en"), "es");
    assert_eq!(language("/log?language=en", "es"), "en");
    assert_eq!(language("/log?language=%3Cscript%3E", "es"), "es");
    let door = app.guest().get("/console/sign-in").body;
    assert!(door.contains("href=\"/log\""), "the way there is at the door: {door}");
}

#[test]
fn before_anything_was_published_the_page_says_so() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    database.tamper("DROP TRIGGER audit_checkpoint_no_delete; DELETE FROM audit_checkpoint").unwrap();
    let page = app.send("GET", "/log", &[], b"");
    assert!(page.body.contains("No checkpoint has been published yet"), "{page:?}");
}

#[test]
fn whoever_holds_a_checkpoint_of_what_was_lost_is_told_so_in_both_languages() {
    on_every_database(|database| {
        let (idle, lost) = with_a_loss(database);
        let (kept, old_key) = (idle.ledger().head().size, idle.verifiers()[0].to_string());
        let signed = kept + lost;
        drop(idle);
        let before = std::fs::read_to_string(database.dir.path().join("keys/anchor")).unwrap();
        opened(&settings(database, &[]), lost).unwrap();
        let app = TestApp::publishing_with(database, 9);
        app.publish();
        for (language, title) in [("en", "What was lost"), ("es", "Lo que se perdió")] {
            let page = app.send("GET", &format!("/log?language={language}"), &[], b"").body.replace("&#43;", "+");
            let of_before: Vec<&str> = before.lines().take(3).collect();
            for said in
                [title, REASON, &old_key, &of_before.join("\n"), &format!("<dd>{lost}</dd>"), &format!("\n{signed}\n")]
            {
                assert!(page.contains(said), "{said}: {page}");
            }
        }
        let checkpoint = app.send("GET", "/log/checkpoint", &[], b"").body;
        let origin = checkpoint.lines().next().unwrap();
        assert!(origin.ends_with("/2"), "{checkpoint}");
        assert!(app.send("GET", "/log/vkey", &[], b"").body.starts_with(&format!("{origin}+")));
    });
}
