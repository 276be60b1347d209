//! What stays shut: the log and the tables hold no people and no free text, and each reading is an entry.

use std::sync::Arc;

use serde_json::{Value, json};
use zaguan::domain::record::hex;
use zaguan::domain::staff::Role;
use zaguan::ledger::Step;

use super::{Hall, RESIDENT, emergency, warrant};
use crate::api::{assert_problem, entries, last_record};
use crate::ledger::probes::FailAt;
use crate::support::{TestDatabase, on_every_database};

/// Everything that a person wrote into the forms of this room, and must not be found in the clear.
const WRITTEN: [&str; 8] = [
    RESIDENT,
    "Fictional Person",
    "F. Officer",
    "915 555",
    "heard shouting",
    "575 555",
    "QUASHED-TEXT",
    "called the clerk",
];

#[test]
fn neither_log_nor_tables_hold_people_or_free_text_in_the_clear() {
    on_every_database(|database| {
        let hall = Hall::open(database);
        let id = hall.verified(&warrant());
        let urgent = hall.verified(&emergency());
        hall.show(&id);
        let review = json!({ "outcome": "not_justified", "note": "QUASHED-TEXT" });
        assert_eq!(hall.act(Role::Counsel, &urgent, "review", &review).status, 200);
        assert_eq!(hall.act(Role::Counsel, &id, "revocation", &json!({ "reason": "QUASHED-TEXT" })).status, 200);
        let records: Vec<Value> = hall.entries_after(0);
        for written in WRITTEN {
            assert!(!format!("{records:?}").contains(written), "{written} stands in the log");
        }
        for (table, column) in [
            ("legal_basis", "sealed_paper"),
            ("legal_basis_resident", "sealed"),
            ("legal_basis_check", "sealed_note"),
            ("legal_basis_step", "sealed_note"),
            ("violation", "sealed_note"),
        ] {
            let spelled = if database.is_postgres() {
                format!("encode({column}, 'hex')")
            } else {
                format!("lower(hex({column}))")
            };
            let stored =
                database.texts(&format!("SELECT {spelled} AS value FROM {table} WHERE {column} IS NOT NULL")).join(" ");
            assert!(!stored.is_empty(), "{table}");
            for written in WRITTEN {
                let plain = hex(written.as_bytes());
                assert!(!stored.contains(&plain), "{written} stands in {table}");
            }
        }
    });
}

#[test]
fn a_basis_is_read_in_full_only_with_an_entry_that_says_who_read_it() {
    on_every_database(|database| {
        let probe = FailAt::new(Step::Written, 0, 0);
        let hall = Hall::open_with(database, &[], Arc::clone(&probe) as _);
        let id = hall.register(&warrant());
        let path = format!("/api/v1/legal-bases/{id}");
        for role in [Role::Records, Role::Counsel, Role::Supervisor, Role::Auditor] {
            let reply = hall.get(role, &path);
            assert_eq!(reply.status, 200, "{reply:?}");
            assert_eq!(reply.header("cache-control"), Some("no-store"));
            let entry = last_record(&hall.app);
            assert_eq!((&entry["kind"], &entry["actor"]), (&json!("legal_basis_read"), &json!(hall.name(role))));
            assert_eq!(entry["about"]["legal_basis"], json!(id));
        }
        probe.fail(1);
        let reply = hall.get(Role::Auditor, &path);
        assert_problem(&reply, 503, "audit-log-unwritable");
        assert!(!reply.body.contains(RESIDENT));
        assert_problem(
            &hall.get(Role::Auditor, "/api/v1/legal-bases/0197aaaa-bbbb-7ccc-8ddd-eeeeffff0000"),
            404,
            "not-found",
        );
        assert_problem(&hall.get(Role::Auditor, "/api/v1/legal-bases/none"), 404, "not-found");
    });
}

#[test]
fn a_paper_that_was_moved_to_another_basis_does_not_open() {
    on_every_database(|database| {
        let hall = Hall::open(database);
        let (one, other) = (hall.register(&warrant()), hall.register(&warrant()));
        let moved = format!(
            "UPDATE legal_basis SET sealed_paper = (SELECT sealed_paper FROM legal_basis WHERE id = '{other}') WHERE id = '{one}'"
        );
        database.tamper(&moved).unwrap();
        assert_problem(&hall.get(Role::Counsel, &format!("/api/v1/legal-bases/{one}")), 503, "unavailable");
        hall.scan(&one);
        assert_problem(&hall.act(Role::Counsel, &one, "verification", &super::verified()), 503, "unavailable");
        assert_eq!(hall.get(Role::Counsel, &format!("/api/v1/legal-bases/{other}")).status, 200);
    });
}

#[test]
fn without_its_paper_a_basis_is_shown_but_no_longer_verified() {
    let database = TestDatabase::sqlite();
    let hall = Hall::open(&database);
    let id = hall.register(&warrant());
    hall.scan(&id);
    database.tamper(&format!("UPDATE legal_basis SET sealed_paper = NULL WHERE id = '{id}'")).unwrap();
    let shown = hall.show(&id);
    assert_eq!((&shown["paper"], &shown["checks"]), (&Value::Null, &Value::Null));
    assert_problem(&hall.act(Role::Counsel, &id, "verification", &super::verified()), 409, "conflict");
    assert_problem(&hall.get(Role::Counsel, &format!("/api/v1/legal-bases/{id}/checks")), 409, "conflict");
}

#[test]
fn the_log_would_show_that_paper_or_scope_were_changed_between_the_two_people() {
    on_every_database(|database| {
        let hall = Hall::open(database);
        let commitments = |kind: &str, id: &str| {
            let all = entries(&hall.app);
            let mut records = all.iter().map(|entry| serde_json::from_slice::<Value>(&entry.record).unwrap());
            let of = |record: &Value| record["kind"] == kind && record["about"]["legal_basis"] == id;
            let about = records.rfind(of).unwrap()["about"].clone();
            (about["paper"].as_str().unwrap().to_owned(), about["scope"].as_str().unwrap().to_owned())
        };
        let honest = hall.verified(&warrant());
        assert_eq!(commitments("legal_basis_registered", &honest), commitments("legal_basis_verified", &honest));
        let widened = hall.register(&warrant());
        hall.scan(&widened);
        let widen = format!(
            "UPDATE legal_basis_scope SET value = 'employment' WHERE basis = '{widened}' AND dimension = 'class'"
        );
        database.tamper(&widen).unwrap();
        hall.verify(Role::Counsel, &widened);
        let (registered, verified) =
            (commitments("legal_basis_registered", &widened), commitments("legal_basis_verified", &widened));
        assert_eq!(registered.0, verified.0);
        assert_ne!(registered.1, verified.1);
        // Two papers that say the same have nothing in common in the log.
        assert_ne!(registered, commitments("legal_basis_registered", &honest));
    });
}

#[test]
fn who_loses_the_role_before_the_transaction_verifies_nothing() {
    let database = TestDatabase::sqlite();
    let hall = Hall::open(&database);
    let id = hall.register(&warrant());
    hall.scan(&id);
    let staff = format!("(SELECT id FROM staff WHERE username = '{}')", hall.name(Role::Counsel));
    database.tamper(&format!("UPDATE staff_role SET role = 'supervisor' WHERE staff = {staff}")).unwrap();
    // The supervisor may call, but the warrant is counsel's.
    assert_problem(&hall.act(Role::Counsel, &id, "verification", &super::verified()), 403, "forbidden");
    assert_eq!(hall.show(&id)["status"], "registered");
}
