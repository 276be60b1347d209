//! HTTP as proxies, browsers and load balancers expect it.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use super::{assert_problem, entries, raw, raw_request};
use crate::support::app::ask;
use crate::support::{TestApp, TestDatabase};

/// Every path that is served, with what stands for its members filled in, and the `Allow` header that it owes.
fn paths() -> BTreeMap<String, String> {
    let mut methods: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (method, path) in zaguan::api::listed() {
        let path = path.replace("{id}", "0197aaaa-bbbb-7ccc-8ddd-eeeeffff0000").replace("{token}", "nobody-s-token");
        let path = path.replace("{piece}*", "63/000");
        let method = if method == "GET" { "GET, HEAD".to_owned() } else { method };
        methods.entry(path).or_default().push(method);
    }
    methods
        .into_iter()
        .map(|(path, methods)| (path, [&methods[..], &["OPTIONS".to_owned()]].concat().join(", ")))
        .collect()
}

#[test]
fn a_harmless_request_id_is_echoed_and_any_other_is_replaced() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let id = |given: &str| raw_request(&app, "GET", "/health/live", given).header("x-request-id").unwrap().to_owned();
    let longest = "a".repeat(128);
    for given in ["abc-123_x.y", "0197aaaa-bbbb-7ccc-8ddd-eeeeffff0000", "Z", &longest] {
        assert_eq!(id(&format!("X-Request-ID: {given}\r\n")), given);
    }
    let too_long = "a".repeat(129);
    for given in ["", "a b", "a\tb", "<script>", "a,b", "ñ", &too_long] {
        let made = id(&format!("X-Request-ID: {given}\r\n"));
        assert!(!made.is_empty() && made != given && made.len() < 64, "{given:?} → {made:?}");
    }
    let (one, other) = (id(""), id(""));
    assert_ne!(one, other, "each request has its own");
}

#[test]
fn every_answer_has_a_request_id_and_forbids_sniffing() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let served = paths();
    let others = ["/", "/no/such/path", "/api/v1/decisions/", "/%ff"];
    for path in served.keys().map(String::as_str).chain(others) {
        for method in ["GET", "POST", "PUT", "HEAD", "OPTIONS"] {
            let reply = raw_request(&app, method, path, "X-Request-ID: mine\r\n");
            assert_eq!(reply.header("x-request-id"), Some("mine"), "{method} {path}: {reply:?}");
            assert_eq!(reply.header("x-content-type-options"), Some("nosniff"), "{method} {path}");
            if reply.status >= 400 {
                assert_eq!(
                    reply.header("content-type"),
                    Some("application/problem+json"),
                    "{method} {path}: {reply:?}"
                );
            }
            assert!(reply.header("server").is_none() && reply.header("set-cookie").is_none());
        }
    }
}

#[test]
fn a_method_that_a_path_does_not_take_is_told_which_it_takes() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    for (path, allow) in paths() {
        let is_taken = |method: &str| allow.split(", ").any(|allowed| allowed == method);
        for method in
            ["GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "FOO"].into_iter().filter(|each| !is_taken(each))
        {
            let reply = raw_request(&app, method, &path, "Content-Length: 0\r\n");
            assert_problem(&reply, 405, "method-not-allowed");
            assert_eq!(reply.header("allow"), Some(allow.as_str()), "{method} {path}");
        }
        let options = raw_request(&app, "OPTIONS", &path, "");
        assert_eq!((options.status, options.header("allow")), (204, Some(allow.as_str())), "{path}");
        assert_eq!(options.body, "");
    }
}

#[test]
fn head_is_answered_like_get_without_the_body() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    for path in ["/health/live", "/health/ready", "/log/vkey", "/metrics"] {
        let (get, head) = (raw_request(&app, "GET", path, ""), raw_request(&app, "HEAD", path, ""));
        assert_eq!((head.status, head.body.as_str()), (200, ""), "{path}");
        assert_eq!(head.header("content-type"), get.header("content-type"));
        if path != "/metrics" {
            assert_eq!(head.header("content-length"), get.header("content-length"));
        }
    }
    let unauthenticated = raw_request(&app, "HEAD", "/api/v1/decisions/x", "");
    assert_eq!((unauthenticated.status, unauthenticated.body.as_str()), (401, ""));
}

#[test]
fn an_unknown_path_is_a_problem_that_does_not_repeat_it() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    for path in [
        "/marker",
        "/api/v1/marker?resident=marker",
        "/api/v1/decisions/",
        "/api/v2/decisions",
        "//api/v1/decisions",
        "/%ffmarker",
    ] {
        let reply = raw_request(&app, "GET", path, "");
        assert_problem(&reply, 404, "not-found");
        assert!(!reply.body.contains("marker"), "{reply:?}");
    }
}

#[test]
fn a_connection_is_kept_for_the_next_request_after_success_and_after_an_error() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let socket = TcpStream::connect(app.address).unwrap();
    socket.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let mut reader = BufReader::new(socket.try_clone().unwrap());
    let mut socket = socket;
    let mut exchange = |body: &str| {
        let head = format!(
            "POST /api/v1/decisions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
            app.token,
            body.len()
        );
        socket.write_all(&[head.as_bytes(), body.as_bytes()].concat()).unwrap();
        read_one(&mut reader)
    };
    let good = ask().to_string();
    let statuses: Vec<u16> = [good.as_str(), "{", "{}", good.as_str(), good.as_str()].map(&mut exchange).to_vec();
    assert_eq!(statuses, [200, 400, 400, 200, 200]);
}

/// Reads one answer of known length and returns its status.
fn read_one(reader: &mut impl BufRead) -> u16 {
    let (mut status, mut length) = (0, 0);
    for number in 0.. {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        let line = line.trim_end().to_ascii_lowercase();
        if number == 0 {
            status = line.split(' ').nth(1).unwrap().parse().unwrap();
        }
        if let Some(value) = line.strip_prefix("content-length: ") {
            length = value.parse().unwrap();
        }
        if line.is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    status
}

#[test]
fn requests_sent_ahead_are_answered_in_order() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let one = |path: &str, more: &str| format!("GET {path} HTTP/1.1\r\nHost: x\r\n{more}\r\n");
    let ahead = one("/health/live", "") + &one("/no/such", "") + &one("/health/ready", "Connection: close\r\n");
    let reply = raw(&app, ahead.as_bytes());
    assert_eq!(reply.status, 200);
    let (live, missing, ready) =
        (reply.body.find("\"live\""), reply.body.find("not-found"), reply.body.find("\"ready\""));
    assert!(live.is_some() && live < missing && missing < ready, "{reply:?}");
}

#[test]
fn a_body_that_stops_coming_decides_nothing() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let before = entries(&app).len();
    let body = ask().to_string();
    let head = format!(
        "POST /api/v1/decisions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        app.token,
        body.len() + 10
    );
    let mut socket = TcpStream::connect(app.address).unwrap();
    socket.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    socket.write_all(&[head.as_bytes(), body.as_bytes()].concat()).unwrap();
    socket.shutdown(std::net::Shutdown::Write).unwrap();
    let mut answer = String::new();
    let _ = socket.read_to_string(&mut answer);
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{answer}");
    assert_eq!(entries(&app).len(), before);
}

/// Answers with everything that comes until the other side closes.
fn until_closed(mut socket: TcpStream) -> String {
    socket.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let mut answer = Vec::new();
    socket.read_to_end(&mut answer).expect("the connection is closed");
    String::from_utf8(answer).unwrap()
}

fn impatient() -> (TestDatabase, TestApp) {
    let database = TestDatabase::sqlite();
    let more = [("ZAGUAN__SERVER__BODY_TIMEOUT_S", "1")];
    let app = TestApp::start_with(&database, &more, std::sync::Arc::new(zaguan::ledger::NoProbe));
    (database, app)
}

#[test]
fn a_body_that_never_ends_is_given_up_on_every_way_in() {
    let (_database, app) = impatient();
    let before = entries(&app).len();
    let multipart = "multipart/form-data; boundary=x";
    for (path, kind, begun) in [
        ("/api/v1/decisions", "application/json", "{\"store\":"),
        ("/api/v1/decisions/batch", "application/json", ""),
        ("/oauth/token", "application/x-www-form-urlencoded", "grant_type="),
        ("/console/sign-in", "application/x-www-form-urlencoded", "username=a"),
        (
            "/console/sign-in",
            multipart,
            "--x\r\nContent-Disposition: form-data; name=\"a\"; filename=\"b\"\r\n\r\nhalf",
        ),
    ] {
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\nContent-Type: {kind}\r\n\
             Content-Length: 200000\r\n\r\n{begun}",
            app.token,
        );
        let mut socket = TcpStream::connect(app.address).unwrap();
        socket.write_all(head.as_bytes()).unwrap();
        let answer = until_closed(socket);
        assert!(answer.starts_with("HTTP/1.1 408 "), "{path}, {kind}: {answer}");
        assert!(answer.contains("urn:zaguan:problem:too-slow"), "{path}: {answer}");
    }
    assert_eq!(entries(&app).len(), before);
}

#[test]
fn a_byte_now_and_then_buys_no_time() {
    let (_database, app) = impatient();
    let head = format!(
        "POST /api/v1/decisions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\n\
         Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n",
        app.token,
    );
    let mut socket = TcpStream::connect(app.address).unwrap();
    socket.write_all(head.as_bytes()).unwrap();
    socket.set_read_timeout(Some(Duration::from_millis(100))).unwrap();
    let mut first = [0];
    let bytes = (0..100).find(|_| {
        let _ = socket.write_all(b"1\r\n \r\n");
        socket.read(&mut first).is_ok()
    });
    assert!(bytes.is_some_and(|bytes| bytes >= 5), "cut off after {bytes:?} bytes, a tenth of a second apart");
    socket.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    assert_eq!(read_one(&mut BufReader::new(socket)), 408);
}

#[test]
fn a_body_that_pauses_and_comes_in_time_is_answered() {
    let (_database, app) = impatient();
    let body = ask().to_string();
    let (half, rest) = body.split_at(body.len() / 2);
    let head = format!(
        "POST /api/v1/decisions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{half}",
        app.token,
        body.len(),
    );
    let mut socket = TcpStream::connect(app.address).unwrap();
    socket.write_all(head.as_bytes()).unwrap();
    socket.set_read_timeout(Some(Duration::from_millis(300))).unwrap();
    assert!(socket.read(&mut [0]).is_err(), "answered before it had come");
    socket.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    socket.write_all(rest.as_bytes()).unwrap();
    assert_eq!(read_one(&mut BufReader::new(socket)), 200);
}
