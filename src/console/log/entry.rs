//! `/console/entries/{id}`: one entry by its position, in plain words, and whether the log proves it.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::{DateTime, Utc};
use serde_json::Value;

use super::{Desk, Frame, Page, ProofView};
use crate::app::authority::ReadLog;
use crate::app::log::ReadEntry;
use crate::console::words::Word;
use crate::domain::record::{EventKind, hex};
use crate::http::blocking::off_the_web;
use crate::http::{Problem, ProblemKind, Site};
use crate::i18n::Tongue;

/// One entry.
#[derive(Template)]
#[template(path = "console/log/entry.html")]
pub(in crate::console) struct EntryPage {
    frame: Frame,
    index: i64,
    at: DateTime<Utc>,
    kind: String,
    actor: String,
    /// The decision's id, if it is one.
    decision: String,
    /// What else the record says, by name.
    about: Vec<(String, String)>,
    record: String,
    nonce: String,
    proof: ProofView,
    /// Whether an entry stands after this one.
    has_next: bool,
}

impl Page for EntryPage {
    fn samples(frame: &dyn Fn() -> Frame) -> Vec<Self> {
        let page = |kind: EventKind, decision: &str, proof| {
            let frame = frame();
            Self {
                index: 41,
                at: DateTime::from_timestamp(1_930_392_000, 0).unwrap_or_default(),
                kind: frame.word(kind),
                actor: "r.archuleta".to_owned(),
                decision: decision.to_owned(),
                about: vec![
                    (label_of("reason", frame.tongue()), "forbidden".to_owned()),
                    (label_of("a_name_of_no_sentence", frame.tongue()), "17".to_owned()),
                ],
                record: "{\n  \"v\": 1\n}".to_owned(),
                nonce: "02".repeat(32),
                proof,
                has_next: decision.is_empty(),
                frame,
            }
        };
        let [published, newest, unproven] = ProofView::samples();
        vec![
            page(EventKind::CallRefused, "", published),
            page(EventKind::Decision, "0197aaaa-bbbb-7ccc-8ddd-eeeeffff0000", newest),
            page(EventKind::SignedIn, "", unproven),
        ]
    }
}

/// The entry. That it was read is an entry, too.
pub(super) async fn show(
    site: web::Data<Site>,
    desk: Desk<ReadLog>,
    index: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let not_there = || Problem::new(ProblemKind::NotFound, "the log has no such entry");
    let (index, who) = (index.parse::<u64>().map_err(|_| not_there())?, desk.who.clone());
    let read = off_the_web(&site, move |app| {
        app.read_entry(&who, index).map_err(|failure| Problem::of_staff(failure, |never| match never {}))
    });
    let read = read.await?.ok_or_else(not_there)?;
    desk.show(&page(&desk, &read))
}

fn page(desk: &Desk<ReadLog>, read: &ReadEntry) -> EntryPage {
    let (row, tongue) = (&read.row, desk.tongue());
    let record: Value = serde_json::from_slice(&row.record).unwrap_or_default();
    let title = tongue.say_with("audit-entry-title", [("index", tongue.number(row.seq).into())]);
    let is_decision = row.kind == EventKind::Decision.as_str();
    EntryPage {
        frame: desk.frame("audit-entries-title").titled(title),
        index: row.seq,
        at: DateTime::from_timestamp_micros(row.at).unwrap_or_default(),
        kind: kind_of(&row.kind, tongue),
        actor: row.actor.clone(),
        decision: if is_decision { row.id.clone() } else { String::new() },
        about: about_of(&record, tongue),
        record: shown(&row.record),
        nonce: hex(&row.nonce),
        proof: ProofView::of(&read.inclusion),
        has_next: u64::try_from(row.seq).is_ok_and(|index| index + 1 < read.length),
    }
}

/// A record with line breaks; one that was tampered with, and is no JSON any more, as it is.
fn shown(record: &[u8]) -> String {
    let read = serde_json::from_slice::<Value>(record);
    let pretty = read.and_then(|record| serde_json::to_string_pretty(&record));
    pretty.unwrap_or_else(|_| String::from_utf8_lossy(record).into_owned())
}

/// What people call a kind of entry; one that this version does not know stands as it is.
pub(super) fn kind_of(word: &str, tongue: Tongue) -> String {
    word.parse::<EventKind>().map_or_else(|_| word.to_owned(), |kind| kind.said(tongue))
}

/// The particulars of an event. A decision has none: its own page explains it.
fn about_of(record: &Value, tongue: Tongue) -> Vec<(String, String)> {
    let about = record.get("about").and_then(Value::as_object);
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    about.into_iter().flatten().map(|(name, value)| (label_of(name, tongue), text(value))).collect()
}

/// What people call a particular; its name in the record where nobody has thought of a better one.
fn label_of(name: &str, tongue: Tongue) -> String {
    let key = format!("audit-about-{}", name.replace('_', "-"));
    if tongue.knows(&key) { tongue.say(&key) } else { name.replace('_', " ") }
}
