//! `zaguan staff`, as whoever runs the machine uses it.

use tempfile::TempDir;

use super::{err, run, succeed};

#[test]
fn accounts_are_made_changed_and_reviewed_on_the_machine() {
    let dir = TempDir::new().unwrap();
    let invite = ["staff", "invite", "ana.ortiz", "--name", "Ana Ortiz", "--role", "counsel"];
    let link = succeed(dir.path(), &invite);
    let token = link.trim().strip_prefix("http://127.0.0.1:8080/console/enrol/").expect(&link).to_owned();
    assert_eq!(token.len(), 43, "the link alone, so that a script can catch it: {link}");
    let again = run(dir.path(), &invite);
    assert_eq!(again.status.code(), Some(1));
    assert!(err(&again).contains("there is already an account `ana.ortiz`"), "{}", err(&again));
    assert_eq!(succeed(dir.path(), &["staff", "list"]), "ana.ortiz (Ana Ortiz), invited: counsel\n");

    succeed(dir.path(), &["staff", "roles", "ana.ortiz", "--role", "records", "--role", "supervisor"]);
    let excluded = run(dir.path(), &["staff", "roles", "ana.ortiz", "--role", "admin", "--role", "auditor"]);
    assert!(err(&excluded).contains("nobody can hold `admin` together with `auditor`"), "{}", err(&excluded));
    let reset = succeed(dir.path(), &["staff", "reset", "ana.ortiz"]);
    assert_ne!(reset, link);
    succeed(dir.path(), &["staff", "disable", "ana.ortiz"]);
    assert!(succeed(dir.path(), &["staff", "list"]).contains("disabled: records supervisor"));
    succeed(dir.path(), &["staff", "enable", "ana.ortiz"]);
    succeed(dir.path(), &["staff", "certify", "ana.ortiz"]);
    let review = succeed(dir.path(), &["staff", "review"]);
    assert!(review.contains("account ana.ortiz, invited: records supervisor; no second factor"), "{review}");
    assert!(review.contains("certified by operator; current, 89 days to review"), "{review}");
    let unknown = run(dir.path(), &["staff", "disable", "nobody.here"]);
    assert!(err(&unknown).contains("there is no account `nobody.here`"), "{}", err(&unknown));
    // keys in force, invited, refused, roles, reset, off, on, certified.
    assert!(succeed(dir.path(), &["audit", "verify"]).starts_with("8 entries"));
}
