//! `zaguan basis`, beside a running service.

use serde_json::json;
use zaguan::domain::staff::Role;

use super::{err, out, zaguan};
use crate::api::legal_bases::{Hall, RESIDENT, emergency, warrant};
use crate::api::{count, last_record};
use crate::support::{TestDatabase, on_every_database};

fn run(database: &TestDatabase, words: &[&str]) -> std::process::Output {
    let mut command = zaguan(database.dir.path());
    command.env("ZAGUAN__DATABASE__URL", database.url()).arg("basis").args(words).output().unwrap()
}

fn succeed(database: &TestDatabase, words: &[&str]) -> String {
    let output = run(database, words);
    assert!(output.status.success(), "{words:?}: {}", err(&output));
    out(&output)
}

#[test]
fn bases_are_listed_and_shown_and_residents_only_with_an_entry() {
    on_every_database(|database| {
        let hall = Hall::open(database);
        let (id, urgent) = (hall.verified(&warrant()), hall.register(&emergency()));
        let listed = succeed(database, &["list"]);
        assert_eq!(listed.lines().count(), 2, "{listed}");
        let waiting = succeed(database, &["list", "--needs", "verification"]);
        let line = format!("{urgent} registered emergency_exception (no paper), needs verification\n");
        assert_eq!(waiting, line);
        assert_eq!(succeed(database, &["list", "--status", "revoked"]), "");
        let before = count(&hall.app, "legal_basis_read");
        let shown = succeed(database, &["show", &id]);
        for told in [
            format!("{id} verified judicial_warrant (search_warrant)"),
            format!("registered by {} at 2031-03-04T12:00:00.000000Z", hall.name(Role::Records)),
            format!("looked at by {}", hall.name(Role::Counsel)),
            "docket 2:31-mj-01234".to_owned(),
            "used 0 times of any number".to_owned(),
        ] {
            assert!(shown.contains(&told), "{told}: {shown}");
        }
        assert!(!shown.contains(RESIDENT) && !shown.contains("Fictional Person"), "{shown}");
        assert_eq!(count(&hall.app, "legal_basis_read"), before);
        let shown = succeed(database, &["show", &id, "--residents"]);
        assert!(shown.contains(&format!("resident {RESIDENT} of utility-billing")), "{shown}");
        let entry = last_record(&hall.app);
        assert_eq!((&entry["kind"], &entry["actor"]), (&json!("legal_basis_read"), &json!("operator")));
    });
}

#[test]
fn a_basis_that_is_not_there_is_a_plain_error() {
    let database = TestDatabase::sqlite();
    let _hall = Hall::open(&database);
    let output = run(&database, &["show", "0197aaaa-bbbb-7ccc-8ddd-eeeeffff0000"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains("there is no such legal basis"), "{}", err(&output));
}
