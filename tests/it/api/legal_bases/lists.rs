//! Lists: filters, pages, and what they never show.

use serde_json::{Value, json};
use zaguan::domain::staff::Role;

use super::{Hall, RESIDENT, emergency, mandate, warrant, with};
use crate::api::assert_problem;
use crate::support::{TestDatabase, on_every_database};

fn page(hall: &Hall, query: &str) -> Value {
    let reply = hall.get(Role::Auditor, &format!("/api/v1/legal-bases?{query}"));
    assert_eq!(reply.status, 200, "{reply:?}");
    reply.json()
}

fn ids(page: &Value) -> Vec<String> {
    page["legal_bases"].as_array().unwrap().iter().map(|basis| basis["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn bases_are_found_by_each_filter() {
    on_every_database(|database| {
        let hall = Hall::open(database);
        let next = |form: &Value| {
            hall.app.clock.advance(chrono::TimeDelta::seconds(1));
            hall.register(form)
        };
        let (warrant_id, mandate_id, emergency_id) = (next(&warrant()), next(&mandate()), next(&emergency()));
        hall.verify(Role::Supervisor, &emergency_id);
        let state = with(&warrant(), "/court", json!("Third Judicial District Court"));
        let state_id = next(&with(&state, "/docket", json!("D-307-CR-2031-00123")));
        let cases = [
            ("status=registered", vec![&state_id, &mandate_id, &warrant_id]),
            ("status=verified", vec![&emergency_id]),
            ("status=revoked", vec![]),
            ("kind=judicial_warrant", vec![&state_id, &warrant_id]),
            ("instrument=statute", vec![&mandate_id]),
            ("court=D.N.M.", vec![&warrant_id]),
            ("court=Third%20Judicial%20District%20Court", vec![&state_id]),
            ("docket=d-307-cr-2031-00123", vec![&state_id]),
            ("needs=verification", vec![&state_id, &mandate_id, &warrant_id]),
            ("needs=review", vec![&emergency_id]),
            ("kind=judicial_warrant&docket=2%3A31-mj-01234", vec![&warrant_id]),
            ("kind=legal_mandate&needs=review", vec![]),
            ("", vec![&state_id, &emergency_id, &mandate_id, &warrant_id]),
        ];
        for (query, expected) in cases {
            assert_eq!(ids(&page(&hall, query)).iter().collect::<Vec<_>>(), expected, "{query}");
        }
        let by_registrar = format!("registrar={}", hall.name(Role::Records));
        assert_eq!(ids(&page(&hall, &by_registrar)).len(), 4);
        assert!(ids(&page(&hall, "registrar=somebody")).is_empty());
    });
}

#[test]
fn pages_follow_each_other_without_gap_or_repetition_even_within_one_instant() {
    on_every_database(|database| {
        let hall = Hall::open(database);
        let mut registered: Vec<String> = Vec::new();
        for minute in 0..7 {
            if minute % 3 == 0 {
                hall.app.clock.advance(chrono::TimeDelta::seconds(1));
            }
            registered.push(hall.register(&warrant()));
        }
        let (mut found, mut cursor) = (Vec::new(), String::new());
        for pages in 1.. {
            let page = page(&hall, &format!("limit=2{cursor}"));
            found.extend(ids(&page));
            let Some(next) = page["next"].as_str() else {
                assert_eq!(pages, 4);
                break;
            };
            cursor = format!("&cursor={next}");
        }
        let (mut all, mut seen) = (registered.clone(), found.clone());
        all.sort();
        seen.sort();
        assert_eq!(seen, all);
        // Newest first, by the instant of registration.
        let newest: Vec<String> = found[..1].to_vec();
        assert_eq!(newest, [registered[6].clone()]);
        assert_eq!(page(&hall, "limit=7")["next"], Value::Null);
    });
}

#[test]
fn a_list_shows_no_resident_and_no_paper_and_is_no_entry() {
    let database = TestDatabase::sqlite();
    let hall = Hall::open(&database);
    hall.register(&warrant());
    let size = hall.size();
    let text = page(&hall, "").to_string();
    for hidden in [RESIDENT, "Fictional Person", "F. Officer", "0000\"", "915 555"] {
        assert!(!text.contains(hidden), "{hidden}: {text}");
    }
    assert_eq!(hall.size(), size);
}

#[test]
fn filters_are_read_strictly_and_every_fault_is_named() {
    let database = TestDatabase::sqlite();
    let hall = Hall::open(&database);
    let faults = |query: &str| -> Vec<String> {
        let reply = hall.get(Role::Records, &format!("/api/v1/legal-bases?{query}"));
        let problem = assert_problem(&reply, 400, "invalid-request");
        assert!(!problem.to_string().contains("SECRET"), "{problem}");
        problem["errors"].as_array().unwrap().iter().map(|error| error["member"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(faults("status=SECRET&kind=SECRET&colour=SECRET&limit=0"), ["limit", "status", "kind", "colour"]);
    assert_eq!(faults("kind=legal_mandate&kind=legal_mandate"), ["kind"]);
    assert_eq!(faults("limit=101"), ["limit"]);
    assert_eq!(faults("court=SECRET%20COURT"), ["court"]);
    assert_eq!(faults("docket=SECRET"), ["docket"]);
    assert_eq!(faults("needs=money"), ["needs"]);
    assert_eq!(faults("cursor=first"), ["cursor"]);
    assert_eq!(faults("resident=SECRET"), ["resident"]);
    for role in [Role::Records, Role::Counsel, Role::Supervisor, Role::Auditor] {
        assert_eq!(hall.get(role, "/api/v1/legal-bases").status, 200, "{role}");
    }
    let council = hall.app.staff(Role::Council);
    assert_problem(&hall.app.as_staff(&council).get("/api/v1/legal-bases"), 403, "forbidden");
}
