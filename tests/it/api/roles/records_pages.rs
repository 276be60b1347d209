//! Rows of the pages of records staff: drafts, scans, searches, requests at the counter.

use zaguan::domain::staff::Role;

use super::House;
use super::entries::{Row, form, row};
use crate::console::records::{filled, registered, revision};
use crate::domain::document::Pdf;
use crate::support::Browser;

const NOBODYS: &str = "/console/drafts/0197aaaa-bbbb-7ccc-8ddd-eeeeffff0000";

const WHOM: [(&str, &str); 2] = [("store", "utility-billing"), ("resident", "ACCT-0048213")];

const ASKED: [(&str, &str); 4] =
    [("resident", "ACCT-0048213"), ("fields", "service_address"), ("requester_kind", "court"), ("purpose", "other")];

fn desk(house: &House) -> Browser<'_> {
    Browser::new(&house.app, Some(&house.tokens[&Role::Records]))
}

fn upload(house: &House, path: &str, pages: usize) -> u16 {
    desk(house).upload(path, &[], "file", &Pdf::of(pages).bytes()).status
}

fn ask(house: &House, store: &str) -> u16 {
    let asked: Vec<(&str, &str)> = ASKED.into_iter().chain([("store", store)]).collect();
    form(house, Role::Records, "/console/counter", &asked)
}

/// Registers what was looked over, or what has changed since.
fn registration(house: &House, is_seen: bool) -> u16 {
    let draft = filled(&desk(house));
    let page = desk(house).get(&format!("{draft}/check")).body;
    let seen = if is_seen { revision(&page) } else { "1" };
    form(house, Role::Records, &format!("{draft}/registration"), &[("revision", seen)])
}

pub(super) fn of_records_pages() -> Vec<Row> {
    vec![
        row(
            "POST /console/legal-bases/search",
            |h| form(h, Role::Records, "/console/legal-bases/search", &WHOM),
            |h| form(h, Role::Council, "/console/legal-bases/search", &WHOM),
        ),
        row(
            "POST /console/legal-bases/new",
            |h| form(h, Role::Records, "/console/legal-bases/new", &[("paper", "court_order")]),
            |h| form(h, Role::Council, "/console/legal-bases/new", &[("paper", "court_order")]),
        ),
        row(
            "POST /console/legal-bases/{id}/document",
            |h| upload(h, &format!("{}/document", registered(&h.app)), 1),
            |h| upload(h, "/console/legal-bases/0197aaaa-bbbb-7ccc-8ddd-eeeeffff0000/document", 1),
        ),
        row(
            "POST /console/drafts/{id}/{step}",
            |h| form(h, Role::Records, &format!("{}/court", filled(&desk(h))), &[("later", "yes")]),
            |h| form(h, Role::Records, &format!("{NOBODYS}/court"), &[]),
        ),
        row(
            "POST /console/drafts/{id}/scan",
            |h| upload(h, &format!("{}/scan", filled(&desk(h))), 1),
            |h| upload(h, &format!("{NOBODYS}/scan"), 1),
        ),
        row("POST /console/drafts/{id}/registration", |h| registration(h, true), |h| registration(h, false)),
        row(
            "POST /console/drafts/{id}/discarding",
            |h| form(h, Role::Records, &format!("{}/discarding", filled(&desk(h))), &[]),
            |h| form(h, Role::Records, &format!("{NOBODYS}/discarding"), &[]),
        ),
        row("POST /console/counter", |h| ask(h, "utility-billing"), |h| ask(h, "no-such-store")),
    ]
}
