//! What each record adds to the tallies, and what never gets into them.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use zaguan::domain::report::{Counted, Counter, Tally};

/// What these records add up to, as `tally key` → count.
fn counted(records: &[Value]) -> BTreeMap<String, i64> {
    let mut tally = Tally::default();
    for record in records {
        tally.count(record.to_string().as_bytes());
    }
    tally.cells().map(|(cell, count)| (format!("{} {}", cell.counted, cell.key), count)).collect()
}

fn expect(records: &[Value], expected: &[(&str, i64)]) {
    let expected: BTreeMap<String, i64> = expected.iter().map(|(key, count)| ((*key).to_owned(), *count)).collect();
    assert_eq!(counted(records), expected);
}

fn decision() -> Value {
    json!({
        "at": "2031-03-04T12:00:00.012345Z", "cited": ["0197aaaa-bbbb-7ccc-8ddd-eeeeffff0000"], "client": "billing",
        // Drawn at 2031-03-04T12:00:00.000Z.
        "id": "01c21b96-fc00-7000-8000-000000000001", "kind": "decision",
        "fields": [
            { "class": "home_address", "effect": "deny", "field": "service_address", "reason": "no_legal_basis" },
            { "class": "home_address", "effect": "deny", "field": "unit", "reason": "no_legal_basis" },
            { "class": "unprotected", "effect": "permit", "field": "account_no", "reason": "not_protected" },
            { "class": "employment", "effect": "permit", "field": "employer", "reason": "legal_basis",
              "legal_basis": "0197aaaa-bbbb-7ccc-8ddd-eeeeffff0000" },
            { "class": "employment", "effect": "deny", "field": "boss", "reason": "basis_class_not_in_scope" },
        ],
        "obligations": ["counsel_review_1373"], "outcome": "partial",
        "policy": { "id": "las-cruces-26-049", "sha256": "0123456789abcdef" },
        "purpose": "immigration_enforcement", "requester_kind": "federal_immigration", "resident": "00",
        "store": "utility-billing", "v": 1,
    })
}

#[test]
fn a_decision_is_counted_as_a_request_and_field_by_field() {
    let millis = "2031-03-04T12:00:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap().timestamp_millis();
    let mut record = decision();
    record["id"] = json!(uuid_at(millis));
    expect(
        &[record],
        &[
            ("entry decision", 1),
            ("request federal_immigration immigration_enforcement partial", 1),
            ("store_request utility-billing partial under_100_ms", 1),
            ("field home_address no_legal_basis 0123456789ab", 2),
            ("field unprotected not_protected 0123456789ab", 1),
            ("field employment legal_basis 0123456789ab", 1),
            ("field employment basis_class_not_in_scope 0123456789ab", 1),
            ("class_request home_address deny", 1),
            ("class_request unprotected permit", 1),
            ("class_request employment both", 1),
            ("flag counsel_review_1373", 1),
            ("basis_use 0197aaaa-bbbb-7ccc-8ddd-eeeeffff0000", 1),
        ],
    );
}

/// A UUID of version 7 that was drawn at that millisecond.
fn uuid_at(millis: i64) -> String {
    let (high, low) = (millis >> 16, millis & 0xffff);
    format!("{high:08x}-{low:04x}-7000-8000-000000000001")
}

#[test]
fn the_time_to_decide_is_that_between_the_id_and_the_decision() {
    let decided = "2031-03-04T12:00:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap().timestamp_millis();
    let delays = [
        (0, "under_10_ms"),
        (9, "under_10_ms"),
        (10, "under_100_ms"),
        (99, "under_100_ms"),
        (100, "under_1_s"),
        (999, "under_1_s"),
        (1_000, "under_10_s"),
        (9_999, "under_10_s"),
        (10_000, "longer"),
        (-5, "under_10_ms"),
    ];
    for (millis, expected) in delays {
        let mut record = decision();
        record["at"] = json!("2031-03-04T12:00:00.000000Z");
        record["id"] = json!(uuid_at(decided - millis));
        let key = format!("store_request utility-billing partial {expected}");
        assert_eq!(counted(&[record]).get(&key), Some(&1), "{millis} ms");
    }
    let mut record = decision();
    record["id"] = json!("0197aaaa-bbbb-4ccc-8ddd-eeeeffff0000");
    assert_eq!(counted(&[record]).get("store_request utility-billing partial unknown"), Some(&1));
}

#[expect(clippy::needless_pass_by_value, reason = "rows read better without references")]
fn event(kind: &str, about: Value) -> Value {
    json!({ "about": about, "actor": "somebody", "at": "2031-03-04T12:00:00.000000Z", "id": "x", "kind": kind, "v": 1 })
}

#[test]
fn papers_and_their_steps_are_counted_by_the_id_of_the_basis() {
    let basis = "0197aaaa-bbbb-7ccc-8ddd-eeeeffff0000";
    let registered = json!({ "legal_basis": basis, "kind": "judicial_warrant", "instrument": "detainer_i247",
        "outcome": "rejected", "failed_checks": "W01 W05", "reason": "instrument_not_accepted" });
    expect(
        &[event("legal_basis_registered", registered)],
        &[
            ("entry legal_basis_registered", 1),
            (&format!("basis {basis} judicial_warrant detainer_i247 rejected"), 1),
            ("failed_check W01", 1),
            ("failed_check W05", 1),
        ],
    );
    let about = |more: Value| {
        let mut about = json!({ "legal_basis": basis, "kind": "emergency_exception" });
        about.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        about
    };
    expect(
        &[
            event("legal_basis_registered", about(json!({ "outcome": "registered" }))),
            event("legal_basis_verified", about(json!({ "is_again": "false" }))),
            event("legal_basis_verified", about(json!({ "is_again": "true" }))),
            event("legal_basis_reviewed", about(json!({ "outcome": "not_justified" }))),
            event("legal_basis_revoked", about(json!({}))),
        ],
        &[
            ("entry legal_basis_registered", 1),
            ("entry legal_basis_verified", 2),
            ("entry legal_basis_reviewed", 1),
            ("entry legal_basis_revoked", 1),
            (&format!("basis {basis} emergency_exception none registered"), 1),
            (&format!("step {basis} verified"), 1),
            (&format!("step {basis} verified_again"), 1),
            (&format!("step {basis} not_justified"), 1),
            (&format!("step {basis} revoked"), 1),
        ],
    );
}

#[test]
fn accounts_go_up_and_down_with_their_roles() {
    let of = |events: &[(&str, Value)]| {
        let events: Vec<Value> = events.iter().map(|(kind, about)| event(kind, about.clone())).collect();
        let mut counts = counted(&events);
        counts.retain(|key, _| key.starts_with("account "));
        counts
    };
    let counts = of(&[
        ("staff_enrolled", json!({ "link": "first_admin" })),
        ("staff_enrolled", json!({ "link": "invitation" })),
        ("staff_invited", json!({ "roles": "records counsel" })),
        ("staff_invited", json!({ "roles": "records" })),
        ("staff_roles_changed", json!({ "replaced_roles": "records", "roles": "auditor", "status": "active" })),
        ("staff_disabled", json!({ "roles": "auditor" })),
        ("staff_roles_changed", json!({ "replaced_roles": "auditor", "roles": "council", "status": "disabled" })),
        ("staff_enabled", json!({ "roles": "council" })),
    ]);
    let expected = [("admin", 1), ("auditor", 0), ("council", 1), ("counsel", 1), ("records", 1)];
    assert_eq!(counts, expected.map(|(role, count)| (format!("account {role}"), count)).into());
}

#[test]
fn nothing_that_somebody_typed_gets_into_the_tallies() {
    // Words of the usual letters, so that only closed sets keep them out.
    let typed = "Maria";
    let mut record = decision();
    for member in ["store", "purpose", "requester_kind", "outcome"] {
        record[member] = json!(typed);
    }
    record["obligations"] = json!([typed]);
    record["fields"][0]["class"] = json!(typed);
    record["fields"][0]["reason"] = json!(typed);
    record["fields"][3]["legal_basis"] = json!(typed);
    let mut events = vec![record];
    for kind in ["legal_basis_registered", "legal_basis_reviewed", "call_refused", "staff_invited", typed] {
        let names = ["legal_basis", "kind", "instrument", "outcome", "failed_checks", "reason", "roles"];
        events.push(event(
            kind,
            names.iter().map(|name| ((*name).to_owned(), json!(typed))).collect::<serde_json::Map<_, _>>().into(),
        ));
    }
    let mut tally = Tally::default();
    for record in &events {
        tally.count(record.to_string().as_bytes());
    }
    for (cell, _) in tally.cells() {
        assert!(!cell.key.contains(typed), "{cell:?}");
    }
}

#[test]
fn every_entry_counts_as_one_readable_or_not() {
    let mut tally = Tally::default();
    for record in [&b"{}"[..], b"not JSON", b"{\"kind\":\"decision\",\"at\":\"yesterday\",\"id\":\"x\"}"] {
        tally.count(record);
    }
    tally.count(event("signed_in", json!({})).to_string().as_bytes());
    let entries: i64 = tally.cells().filter(|(cell, _)| cell.counted == Counted::Entry).map(|(_, count)| count).sum();
    assert_eq!(entries, 4);
}

/// Decisions that differ in what counts and in what does not, and records of other kinds between them.
fn history() -> Vec<Vec<u8>> {
    let mut records = Vec::new();
    for number in 0..200_usize {
        let mut record = decision();
        record["at"] = json!(format!("2031-03-0{}T1{}:00:00.012345Z", 1 + number % 9, number % 3));
        record["resident"] = json!(format!("{number}"));
        record["outcome"] = json!(["partial", "released", "denied"][number % 3]);
        if number % 5 == 0 {
            record["fields"][0]["reason"] = json!("confidential_address");
        }
        if number % 7 == 0 {
            record["policy"]["sha256"] = json!("fedcba9876543210");
        }
        if number % 11 == 0 {
            record["obligations"] = json!(["refer_to_clerk"]);
        }
        records.push(record.to_string().into_bytes());
        records.push(event("call_refused", json!({ "reason": "forbidden" })).to_string().into_bytes());
    }
    records.push(b"no record".to_vec());
    records
}

#[test]
fn counting_many_at_once_counts_what_one_by_one_counts() {
    let records = history();
    let mut one_by_one = Tally::default();
    for record in &records {
        one_by_one.count(record);
    }
    let at_once = Counter::sum(&records);
    assert_eq!(one_by_one.first_difference(&at_once), None);
    assert_eq!(
        at_once.cells().filter(|(cell, _)| cell.counted == Counted::Entry).map(|(_, count)| count).sum::<i64>(),
        401
    );
}
