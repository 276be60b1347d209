//! Scanned papers over the wire: stored once, sealed, read behind an entry, whole or not at all.

use std::io::Write as _;
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, Ordering};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::TimeDelta;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use zaguan::domain::legal_basis::Status;
use zaguan::domain::record::hex;
use zaguan::domain::staff::Role;
use zaguan::ledger::Step;

use super::bases::{record, warrant};
use super::{assert_problem, count, entries, last_record, raw};
use crate::domain::document::Pdf;
use crate::ledger::probes::FailAt;
use crate::support::app::{Reply, ask};
use crate::support::wait::eventually;
use crate::support::{TestApp, TestDatabase, on_every_database};

/// A basis that waits for verification, by the path of its paper.
pub fn registered(app: &TestApp, number: u128) -> String {
    let mut paper = warrant(app, number);
    paper.basis.status = Status::Registered;
    paper.verifier = None;
    path(&record(app, paper))
}

fn path(basis: &str) -> String {
    format!("/api/v1/legal-bases/{basis}/document")
}

pub fn put(app: &TestApp, token: &str, path: &str, paper: &[u8]) -> Reply {
    app.send("PUT", path, &[("Authorization", &format!("Bearer {token}"))], paper)
}

/// Three pages, and more than one slice of parts.
fn large() -> Vec<u8> {
    Pdf::of(3).filled(1_300_000).bytes()
}

#[test]
fn a_paper_is_read_as_it_was_stored_and_both_are_entries() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let (records, counsel) = (app.staff(Role::Records), app.staff(Role::Counsel));
        let (at, paper) = (registered(&app, 1), large());
        let sha256 = Sha256::digest(&paper);
        let stored = put(&app, &records, &at, &paper);
        assert_eq!(stored.status, 201, "{stored:?}");
        let (told, basis) = (stored.json(), at.split('/').nth(4).unwrap());
        assert_eq!(told["sha256"], hex(&sha256));
        assert_eq!((&told["bytes"], &told["pages"]), (&json!(paper.len()), &json!(3)));
        assert_eq!((&told["media_type"], &told["has_active_content"]), (&json!("application/pdf"), &json!(false)));
        let entry = last_record(&app);
        assert_eq!(entry["kind"], "document_stored");
        let about = json!({
            "active_content": "false", "bytes": paper.len().to_string(), "legal_basis": basis,
            "media_type": "application/pdf", "pages": "3", "sha256": hex(&sha256),
        });
        assert_eq!(entry["about"], about);
        assert_eq!(database.count("legal_document_part"), 20, "parts of 64 KiB");
        assert_eq!(database.count("legal_basis_step WHERE kind = 'document_stored'"), 1);

        let full = app.as_staff(&counsel).get(at.trim_end_matches("/document"));
        assert_eq!(full.json()["document"], told, "the basis shows it");
        let read = app.as_staff(&counsel).get(&at);
        assert_eq!(read.status, 200);
        assert!(read.body.as_bytes() == paper, "another paper came back");
        let entry = last_record(&app);
        assert_eq!(entry["kind"], "document_read");
        assert_eq!(entry["about"], json!({ "legal_basis": basis, "sha256": hex(&sha256) }));
    });
}

#[test]
fn a_paper_is_handed_over_so_that_nothing_in_it_can_act() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let records = app.staff(Role::Records);
        let (at, paper) = (registered(&app, 1), Pdf::of(1).object("<</S /JavaScript>>").bytes());
        assert_eq!(put(&app, &records, &at, &paper).json()["has_active_content"], true);
        let read = app.as_staff(&records).get(&at);
        let name = format!("attachment; filename=\"{}.pdf\"", at.split('/').nth(4).unwrap());
        let digest = format!("sha-256=:{}:", STANDARD.encode(Sha256::digest(&paper)));
        let length = paper.len().to_string();
        let expected = [
            ("content-type", "application/pdf"),
            ("content-disposition", &name),
            ("content-length", &length),
            ("content-security-policy", "default-src 'none'; sandbox"),
            ("x-content-type-options", "nosniff"),
            ("cache-control", "no-store"),
            ("cross-origin-resource-policy", "same-origin"),
            ("repr-digest", &digest),
        ];
        for (name, value) in expected {
            assert_eq!(read.header(name), Some(value), "{name}");
        }
    });
}

#[test]
fn what_is_stored_is_sealed() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let records = app.staff(Role::Records);
        put(&app, &records, &registered(&app, 1), &large());
        let sealed = if database.is_postgres() { "encode(sealed, 'hex')" } else { "lower(hex(sealed))" };
        let parts = database.texts(&format!("SELECT {sealed} AS value FROM legal_document_part"));
        assert!(parts.iter().all(|part| !part.contains(&hex(b"plainly fictional"))));
    });
}

#[test]
fn the_same_bytes_again_change_nothing_and_other_bytes_are_refused() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let records = app.staff(Role::Records);
        let (at, paper) = (registered(&app, 1), Pdf::of(2).bytes());
        let first = put(&app, &records, &at, &paper);
        let again = put(&app, &records, &at, &paper);
        assert_eq!((again.status, again.json()), (200, first.json()));
        assert_eq!(count(&app, "document_stored"), 1);
        assert_problem(&put(&app, &records, &at, &Pdf::of(3).bytes()), 409, "conflict");
        assert_eq!(last_record(&app)["kind"], "change_refused");
        assert_eq!(app.as_staff(&records).get(&at).body.as_bytes(), paper);
        assert_eq!((database.count("legal_document_part"), database.count("legal_upload")), (1, 0));
    });
}

#[test]
fn only_a_basis_that_waits_for_verification_takes_a_paper() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let records = app.staff(Role::Records);
        let verified = path(&record(&app, warrant(&app, 1)));
        assert_problem(&put(&app, &records, &verified, &Pdf::of(1).bytes()), 409, "conflict");
        assert_eq!(last_record(&app)["kind"], "change_refused");
        let unknown = path("0197a000-0000-7000-8000-000000000000");
        assert_problem(&put(&app, &records, &unknown, &Pdf::of(1).bytes()), 404, "not-found");
        assert_problem(&put(&app, &records, &path("ACCT-0048213"), &Pdf::of(1).bytes()), 404, "not-found");
        for at in [verified, unknown, path("ACCT-0048213")] {
            assert_problem(&app.as_staff(&records).get(&at), 404, "not-found");
        }
        assert_eq!((database.count("legal_document_part"), database.count("legal_upload")), (0, 0));
    });
}

#[test]
fn whoever_stores_is_of_records_and_whoever_reads_is_entitled() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let at = registered(&app, 1);
        let paper = Pdf::of(1).bytes();
        for role in [Role::Counsel, Role::Supervisor, Role::Auditor, Role::Admin, Role::Council] {
            assert_problem(&put(&app, &app.staff(role), &at, &paper), 403, "forbidden");
        }
        assert_eq!(put(&app, &app.staff(Role::Records), &at, &paper).status, 201);
        for role in [Role::Admin, Role::Council, Role::Steward, Role::Security, Role::Editor] {
            assert_problem(&app.as_staff(&app.staff(role)).get(&at), 403, "forbidden");
        }
        for role in [Role::Counsel, Role::Supervisor, Role::Auditor] {
            assert_eq!(app.as_staff(&app.staff(role)).get(&at).status, 200, "{role}");
        }
        assert_problem(&app.send("GET", &at, &[], b""), 401, "unauthenticated");
        assert_eq!(count(&app, "document_read"), 3);
    });
}

#[test]
fn what_is_no_paper_is_refused_whatever_it_says_of_itself() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let records = app.staff(Role::Records);
        let at = registered(&app, 1);
        let bearer = format!("Bearer {records}");
        let declared = [("Authorization", bearer.as_str()), ("Content-Type", "application/pdf")];
        let page = b"<html><script>alert(1)</script></html>";
        assert_problem(&app.send("PUT", &at, &declared, page), 415, "unsupported-media-type");
        assert_problem(&put(&app, &records, &at, b""), 415, "unsupported-media-type");
        assert_problem(&put(&app, &records, &at, &Pdf::of(0).bytes()), 400, "invalid-request");
        let encrypted = Pdf::of(1).trailer("/Encrypt <</V 4>>").bytes();
        let told = assert_problem(&put(&app, &records, &at, &encrypted), 400, "invalid-request");
        assert!(told["detail"].as_str().unwrap().contains("encrypted"), "{told}");
        assert_eq!(database.count("legal_document_part"), 0);
    });
}

#[test]
fn a_paper_that_is_too_large_is_refused_before_and_while_it_comes() {
    let database = TestDatabase::sqlite();
    let app =
        TestApp::start_with(&database, &[("ZAGUAN__DOCUMENTS__MAX_BYTES", "4096")], FailAt::new(Step::Judged, 0, 0));
    let records = app.staff(Role::Records);
    let at = registered(&app, 1);
    let head = format!(
        "PUT {at} HTTP/1.1\r\nHost: zaguan.example\r\nAuthorization: Bearer {records}\r\nConnection: close\r\n"
    );
    // Not a byte of the body is sent: only its length is told.
    assert_problem(&raw(&app, format!("{head}Content-Length: 4097\r\n\r\n").as_bytes()), 413, "too-large");
    let chunk = format!("1000\r\n{}\r\n", "a".repeat(0x1000));
    let chunks = format!("{head}Transfer-Encoding: chunked\r\n\r\n{chunk}1\r\na\r\n0\r\n\r\n");
    assert_problem(&raw(&app, chunks.as_bytes()), 413, "too-large");
    let mut largest = Pdf::of(1).bytes();
    largest.splice(9..9, std::iter::repeat_n(b'\n', 4096 - largest.len()));
    assert_eq!(put(&app, &records, &at, &largest).status, 201, "4096 bytes are not too many");
}

#[test]
fn an_upload_that_is_cut_off_leaves_nothing() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let records = app.staff(Role::Records);
        let (at, paper) = (registered(&app, 1), large());
        let head = format!(
            "PUT {at} HTTP/1.1\r\nHost: zaguan.example\r\nAuthorization: Bearer {records}\r\nContent-Length: {}\r\n\r\n",
            paper.len()
        );
        let mut socket = TcpStream::connect(app.address).unwrap();
        socket.write_all(head.as_bytes()).unwrap();
        socket.write_all(&paper[..paper.len() / 2]).unwrap();
        drop(socket);
        assert_problem(&app.as_staff(&records).get(&at), 404, "not-found");
        assert_eq!((database.count("legal_document_part"), database.count("legal_upload")), (0, 0));
        assert_eq!(put(&app, &records, &at, &paper).status, 201);
    });
}

#[test]
fn an_upload_that_the_log_could_not_finish_is_unreadable_and_deleted_later() {
    on_every_database(|database| {
        let fails = FailAt::new(Step::Begun, 0, 0);
        let app = TestApp::start_with(database, &[("ZAGUAN__AUDIT__PUBLISH_INTERVAL_S", "1")], fails.clone());
        let (records, counsel) = (app.staff(Role::Records), app.staff(Role::Counsel));
        let at = registered(&app, 1);
        let paper = Pdf::of(3).filled(19_000_000).bytes();
        std::thread::scope(|scope| {
            let upload = scope.spawn(|| put(&app, &records, &at, &paper));
            eventually("the first slice is written", || database.count("legal_upload") > 0);
            fails.fail(u64::MAX);
            assert_problem(&upload.join().unwrap(), 503, "audit-log-unwritable");
        });
        let left = database.count("legal_document_part");
        assert!((1..290).contains(&left), "{left} parts are left");
        fails.fail(0);
        assert_problem(&app.as_staff(&counsel).get(&at), 404, "not-found");
        app.clock.advance(TimeDelta::hours(23));
        eventually("a checkpoint is published", || database.count("audit_checkpoint") > 0);
        assert_eq!(database.count("legal_document_part"), left, "it may still come");
        app.clock.advance(TimeDelta::hours(2));
        eventually("the parts are deleted", || database.count("legal_document_part") == 0);
        assert_eq!(database.count("legal_upload"), 0);
    });
}

#[test]
fn an_upload_that_failed_once_is_discarded_at_once() {
    on_every_database(|database| {
        let fails = FailAt::new(Step::Begun, 0, 0);
        let app = TestApp::start_with(database, &[], fails.clone());
        let records = app.staff(Role::Records);
        let at = registered(&app, 1);
        let paper = Pdf::of(3).filled(19_000_000).bytes();
        std::thread::scope(|scope| {
            let upload = scope.spawn(|| put(&app, &records, &at, &paper));
            eventually("the first slice is written", || database.count("legal_upload") > 0);
            fails.fail(1);
            assert_problem(&upload.join().unwrap(), 503, "audit-log-unwritable");
        });
        assert_eq!((database.count("legal_document_part"), database.count("legal_upload")), (0, 0));
        assert_eq!(put(&app, &records, &at, &paper).status, 201);
    });
}

#[test]
fn decisions_are_answered_while_a_large_paper_is_written() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let records = app.staff(Role::Records);
        let (at, paper) = (registered(&app, 1), Pdf::of(3).filled(19_000_000).bytes());
        let is_done = AtomicBool::new(false);
        let meanwhile = std::thread::scope(|scope| {
            let upload = scope.spawn(|| {
                let stored = put(&app, &records, &at, &paper);
                is_done.store(true, Ordering::SeqCst);
                stored
            });
            let mut meanwhile = 0;
            while !is_done.load(Ordering::SeqCst) {
                let began_within = database.count("legal_upload") > 0;
                assert_eq!(app.decide(&ask()).status, 200);
                meanwhile += u32::from(began_within && database.count("legal_upload") > 0);
            }
            assert_eq!(upload.join().unwrap().status, 201);
            meanwhile
        });
        assert!(meanwhile > 0, "no decision came between two slices");
    });
}

#[test]
fn without_an_entry_no_byte_of_a_paper_leaves() {
    for step in [Step::Connect, Step::Judged, Step::Written] {
        on_every_database(|database| {
            let probe = FailAt::new(step, 0, 0);
            let app = TestApp::start_with(database, &[], probe.clone());
            let records = app.staff(Role::Records);
            let at = registered(&app, 1);
            put(&app, &records, &at, &Pdf::of(1).bytes());
            probe.fail(u64::MAX);
            let refused = app.as_staff(&records).get(&at);
            assert_problem(&refused, 503, "audit-log-unwritable");
            assert!(!refused.body.contains("%PDF"));
            probe.fail(0);
            assert_eq!(app.as_staff(&records).get(&at).status, 200);
            assert_eq!(count(&app, "document_read"), 1);
        });
    }
}

/// What a client gets that reads until the connection ends.
fn read_to_its_end(app: &TestApp, token: &str, at: &str) -> Reply {
    raw(
        app,
        format!(
            "GET {at} HTTP/1.1\r\nHost: zaguan.example\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\r\n"
        )
        .as_bytes(),
    )
}

#[test]
fn a_paper_that_was_tampered_with_never_looks_whole() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let records = app.staff(Role::Records);
        let (at, paper) = (registered(&app, 1), Pdf::of(3).filled(300_000).bytes());
        put(&app, &records, &at, &paper);
        assert_eq!(database.count("legal_document_part"), 5);
        let part = "(SELECT sealed FROM legal_document_part WHERE number = 1)";
        let deeds = [
            (1, format!("UPDATE legal_document_part SET sealed = {part} WHERE number = 2"), 2),
            (2, "DELETE FROM legal_document_part WHERE number = 3".to_owned(), 3),
            (3, "UPDATE legal_document SET parts = 3".to_owned(), 2),
            (4, format!("UPDATE legal_document SET sha256 = {}", database.bytes(&"00".repeat(32))), 4),
        ];
        let whole = read_to_its_end(&app, &records, &at);
        assert_eq!(whole.body.len(), paper.len());
        for (deed, sql, parts) in deeds {
            let _undone = Undo::of(database);
            database.tamper(&sql).unwrap();
            let read = read_to_its_end(&app, &records, &at);
            assert_eq!(read.status, 200);
            assert_eq!(read.header("content-length"), Some(paper.len().to_string().as_str()), "deed {deed}");
            assert_eq!(read.body.len(), parts * 65536, "deed {deed}: the answer ends before what does not open");
        }
    });
}

/// Puts the tables of papers back as they were.
struct Undo<'a>(&'a TestDatabase);

impl<'a> Undo<'a> {
    fn of(database: &'a TestDatabase) -> Self {
        for table in ["legal_document", "legal_document_part"] {
            database.tamper(&format!("CREATE TABLE kept_{table} AS SELECT * FROM {table}")).unwrap();
        }
        Self(database)
    }
}

impl Drop for Undo<'_> {
    fn drop(&mut self) {
        for table in ["legal_document", "legal_document_part"] {
            let sql =
                format!("DELETE FROM {table}; INSERT INTO {table} SELECT * FROM kept_{table}; DROP TABLE kept_{table}");
            self.0.tamper(&sql).unwrap();
        }
    }
}

#[test]
fn nothing_of_a_paper_stands_in_the_log() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let records = app.staff(Role::Records);
        let at = registered(&app, 1);
        put(&app, &records, &at, &Pdf::of(1).filled(1000).bytes());
        app.as_staff(&records).get(&at);
        for entry in entries(&app) {
            let record: Value = serde_json::from_slice(&entry.record).unwrap();
            assert!(!record.to_string().contains("fictional "), "{record}");
        }
    });
}
