//! `/console/queue`: what waits for a second person, the longest waiting first.

use std::collections::BTreeMap;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use chrono::{DateTime, Utc};

use super::summary::Summary;
use super::{PER_PAGE, after, also, query};
use crate::app::agenda::{Agenda, Bounded};
use crate::app::authority::{ReadBasis, UseOwnAccount, VerifyBasis};
use crate::app::legal_bases::{BasisNeeds, ListedBasis, RENEWAL_NOTICE};
use crate::console::{Desk, Frame, Page};
use crate::domain::LegalBasisId;
use crate::domain::agenda::Task;
use crate::domain::legal_basis::BasisKind;
use crate::domain::staff::Roles;
use crate::http::blocking::off_the_web;
use crate::http::{Problem, ProblemKind, Site};
use crate::storage::legal_bases::{Filter, Needs};

/// A list of the queue: the word in its address, its work, and the key of its name.
const LISTS: [(&str, Task, &str); 5] = [
    ("emergencies", Task::EmergenciesToVerify, "counsel-queue-emergencies"),
    ("reviews", Task::ReviewsOwed, "counsel-queue-reviews"),
    ("warrants", Task::WarrantsToVerify, "counsel-queue-warrants"),
    ("mandates", Task::MandatesToVerify, "counsel-queue-mandates"),
    ("renewals", Task::RenewalsDue, "counsel-queue-renewals"),
];

/// The queue, one list of it.
#[derive(Template)]
#[template(path = "console/counsel/queue.html")]
pub(in crate::console) struct QueuePage {
    frame: Frame,
    tabs: Vec<Tab>,
    list: &'static str,
    key: &'static str,
    rows: Vec<Row>,
    next: Option<LegalBasisId>,
}

/// A way to a list.
struct Tab {
    slug: &'static str,
    key: &'static str,
    count: Option<Bounded>,
    is_here: bool,
}

/// Something that waits.
struct Row {
    basis: Summary,
    /// Where it is dealt with.
    path: String,
    /// When it must be done, or is over.
    due_at: Option<DateTime<Utc>>,
    /// Whether the reader registered it: somebody else must deal with it.
    is_own: bool,
}

impl Page for QueuePage {
    fn samples(frame: &dyn Fn() -> Frame) -> Vec<Self> {
        let row = |kind, is_own| {
            let basis = Summary::sample(&frame(), kind);
            Row {
                path: format!("/console/legal-bases/{}/verification", basis.id),
                due_at: basis.valid_until,
                is_own,
                basis,
            }
        };
        let late = Row { due_at: Some(frame().now), ..row(BasisKind::EmergencyException, false) };
        let rows = vec![late, row(BasisKind::EmergencyException, false), row(BasisKind::JudicialWarrant, true)];
        let next = rows.first().map(|row| row.basis.id);
        let of = |rows, next, count| Self {
            frame: frame(),
            tabs: LISTS.map(|(slug, _, key)| Tab { slug, key, count, is_here: slug == "emergencies" }).into(),
            list: "emergencies",
            key: "counsel-queue-emergencies",
            rows,
            next,
        };
        vec![of(rows, next, Some(Bounded::MoreThan(99))), of(Vec::new(), None, None)]
    }
}

pub(super) async fn show(
    site: web::Data<Site>,
    desk: Desk<VerifyBasis>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let reader = also::<ReadBasis, _>(&desk.who)?;
    let own = also::<UseOwnAccount, _>(&desk.who)?;
    let given = query(&request);
    let open: Vec<_> = LISTS.into_iter().filter(|(_, task, _)| concerns(desk.who.roles(), *task)).collect();
    let agenda = off_the_web(&site, move |app| Ok(app.agenda(&own)?)).await?;
    let (list, task, key) = chosen(&open, &given, &agenda).ok_or_else(nothing_open)?;
    let (filter, from) = (filter(task, agenda.now), after(&given));
    let page = off_the_web(&site, move |app| Ok(app.list_bases(&reader, &filter, from, PER_PAGE)?)).await?;
    let frame = desk.frame("counsel-queue-title");
    let tabs =
        open.into_iter().map(|(slug, task, key)| Tab { slug, key, count: count(&agenda, task), is_here: slug == list });
    let rows = page.items.iter().map(|listed| Row::of(&frame, listed, task, desk.who.actor())).collect();
    desk.show(&QueuePage { tabs: tabs.collect(), list, key, rows, next: page.next, frame })
}

/// Nobody comes here to whom no list is open; were somebody to, there would be nothing to show.
fn nothing_open() -> Problem {
    Problem::new(ProblemKind::NotFound, "there is no list for this role")
}

fn concerns(roles: Option<&Roles>, task: Task) -> bool {
    roles.is_some_and(|roles| task.concerns(roles))
}

/// The list that was asked for; otherwise the first in which something waits; otherwise the first.
fn chosen(
    open: &[(&'static str, Task, &'static str)],
    given: &BTreeMap<String, String>,
    agenda: &Agenda,
) -> Option<(&'static str, Task, &'static str)> {
    let asked = open.iter().find(|(slug, ..)| given.get("list").is_some_and(|list| list == slug));
    let waiting = || open.iter().find(|(_, task, _)| count(agenda, *task).is_some());
    asked.or_else(waiting).or_else(|| open.first()).copied()
}

/// How much of it waits. Reviews that are late are reviews, too.
fn count(agenda: &Agenda, task: Task) -> Option<Bounded> {
    let of = |task| agenda.items.iter().find(|item| item.task == task).map(|item| item.count);
    match task {
        Task::ReviewsOwed => Bounded::sum(of(task), of(Task::ReviewsOverdue)),
        task => of(task),
    }
}

fn filter(task: Task, now: DateTime<Utc>) -> Filter {
    let verification = |kind| Filter { kind: Some(kind), needs: Some(Needs::Verification), ..Filter::default() };
    let filter = match task {
        Task::WarrantsToVerify => verification(BasisKind::JudicialWarrant),
        Task::MandatesToVerify => verification(BasisKind::LegalMandate),
        Task::ReviewsOwed => Filter { needs: Some(Needs::Review), ..Filter::default() },
        Task::RenewalsDue => {
            Filter { needs: Some(Needs::Renewal { before: now + RENEWAL_NOTICE }), ..Filter::default() }
        }
        _ => verification(BasisKind::EmergencyException),
    };
    Filter { is_oldest_first: true, ..filter }
}

impl Row {
    fn of(frame: &Frame, listed: &ListedBasis, task: Task, reader: &str) -> Self {
        let basis = Summary::of(frame, &listed.stored, listed.state);
        let (last, due_at) = match (task, listed.needs) {
            (Task::ReviewsOwed, _) => ("review", basis.review_due_at),
            (Task::RenewalsDue, Some(BasisNeeds::Renewal { due_at })) => ("renewal", Some(due_at)),
            _ => ("verification", basis.valid_until),
        };
        let path = format!("/console/legal-bases/{}/{last}", basis.id);
        Self { path, due_at, is_own: basis.registrar == reader, basis }
    }
}
