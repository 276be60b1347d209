//! Logging a legal basis in the console, looking for it, and its page.

mod drafts;
mod lists;
mod pages;

use serde_json::Value;
use zaguan::domain::staff::Role;

use crate::api::entries;
use crate::support::app::Reply;
use crate::support::{Browser, TestApp};

/// What every step of a search warrant holds. The clock of the tests stands at noon, UTC, on 4 March 2031.
pub const COURT: [(&str, &str); 9] = [
    ("court", "Third Judicial District Court"),
    ("docket", "D-307-CR-2031-00042"),
    ("judge", "Hon. A. Example"),
    ("judge_title", "District Judge"),
    ("issued_on", "2031-03-03"),
    ("issued_time", "09:30"),
    ("execute_on", "2031-03-10"),
    ("officer_name", "B. Example"),
    ("officer_agency", "Doña Ana County Sheriff"),
];

pub const SCOPE: [(&str, &str); 7] = [
    ("stores", "utility-billing"),
    ("resident_store", "utility-billing"),
    ("resident", "ACCT-0048213"),
    ("classes", "home_address"),
    ("requester_kinds", "state_or_local_law_enforcement"),
    ("purposes", "criminal_investigation"),
    ("identity_match", "name and date of birth agree"),
];

/// Begins a draft of that paper and gives its path.
pub fn begin(desk: &Browser<'_>, paper: &str) -> String {
    let reply = desk.post("/console/legal-bases/new", &[("paper", paper)]);
    assert_eq!(reply.status, 303, "{reply:?}");
    reply.header("location").unwrap().trim_end_matches("/court").to_owned()
}

/// A draft of a search warrant to which nothing is missing but its scan.
pub fn filled(desk: &Browser<'_>) -> String {
    let draft = begin(desk, "search_warrant");
    assert_eq!(desk.post(&format!("{draft}/court"), &COURT).status, 303);
    let reply = desk.post(&format!("{draft}/scope"), &SCOPE);
    assert_eq!(reply.status, 303, "{reply:?}");
    draft
}

/// Registers a draft as it stands, and gives the path of the basis.
pub fn register(desk: &Browser<'_>, draft: &str) -> Reply {
    let page = desk.get(&format!("{draft}/check"));
    desk.post(&format!("{draft}/registration"), &[("revision", revision(&page.body))])
}

/// What the last look carries.
pub fn revision(page: &str) -> &str {
    page.split("name=\"revision\" value=\"").nth(1).unwrap().split('"').next().unwrap()
}

/// The records of entries of one kind.
pub fn records(app: &TestApp, kind: &str) -> Vec<Value> {
    let all = entries(app).into_iter().filter(|entry| entry.kind == kind);
    all.map(|entry| serde_json::from_slice(&entry.record).unwrap()).collect()
}

pub fn registered(app: &TestApp) -> String {
    let desk = app.desk(Role::Records);
    let draft = filled(&desk);
    let reply = register(&desk, &draft);
    assert_eq!(reply.status, 303, "{reply:?}");
    reply.header("location").unwrap().to_owned()
}
