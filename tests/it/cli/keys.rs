//! Rotating, sealing anew and retiring, as operators do it.

use super::{err, run, succeed};

#[test]
fn older_keys_go_only_when_nothing_needs_them() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let retention = |words: &[&str]| succeed(dir, &[&["retention"], words].concat());
    retention(&["hold", "--everything", "--reason", "a fictional lawsuit"]);
    succeed(dir, &["keys", "rotate"]);
    let refused = run(dir, &["keys", "retire"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(err(&refused).contains("(retention_hold.sealed_reason: 1)"), "{}", err(&refused));
    assert!(retention(&["holds"]).contains("a fictional lawsuit"), "the older key still opens it");

    assert!(succeed(dir, &["keys", "reseal"]).ends_with("1 rows sealed anew\n"));
    assert!(succeed(dir, &["keys", "reseal"]).ends_with("0 rows sealed anew\n"));
    succeed(dir, &["keys", "retire"]);
    let ring = std::fs::read_to_string(dir.join("keys/master.key")).unwrap();
    assert_eq!(ring.lines().count(), 1);
    assert!(retention(&["holds"]).contains("a fictional lawsuit"));
    assert_eq!(succeed(dir, &["keys", "retire"]), "there are no older master keys\n");
    succeed(dir, &["audit", "verify"]);
}

#[test]
fn a_hold_says_what_it_covers_and_is_released_once() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let refused = run(dir, &["retention", "hold", "--store", "nowhere", "--reason", "x"]);
    assert!(err(&refused).contains("there is no such record store"), "{}", err(&refused));
    assert_eq!(run(dir, &["retention", "hold", "--reason", "x"]).status.code(), Some(2), "of what, it must say");
    let id = succeed(dir, &["retention", "hold", "--everything", "--reason", "x"]);
    assert!(succeed(dir, &["retention", "holds"]).contains(&format!("{} on everything, placed ", id.trim())));
    assert!(succeed(dir, &["retention", "preview"]).contains("sessions: 0 due, 0 held"));
    succeed(dir, &["retention", "release", id.trim()]);
    assert!(succeed(dir, &["retention", "holds"]).contains(", released "));
    assert!(err(&run(dir, &["retention", "release", id.trim()])).contains("there is no such hold in force"));
}
