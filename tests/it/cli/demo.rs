//! The demonstration and the service, started and stopped as a person would.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use serde_json::{Value, json};
use zaguan::clock::{Clock as _, System};

use super::{Serving, succeed, zaguan};
use crate::support::on_every_database;

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder().http_status_as_error(false).build().into()
}

fn token(base: &str, client: &Value) -> String {
    let form = [
        ("grant_type", "client_credentials"),
        ("client_id", client["client_id"].as_str().unwrap()),
        ("client_secret", client["client_secret"].as_str().unwrap()),
    ];
    let mut answer = agent().post(format!("{base}/oauth/token")).send_form(form).unwrap();
    let answer: Value = answer.body_mut().read_json().unwrap();
    answer["access_token"].as_str().unwrap().to_owned()
}

const EVERY_STATE: [&str; 7] = ["expired", "registered", "rejected", "revoked", "superseded", "used_up", "verified"];

/// Signs in as each member of staff, and gives the states of the bases that records staff see.
fn states(base: &str, credentials: &Value) -> Vec<String> {
    let roles = ["records", "counsel", "supervisor", "auditor", "council", "steward", "security", "editor", "admin"];
    let sign_in = |role: &str| {
        let member = &credentials["staff"][role];
        let secret = member["totp_secret"].as_str().unwrap();
        let secret = totp_rs::Secret::try_from_base32(secret).unwrap();
        let now = u64::try_from(System.now().timestamp()).unwrap();
        let code = totp_rs::Builder::new().with_secret(secret).build().unwrap().generate(now).to_string();
        let body = json!({ "username": member["username"], "password": member["password"], "totp": code });
        let mut answer = agent().post(format!("{base}/api/v1/sessions")).send_json(&body).unwrap();
        assert_eq!(answer.status(), 201, "{role}");
        let answer: Value = answer.body_mut().read_json().unwrap();
        answer["access_token"].as_str().unwrap().to_owned()
    };
    let tokens: Vec<String> = roles.into_iter().map(sign_in).collect();
    let list =
        agent().get(format!("{base}/api/v1/legal-bases")).header("Authorization", format!("Bearer {}", tokens[0]));
    let page: Value = list.call().unwrap().body_mut().read_json().unwrap();
    let bases = page["legal_bases"].as_array().unwrap().iter();
    let states: std::collections::BTreeSet<String> =
        bases.map(|basis| basis["status"].as_str().unwrap().to_owned()).collect();
    states.into_iter().collect()
}

#[test]
fn the_demonstration_makes_its_city_once_and_answers() {
    on_every_database(|database| {
        let dir = database.dir.path().join("demo");
        let start = || {
            let mut command = zaguan(database.dir.path());
            command.args(["demo", "--listen", "127.0.0.1:0", "--data-dir"]).arg(&dir);
            if database.is_postgres() {
                command.args(["--database-url", &database.url()]);
            }
            Serving::start(&mut command, "Content-Type: application/json")
        };
        let serving = start();
        assert!(serving.printed.contains("making a fictional city"));
        let path = dir.join("credentials.json");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        let credentials: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        let base = credentials["base_url"].as_str().unwrap().to_owned();
        assert_eq!(states(&base, &credentials), EVERY_STATE);
        let bearer = format!("Bearer {}", token(&base, &credentials["clients"]["utility-billing"]));
        let ask = json!({
            "store": "utility-billing", "resident": "ACCT-0048213",
            "fields": ["account_no", "service_address", "employer_name"],
            "requester": { "kind": "federal_immigration", "agency": "ICE ERO El Paso" },
            "purpose": "immigration_enforcement",
        });
        let url = format!("{base}/api/v1/decisions");
        let mut answer = agent().post(url).header("Authorization", &bearer).send_json(&ask).unwrap();
        assert_eq!(answer.status(), 200);
        let decision: Value = answer.body_mut().read_json().unwrap();
        assert_eq!(decision["outcome"], "partial");
        let effects = [0, 1, 2].map(|field| decision["fields"][field]["effect"].as_str().unwrap());
        assert_eq!(effects, ["permit", "deny", "deny"]);
        let index = decision["entry"]["index"].as_u64().unwrap();
        assert!(index > 300, "a few hundred decisions came before: {index}");
        assert_eq!(serving.terminate(), 0);

        let codes = succeed(database.dir.path(), &["demo", "--codes", "--data-dir", dir.to_str().unwrap()]);
        let people = credentials["staff"].as_object().unwrap();
        assert_eq!(codes.lines().count(), people.len(), "{codes}");
        for line in codes.lines() {
            let words: Vec<&str> = line.split_whitespace().collect();
            assert_eq!(people[words[0]]["username"], words[1]);
            assert!(words[2].len() == 6 && words[2].bytes().all(|byte| byte.is_ascii_digit()), "{line}");
        }

        // The second start finds the city as it was.
        let serving = start();
        assert!(!serving.printed.contains("making a fictional city"));
        let again: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        assert_eq!((&again["clients"], &again["staff"]), (&credentials["clients"], &credentials["staff"]));
        assert_eq!(serving.terminate(), 0);
    });
}

#[test]
fn the_first_start_of_the_service_needs_no_flags_and_its_end_is_recorded() {
    on_every_database(|database| {
        let dir = database.dir.path();
        let mut command = zaguan(dir);
        command.arg("serve").env("ZAGUAN__SERVER__LISTEN", "127.0.0.1:0");
        if database.is_postgres() {
            command.env("ZAGUAN__DATABASE__URL", database.url());
        }
        assert_eq!(Serving::of_service(&command).terminate(), 0);
        let mut verify = zaguan(dir);
        if database.is_postgres() {
            verify.env("ZAGUAN__DATABASE__URL", database.url());
        }
        let output = verify.args(["audit", "verify"]).output().unwrap();
        let said = super::out(&output);
        // keys in force, link for the first admin, policy loaded, started, stopped.
        assert!(said.starts_with("5 entries"), "{said}{}", super::err(&output));
        assert!(said.contains("the anchor outside the database agrees at 5 entries"), "{said}");
    });
}
