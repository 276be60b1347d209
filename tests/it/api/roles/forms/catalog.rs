//! Forms about the catalogue.

use zaguan::domain::staff::Role;

use super::{Form, House, NOTHING, of, plain, twice};
use crate::api::roles::entries::propose;

/// The page of a proposal that was just made, to be settled in this way.
fn proposed(house: &House, field: &str, what: &str) -> [String; 2] {
    assert!(propose(house, field) < 300);
    let all = house.app.as_staff(&house.tokens[&Role::Auditor]).get("/api/v1/class-proposals").json();
    let id = all["class_proposals"][0]["id"].as_str().unwrap().to_owned();
    twice(format!("/console/catalog/proposals/{id}/{what}"))
}

pub(super) fn of_the_catalogue() -> Vec<Form> {
    vec![
        plain(
            "POST /console/catalog/stores/{id}/proposals",
            Role::Steward,
            |_| twice("/console/catalog/stores/library/proposals"),
            |_, _| of(&[("field", "pay"), ("class", "employment"), ("reason", "It names where somebody works.")]),
        ),
        plain(
            "POST /console/catalog/proposals/{id}/approval",
            Role::Counsel,
            |h| proposed(h, "boss", "approval"),
            |h, _| {
                let store = h.app.as_staff(&h.tokens[&Role::Auditor]).get("/api/v1/catalog/library").json();
                of(&[("seen", store["sha256"].as_str().unwrap()), ("confirm", "yes")])
            },
        ),
        plain(
            "POST /console/catalog/proposals/{id}/declining",
            Role::Counsel,
            |h| proposed(h, "bench", "declining"),
            |_, _| of(&[("reason", "It names no employer.")]),
        ),
        plain(
            "POST /console/catalog/proposals/{id}/withdrawal",
            Role::Steward,
            |h| proposed(h, "badge", "withdrawal"),
            NOTHING,
        ),
    ]
}
