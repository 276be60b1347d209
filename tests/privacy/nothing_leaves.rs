//! Markers are sent on every way in, and looked for wherever something comes out or is kept.

use std::io::Write;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use serde_json::{Value, json};
use tracing_subscriber::EnvFilter;
use uuid::Uuid;
use zaguan::app::authority::Authority;
use zaguan::domain::ResidentId;
use zaguan::domain::record::hex;
use zaguan::keys::MasterKeys;
use zaguan::ledger::{Probe, Step};
use zaguan::storage::audit::{find_resident, list_entries};
use zaguan::storage::{Location, StoreError};

use crate::support::app::{FORM, Reply, ask};
use crate::support::{TestApp, TestDatabase, on_every_database};

/// Texts that tell who somebody is. Each is long and odd enough to occur nowhere by chance.
const RESIDENT: &str = "ACCT-qzRESIDENTqz-77";
const NAME: &str = "qzNAMEqz Agent Doe";
const REFERENCE: &str = "qzREFERENCEqz/2031";
const JUSTIFICATION: &str = "qzJUSTIFICATIONqz for Juana Quezada";
/// Stands where a value does not belong: members, headers, paths.
const STRAY: &str = "qzSTRAYqz-0048213";
const MARKERS: [&str; 5] = [RESIDENT, NAME, REFERENCE, JUSTIFICATION, STRAY];

/// Everything that was logged in this process.
fn logged() -> &'static Mutex<Vec<u8>> {
    static LOGGED: OnceLock<Mutex<Vec<u8>>> = OnceLock::new();
    LOGGED.get_or_init(|| {
        struct Sink;
        impl Write for Sink {
            fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
                logged().lock().unwrap().extend_from_slice(bytes);
                Ok(bytes.len())
            }

            fn flush(&mut self) -> std::io::Result<()> {
                Ok(())
            }
        }
        // As the program filters, but with every line of its own: libraries stay at `warn`.
        let filter = EnvFilter::new("warn,zaguan=trace");
        tracing_subscriber::fmt().with_env_filter(filter).with_ansi(false).with_writer(|| Sink).init();
        Mutex::new(Vec::new())
    })
}

/// The spellings in which a text could hide: as it is, lower case, hex, base64 at each of its three alignments.
fn spellings(marker: &str) -> Vec<Vec<u8>> {
    let hex = hex(marker.as_bytes());
    let escaped = marker.bytes().fold(String::new(), |text, byte| text + &format!("%{byte:02x}"));
    let mut all = vec![marker.to_owned(), marker.to_lowercase(), hex.to_uppercase(), hex, escaped];
    for skipped in 0..3 {
        // Whole groups only: what stands beside the marker would change the first and last characters.
        let aligned = marker.as_bytes().get(skipped..).unwrap_or_default();
        let whole = &aligned[..aligned.len() / 3 * 3];
        all.extend([STANDARD_NO_PAD.encode(whole), URL_SAFE_NO_PAD.encode(whole)]);
    }
    all.into_iter().map(String::into_bytes).collect()
}

/// Where in `haystack` one of the markers stands in any spelling.
fn find(haystack: &[u8], markers: &[&str]) -> Option<String> {
    markers.iter().flat_map(|marker| spellings(marker)).find_map(|spelling| {
        let at = haystack.windows(spelling.len()).position(|window| window == spelling)?;
        let from = at.saturating_sub(80);
        let context = haystack.get(from..(at + spelling.len() + 40).min(haystack.len())).unwrap_or_default();
        Some(String::from_utf8_lossy(context).into_owned())
    })
}

#[track_caller]
fn assert_absent(what: &str, haystack: &[u8], markers: &[&str]) {
    if let Some(context) = find(haystack, markers) {
        panic!("{what} holds a marker: {context}");
    }
}

#[derive(Default)]
struct Failing(AtomicBool);

impl Probe for Failing {
    fn reached(&self, step: Step) -> Result<(), StoreError> {
        let fails = step == Step::Written && self.0.load(Ordering::SeqCst);
        if fails { Err(StoreError::Corrupt("a test")) } else { Ok(()) }
    }
}

fn marked(fields: &[&str]) -> Value {
    let mut ask = ask();
    ask["resident"] = json!(RESIDENT);
    ask["fields"] = json!(fields);
    ask["requester"]["name"] = json!(NAME);
    ask["requester"]["reference"] = json!(REFERENCE);
    ask["justification"] = json!(JUSTIFICATION);
    ask
}

/// Sends markers on every way in, and returns every answer.
fn send_everything(app: &TestApp, probe: &Failing) -> Vec<Reply> {
    let mut replies = Vec::new();
    let good = marked(&["account_no", "service_address", "no_such_field"]);
    // Decided: alone, keyed, replayed, in a batch, for a confidential resident.
    replies.push(app.decide(&good));
    for _ in 0..2 {
        replies.push(app.post_with("/api/v1/decisions", &[("Idempotency-Key", "k-1")], &good));
    }
    replies.push(app.post_with("/api/v1/decisions", &[("Idempotency-Key", "k-1")], &marked(&["email"])));
    replies.push(app.post("/api/v1/decisions/batch", &json!({ "decisions": [good, good] })));
    let store: zaguan::domain::StoreId = "utility-billing".parse().unwrap();
    app.app.mark_confidential(&Authority::operator(), store, &ResidentId::new(RESIDENT).unwrap()).unwrap();
    let decided = app.decide(&marked(&["service_address", "email"]));
    let id = decided.json()["id"].as_str().unwrap().to_owned();
    replies.push(decided);
    replies.push(app.get(&format!("/api/v1/decisions/{id}")));
    replies.push(app.get(&format!("/api/v1/decisions/{id}/receipt")));
    // Refused.
    for (pointer, value) in [("/store", json!("library")), ("/requester/kind", json!("contractor"))] {
        let mut refused = good.clone();
        *refused.pointer_mut(pointer).unwrap() = value;
        replies.push(app.decide(&refused));
    }
    replies.extend(malformed(app, &good));
    replies.extend(headers_and_paths(app, &good));
    replies.extend(credentials(app));
    replies.extend(people(app));
    // No entry can be written.
    probe.0.store(true, Ordering::SeqCst);
    replies.push(app.decide(&good));
    replies.push(app.send("GET", "/health/ready", &[], b""));
    probe.0.store(false, Ordering::SeqCst);
    replies.push(app.decide(&good));
    assert_eq!(replies.last().unwrap().status, 200);
    replies
}

/// Names, passwords and codes in the wrong places, and links that somebody may have been sent.
fn people(app: &TestApp) -> Vec<Reply> {
    let json = [("Content-Type", "application/json")];
    let attempt = |body: Value| app.send("POST", "/api/v1/sessions", &json, body.to_string().as_bytes());
    let link = format!("/api/v1/enrolments/{STRAY}");
    let enrol = json!({ "username": STRAY, "name": NAME, "password": JUSTIFICATION, "totp": STRAY });
    vec![
        attempt(json!({ "username": STRAY, "password": JUSTIFICATION, "totp": REFERENCE })),
        attempt(json!({ "username": NAME, "password": STRAY, "recovery_code": STRAY })),
        attempt(json!({ "username": STRAY, "password": [STRAY], "totp": STRAY })),
        app.send("GET", &link, &[], b""),
        app.send("GET", &format!("{link}/qr.svg"), &[], b""),
        app.send("POST", &link, &json, enrol.to_string().as_bytes()),
        app.send("GET", "/api/v1/account", &[("Authorization", &format!("Bearer zgs_{STRAY}"))], b""),
        app.send("GET", &format!("/api/v1/staff/{STRAY}"), &[("Authorization", &format!("Bearer {STRAY}"))], b""),
    ]
}

fn malformed(app: &TestApp, good: &Value) -> Vec<Reply> {
    let bearer = format!("Bearer {}", app.token);
    let headers = [("Authorization", bearer.as_str()), ("Content-Type", "application/json")];
    let mut bodies: Vec<Vec<u8>> = Vec::new();
    for pointer in [
        "/store",
        "/resident",
        "/fields",
        "/requester",
        "/requester/kind",
        "/requester/agency",
        "/requester/name",
        "/requester/reference",
        "/purpose",
        "/legal_bases",
        "/justification",
    ] {
        let (parent, member) = pointer.rsplit_once('/').unwrap();
        for value in [
            json!(STRAY),
            json!([STRAY]),
            json!([[STRAY]]),
            json!({ "a": STRAY }),
            json!(format!("{STRAY}\0")),
            json!(STRAY.repeat(100)),
            json!([STRAY.repeat(100)]),
        ] {
            let mut wrong = good.clone();
            wrong.pointer_mut(parent).unwrap()[member] = value;
            // An agency and a purpose are what they are; a field is a name.
            let is_taken = app.decide(&wrong).status == 200;
            assert!(
                !is_taken
                    || matches!(
                        pointer,
                        "/requester/name"
                            | "/requester/reference"
                            | "/justification"
                            | "/fields"
                            | "/requester/agency"
                            | "/purpose"
                            | "/resident"
                    ),
                "{wrong}"
            );
            bodies.push(wrong.to_string().into_bytes());
        }
    }
    let text = good.to_string();
    bodies.extend([
        STRAY.as_bytes().to_vec(),
        format!("{text}{STRAY}").into_bytes(),
        text.as_bytes()[..text.len() - 3].to_vec(),
        text.replace("\"resident\"", &format!("\"{STRAY}\\ud800\":1,\"resident\"")).into_bytes(),
        text.replace(RESIDENT, &format!("{RESIDENT}\\ud800")).into_bytes(),
        [text.as_bytes(), b"\xff"].concat(),
        text.replace("\"resident\":", "\"resident\":\"x\",\"resident\":").into_bytes(),
        json!([STRAY, RESIDENT]).to_string().into_bytes(),
        json!(STRAY).to_string().into_bytes(),
    ]);
    let mut replies = Vec::new();
    for body in bodies {
        replies.push(app.send("POST", "/api/v1/decisions", &headers, &body));
        let item = [b"{\"decisions\":[".as_slice(), &body, b"]}"].concat();
        replies.push(app.send("POST", "/api/v1/decisions/batch", &headers, &item));
        replies.push(app.send("POST", "/api/v1/decisions", &[headers[0], ("Content-Type", STRAY)], &body));
        replies.push(app.send("POST", "/api/v1/decisions", &headers[1..], &body));
    }
    replies.push(app.send("POST", "/api/v1/decisions", &headers, &vec![b' '; 2 << 20]));
    replies
}

/// Without the `Idempotency-Key`, which is stored by contract: see `an_idempotency_key_is_stored_as_it_was_sent`.
fn headers_and_paths(app: &TestApp, good: &Value) -> Vec<Reply> {
    let mut replies = Vec::new();
    let traceparent = format!("00-{STRAY}-00f067aa0ba902b7-01");
    let extra = [
        ("X-Request-ID", STRAY),
        ("traceparent", STRAY),
        ("traceparent", traceparent.as_str()),
        ("tracestate", STRAY),
        ("User-Agent", STRAY),
        ("Referer", STRAY),
        ("Cookie", STRAY),
        ("Forwarded", STRAY),
        ("X-Forwarded-For", STRAY),
        ("Host", STRAY),
        ("Accept", STRAY),
        ("If-None-Match", STRAY),
        ("X-Resident", RESIDENT),
    ];
    for header in extra {
        for mut reply in
            [app.post_with("/api/v1/decisions", &[header], good), app.send("GET", "/no/such/path", &[header], b"")]
        {
            // Echoed to whoever sent it, by contract.
            reply.headers.retain(|(name, _)| name != "x-request-id");
            replies.push(reply);
        }
    }
    for path in [
        format!("/{STRAY}"),
        format!("/api/v1/decisions/{STRAY}"),
        format!("/api/v1/decisions/{STRAY}/receipt"),
        format!("/api/v1/decisions?resident={STRAY}"),
        format!("/health/live?{STRAY}"),
        format!("/metrics?x={STRAY}"),
        format!("/api/v1/residents/{RESIDENT}"),
        format!("/log/{STRAY}"),
        format!("/%00{STRAY}"),
        format!("/oauth/token?client_secret={STRAY}"),
    ] {
        for method in ["GET", "POST", "PUT"] {
            let bearer = format!("Bearer {}", app.token);
            replies.push(app.send(method, &path, &[("Authorization", &bearer), ("Content-Type", FORM)], b""));
        }
    }
    replies
}

fn credentials(app: &TestApp) -> Vec<Reply> {
    let form = |form: String| app.send("POST", "/oauth/token", &[("Content-Type", FORM)], form.as_bytes());
    let mut replies = vec![
        form(format!("grant_type={STRAY}")),
        form(format!("grant_type=client_credentials&client_id={STRAY}&client_secret={STRAY}")),
        form(format!("grant_type=client_credentials&client_id=billing&client_secret={STRAY}")),
        form(format!("grant_type=client_credentials&client_id=billing&client_secret={}&x={STRAY}", app.client_secret)),
        form(format!("{STRAY}={STRAY}&{STRAY}")),
    ];
    for header in [
        STRAY.to_owned(),
        format!("Basic {STRAY}"),
        format!("Bearer {STRAY}"),
        format!("Bearer {STRAY}.{STRAY}.{STRAY}"),
    ] {
        replies.push(app.send(
            "POST",
            "/oauth/token",
            &[("Authorization", &header), ("Content-Type", FORM)],
            b"grant_type=client_credentials",
        ));
        replies.push(app.send("GET", "/api/v1/decisions/x", &[("Authorization", &header)], b""));
    }
    // Tokens are made of base64: nothing to compare.
    replies.retain(|reply| reply.status != 200);
    replies
}

/// Every byte that the database keeps.
fn stored(database: &TestDatabase) -> Vec<u8> {
    match &database.location {
        Location::Sqlite(path) | Location::Still(path) => files_beside(path),
        Location::Postgres(url) => postgres_dump(url),
    }
}

fn files_beside(path: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    let names: Vec<_> = std::fs::read_dir(path.parent().unwrap()).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(names.iter().any(|name| name.ends_with("zaguan.db-wal")), "{names:?}");
    for name in names.iter().filter(|name| name.is_file()) {
        bytes.extend(std::fs::read(name).unwrap());
    }
    bytes
}

/// Every row of every table as text (`bytea` as hex, and decoded: what stands inside must be found, too).
fn postgres_dump(url: &str) -> Vec<u8> {
    #[derive(QueryableByName)]
    struct Text {
        #[diesel(sql_type = diesel::sql_types::Text)]
        text: String,
    }
    let mut conn = PgConnection::establish(url).unwrap();
    conn.batch_execute("SET bytea_output = 'escape'").unwrap();
    let tables = "SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) AS text FROM pg_tables \
                  WHERE schemaname NOT IN ('pg_catalog', 'information_schema')";
    let tables: Vec<Text> = diesel::sql_query(tables).load(&mut conn).unwrap();
    assert!(tables.len() > 10);
    let mut bytes = Vec::new();
    for Text { text: table } in tables {
        let rows: Vec<Text> =
            diesel::sql_query(format!("SELECT t::text AS text FROM {table} t")).load(&mut conn).unwrap();
        for row in rows {
            bytes.extend_from_slice(row.text.as_bytes());
        }
    }
    bytes
}

#[test]
fn nothing_about_a_resident_is_logged_counted_answered_or_stored_in_the_clear() {
    logged().lock().unwrap().clear();
    on_every_database(|database| {
        let probe = Arc::new(Failing::default());
        let limit = [("ZAGUAN__OAUTH__ATTEMPTS_PER_MINUTE", "1000")];
        let app = TestApp::start_with(database, &limit, probe.clone());
        // The search would find what is there: the agency is stored, as the resolution's reports need it.
        assert!(find(&[b"x".as_slice(), RESIDENT.as_bytes()].concat(), &MARKERS).is_some());
        assert!(find(STANDARD_NO_PAD.encode(format!("ab{RESIDENT}cd")).as_bytes(), &MARKERS).is_some());
        for reply in send_everything(&app, &probe) {
            assert_absent("an answer", reply.body.as_bytes(), &MARKERS_OUTSIDE_FIELDS);
            assert_absent("a header", format!("{:?}", reply.headers).as_bytes(), &MARKERS);
            if reply.status >= 400 {
                assert_absent("a problem", without_members(&reply).as_bytes(), &MARKERS);
            }
            if let Some(receipt) = reply.body.strip_prefix("c2sp.org/tlog-proof@v1\nextra ") {
                use base64::engine::general_purpose::STANDARD;
                assert_absent("a receipt", &STANDARD.decode(receipt.lines().next().unwrap()).unwrap(), &MARKERS);
            }
        }
        assert_absent("the metrics", app.send("GET", "/metrics", &[], b"").body.as_bytes(), &MARKERS);
        assert!(find(&stored(database), &["ICE ERO El Paso"]).is_some(), "the search finds nothing at all");
        assert_absent("the database", &stored(database), &MARKERS_OUTSIDE_FIELDS);
        assert_sealed(&app, database);
    });
    let log = logged().lock().unwrap();
    let text = String::from_utf8_lossy(&log);
    assert!(
        text.contains("request refused") && text.contains("request answered") && text.contains("cannot be written")
    );
    assert_absent("the log", &log, &MARKERS);
}

/// What stands as a field's or an agency's name is no resident's data: those are answered and kept as they came.
const MARKERS_OUTSIDE_FIELDS: [&str; 4] = [RESIDENT, NAME, REFERENCE, JUSTIFICATION];

/// A problem without the names of members: a member that is not known is named.
fn without_members(reply: &Reply) -> String {
    let unknown = format!("/{STRAY}");
    let named = reply.body.replace(&format!("`{unknown}`"), "``").replace(&format!("\"{unknown}\""), "\"\"");
    named.replace(&format!("{STRAY}\\ud800"), "")
}

/// The ids are there all the same, for those who may open them.
fn assert_sealed(app: &TestApp, database: &TestDatabase) {
    let sealer = MasterKeys::load(&database.dir.path().join("keys/master.key")).unwrap().sealer();
    let store = app.app.store();
    let entries = store.read(|conn| list_entries(conn, 0, 100_000)).unwrap();
    let mut opened = 0;
    for entry in entries.iter().filter(|entry| entry.kind == "decision") {
        let link = store.read(|conn| find_resident(conn, entry.seq)).unwrap().expect("each decision has its link");
        let id: Uuid = entry.id.parse().unwrap();
        let context = [b"zaguan/resident-link/v1\0".as_slice(), id.as_bytes()].concat();
        let text = sealer.open(&context, &link.sealed).unwrap();
        let said: Value = serde_json::from_slice(&text).unwrap();
        if said["resident"] == RESIDENT && said["details"]["name"] == NAME {
            assert!(!said["details"]["reference"].is_null(), "{said}");
            opened += 1;
        }
        // Not as another entry's, and not with other bytes.
        let elsewhere = [b"zaguan/resident-link/v1\0".as_slice(), &[0; 16]].concat();
        assert!(sealer.open(&elsewhere, &link.sealed).is_err());
    }
    assert!(opened > 10, "{opened}");
    for entry in entries.iter().filter(|entry| entry.kind != "decision") {
        assert!(store.read(|conn| find_resident(conn, entry.seq)).unwrap().is_none(), "{}", entry.kind);
    }
}

/// The one thing of a request that is kept as it was sent, for a day: callers must not put people into it.
#[test]
fn an_idempotency_key_is_stored_as_it_was_sent_but_never_logged() {
    logged();
    on_every_database(|database| {
        let app = TestApp::start(database);
        let key = "qzKEYqz-ACCT-0048213";
        assert_eq!(app.post_with("/api/v1/decisions", &[("Idempotency-Key", key)], &ask()).status, 200);
        assert!(find(&stored(database), &[key]).is_some());
        let mut other = ask();
        other["fields"] = json!(["email"]);
        let reply = app.post_with("/api/v1/decisions", &[("Idempotency-Key", key)], &other);
        assert_eq!(reply.status, 409);
        assert_absent("a problem", reply.body.as_bytes(), &[key]);
        assert_absent("the metrics", app.send("GET", "/metrics", &[], b"").body.as_bytes(), &[key]);
        assert_absent("the log", &logged().lock().unwrap(), &[key]);
    });
}
