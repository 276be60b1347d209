//! Commands that run to their end.

use std::fs;
use std::path::Path;

use diesel::Connection as _;
use diesel::connection::SimpleConnection as _;
use tempfile::TempDir;

use super::{err, out, run, succeed, zaguan};

const CATALOG: &str = "[store]\nid = \"parks\"\nname = \"Parks\"\ndepartment = \"Parks\"\ndescription = \"Permits.\"\n\n\
                       [[field]]\nname = \"permit_no\"\nclass = \"unprotected\"\n\n\
                       [[field]]\nname = \"home\"\nclass = \"home_address\"\n";

fn write(dir: &Path, name: &str, text: &str) -> String {
    fs::write(dir.join(name), text).unwrap();
    name.to_owned()
}

#[test]
fn a_client_needs_a_catalogued_store_and_its_secret_is_shown_once() {
    let dir = TempDir::new().unwrap();
    let add = ["client", "add", "parks-app", "--name", "Parks", "--store", "parks", "--requester-kind", "court"];
    let refused = run(dir.path(), &add);
    assert_eq!(refused.status.code(), Some(1));
    assert!(
        err(&refused).contains("there is no record store `parks`: import its catalogue first"),
        "{}",
        err(&refused)
    );

    let file = write(dir.path(), "parks.toml", CATALOG);
    assert!(succeed(dir.path(), &["catalog", "import", &file]).contains("imported `parks`: 2 fields"));
    let secret = succeed(dir.path(), &add);
    assert_eq!(secret.trim().len(), 43, "the secret alone, so that a script can catch it: {secret}");
    let listed = succeed(dir.path(), &["client", "list"]);
    assert!(listed.contains("parks-app (Parks)") && listed.contains("speaks for: court"), "{listed}");
    assert!(!listed.contains(secret.trim()));

    let again = run(dir.path(), &add);
    assert_eq!(again.status.code(), Some(1));
    assert!(err(&again).contains("there is already a client `parks-app`"));
    assert_ne!(succeed(dir.path(), &["client", "rotate", "parks-app"]), secret);
    succeed(dir.path(), &["client", "disable", "parks-app"]);
    assert!(succeed(dir.path(), &["client", "list"]).contains("switched off"));
    succeed(dir.path(), &["client", "enable", "parks-app"]);
    // keys in force, refused add, catalogue, add, refused add, rotate, disable, enable.
    assert!(succeed(dir.path(), &["audit", "verify"]).starts_with("8 entries in 8 commits verify"));
}

#[test]
fn a_catalogue_comes_out_as_it_went_in_and_is_not_lowered_without_a_reviewer() {
    let dir = TempDir::new().unwrap();
    let file = write(dir.path(), "parks.toml", CATALOG);
    succeed(dir.path(), &["catalog", "import", &file]);
    let exported = succeed(dir.path(), &["catalog", "export", "parks"]);
    let file = write(dir.path(), "exported.toml", &exported);
    assert!(succeed(dir.path(), &["catalog", "diff", &file]).contains("no field and no class differs"));

    let lowered = write(dir.path(), "lowered.toml", &CATALOG.replace("home_address", "unprotected"));
    for command in ["import", "diff"] {
        let refused = run(dir.path(), &["catalog", command, &lowered]);
        assert_eq!(refused.status.code(), Some(1));
        let said = "`home` would go from `home_address` to `unprotected`: that needs `reviewed_by` and `reason`";
        assert!(err(&refused).contains(said), "{}", err(&refused));
    }
    assert!(succeed(dir.path(), &["catalog", "list", "parks"]).contains("home_address"));
}

#[test]
fn a_faulty_file_is_named_with_its_line_and_changes_nothing() {
    let dir = TempDir::new().unwrap();
    let file = write(dir.path(), "bad.toml", &CATALOG.replace("class = \"home_address\"", "class = \"homeaddress\""));
    let refused = run(dir.path(), &["catalog", "import", &file]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(err(&refused).contains("bad.toml") && err(&refused).contains("line 13"), "{}", err(&refused));
    assert!(!dir.path().join("zaguan.db").exists());

    let policy = include_str!("../../../config/policy.toml").replace("scope = \"all_external\"", "scope = \"some\"");
    let file = write(dir.path(), "policy.toml", &policy);
    let refused = run(dir.path(), &["policy", "check", &file]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(err(&refused).contains("line "), "{}", err(&refused));
}

#[test]
fn the_policy_is_shown_in_both_languages() {
    let dir = TempDir::new().unwrap();
    let english = succeed(dir.path(), &["policy", "show"]);
    let spanish = succeed(dir.path(), &["policy", "show", "--language", "es"]);
    assert!(english.contains("las-cruces-26-049") && english.contains("sha256 "), "{english}");
    assert_ne!(english, spanish);
}

#[test]
fn settings_are_checked_and_shown_without_secrets() {
    let dir = TempDir::new().unwrap();
    let file = write(dir.path(), "zaguan.toml", "[database]\nreaders = 3\n");
    let mut show = zaguan(dir.path());
    show.args(["config", "show", "--config", &file]).env("ZAGUAN__DATABASE__URL", "postgres://u:hunter2@h/d");
    let shown = out(&show.output().unwrap());
    assert!(shown.contains("readers = 3") && shown.contains("zaguan.toml") && !shown.contains("hunter2"), "{shown}");
    write(dir.path(), "zaguan.toml", "[database]\nreader = 3\n");
    let refused = run(dir.path(), &["config", "check"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(err(&refused).contains("reader") && err(&refused).contains('2'), "{}", err(&refused));
}

#[test]
fn an_altered_log_does_not_verify_and_says_where() {
    let dir = TempDir::new().unwrap();
    let file = write(dir.path(), "parks.toml", CATALOG);
    succeed(dir.path(), &["catalog", "import", &file]);
    assert!(run(dir.path(), &["audit", "verify"]).status.success());
    let path = dir.path().join("zaguan.db");
    let mut conn = diesel::SqliteConnection::establish(path.to_str().unwrap()).unwrap();
    conn.batch_execute("DROP TRIGGER audit_entry_no_update; UPDATE audit_entry SET actor = 'nobody' WHERE seq = 1")
        .unwrap();
    let refused = run(dir.path(), &["audit", "verify"]);
    assert_eq!(refused.status.code(), Some(3));
    assert!(err(&refused).contains("audit_entry row 1: its column `actor`"), "{}", err(&refused));
}

#[test]
fn where_links_to_residents_lead_is_checked_with_their_own_key_and_with_no_other() {
    let dir = TempDir::new().unwrap();
    succeed(dir.path(), &["catalog", "list"]);
    let verified = || succeed(dir.path(), &["audit", "verify"]);
    assert!(verified().contains("0 link(s) to residents lead to whom the records commit to"));
    let key = dir.path().join("keys/master.key");
    let kept = std::fs::read(&key).unwrap();
    std::fs::remove_file(&key).unwrap();
    assert!(verified().contains("was not checked: its master key is not here"));
    // Another installation's.
    let other = TempDir::new().unwrap();
    succeed(other.path(), &["keys", "init"]);
    std::fs::copy(other.path().join("keys/master.key"), &key).unwrap();
    assert!(verified().contains("was not checked: its master key is not here"));
    std::fs::write(&key, kept).unwrap();
    assert!(verified().contains("0 link(s)"));
}

#[test]
fn keys_are_made_once_and_rotated_with_an_entry() {
    let dir = TempDir::new().unwrap();
    let made = succeed(dir.path(), &["keys", "init"]);
    assert_eq!(succeed(dir.path(), &["keys", "init"]), made);
    succeed(dir.path(), &["catalog", "list"]);
    let rotated = succeed(dir.path(), &["keys", "rotate"]);
    let old = made.lines().next().unwrap().rsplit(' ').next().unwrap();
    assert!(rotated.lines().next().unwrap().ends_with(&format!(" {old}")), "{rotated}");
    let rotated = succeed(dir.path(), &["keys", "rotate", "--log"]);
    assert!(rotated.contains("retired log key: "), "{rotated}");
    assert!(succeed(dir.path(), &["audit", "verify"]).starts_with("3 entries"));
}

#[test]
fn a_wrong_command_line_ends_with_two() {
    let dir = TempDir::new().unwrap();
    for words in [&["serv"][..], &["client", "add", "X Y"], &["catalog", "export"]] {
        assert_eq!(run(dir.path(), words).status.code(), Some(2), "{words:?}");
    }
}
