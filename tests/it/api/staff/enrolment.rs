//! One-time links: the first admin, invitations, resets.

use std::thread;

use chrono::TimeDelta;
use serde_json::{Value, json};
use zaguan::app::authority::Authority;
use zaguan::app::staff::TotpSecret;
use zaguan::domain::staff::Role;

use super::{post, sign_in, start, start_with};
use crate::api::{assert_problem, count, last_record};
use crate::support::app::Reply;
use crate::support::staff::PASSWORD;
use crate::support::{TestApp, TestDatabase, on_every_database};

/// The path of a link.
fn path_of(url: &str) -> String {
    let token = url.strip_prefix("http://127.0.0.1:8080/console/enrol/").unwrap_or_else(|| panic!("{url}"));
    format!("/api/v1/enrolments/{token}")
}

fn get(app: &TestApp, path: &str) -> Reply {
    app.send("GET", path, &[], b"")
}

/// An account of the name `maria.lopez`, and the path of its link.
fn invited(app: &TestApp) -> (String, String) {
    let admin = app.staff(Role::Admin);
    let body = json!({ "username": "maria.lopez", "name": "María López", "roles": ["records", "supervisor"] });
    let reply = app.as_staff(&admin).post("/api/v1/staff", &body);
    assert_eq!(reply.status, 201, "{reply:?}");
    (admin, path_of(reply.json()["link"]["url"].as_str().unwrap()))
}

fn totp_of(app: &TestApp, path: &str) -> TotpSecret {
    let token = path.rsplit('/').next().unwrap();
    app.app.find_enrolment(token).unwrap().unwrap().totp
}

fn credentials(app: &TestApp, totp: &TotpSecret) -> Value {
    json!({ "password": PASSWORD, "totp": totp.code_at(app.app.now()) })
}

#[test]
fn an_invitation_shows_what_to_set_up_and_enrols_once() {
    on_every_database(|database| {
        let app = start(database);
        let (_, path) = invited(&app);
        let shown = get(&app, &path);
        assert_eq!((shown.status, shown.header("cache-control")), (200, Some("no-store")));
        let shown = shown.json();
        assert_eq!(
            (&shown["kind"], &shown["username"], &shown["name"]),
            (&json!("invitation"), &json!("maria.lopez"), &json!("María López"))
        );
        assert_eq!(shown["expires_at"], "2031-03-07T12:00:00.000000Z", "seventy-two hours");
        let totp = totp_of(&app, &path);
        assert_eq!(shown["totp"]["secret"], totp.to_base32().as_str());
        let uri = shown["totp"]["otpauth_uri"].as_str().unwrap();
        assert!(uri.starts_with("otpauth://totp/Zagu%C3%A1n:maria.lopez?secret="), "{uri}");
        let picture = shown["totp"]["qr_svg_url"].as_str().unwrap();
        let picture = get(&app, picture.strip_prefix("http://127.0.0.1:8080").unwrap());
        assert_eq!(picture.header("content-type"), Some("image/svg+xml"));
        assert!(picture.body.contains("<svg") && !picture.body.contains("maria"), "{picture:?}");

        let reply = post(&app, &path, &credentials(&app, &totp));
        assert_eq!(reply.status, 201, "{reply:?}");
        let codes = reply.json()["recovery_codes"].as_array().unwrap().clone();
        assert_eq!(codes.len(), 10);
        let entry = last_record(&app);
        assert_eq!((entry["kind"].as_str(), entry["actor"].as_str()), (Some("staff_enrolled"), Some("maria.lopez")));
        for used in
            [get(&app, &path), post(&app, &path, &credentials(&app, &totp)), get(&app, &format!("{path}/qr.svg"))]
        {
            assert_problem(&used, 404, "not-found");
        }
        let next = totp.code_at(app.app.now() + TimeDelta::seconds(30));
        let body = json!({ "username": "maria.lopez", "password": PASSWORD, "totp": next });
        assert_eq!(sign_in(&app, &body).status, 201);
    });
}

#[test]
fn an_old_and_an_unknown_link_look_like_a_used_one() {
    on_every_database(|database| {
        let app = start(database);
        let (_, path) = invited(&app);
        let totp = totp_of(&app, &path);
        let unknown = post(&app, "/api/v1/enrolments/no-such-token", &credentials(&app, &totp));
        assert_problem(&unknown, 404, "not-found");
        assert_eq!(last_record(&app)["actor"], "anonymous");
        app.clock.advance(TimeDelta::hours(72) - TimeDelta::microseconds(1));
        assert_eq!(get(&app, &path).status, 200);
        app.clock.advance(TimeDelta::microseconds(1));
        assert_eq!(get(&app, &path).body, get(&app, "/api/v1/enrolments/no-such-token").body);
        assert_eq!(post(&app, &path, &credentials(&app, &totp)).body, unknown.body);
        assert_eq!(count(&app, "staff_enrolled"), 1, "the admin alone");
    });
}

#[test]
fn of_two_who_use_one_link_at_once_one_enrols() {
    on_every_database(|database| {
        let app = start(database);
        let (_, path) = invited(&app);
        let body = credentials(&app, &totp_of(&app, &path));
        let mut statuses = thread::scope(|scope| {
            let calls: Vec<_> = (0..2).map(|_| scope.spawn(|| post(&app, &path, &body).status)).collect();
            calls.into_iter().map(|call| call.join().unwrap()).collect::<Vec<u16>>()
        });
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 404]);
    });
}

#[test]
fn a_wrong_code_and_a_weak_password_leave_the_link_good() {
    on_every_database(|database| {
        let app = start(database);
        let (_, path) = invited(&app);
        let totp = totp_of(&app, &path);
        let right = credentials(&app, &totp);
        for (member, value, at) in [
            ("totp", "000000", "/totp"),
            ("password", "too short", "/password"),
            ("password", "Maria.Lopez is here", "/password"),
            ("password", "Zaguan-2031!!", "/password"),
            ("username", "other.name", "/username"),
        ] {
            let mut body = right.clone();
            body[member] = json!(value);
            let problem = assert_problem(&post(&app, &path, &body), 400, "invalid-request");
            assert_eq!(problem["errors"][0]["member"], at, "{problem}");
            assert!(!problem.to_string().contains(value), "{problem}");
        }
        assert_eq!(post(&app, &path, &right).status, 201);
    });
}

#[test]
fn a_reset_takes_the_credentials_and_the_sessions_and_its_newer_link_ends_the_older() {
    on_every_database(|database| {
        let app = start(database);
        let admin = app.staff(Role::Admin);
        let clerk = app.enrol(Role::Records);
        let token = clerk.sign_in(&app.app);
        app.clock.advance(TimeDelta::minutes(1));
        let reset = || {
            let reply = app.as_staff(&admin).send("POST", &format!("/api/v1/staff/{}/reset", clerk.id), None);
            assert_eq!(reply.status, 201, "{reply:?}");
            path_of(reply.json()["link"]["url"].as_str().unwrap())
        };
        let older = reset();
        assert_problem(&app.as_staff(&token).get("/api/v1/account"), 401, "unauthenticated");
        assert_problem(&sign_in(&app, &clerk.credentials(&app.app)), 401, "unauthenticated");
        let newer = reset();
        assert_eq!(get(&app, &older).status, 404);
        assert_eq!(get(&app, &newer).json()["kind"], "reset");
        let totp = totp_of(&app, &newer);
        assert_eq!(post(&app, &newer, &credentials(&app, &totp)).status, 201);
        // The secret of before is worth nothing.
        app.clock.advance(TimeDelta::minutes(1));
        assert_problem(&sign_in(&app, &clerk.credentials(&app.app)), 401, "unauthenticated");
    });
}

#[test]
fn the_first_admin_chooses_a_name_and_the_link_is_good_only_while_there_is_no_admin() {
    on_every_database(|database| {
        let app = start(database);
        let issue = || app.app.issue_first_admin_link().unwrap();
        let older = path_of(&issue().unwrap().url);
        let newer = path_of(&issue().unwrap().url);
        assert_eq!(count(&app, "link_issued"), 2);
        assert_eq!(get(&app, &older).status, 404, "the newer link ended it");
        let shown = get(&app, &newer).json();
        assert_eq!((&shown["kind"], &shown["username"]), (&json!("first_admin"), &Value::Null));
        let totp = totp_of(&app, &newer);
        let mut body = credentials(&app, &totp);
        assert_problem(&post(&app, &newer, &body), 400, "invalid-request");
        body["username"] = json!("operator");
        body["name"] = json!("The first");
        assert_problem(&post(&app, &newer, &body), 400, "invalid-request");
        body["username"] = json!("first.admin");
        assert_eq!(post(&app, &newer, &body).status, 201);
        assert!(issue().is_none());
        assert_eq!(count(&app, "link_issued"), 2);
        assert_eq!(database.texts("SELECT certified_by AS value FROM staff"), ["operator"]);
        // A used link stays used, though there is no active admin any more.
        let id = app.app.list_staff(&Authority::operator()).unwrap()[0].id;
        app.app.reset_staff(&Authority::operator(), id).unwrap();
        assert_eq!(get(&app, &newer).status, 404);
        assert!(issue().is_some());
    });
}

#[test]
fn a_first_admins_link_is_worth_nothing_once_somebody_else_is_an_admin() {
    let database = TestDatabase::sqlite();
    let app = start(&database);
    let path = path_of(&app.app.issue_first_admin_link().unwrap().unwrap().url);
    let totp = totp_of(&app, &path);
    app.enrol(Role::Admin);
    let mut body = credentials(&app, &totp);
    body["username"] = json!("late.admin");
    body["name"] = json!("Too late");
    assert_problem(&post(&app, &path, &body), 404, "not-found");
}

#[test]
fn links_end_up_in_no_metric() {
    let database = TestDatabase::sqlite();
    let app = start_with(&database, &[]);
    let (_, path) = invited(&app);
    get(&app, &path);
    let metrics = get(&app, "/metrics").body;
    assert!(metrics.contains("/api/v1/enrolments/{token}"), "{metrics}");
    assert!(!metrics.contains(path.rsplit('/').next().unwrap()));
}
