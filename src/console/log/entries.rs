//! `/console/entries`: who did what, and when.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use chrono::{DateTime, Days, NaiveDate, Utc};

use super::entry::kind_of;
use super::{Desk, Faults, Frame, Page};
use crate::app::AsOf;
use crate::app::authority::ReadLog;
use crate::app::log::{EntryFilter, EntrySearch};
use crate::console::choices::{Choice, choices};
use crate::console::decisions::begin_of;
use crate::console::query;
use crate::domain::record::EventKind;
use crate::http::blocking::off_the_web;
use crate::http::{Problem, Site};
use crate::i18n::Tongue;
use crate::storage::audit::EntryRow;

/// Entries on one page.
const PER_PAGE: usize = 50;

/// The form, and one page of what was found.
#[derive(Template)]
#[template(path = "console/log/entries.html")]
pub(in crate::console) struct EntriesPage {
    frame: Frame,
    faults: Faults,
    asked: Asked,
    kinds: Vec<Choice>,
    found: Option<FoundEntries>,
}

/// What was chosen, word for word.
#[derive(Default)]
struct Asked {
    from: String,
    until: String,
    kind: String,
    actor: String,
}

struct FoundEntries {
    rows: Vec<Row>,
    next: Option<u64>,
    is_later: bool,
    as_of: AsOf,
}

struct Row {
    index: i64,
    at: DateTime<Utc>,
    kind: String,
    actor: String,
}

impl Page for EntriesPage {
    fn samples(frame: &dyn Fn() -> Frame) -> Vec<Self> {
        let page = |asked, rows: Option<usize>, next| {
            let frame = frame();
            let row = || Row {
                index: 41,
                at: DateTime::from_timestamp(1_930_392_000, 0).unwrap_or_default(),
                kind: frame.word(EventKind::SignedIn),
                actor: "r.archuleta".to_owned(),
            };
            let found = rows.map(|count| FoundEntries {
                rows: std::iter::repeat_with(row).take(count).collect(),
                next,
                is_later: next.is_some(),
                as_of: AsOf { entries: 1_600_000, is_replica: next.is_some() },
            });
            Self { kinds: choices(&frame, EventKind::ALL), faults: Faults::default(), asked, found, frame }
        };
        let asked = || Asked { kind: "signed_in".to_owned(), actor: "r.archuleta".to_owned(), ..Asked::default() };
        let mut faulty = page(Asked { from: "soon".to_owned(), ..Asked::default() }, None, None);
        faulty.faults.add("from", faulty.frame.t("audit-fault-day"));
        vec![page(Asked::default(), None, None), page(asked(), Some(2), Some(30)), page(asked(), Some(0), None), faulty]
    }
}

impl Asked {
    fn query(&self) -> String {
        let pairs = [("from", &self.from), ("until", &self.until), ("kind", &self.kind), ("actor", &self.actor)];
        query::of(pairs)
    }

    /// What was meant; what cannot be meant is added to the faults.
    fn read(&self, tongue: Tongue, faults: &mut Faults) -> EntryFilter {
        let mut day = |name: &str, value: &str| {
            let day = value.parse::<NaiveDate>().ok();
            if day.is_none() && !value.is_empty() {
                faults.add(name, tongue.say("audit-fault-day"));
            }
            day
        };
        let (from, until) = (day("from", &self.from), day("until", &self.until));
        let kind = self.kind.parse().ok();
        if kind.is_none() && !self.kind.is_empty() {
            faults.add("kind", tongue.say("audit-fault-choice"));
        }
        EntryFilter {
            from: from.and_then(begin_of),
            until: until.and_then(|day| begin_of(day.checked_add_days(Days::new(1))?)),
            kind,
            actor: Some(self.actor.clone()).filter(|actor| !actor.is_empty()),
        }
    }
}

/// The form by itself; what was found, once something was looked for.
pub(super) async fn show(
    site: web::Data<Site>,
    desk: Desk<ReadLog>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let given = web::Query::<Vec<(String, String)>>::from_query(request.query_string());
    let given = given.map(web::Query::into_inner).unwrap_or_default();
    let value = |wanted: &str| {
        given.iter().find(|(name, _)| name == wanted).map_or("", |(_, value)| value.as_str()).trim().to_owned()
    };
    let asked = Asked { from: value("from"), until: value("until"), kind: value("kind"), actor: value("actor") };
    let mut faults = Faults::default();
    let filter = asked.read(desk.tongue(), &mut faults);
    let page = |asked, faults, found| {
        let frame = desk.frame("audit-entries-title");
        EntriesPage { kinds: choices(&frame, EventKind::ALL), frame, faults, asked, found }
    };
    if !faults.is_empty() {
        return desk.show_again(&page(asked, faults, None));
    }
    if given.is_empty() {
        return desk.show(&page(asked, faults, None));
    }
    let before = value("before").parse().ok();
    let reach = site.settings.limits.searched_entries;
    let (who, search) = (desk.who.clone(), EntrySearch { filter, before, limit: PER_PAGE, reach });
    let found = off_the_web(&site, move |app| {
        app.search_entries(&who, &search).map_err(|failure| Problem::of_staff(failure, |never| match never {}))
    })
    .await?;
    let rows = found.entries.iter().map(|row| row_of(row, desk.tongue())).collect();
    let found = FoundEntries { rows, next: found.next, is_later: before.is_some(), as_of: found.as_of };
    desk.show(&page(asked, faults, Some(found)))
}

fn row_of(row: &EntryRow, tongue: Tongue) -> Row {
    Row {
        index: row.seq,
        at: DateTime::from_timestamp_micros(row.at).unwrap_or_default(),
        kind: kind_of(&row.kind, tongue),
        actor: row.actor.clone(),
    }
}
