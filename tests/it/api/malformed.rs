//! Requests that are not as expected: each names what is wrong, repeats no value, and decides nothing.

use serde_json::{Value, json};

use super::{assert_problem, entries, post_bytes, raw};
use crate::support::app::ask;
use crate::support::{TestApp, TestDatabase};

/// Stands for everything that a problem document must never repeat.
const MARKER: &str = "Zx9-marker";

struct Row {
    body: Vec<u8>,
    slug: &'static str,
    pointer: Option<String>,
    phrase: &'static str,
}

fn row(body: impl Into<Vec<u8>>, slug: &'static str, pointer: Option<&str>, phrase: &'static str) -> Row {
    Row { body: body.into(), slug, pointer: pointer.map(str::to_owned), phrase }
}

fn not_json(body: impl Into<Vec<u8>>, phrase: &'static str) -> Row {
    row(body, "malformed-json", None, phrase)
}

fn wrong(body: &Value, pointer: &str, phrase: &'static str) -> Row {
    row(body.to_string(), "invalid-request", Some(pointer), phrase)
}

/// The request with one member changed, which stands in an object that is there.
fn with(pointer: &str, value: Value) -> Value {
    let mut ask = ask();
    let (parent, member) = pointer.rsplit_once('/').unwrap();
    ask.pointer_mut(parent).unwrap()[member] = value;
    ask
}

fn without(pointer: &str) -> Value {
    let mut ask = ask();
    let (parent, member) = pointer.rsplit_once('/').unwrap();
    ask.pointer_mut(parent).unwrap().as_object_mut().unwrap().remove(member);
    ask
}

/// Sends every row alone; then every row that is JSON as an item of a batch, between two good ones.
fn assert_rows(rows: &[Row]) {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let before = entries(&app).len();
    for row in rows {
        let shown = String::from_utf8_lossy(&row.body).chars().take(300).collect::<String>();
        let reply = post_bytes(&app, "/api/v1/decisions", &row.body);
        assert!(!reply.body.contains("marker"), "{shown}\n{reply:?}");
        assert!(!reply.body.contains("AskRe") && !reply.body.contains("struct"), "{shown}\n{reply:?}");
        let problem = assert_problem(&reply, 400, row.slug);
        assert!(problem["detail"].as_str().unwrap().contains(row.phrase), "{shown}\n{problem}");
        match &row.pointer {
            Some(pointer) => {
                assert_eq!(problem["errors"][0]["member"], *pointer, "{shown}\n{problem}");
                assert!(problem["errors"][0]["detail"].as_str().unwrap().contains(row.phrase), "{shown}\n{problem}");
            }
            None => assert_eq!(problem.get("errors"), None, "{shown}\n{problem}"),
        }
    }
    assert_eq!(entries(&app).len(), before, "a malformed request leaves no entry");
    for row in rows.iter().filter(|row| row.slug == "invalid-request") {
        let good = ask().to_string();
        let body = [br#"{"decisions":["#, good.as_bytes(), b",", &row.body, b",", good.as_bytes(), b"]}"].concat();
        let reply = post_bytes(&app, "/api/v1/decisions/batch", &body);
        assert_eq!(reply.status, 200, "{reply:?}");
        assert!(!reply.body.contains("marker"), "{reply:?}");
        let decisions = reply.json()["decisions"].clone();
        assert_eq!((&decisions[0]["outcome"], &decisions[2]["outcome"]), (&json!("partial"), &json!("partial")));
        let error = &decisions[1]["error"];
        super::assert_problem_value(error, 400, row.slug);
        let pointer = format!("/decisions/1{}", row.pointer.as_deref().unwrap_or_default());
        assert_eq!(error["errors"][0]["member"], pointer, "{error}");
    }
}

#[test]
fn what_is_not_json_is_malformed() {
    let good = ask().to_string();
    let nested = |open: &str, close: &str| open.repeat(100_000) + "1" + &close.repeat(100_000);
    assert_rows(&[
        not_json("", "line 1, column 0"),
        not_json(" ", "not valid JSON"),
        not_json("Zx9-marker", "line 1, column 1"),
        not_json("{\n\"store\": Zx9-marker", "line 2"),
        not_json(&good.as_bytes()[..good.len() - 1], "not valid JSON"),
        not_json(good.clone() + "Zx9-marker", "nothing after the JSON value"),
        not_json(good.clone() + &good, "nothing after the JSON value"),
        not_json(good.clone() + "\0", "nothing after the JSON value"),
        not_json(good.replace(':', ": //marker\n"), "not valid JSON"),
        not_json(good.replace("\"store\"", "'store'"), "not valid JSON"),
        not_json(good.replace("\"utility-billing\"", "\"Zx9-marker\u{1}\""), "not valid JSON"),
        not_json(good.replace("\"utility-billing\"", "\"\\ud800\""), "not valid JSON"),
        not_json(good.replace("\"utility-billing\"", "\"\\udc00marker\""), "not valid JSON"),
        not_json(good.replace("\"utility-billing\"", "\"\\x41marker\""), "not valid JSON"),
        not_json(good.replace("\"utility-billing\"", "1e999999"), "not valid JSON"),
        not_json(good.replace("\"utility-billing\"", "NaN"), "not valid JSON"),
        not_json(good.replace("\"utility-billing\"", "01"), "not valid JSON"),
        not_json([good.as_bytes(), b"\xff\xfe"].concat(), "nothing after the JSON value"),
        not_json(
            good.replace("ACCT", "#").bytes().map(|b| if b == b'#' { 0xff } else { b }).collect::<Vec<u8>>(),
            "not valid JSON",
        ),
        not_json(["\u{feff}", &good].concat(), "not valid JSON"),
        not_json(nested("{\"a\":", "}"), "expected one of").expect_unknown("/a"),
        row(nested("[", "]"), "invalid-request", Some(""), "expected a JSON object"),
        not_json(good.replace("\"utility-billing\"", &nested("[", "]")), "expected the id").expect_unknown("/store"),
    ]);
}

impl Row {
    fn expect_unknown(self, pointer: &str) -> Self {
        Self { slug: "invalid-request", pointer: Some(pointer.to_owned()), ..self }
    }
}

#[test]
fn only_an_object_is_a_request() {
    let positional = json!(["utility-billing", "Zx9-marker", ["account_no"], ["court"], "audit", [], null]);
    let mut rows: Vec<Row> =
        [json!([]), positional, json!("Zx9-marker"), json!(17), json!(null), json!(true), json!(1.5)]
            .iter()
            .map(|body| wrong(body, "", "expected a JSON object"))
            .collect();
    rows.extend([
        wrong(&with("/requester", json!(["court", null, null, null])), "/requester", "expected a JSON object"),
        wrong(&with("/requester", json!(MARKER)), "/requester", "expected a JSON object"),
        wrong(&with("/requester", Value::Null), "/requester", "expected a JSON object"),
        wrong(&json!({}), "/store", "is required"),
    ]);
    assert_rows(&rows);
}

#[test]
fn a_member_of_a_wrong_type_is_named_with_what_was_expected() {
    let members = [
        ("/store", "the id of a record store: 1 to 64 of a-z, 0-9 and -"),
        ("/resident", "the resident's id in this store, as a string"),
        ("/fields", "a list of field names"),
        ("/requester/kind", "one of federal_immigration, federal_other"),
        ("/requester/agency", "the agency's name, as a string"),
        ("/requester/name", "text, as a string"),
        ("/requester/reference", "text, as a string"),
        ("/purpose", "a purpose, as a string"),
        ("/justification", "text, as a string"),
    ];
    let values =
        [json!(48213), json!(-1), json!(0.5), json!(true), json!({ "Zx9-marker": "Zx9-marker" }), json!(u64::MAX)];
    let mut rows = Vec::new();
    for (pointer, expected) in members {
        rows.extend(values.iter().map(|value| wrong(&with(pointer, value.clone()), pointer, expected)));
        if pointer != "/fields" {
            rows.push(wrong(&with(pointer, json!([MARKER])), pointer, expected));
        }
        let huge = with(pointer, json!(MARKER)).to_string().replace("\"Zx9-marker\"", "123456789012345678901234567890");
        rows.push(row(huge, "invalid-request", Some(pointer), expected));
    }
    rows.push(wrong(&with("/fields", json!(MARKER)), "/fields", "a list of field names"));
    rows.push(wrong(&with("/fields", Value::Null), "/fields", "a list of field names"));
    for value in [json!(1), json!(null), json!([MARKER]), json!({ "a": MARKER })] {
        rows.push(wrong(&with("/fields", json!(["account_no", value])), "/fields/1", "a field's name, as a string"));
        rows.push(wrong(&with("/legal_bases", json!([value])), "/legal_bases/0", "the id of a legal basis: a UUID"));
    }
    for value in [json!(1), json!(null), json!(MARKER), json!({ "a": MARKER })] {
        rows.push(wrong(&with("/legal_bases", value), "/legal_bases", "expected a "));
    }
    for pointer in ["/store", "/resident", "/requester/kind", "/purpose"] {
        rows.push(wrong(&with(pointer, Value::Null), pointer, "expected"));
    }
    assert_rows(&rows);
}

#[test]
fn missing_unknown_and_repeated_members_are_named() {
    let mut rows: Vec<Row> = ["/store", "/resident", "/fields", "/requester", "/requester/kind"]
        .iter()
        .map(|pointer| wrong(&without(pointer), pointer, "is required"))
        .collect();
    for (pointer, known) in [
        ("/Store", "expected one of `store`, `resident`"),
        ("/legal_basis", "`legal_bases`"),
        ("/requester/Kind", "expected one of `kind`, `agency`"),
        ("/requester/", "is not known here"),
        ("/~0~1", "is not known here"),
    ] {
        let member = pointer.replace("~1", "/").replace("~0", "~");
        let mut ask = ask();
        let (parent, name) = match member.strip_prefix("/requester/") {
            Some(name) => ("/requester", name),
            None => ("", member.trim_start_matches('/')),
        };
        ask.pointer_mut(parent).unwrap()[name] = json!(MARKER);
        rows.push(wrong(&ask, pointer, known));
    }
    let good = ask().to_string();
    for (member, pointer) in [
        ("\"store\":\"marker\",", "/store"),
        ("\"resident\":\"Zx9-marker\",", "/resident"),
        ("\"fields\":[],", "/fields"),
        ("\"purpose\":\"audit\",", "/purpose"),
        ("\"requester\":{\"kind\":\"court\"},", "/requester"),
        ("\"justification\":null,\"justification\":null,", "/justification"),
        ("\"legal_bases\":[],\"legal_bases\":[],", "/legal_bases"),
    ] {
        let twice = good.replacen('{', &format!("{{{member}"), 1);
        rows.push(row(twice, "invalid-request", Some(pointer), "twice"));
    }
    let twice = good.replace("\"kind\":", "\"kind\":\"court\",\"kind\":");
    rows.push(row(twice, "invalid-request", Some("/requester/kind"), "twice"));
    assert_rows(&rows);
}

#[test]
fn values_that_are_too_long_too_many_or_empty_are_refused() {
    let marked = |length: usize| format!("{MARKER}{}", "x".repeat(length - MARKER.len()));
    let uuids = |count: u128| -> Value { (0..count).map(|n| json!(uuid::Uuid::from_u128(n).to_string())).collect() };
    let names = |count: usize| -> Value { (0..count).map(|n| json!(format!("marker_{n}"))).collect() };
    let one = uuid::Uuid::from_u128(0xabc);
    let twice = json!([one.to_string(), one.simple().to_string().to_uppercase()]);
    assert_rows(&[
        wrong(&with("/store", json!("")), "/store", "1 to 64"),
        wrong(&with("/store", json!(MARKER)), "/store", "1 to 64"),
        wrong(&with("/store", json!("a".repeat(65))), "/store", "1 to 64"),
        wrong(&with("/store", json!("-a")), "/store", "1 to 64"),
        wrong(&with("/resident", json!("")), "/resident", "is empty"),
        wrong(&with("/resident", json!(marked(129))), "/resident", "longer than 128"),
        wrong(&with("/fields", json!([])), "/fields", "1 to 200"),
        wrong(&with("/fields", names(201)), "/fields", "1 to 200"),
        wrong(&with("/fields", names(10_001)), "/fields", "fewer fields"),
        wrong(&with("/fields", json!([""])), "/fields/0", "is empty"),
        wrong(&with("/fields", json!(["a", marked(201)])), "/fields/1", "longer than 200"),
        wrong(&with("/fields", json!(["a..b"])), "/fields/0", "empty segment"),
        wrong(&with("/fields", json!([" marker"])), "/fields/0", "white space"),
        wrong(&with("/fields", json!(["a.".repeat(16) + "marker"])), "/fields/0", "16 segments"),
        wrong(&with("/fields", json!(["[0]"])), "/fields/0", "nothing but array indexes"),
        wrong(&with("/requester/kind", json!("ICE marker")), "/requester/kind", "expected one of"),
        wrong(&with("/requester/kind", json!("Court")), "/requester/kind", "expected one of"),
        wrong(&with("/requester/agency", json!("")), "/requester/agency", "is empty"),
        wrong(&with("/requester/agency", json!("  ")), "/requester/agency", "is empty"),
        wrong(&with("/requester/agency", json!(marked(201))), "/requester/agency", "longer than 200"),
        wrong(&with("/requester/name", json!(marked(1001))), "/requester/name", "at most 1000"),
        wrong(&with("/requester/reference", json!(marked(1001))), "/requester/reference", "at most 1000"),
        wrong(&with("/justification", json!(marked(1001))), "/justification", "at most 1000"),
        wrong(&with("/legal_bases", uuids(21)), "/legal_bases", "at most 20"),
        wrong(&with("/legal_bases", twice), "/legal_bases", "each legal basis once"),
        wrong(&with("/legal_bases", json!(["Zx9-marker"])), "/legal_bases/0", "a UUID"),
        wrong(&with("/legal_bases", json!([""])), "/legal_bases/0", "a UUID"),
        wrong(
            &with("/legal_bases", json!([one.to_string(), "0197aaaa-bbbb-7ccc-8ddd-eeeeffff000"])),
            "/legal_bases/1",
            "a UUID",
        ),
    ]);
}

#[test]
fn control_characters_and_nul_are_refused_everywhere() {
    let mut rows = Vec::new();
    for control in ["\0", "\u{7}", "\u{1b}[31m", "\u{7f}", "\u{85}"] {
        let text = format!("Zx9{control}marker");
        for (pointer, phrase) in [
            ("/store", "1 to 64"),
            ("/resident", "control character"),
            ("/requester/kind", "expected one of"),
            ("/requester/agency", "control character"),
            ("/requester/name", "control characters"),
            ("/requester/reference", "control characters"),
            ("/justification", "control characters"),
        ] {
            rows.push(wrong(&with(pointer, json!(text)), pointer, phrase));
        }
        rows.push(wrong(&with("/fields", json!([text])), "/fields/0", "control character"));
        rows.push(wrong(&with("/legal_bases", json!([text])), "/legal_bases/0", "a UUID"));
    }
    for break_ in ["\n", "\r", "\t"] {
        let text = format!("Zx9{break_}marker");
        rows.push(wrong(&with("/resident", json!(text)), "/resident", "control character"));
        rows.push(wrong(&with("/requester/agency", json!(text)), "/requester/agency", "control character"));
        rows.push(wrong(&with("/fields", json!([text])), "/fields/0", "control character"));
    }
    for invisible in ["\u{200b}", "\u{ad}", "\u{202e}", "\u{feff}", "\u{2060}"] {
        rows.push(wrong(&with("/fields", json!([format!("acc{invisible}ount_no")])), "/fields/0", "invisible"));
    }
    assert_rows(&rows);
}

#[test]
fn an_unknown_members_name_is_shortened_and_its_value_is_not_shown() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let name = "n".repeat(50_000);
    let reply = app.decide(&with(&format!("/{name}"), json!(MARKER)));
    assert_problem(&reply, 400, "invalid-request");
    assert!(reply.body.len() < 1_000 && !reply.body.contains("marker"), "{}", reply.body.len());
}

#[test]
fn a_body_must_be_declared_as_json() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let bearer = format!("Bearer {}", app.token);
    let body = ask().to_string();
    let send = |path: &str, declared: Option<&str>| {
        let mut headers = vec![("Authorization", bearer.as_str())];
        headers.extend(declared.map(|declared| ("Content-Type", declared)));
        app.send("POST", path, &headers, body.as_bytes())
    };
    for path in ["/api/v1/decisions", "/api/v1/decisions/batch"] {
        for declared in [
            Some("text/plain"),
            Some("application/x-www-form-urlencoded"),
            Some("application/jsonmarker"),
            Some(""),
            None,
        ] {
            let reply = send(path, declared);
            assert_problem(&reply, 415, "unsupported-media-type");
            assert!(!reply.body.contains("marker"));
        }
    }
    for declared in ["application/json", "Application/JSON", "application/json; charset=utf-8", "application/json ;x=y"]
    {
        assert_eq!(send("/api/v1/decisions", Some(declared)).status, 200, "{declared}");
    }
}

#[test]
fn a_body_over_the_limit_is_too_large_whether_or_not_it_says_so() {
    let limits = [("ZAGUAN__SERVER__BODY_LIMIT_BYTES", "2048"), ("ZAGUAN__SERVER__BATCH_BODY_LIMIT_BYTES", "4096")];
    let database = TestDatabase::sqlite();
    let app = TestApp::start_with(&database, &limits, std::sync::Arc::new(zaguan::ledger::NoProbe));
    let before = entries(&app).len();
    let of = |length: usize| {
        let text = ask().to_string();
        text.clone() + &" ".repeat(length - text.len())
    };
    assert_eq!(post_bytes(&app, "/api/v1/decisions", of(2048).as_bytes()).status, 200);
    assert_problem(&post_bytes(&app, "/api/v1/decisions", of(2049).as_bytes()), 413, "too-large");
    // Beyond what any call takes, the server itself stops reading.
    for path in ["/api/v1/decisions", "/api/v1/decisions/batch", "/oauth/token"] {
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\nContent-Type: application/json\r\nConnection: close\r\n",
            app.token
        );
        let announced = raw(&app, format!("{head}Content-Length: 999999999\r\n\r\n").as_bytes());
        assert_problem(&announced, 413, "too-large");
        let chunks = format!("{:x}\r\n{}\r\n", 3000, "x".repeat(3000)).repeat(3) + "0\r\n\r\n";
        let chunked = raw(&app, format!("{head}Transfer-Encoding: chunked\r\n\r\n{chunks}").as_bytes());
        assert_problem(&chunked, 413, "too-large");
    }
    assert_eq!(entries(&app).len(), before + 1);
}

#[test]
fn an_idempotency_key_must_be_one_header_of_visible_ascii() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let before = entries(&app).len();
    let body = ask().to_string();
    let send = |headers: &[u8]| {
        let head = format!(
            "POST /api/v1/decisions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\nContent-Type: application/json\r\n\
             Connection: close\r\nContent-Length: {}\r\n",
            app.token,
            body.len()
        );
        raw(&app, &[head.as_bytes(), headers, b"\r\n", body.as_bytes()].concat())
    };
    let long = format!("Idempotency-Key: {}\r\n", "marker".repeat(43));
    let wrong: [&[u8]; 6] = [
        b"Idempotency-Key: \r\n",
        b"Idempotency-Key: two marker words\r\n",
        b"Idempotency-Key: marker\xff\r\n",
        "Idempotency-Key: marker-ñ\r\n".as_bytes(),
        b"Idempotency-Key: marker\r\nIdempotency-Key: marker\r\n",
        long.as_bytes(),
    ];
    for headers in wrong {
        let reply = send(headers);
        let problem = assert_problem(&reply, 400, "invalid-request");
        assert_eq!(problem["errors"][0]["member"], "Idempotency-Key", "{problem}");
        assert!(!reply.body.contains("marker"), "{reply:?}");
    }
    assert_eq!(entries(&app).len(), before);
    assert_eq!(send(format!("Idempotency-Key: {}\r\n", "k".repeat(255)).as_bytes()).status, 200);
}
