//! The API as its callers see it: every test drives the whole program over a socket.

pub mod bases;
mod basis_reasons;
mod batch;
mod clients;
mod confidential;
mod decisions;
pub mod documents;
mod health;
mod idempotency;
pub mod legal_bases;
mod log;
mod malformed;
mod manners;
mod openapi;
mod problems;
mod receipts;
mod refusals;
mod report;
mod roles;
mod search;
mod staff;
mod stewardship;
mod throttle;
mod tiles;
mod token;
mod walk;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::Value;
use zaguan::storage::audit::{EntryRow, list_entries};

use crate::support::TestApp;
use crate::support::app::Reply;

/// A problem document as it is promised: type, status, no caching, a sentence.
#[track_caller]
pub fn assert_problem(reply: &Reply, status: u16, slug: &str) -> Value {
    assert_eq!(reply.status, status, "{reply:?}");
    assert_eq!(reply.header("content-type"), Some("application/problem+json"), "{reply:?}");
    assert_eq!(reply.header("cache-control"), Some("no-store"), "{reply:?}");
    let problem = reply.json();
    assert_problem_value(&problem, status, slug);
    problem
}

#[track_caller]
pub fn assert_problem_value(problem: &Value, status: u16, slug: &str) {
    assert_eq!(problem["type"], format!("urn:zaguan:problem:{slug}"), "{problem}");
    assert_eq!(problem["status"], status, "{problem}");
    assert!(problem["title"].as_str().is_some_and(|title| !title.is_empty()), "{problem}");
    assert!(problem["detail"].as_str().is_some_and(|detail| !detail.is_empty()), "{problem}");
}

/// All entries of the log.
pub fn entries(app: &TestApp) -> Vec<EntryRow> {
    app.app.store().read(|conn| list_entries(conn, 0, 100_000)).unwrap()
}

/// How many entries of a kind there are.
pub fn count(app: &TestApp, kind: &str) -> usize {
    entries(app).iter().filter(|entry| entry.kind == kind).count()
}

/// The newest entry's record.
pub fn last_record(app: &TestApp) -> Value {
    serde_json::from_slice(&entries(app).last().unwrap().record).unwrap()
}

/// Sends bytes as they are and reads until the server closes: for requests that no client library would send.
pub fn raw(app: &TestApp, request: &[u8]) -> Reply {
    let mut socket = TcpStream::connect(app.address).unwrap();
    socket.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    // The server may answer and close before it has read everything.
    let _ = socket.write_all(request);
    let mut answer = Vec::new();
    let _ = socket.read_to_end(&mut answer);
    parse(&answer)
}

fn parse(answer: &[u8]) -> Reply {
    let text = String::from_utf8_lossy(answer).into_owned();
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no answer: {text:?}"));
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|status| status.parse().ok()).unwrap();
    let headers = lines.filter_map(|line| line.split_once(':'));
    let headers = headers.map(|(name, value)| (name.to_owned(), value.trim().to_owned())).collect();
    Reply { status, headers, body: body.to_owned() }
}

/// A request without a body, in full.
pub fn raw_request(app: &TestApp, method: &str, path: &str, more: &str) -> Reply {
    let request = format!("{method} {path} HTTP/1.1\r\nHost: zaguan.example\r\nConnection: close\r\n{more}\r\n");
    raw(app, request.as_bytes())
}

/// Posts bytes that need not be JSON to the decisions endpoint.
pub fn post_bytes(app: &TestApp, path: &str, body: &[u8]) -> Reply {
    let bearer = format!("Bearer {}", app.token);
    app.send("POST", path, &[("Authorization", &bearer), ("Content-Type", "application/json")], body)
}
