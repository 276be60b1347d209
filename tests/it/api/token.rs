//! `POST /oauth/token`, and what becomes of tokens afterwards.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};
use zaguan::app::authority::Authority;
use zaguan::keys::MasterKeys;

use super::{assert_problem, count, last_record, raw_request};
use crate::support::app::{FORM, Reply, ask};
use crate::support::{TestApp, TestDatabase, on_every_database};

fn request(app: &TestApp, headers: &[(&str, &str)], form: &str) -> Reply {
    let headers = [&[("Content-Type", FORM)], headers].concat();
    app.send("POST", "/oauth/token", &headers, form.as_bytes())
}

fn basic(id: &str, secret: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{id}:{secret}")))
}

#[track_caller]
fn assert_oauth(reply: &Reply, status: u16, slug: &str, code: &str) {
    let problem = assert_problem(reply, status, slug);
    assert_eq!(problem["error"], code, "{problem}");
}

#[track_caller]
fn assert_token(app: &TestApp, reply: &Reply) {
    assert_eq!(reply.status, 200, "{reply:?}");
    assert_eq!(reply.header("cache-control"), Some("no-store"));
    assert_eq!(reply.header("content-type"), Some("application/json"));
    let body = reply.json();
    assert_eq!(body["token_type"], "Bearer");
    assert_eq!(body["expires_in"], 600);
    assert_eq!(body.as_object().unwrap().len(), 3, "{body}");
    let token = body["access_token"].as_str().unwrap();
    assert_eq!(decide_with(app, token).status, 200);
}

fn decide_with(app: &TestApp, token: &str) -> Reply {
    let bearer = format!("Bearer {token}");
    let headers = [("Authorization", bearer.as_str()), ("Content-Type", "application/json")];
    app.send("POST", "/api/v1/decisions", &headers, ask().to_string().as_bytes())
}

fn get_with(app: &TestApp, path: &str, token: &str) -> Reply {
    app.send("GET", path, &[("Authorization", &format!("Bearer {token}"))], b"")
}

#[test]
fn a_client_gets_a_token_by_form_or_by_basic_and_each_leaves_an_entry() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let issued = count(&app, "token_issued");
        let secret = &app.client_secret;
        let form = format!("grant_type=client_credentials&client_id=billing&client_secret={secret}");
        assert_token(&app, &request(&app, &[], &form));
        let basic = basic("billing", secret);
        assert_token(&app, &request(&app, &[("Authorization", &basic)], "grant_type=client_credentials"));
        let with_id = "grant_type=client_credentials&client_id=billing";
        assert_token(&app, &request(&app, &[("Authorization", &basic)], with_id));
        assert_eq!(count(&app, "token_issued"), issued + 3);
        assert_eq!(count(&app, "token_refused"), 0);
    });
}

#[test]
fn basic_credentials_are_form_decoded_and_the_scheme_may_be_in_any_case() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    // RFC 6749 §2.3.1: a client may encode every character.
    let encoded = app.client_secret.bytes().fold(String::new(), |text, byte| text + &format!("%{byte:02X}"));
    let header = basic("billing", &encoded).replace("Basic", "bAsIc");
    assert_token(&app, &request(&app, &[("Authorization", &header)], "grant_type=client_credentials"));
}

#[test]
fn basic_and_form_together_are_an_invalid_request() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let basic = basic("billing", &app.client_secret);
    let form = format!("grant_type=client_credentials&client_id=billing&client_secret={}", app.client_secret);
    let reply = request(&app, &[("Authorization", &basic)], &form);
    assert_oauth(&reply, 400, "invalid-request", "invalid_request");
    let reply = request(&app, &[("Authorization", &basic)], "grant_type=client_credentials&client_id=library");
    assert_oauth(&reply, 400, "invalid-request", "invalid_request");
}

#[test]
fn wrong_secret_unknown_client_and_disabled_client_get_the_same_answer() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let grant = "grant_type=client_credentials";
        let wrong = request(&app, &[], &format!("{grant}&client_id=billing&client_secret=wrong"));
        let unknown = request(&app, &[], &format!("{grant}&client_id=nobody&client_secret={}", app.client_secret));
        let no_id = request(&app, &[], &format!("{grant}&client_id=%00%F0%9F%98%80&client_secret=x"));
        let by_basic = request(&app, &[("Authorization", &basic("billing", "wrong"))], grant);
        app.app.set_client_enabled(&Authority::operator(), "billing".parse().unwrap(), false).unwrap();
        let right = format!("{grant}&client_id=billing&client_secret={}", app.client_secret);
        let disabled = request(&app, &[], &right);
        for reply in [&wrong, &unknown, &no_id, &by_basic, &disabled] {
            assert_oauth(reply, 401, "unauthenticated", "invalid_client");
            assert!(reply.header("www-authenticate").unwrap().starts_with("Basic "), "{reply:?}");
            assert_eq!(reply.body, wrong.body);
        }
        // Known clients leave an entry; an unknown id must not be able to fill the log.
        assert_eq!(count(&app, "token_refused"), 3);
        assert_eq!(last_record(&app)["actor"], "billing");
        app.app.set_client_enabled(&Authority::operator(), "billing".parse().unwrap(), true).unwrap();
        assert_token(&app, &request(&app, &[], &right));
    });
}

#[test]
fn what_is_not_a_token_request_is_told_what_it_lacks() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let secret = app.client_secret.clone();
    let credentials = format!("client_id=billing&client_secret={secret}");
    let table = [
        (format!("grant_type=password&{credentials}"), 400, "invalid-request", "unsupported_grant_type"),
        (format!("grant_type=&{credentials}"), 400, "invalid-request", "unsupported_grant_type"),
        (credentials.clone(), 400, "invalid-request", "invalid_request"),
        (String::new(), 400, "invalid-request", "invalid_request"),
        (format!("grant_type=client_credentials&client_secret={secret}"), 400, "invalid-request", "invalid_request"),
        ("grant_type=client_credentials".to_owned(), 401, "unauthenticated", "invalid_client"),
        ("grant_type=client_credentials&client_id=billing".to_owned(), 401, "unauthenticated", "invalid_client"),
        (format!("grant_type=client_credentials&{credentials}&client_id=x"), 400, "invalid-request", "invalid_request"),
        (
            format!("grant_type=client_credentials&{credentials}&pad={}", "x".repeat(5000)),
            413,
            "too-large",
            "invalid_request",
        ),
    ];
    for (form, status, slug, code) in table {
        let reply = request(&app, &[], &form);
        assert_oauth(&reply, status, slug, code);
        assert!(!reply.body.contains(&secret), "{reply:?}");
    }
    let json = app.send("POST", "/oauth/token", &[("Content-Type", "application/json")], b"{}");
    assert_oauth(&json, 415, "unsupported-media-type", "invalid_request");
    for header in ["Basic", "Basic !!!", "Basic bm9jb2xvbg==", "Bearer abc", "Basic /w=="] {
        let reply = request(&app, &[("Authorization", header)], "grant_type=client_credentials");
        assert_oauth(&reply, 401, "unauthenticated", "invalid_client");
    }
    let not_utf8 = app.send("POST", "/oauth/token", &[("Content-Type", FORM)], b"grant_type=\xff\xfe");
    assert_oauth(&not_utf8, 400, "invalid-request", "invalid_request");
    let other = raw_request(&app, "GET", "/oauth/token?client_secret=marker", "");
    assert_problem(&other, 405, "method-not-allowed");
}

#[test]
fn a_token_expires_to_the_second_on_the_services_own_clock() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let decision = decide_with(&app, &app.token).json();
        let path = format!("/api/v1/decisions/{}", decision["id"].as_str().unwrap());
        app.clock.advance(TimeDelta::seconds(600) - TimeDelta::microseconds(1));
        assert_eq!(decide_with(&app, &app.token).status, 200);
        assert_eq!(get_with(&app, &path, &app.token).status, 200);
        app.clock.advance(TimeDelta::microseconds(1));
        let recorded = super::entries(&app).len();
        let late = decide_with(&app, &app.token);
        let problem = assert_problem(&late, 401, "unauthenticated");
        assert!(problem["detail"].as_str().unwrap().contains("expired"), "{problem}");
        assert!(late.header("www-authenticate").unwrap().starts_with("Bearer "));
        assert_problem(&get_with(&app, &path, &app.token), 401, "unauthenticated");
        assert_eq!(super::entries(&app).len(), recorded);
        // Not only in the cache: a token that was never seen before is too old as well.
        let unseen = app.new_token();
        app.clock.advance(TimeDelta::seconds(600));
        assert_problem(&decide_with(&app, &unseen), 401, "unauthenticated");
    });
}

/// A JWT of our own making.
fn forge(header: &Header, claims: &Value, key: &[u8]) -> String {
    jsonwebtoken::encode(header, claims, &EncodingKey::from_secret(key)).unwrap()
}

#[test]
fn only_tokens_of_this_service_are_accepted() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let keys = MasterKeys::load(&database.dir.path().join("keys/master.key")).unwrap().token_keys();
    let (kid, key) = keys.active();
    let now = app.app.now();
    let claims = json!({
        "sub": "billing", "iss": "records.las-cruces.example/zaguan",
        "iat_us": now.timestamp_micros(), "exp": now.timestamp() + 600,
    });
    let mut header = Header::new(Algorithm::HS256);
    header.kid = Some(kid.to_owned());
    let with = |member: &str, value: Value| {
        let mut other = claims.clone();
        other[member] = value;
        other
    };
    // The forgery works at all, so that what follows fails for its own reason.
    assert_eq!(decide_with(&app, &forge(&header, &claims, key)).status, 200);

    let mut other_kid = header.clone();
    other_kid.kid = Some("00000000".to_owned());
    let mut no_kid = header.clone();
    no_kid.kid = None;
    let mut hs512 = header.clone();
    hs512.alg = Algorithm::HS512;
    let mut without_exp = claims.clone();
    without_exp.as_object_mut().unwrap().remove("exp");
    let encode = |text: String| URL_SAFE_NO_PAD.encode(text);
    let none = |signature: &str| {
        let head = encode(json!({ "typ": "JWT", "alg": "none", "kid": kid }).to_string());
        format!("{head}.{}.{signature}", encode(claims.to_string()))
    };
    let mut tampered = forge(&header, &claims, key);
    let swapped = if tampered.ends_with('A') { "E" } else { "A" };
    tampered.replace_range(tampered.len() - 2..tampered.len() - 1, swapped);
    let signed_part = |token: &str| token.rsplit_once('.').unwrap().1.to_owned();
    let foreign_body = {
        let genuine = forge(&header, &claims, key);
        let (head, _) = genuine.split_once('.').unwrap();
        let body = encode(with("sub", json!("library")).to_string());
        format!("{head}.{body}.{}", signed_part(&genuine))
    };
    let forged = [
        ("tampered signature", tampered),
        ("another's claims under a genuine signature", foreign_body),
        ("alg none", none("")),
        ("alg none with a signature", none(&signed_part(&app.token))),
        ("another algorithm", forge(&hs512, &claims, key)),
        ("other kid", forge(&other_kid, &claims, key)),
        ("no kid", forge(&no_kid, &claims, key)),
        ("other key", forge(&header, &claims, &[7; 32])),
        ("other issuer", forge(&header, &with("iss", json!("records.example.org/other")), key)),
        ("no expiry", forge(&header, &without_exp, key)),
        ("expired", forge(&header, &with("exp", json!(now.timestamp())), key)),
        ("no client id", forge(&header, &with("sub", json!("NOT A SLUG")), key)),
        ("instant out of range", forge(&header, &with("iat_us", json!(i64::MAX)), key)),
        ("not a token", "abc".to_owned()),
        ("dots", "..".to_owned()),
    ];
    let recorded = super::entries(&app).len();
    for (what, token) in forged {
        let problem = assert_problem(&decide_with(&app, &token), 401, "unauthenticated");
        assert!(!problem.to_string().contains(&token) || token.len() < 4, "{what}: {problem}");
        assert_problem(&get_with(&app, "/api/v1/decisions/x", &token), 401, "unauthenticated");
    }
    assert_eq!(super::entries(&app).len(), recorded, "who is not known leaves no entry");
    // Known to the signature, unknown to the city: refused by the writer.
    let gone = forge(&header, &with("sub", json!("gone")), key);
    assert_problem(&decide_with(&app, &gone), 401, "unauthenticated");
    assert_problem(
        &get_with(&app, "/api/v1/decisions/00000000-0000-0000-0000-000000000000", &gone),
        401,
        "unauthenticated",
    );
}

#[test]
fn a_call_without_a_bearer_token_is_unauthenticated_and_leaves_no_entry() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let recorded = super::entries(&app).len();
    let basic = basic("billing", &app.client_secret);
    for header in ["", "Bearer", "Bearer ", "bearer  ", &basic, &app.token, "Token x"] {
        let mut headers = vec![("Content-Type", "application/json")];
        if !header.is_empty() {
            headers.push(("Authorization", header));
        }
        let reply = app.send("POST", "/api/v1/decisions", &headers, ask().to_string().as_bytes());
        assert_problem(&reply, 401, "unauthenticated");
        assert!(reply.header("www-authenticate").unwrap().starts_with("Bearer "), "{reply:?}");
        let reply = app.send("POST", "/api/v1/decisions/batch", &headers, b"not even JSON");
        assert_problem(&reply, 401, "unauthenticated");
    }
    let in_query = app.send("GET", &format!("/api/v1/decisions/x?access_token={}", app.token), &[], b"");
    assert_problem(&in_query, 401, "unauthenticated");
    assert_eq!(super::entries(&app).len(), recorded);
    // RFC 9110 §11.1: the scheme is case-insensitive.
    let shouted = format!("BEARER {}", app.token);
    let headers = [("Authorization", shouted.as_str()), ("Content-Type", "application/json")];
    assert_eq!(app.send("POST", "/api/v1/decisions", &headers, ask().to_string().as_bytes()).status, 200);
}

#[test]
fn a_token_of_before_a_rotation_is_refused_at_once() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let decision = decide_with(&app, &app.token).json();
        let path = format!("/api/v1/decisions/{}", decision["id"].as_str().unwrap());
        let receipt = format!("{path}/receipt");
        app.clock.advance(TimeDelta::microseconds(1));
        let secret = app.app.rotate_client(&Authority::operator(), "billing".parse().unwrap()).unwrap();
        assert_turned_away(&app, &[&path, &receipt]);
        let form = |secret: &str| format!("grant_type=client_credentials&client_id=billing&client_secret={secret}");
        assert_oauth(&request(&app, &[], &form(&app.client_secret)), 401, "unauthenticated", "invalid_client");
        let renewed = request(&app, &[], &form(&secret));
        assert_token(&app, &renewed);
        let token = renewed.json()["access_token"].as_str().unwrap().to_owned();
        assert_eq!(get_with(&app, &path, &token).status, 200);
    });
}

#[test]
fn a_token_of_before_a_disabling_is_refused_at_once_and_stays_refused() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let decision = decide_with(&app, &app.token).json();
        let path = format!("/api/v1/decisions/{}", decision["id"].as_str().unwrap());
        let receipt = format!("{path}/receipt");
        app.clock.advance(TimeDelta::microseconds(1));
        app.app.set_client_enabled(&Authority::operator(), "billing".parse().unwrap(), false).unwrap();
        assert_turned_away(&app, &[&path, &receipt]);
        app.clock.advance(TimeDelta::microseconds(1));
        app.app.set_client_enabled(&Authority::operator(), "billing".parse().unwrap(), true).unwrap();
        // Enabling again does not bring old tokens back: who stole one has had time.
        assert_turned_away(&app, &[&path, &receipt]);
        let renewed = app.new_token();
        assert_eq!(get_with(&app, &path, &renewed).status, 200);
    });
}

/// On POST by the writer, which says so in the log; on GET by the database.
#[track_caller]
fn assert_turned_away(app: &TestApp, paths: &[&str]) {
    let decided = count(app, "decision");
    assert_problem(&decide_with(app, &app.token), 401, "unauthenticated");
    assert_eq!(count(app, "decision"), decided);
    let entry = last_record(app);
    assert_eq!(entry["kind"], "call_refused", "{entry}");
    assert_eq!(entry["about"]["reason"], "client_not_authorized", "{entry}");
    for path in paths {
        assert_problem(&get_with(app, path, &app.token), 401, "unauthenticated");
    }
}
