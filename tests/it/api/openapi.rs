//! The description of the routes is whole and holds together. That every answer is as described is checked wherever a test
//! gets one (`support/contract.rs`).

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use zaguan::api::listed;

use super::assert_problem;
use crate::support::contract::DOCUMENT;
use crate::support::{TestApp, TestDatabase};

/// Method and path of every operation, with the operation.
fn operations() -> BTreeMap<(String, String), &'static Value> {
    let paths = DOCUMENT["paths"].as_object().unwrap();
    let of = |(path, item): (&String, &'static Value)| {
        let path = path.clone();
        item.as_object()
            .unwrap()
            .iter()
            .map(move |(method, operation)| ((method.to_uppercase(), path.clone()), operation))
    };
    paths.iter().flat_map(of).collect()
}

#[test]
fn every_route_is_described_and_every_description_is_a_route() {
    let served: BTreeSet<(String, String)> =
        listed().into_iter().map(|(method, path)| (method, path.to_owned())).collect();
    let described: BTreeSet<(String, String)> = operations().into_keys().collect();
    assert_eq!(described, served);
}

#[test]
fn every_operation_says_who_may_and_what_it_is_for() {
    let mut names = BTreeSet::new();
    for ((method, path), operation) in operations() {
        let here = format!("{method} {path}");
        assert!(names.insert(operation["operationId"].as_str().expect(&here)), "{here}: its name stands twice");
        assert!(operation["summary"].as_str().is_some_and(|text| text.len() > 5), "{here}");
        assert!(operation["security"].is_array(), "{here} does not say who may");
        assert!(operation["tags"][0].is_string(), "{here}");
        let declared = operation["parameters"]
            .as_array()
            .map_or(0, |parameters| parameters.iter().filter(|parameter| resolve(parameter)["in"] == "path").count());
        assert_eq!(declared, path.matches('{').count(), "{here}: parameters of the path");
        let is_for_staff = operation["security"].as_array().unwrap().iter().any(|way| way["staff"].is_array());
        assert_eq!(operation["x-permission"].is_string(), is_for_staff, "{here}: `x-permission`");
        assert_eq!(operation["x-roles"].is_array(), is_for_staff, "{here}: `x-roles`");
    }
}

#[test]
fn every_reference_leads_somewhere() {
    let mut waiting = vec![&*DOCUMENT];
    let mut followed = 0;
    while let Some(value) = waiting.pop() {
        if let Some(reference) = value["$ref"].as_str() {
            let pointer = reference.strip_prefix('#').expect(reference);
            assert!(DOCUMENT.pointer(pointer).is_some(), "`{reference}` leads nowhere");
            followed += 1;
        }
        match value {
            Value::Object(members) => waiting.extend(members.values()),
            Value::Array(items) => waiting.extend(items),
            _ => {}
        }
    }
    assert!(followed > 50);
}

#[test]
fn what_is_described_with_a_body_is_answered_as_described_when_there_is_none() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    for ((method, path), operation) in operations() {
        let path = path.replace("{id}", "0197aaaa-bbbb-7ccc-8ddd-eeeeffff0000").replace("{token}", "nobody-s-token");
        let path = path.replace("{piece}*", "63/000");
        // Each answer is compared with the description where it arrives.
        let reply = app.send(&method, &path, &[], b"");
        let is_open = operation["security"].as_array().unwrap().iter().all(|way| way == &serde_json::json!({}));
        if !is_open && operation["security"][0]["basic"].is_null() {
            assert_problem(&reply, 401, "unauthenticated");
        }
        assert!(reply.status != 405, "{method} {path}: {reply:?}");
    }
}

fn resolve(value: &'static Value) -> &'static Value {
    match value["$ref"].as_str() {
        Some(reference) => DOCUMENT.pointer(reference.trim_start_matches('#')).expect(reference),
        None => value,
    }
}
