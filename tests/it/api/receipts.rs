//! Reading a decision back, and the receipt that proves it to others.

use serde_json::{Value, json};
use zaguan::app::authority::Authority;
use zaguan::app::clients::NewClient;
use zaguan::domain::record::entry_bytes;
use zaguan::tlog::{Receipt, Verifier, leaf_hash};

use super::{assert_problem, assert_problem_value, entries};
use crate::support::app::{FORM, Reply, ask};
use crate::support::{TestApp, TestDatabase, on_every_database};

const ORIGIN: &str = "records.las-cruces.example/zaguan";

fn decided(app: &TestApp) -> (Value, String) {
    let decision = app.decide(&ask()).json();
    let path = format!("/api/v1/decisions/{}", decision["id"].as_str().unwrap());
    (decision, path)
}

/// The key as an outsider gets it.
pub fn published_key(app: &TestApp) -> Verifier {
    let reply = app.send("GET", "/log/vkey", &[], b"");
    assert_eq!(reply.status, 200);
    Verifier::parse(reply.body.strip_suffix('\n').unwrap()).unwrap()
}

/// Verifies it as an outsider would, and returns the record and the size of the tree it was proven in.
fn verified(app: &TestApp, reply: &Reply, index: &Value) -> (Value, u64) {
    assert_eq!(reply.status, 200, "{reply:?}");
    assert_eq!(reply.header("content-type"), Some("text/plain; charset=utf-8"));
    assert_eq!(reply.header("cache-control"), Some("no-store"));
    let receipt = Receipt::parse(reply.body.as_bytes()).unwrap();
    assert_eq!(json!(receipt.index), *index);
    let extra = receipt.extra.clone().unwrap();
    let (nonce, record) = extra.split_at(32);
    let leaf = leaf_hash(&entry_bytes(nonce.try_into().unwrap(), record));
    let checkpoint = receipt.verify(&leaf, &[published_key(app)], ORIGIN).unwrap();
    let other = leaf_hash(&entry_bytes(&[0; 32], record));
    assert!(receipt.verify(&other, &[published_key(app)], ORIGIN).is_err());
    (serde_json::from_slice(record).unwrap(), checkpoint.size())
}

#[test]
fn a_decision_reads_back_exactly_as_it_was_answered() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let (decision, path) = decided(&app);
        let reply = app.get(&path);
        assert_eq!(reply.status, 200, "{reply:?}");
        assert_eq!(reply.header("content-type"), Some("application/json"));
        assert_eq!(reply.header("cache-control"), Some("no-store"));
        assert_eq!(reply.json(), decision);
        let recorded = entries(&app).len();
        let shouted = path.replace(decision["id"].as_str().unwrap(), &decision["id"].as_str().unwrap().to_uppercase());
        assert_eq!(app.get(&shouted).json(), decision);
        assert_eq!(entries(&app).len(), recorded, "reading back is no new decision");
    });
}

#[test]
fn a_receipt_verifies_with_the_published_key_and_holds_the_record() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let (decision, path) = decided(&app);
        let reply = app.get(&format!("{path}/receipt"));
        let (record, size) = verified(&app, &reply, &decision["entry"]["index"]);
        assert_eq!(record["id"], decision["id"]);
        assert_eq!(record["outcome"], decision["outcome"]);
        assert_eq!(record["at"], decision["decided_at"]);
        assert!(!record.to_string().contains("ACCT"), "{record}");
        assert_eq!(size, entries(&app).len() as u64);
    });
}

#[test]
fn old_and_new_receipts_verify_after_many_more_entries() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let (first, path) = decided(&app);
        let old = app.get(&format!("{path}/receipt"));
        let more = json!({ "decisions": vec![ask(); 400] });
        assert_eq!(app.post("/api/v1/decisions/batch", &more).status, 200);
        let (last, last_path) = decided(&app);
        // The receipt of before is still good, and a new one for the same decision is, too.
        let (record, size) = verified(&app, &old, &first["entry"]["index"]);
        let again = app.get(&format!("{path}/receipt"));
        let (record_again, size_again) = verified(&app, &again, &first["entry"]["index"]);
        assert_eq!(record, record_again);
        assert!(size_again >= size + 401, "{size} {size_again}");
        let (record, _) = verified(&app, &app.get(&format!("{last_path}/receipt")), &last["entry"]["index"]);
        assert_eq!(record["id"], last["id"]);
    });
}

#[test]
fn another_clients_decision_cannot_be_told_from_none() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let (_, path) = decided(&app);
        let new = NewClient {
            id: "permits".parse().unwrap(),
            name: "Permits".to_owned(),
            stores: ["utility-billing".parse().unwrap()].into(),
            requester_kinds: [zaguan::domain::RequesterKind::Court].into(),
        };
        let secret = app.app.add_client(&Authority::operator(), new).unwrap();
        let form = format!("grant_type=client_credentials&client_id=permits&client_secret={}", secret.as_str());
        let token = app.send("POST", "/oauth/token", &[("Content-Type", FORM)], form.as_bytes()).json();
        let bearer = format!("Bearer {}", token["access_token"].as_str().unwrap());
        let get = |path: &str| app.send("GET", path, &[("Authorization", &bearer)], b"");
        for end in ["", "/receipt"] {
            let theirs = get(&format!("{path}{end}"));
            let none = get(&format!("/api/v1/decisions/0197aaaa-bbbb-7ccc-8ddd-eeeeffff0000{end}"));
            assert_problem(&theirs, 404, "not-found");
            assert_eq!(theirs.body, none.body);
        }
    });
}

#[test]
fn what_is_no_decision_is_not_found() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    decided(&app);
    let token_entry = entries(&app).iter().find(|entry| entry.kind == "token_issued").unwrap().id.clone();
    let ids = [
        "0197aaaa-bbbb-7ccc-8ddd-eeeeffff0000",
        "marker",
        "1",
        "-",
        "%20",
        "%00",
        "%ff",
        "%2e%2e",
        "..%2f..%2f",
        &token_entry,
        "0197aaaa-bbbb-7ccc-8ddd-eeeeffff0000%0a",
        &"a".repeat(5000),
    ];
    for id in ids {
        for end in ["", "/receipt"] {
            let reply = app.get(&format!("/api/v1/decisions/{id}{end}"));
            assert_problem(&reply, 404, "not-found");
            assert!(!reply.body.contains("marker"), "{reply:?}");
        }
    }
}

#[test]
fn a_record_that_was_altered_is_not_proven_and_not_read() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let (decision, path) = decided(&app);
        let id = decision["id"].as_str().unwrap();
        let guard = if database.is_postgres() {
            "ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_no_change"
        } else {
            "DROP TRIGGER audit_entry_no_update"
        };
        let nonce = if database.is_postgres() { "decode(repeat('00', 32), 'hex')" } else { "zeroblob(32)" };
        database.tamper(&format!("{guard}; UPDATE audit_entry SET nonce = {nonce} WHERE id = '{id}'")).unwrap();
        let reply = app.get(&format!("{path}/receipt"));
        assert_problem(&reply, 500, "unproven");
        let garbage = if database.is_postgres() { "'\\x00'::bytea" } else { "x'00'" };
        database.tamper(&format!("UPDATE audit_entry SET record = {garbage} WHERE id = '{id}'")).unwrap();
        let unreadable = app.get(&path);
        assert_problem(&unreadable, 503, "unavailable");
        assert_eq!(unreadable.header("retry-after"), Some("5"));
    });
}

#[test]
fn a_remembered_answer_that_cannot_be_read_is_not_released() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let keyed = || app.post_with("/api/v1/decisions", &[("Idempotency-Key", "k")], &ask());
    assert_eq!(keyed().status, 200);
    database
        .tamper("DROP TRIGGER audit_entry_no_update; UPDATE audit_entry SET record = x'00' WHERE kind = 'decision'")
        .unwrap();
    assert_problem_value(&assert_problem(&keyed(), 503, "unavailable"), 503, "unavailable");
}

#[test]
fn the_first_entrys_nonce_leaves_by_no_receipt() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let first = entries(&app).remove(0);
        // The reserves of the council's report are drawn from it (docs/council-report.md).
        let nonce = zaguan::domain::record::hex(&first.nonce);
        let receipt = app.app.entry_receipt(&Authority::operator(), 0, None).unwrap().unwrap().unwrap();
        assert_eq!(receipt.extra, None);
        assert!(!receipt.encode().contains("extra"));
        let leaf = zaguan::tlog::Hash::try_from(first.leaf.as_slice()).unwrap();
        assert!(receipt.verify(&leaf, &[published_key(&app)], ORIGIN).is_ok());
        let second = app.app.entry_receipt(&Authority::operator(), 1, None).unwrap().unwrap().unwrap();
        assert!(second.extra.is_some(), "every other receipt carries its record");
        assert_problem(&app.get(&format!("/api/v1/decisions/{}/receipt", first.id)), 404, "not-found");
        let desk = app.desk(zaguan::domain::staff::Role::Auditor);
        let page = desk.get("/console/entries/0");
        assert!(page.status == 200 && !page.body.contains(&nonce), "{page:?}");
        assert_eq!(desk.get(&format!("/console/decisions/{}/receipt", first.id)).status, 404);
    });
}

#[test]
fn an_entry_is_proven_under_an_older_published_checkpoint_too() {
    on_every_database(|database| {
        let app = TestApp::publishing(database);
        app.grow_to(40);
        app.publish();
        app.grow_to(300);
        app.publish();
        let prove = |index, size| app.app.entry_receipt(&Authority::operator(), index, size).unwrap();
        let size_of = |receipt: Receipt| {
            let leaf = entries(&app)[usize::try_from(receipt.index).unwrap()].leaf.as_slice().try_into().unwrap();
            receipt.verify(&leaf, &[published_key(&app)], ORIGIN).unwrap().size()
        };
        assert_eq!(size_of(prove(7, Some(40)).unwrap().unwrap()), 40);
        assert_eq!(size_of(prove(7, None).unwrap().unwrap()), 300);
        assert!(prove(40, Some(40)).is_none(), "it came later");
        assert!(prove(7, Some(41)).is_none(), "nothing was published at that size");
        assert!(prove(1_000_000, None).is_none());
    });
}
