//! Decisions on bases that people registered and verified: each reason is reached from the counter, not from a planted row.

use chrono::TimeDelta;
use serde_json::{Value, json};
use zaguan::app::authority::Authority;
use zaguan::domain::ResidentId;
use zaguan::domain::staff::Role;

use super::{Hall, RESIDENT, ask_citing, mandate, mandate_ask, verified, warrant, with};
use crate::support::on_every_database;

/// One basis for each way not to open, with the reason that it gives; in the order in which they are checked.
fn spoiled(hall: &Hall) -> Vec<(&'static str, String)> {
    let changed = |pointer: &str, value: Value| hall.verified(&with(&warrant(), pointer, value));
    let counted = hall.register(&with(&warrant(), "/instrument", json!("ice_i205")));
    let rejected = hall.register(&warrant());
    let note = json!({ "outcome": "rejected", "note": "not signed" });
    assert_eq!(hall.act(Role::Counsel, &rejected, "verification", &note).status, 200);
    let revoked = hall.verified(&warrant());
    assert_eq!(hall.act(Role::Counsel, &revoked, "revocation", &json!({ "reason": "quashed" })).status, 200);
    let superseded = hall.verified(&warrant());
    hall.register(&with(&warrant(), "/supersedes", json!(superseded)));
    let expired = changed("/execute_by", json!("2031-03-04T12:00:01Z"));
    let used_up = changed("/single_use", json!(true));
    assert_eq!(hall.reason(&ask_citing(&[&used_up])), "legal_basis");
    let elsewhere = json!({
        "residents": [{ "store": "library", "resident": RESIDENT }], "classes": ["home_address"], "stores": ["library"],
        "requester_kinds": ["federal_immigration"], "purposes": ["immigration_enforcement"],
    });
    let all = vec![
        ("basis_not_found", "0197aaaa-bbbb-7ccc-8ddd-eeeeffff0000".to_owned()),
        ("instrument_not_accepted", counted),
        ("basis_rejected", rejected),
        ("basis_not_verified", hall.register(&warrant())),
        ("basis_revoked", revoked),
        ("basis_revoked", superseded),
        ("basis_not_yet_valid", changed("/valid_from", json!("2031-03-05T12:00:00Z"))),
        ("basis_expired", expired),
        ("basis_used_up", used_up),
        ("basis_other_store", changed("/scope", elsewhere)),
        ("basis_other_resident", changed("/scope/residents/0/resident", json!("ACCT-0048214"))),
        ("basis_other_requester", changed("/scope/requester_kinds", json!(["court"]))),
        ("basis_other_requester", changed("/scope/requester_agency", json!("Another Agency"))),
        ("basis_other_purpose", changed("/scope/purposes", json!(["court_proceeding"]))),
        ("basis_class_not_in_scope", changed("/scope/classes", json!(["employment"]))),
    ];
    hall.app.clock.advance(TimeDelta::seconds(1));
    all
}

#[test]
fn each_reason_is_reached_from_the_counter_and_the_one_that_got_furthest_is_told() {
    on_every_database(|database| {
        let hall = Hall::open(database);
        let bases = spoiled(&hall);
        for (reason, id) in &bases {
            assert_eq!(&hall.reason(&ask_citing(&[id])), reason);
        }
        for pair in bases.windows(2) {
            let ((_, nearer), (reason, further)) = (&pair[0], &pair[1]);
            assert_eq!(&hall.reason(&ask_citing(&[nearer, further])), reason);
            assert_eq!(&hall.reason(&ask_citing(&[further, nearer])), reason);
        }
        let all: Vec<&str> = bases.iter().map(|(_, id)| id.as_str()).collect();
        assert_eq!(hall.reason(&ask_citing(&all)), "basis_class_not_in_scope");
        let sound = hall.verified(&warrant());
        let with_sound = [&all[..], &[sound.as_str()]].concat();
        let decision = hall.app.decide(&ask_citing(&with_sound)).json();
        assert_eq!(decision["fields"][0]["legal_basis"], json!(sound));
    });
}

#[test]
fn a_batch_judges_each_request_by_the_bases_that_it_cites() {
    on_every_database(|database| {
        let hall = Hall::open(database);
        let bases = spoiled(&hall);
        let sound = hall.verified(&with(&warrant(), "/max_uses", json!(2)));
        let mut asks: Vec<Value> = bases.iter().map(|(_, id)| ask_citing(&[id])).collect();
        asks.extend((0..3).map(|_| ask_citing(&[&sound])));
        let reply = hall.app.post("/api/v1/decisions/batch", &json!({ "decisions": asks }));
        let answer = reply.json();
        let reasons: Vec<&str> = answer["decisions"]
            .as_array()
            .unwrap()
            .iter()
            .map(|decision| decision["fields"][0]["reason"].as_str().unwrap())
            .collect();
        let expected: Vec<&str> = bases.iter().map(|(reason, _)| *reason).collect();
        assert_eq!(reasons, [&expected[..], &["legal_basis", "legal_basis", "basis_used_up"]].concat());
    });
}

#[test]
fn a_window_opens_and_closes_to_the_microsecond() {
    on_every_database(|database| {
        let mut hall = Hall::open(database);
        let form = with(&warrant(), "/valid_from", json!("2031-03-05T12:00:00.000001Z"));
        let id = hall.verified(&with(&form, "/execute_by", json!("2031-03-05T13:00:00.000001Z")));
        for (instant, reason) in [
            ("2031-03-05T12:00:00.000000Z", "basis_not_yet_valid"),
            ("2031-03-05T12:00:00.000001Z", "legal_basis"),
            ("2031-03-05T13:00:00.000000Z", "legal_basis"),
            ("2031-03-05T13:00:00.000001Z", "basis_expired"),
        ] {
            hall.app.clock.set(instant.parse().unwrap());
            hall.app.token = hall.app.new_token();
            assert_eq!(hall.reason(&ask_citing(&[&id])), reason, "{instant}");
        }
    });
}

#[test]
fn a_confidential_address_yields_to_a_judge_only() {
    on_every_database(|database| {
        let hall = Hall::open(database);
        let id = hall.register(&mandate());
        hall.scan(&id);
        let reply = hall.act(Role::Counsel, &id, "verification", &verified());
        assert_eq!(reply.status, 200, "{reply:?}");
        let by_law = mandate_ask(&[&id]);
        assert_eq!(hall.reason(&by_law), "legal_basis");
        let store = "utility-billing".parse().unwrap();
        let marked = hall.app.app.mark_confidential(&Authority::operator(), store, &ResidentId::new(RESIDENT).unwrap());
        assert!(marked.unwrap());
        assert_eq!(hall.reason(&by_law), "confidential_address");
        let waiting = hall.register(&warrant());
        assert_eq!(hall.reason(&ask_citing(&[&waiting])), "confidential_address");
        let order = hall.verified(&warrant());
        let decision = hall.app.decide(&ask_citing(&[&order])).json();
        assert_eq!(decision["outcome"], "released", "{decision}");
        assert_eq!(decision["obligations"], json!(["redisclosure_prohibited"]));
    });
}
