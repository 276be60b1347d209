//! Forms of counsel, of supervisors and of clerks: about bases, violations and what was handed over to a person.

use serde_json::{Value, json};
use zaguan::domain::staff::Role;

use super::{Form, House, Values, of, send, twice};
use crate::api::legal_bases::{emergency, mandate, verified, warrant};
use crate::api::roles::entries::{by, newest, register, store};
use crate::support::app::ask;

pub(super) fn of_bases() -> Vec<Form> {
    const NOTED: fn(&House, &str) -> Values = |_, _| of(&[("note", "quashed by the court")]);
    const REJECTED: fn(&House, &str) -> Values =
        |_, _| of(&[("outcome", "rejected"), ("note", "the signature is a stamp"), ("W04-outcome", "fail")]);
    const REVIEWED: fn(&House, &str) -> Values =
        |_, _| of(&[("outcome", "not_justified"), ("note", "nobody was in danger")]);
    const CLOSED: fn(&House, &str) -> Values = |_, _| of(&[("outcome", "staff were trained anew")]);
    vec![
        Form {
            route: "POST /console/legal-bases/{id}/verification",
            role: Role::Counsel,
            paths: |h| twice(registered(h, &warrant(), "verification")),
            done: REJECTED,
            refused: REJECTED,
        },
        Form {
            route: "POST /console/legal-bases/{id}/revocation",
            role: Role::Counsel,
            paths: |h| twice(registered(h, &warrant(), "revocation")),
            done: NOTED,
            refused: NOTED,
        },
        Form {
            route: "POST /console/legal-bases/{id}/review",
            role: Role::Supervisor,
            paths: |h| twice(in_force(h, &emergency(), "review")),
            done: REVIEWED,
            refused: REVIEWED,
        },
        Form {
            route: "POST /console/legal-bases/{id}/renewal",
            role: Role::Counsel,
            paths: |h| twice(in_force(h, &mandate(), "renewal")),
            done: |_, _| of(&[("review_by", "2032-03-04"), ("note", "still the law")]),
            refused: |_, _| of(&[("review_by", "2031-03-04"), ("note", "still the law")]),
        },
        Form {
            route: "POST /console/violations/{id}/closing",
            role: Role::Counsel,
            paths: |h| {
                let review = in_force(h, &emergency(), "review");
                assert_eq!(send(h, Role::Supervisor, &review, &REVIEWED(h, &review)), 303);
                twice(format!("/console/violations/{}/closing", newest(h, "violations")))
            },
            done: CLOSED,
            refused: CLOSED,
        },
    ]
}

/// The page of a basis that was just registered, with its scan.
fn registered(house: &House, basis: &Value, page: &str) -> String {
    assert_eq!(register(house, basis), 201);
    if basis["kind"] != "emergency_exception" {
        assert_eq!(store(house, 1), 201);
    }
    format!("/console/legal-bases/{}/{page}", newest(house, "legal-bases"))
}

/// The page of a basis that somebody has verified.
fn in_force(house: &House, basis: &Value, page: &str) -> String {
    let path = registered(house, basis, page);
    let verification = format!("/api/v1/legal-bases/{}/verification", newest(house, "legal-bases"));
    let role = if basis["kind"] == "emergency_exception" { Role::Supervisor } else { Role::Counsel };
    assert_eq!(by(house, role, "POST", &verification, &verified()), 200);
    path
}

pub(super) fn of_referrals() -> Vec<Form> {
    const STANDS: fn(&House, &str) -> Values =
        |_, _| of(&[("outcome", "denial_stands"), ("note", "nothing compels it")]);
    const HANDED: fn(&House, &str) -> Values =
        |_, _| of(&[("outcome", "handed_over"), ("note", "by the internal mail of today")]);
    vec![
        Form {
            route: "POST /console/review-1373/{id}",
            role: Role::Counsel,
            paths: |h| {
                let mut ask = ask();
                ask["fields"] = json!(["itin"]);
                twice(format!("/console/review-1373/{}", h.app.decide(&ask).json()["entry"]["index"]))
            },
            done: STANDS,
            refused: STANDS,
        },
        Form {
            route: "POST /console/clerk-referrals/{id}",
            role: Role::Records,
            paths: |h| {
                let mut ask = ask();
                ask["requester"] = json!({ "kind": "public_records" });
                ask["purpose"] = json!("public_records_request");
                twice(format!("/console/clerk-referrals/{}", h.app.decide(&ask).json()["entry"]["index"]))
            },
            done: HANDED,
            refused: HANDED,
        },
    ]
}
