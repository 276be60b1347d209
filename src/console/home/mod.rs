//! `/console`: what needs the reader now, and what they can do here.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::{DateTime, TimeDelta, Utc};

use super::navigation::Way;
use super::{Desk, Frame, Page, ROOT};
use crate::app::agenda::{Agenda, AgendaItem, Bounded};
use crate::app::authority::UseOwnAccount;
use crate::domain::agenda::Task;
use crate::domain::staff::{Permission, Role, Roles};
use crate::http::blocking::off_the_web;
use crate::http::{Problem, Site, Table};

pub(super) fn routes(table: Table) -> Table {
    table.get(ROOT, show)
}

/// The first page.
#[derive(Template)]
#[template(path = "console/home/home.html")]
pub(super) struct HomePage {
    frame: Frame,
    cards: Vec<Card>,
    roles: Vec<Role>,
}

/// Work that waits.
struct Card {
    task: Task,
    count: Bounded,
    due_at: Option<DateTime<Utc>>,
    /// Where it is done; nothing for those who are only told.
    path: Option<&'static str>,
    /// How pressing it is.
    look: &'static str,
}

impl Page for HomePage {
    fn samples(frame: &dyn Fn() -> Frame) -> Vec<Self> {
        let due_at = frame().now + TimeDelta::hours(7);
        let everything = Task::ALL.into_iter().zip(1..).map(|(task, count)| {
            let count = if count > 3 { Bounded::MoreThan(99) } else { Bounded::Exactly(count) };
            AgendaItem { task, count, first_due_at: (task == Task::ReviewsOwed).then_some(due_at) }
        });
        let roles = Roles::new(Role::ALL.into_iter().filter(|role| *role != Role::Admin)).ok();
        let cards = everything.map(|item| Card::of(item, roles.as_ref())).collect();
        vec![
            Self { frame: frame(), cards, roles: Role::ALL.into() },
            Self { frame: frame(), cards: Vec::new(), roles: vec![Role::Council] },
        ]
    }
}

async fn show(site: web::Data<Site>, desk: Desk<UseOwnAccount>) -> Result<HttpResponse, Problem> {
    let who = desk.who.clone();
    let Agenda { items, .. } = off_the_web(&site, move |app| Ok(app.agenda(&who)?)).await?;
    let roles = desk.who.roles();
    let cards = items.into_iter().map(|item| Card::of(item, roles)).collect();
    let roles = roles.into_iter().flat_map(Roles::iter).collect();
    desk.show(&HomePage { frame: desk.frame("home-title"), cards, roles })
}

impl HomePage {
    /// Where the reader may go from here; this page itself is left out.
    fn ways(&self) -> impl Iterator<Item = &Way> {
        self.frame.holder.iter().flat_map(|holder| &holder.ways).filter(|way| way.path != ROOT)
    }
}

impl Card {
    fn of(item: AgendaItem, roles: Option<&Roles>) -> Self {
        let AgendaItem { task, count, first_due_at } = item;
        let may = |permission| roles.is_some_and(|roles| roles.permit(permission));
        let (path, permission) = way_to(task);
        Self { task, count, due_at: first_due_at, path: path.filter(|_| may(permission)), look: look(task) }
    }

    /// What it is, after the number.
    fn title(&self, frame: &Frame) -> String {
        frame.t1(&self.key("title"), "count", self.count.least())
    }

    /// A sentence about it.
    fn text(&self, frame: &Frame) -> String {
        frame.t(&self.key("text"))
    }

    /// What its link says.
    fn link(&self, frame: &Frame) -> String {
        frame.t(&self.key("link"))
    }

    fn key(&self, what: &str) -> String {
        format!("home-{}-{what}", self.task.as_str().replace('_', "-"))
    }
}

/// Where work is done, and what it takes to go there.
const fn way_to(task: Task) -> (Option<&'static str>, Permission) {
    match task {
        Task::LogDown | Task::OwnAccess => (None, Permission::UseOwnAccount),
        Task::ReviewsOverdue | Task::ReviewsOwed => (Some("/console/queue?list=reviews"), Permission::ReviewBasis),
        Task::EmergenciesToVerify => (Some("/console/queue?list=emergencies"), Permission::VerifyBasis),
        Task::WarrantsToVerify => (Some("/console/queue?list=warrants"), Permission::VerifyBasis),
        Task::MandatesToVerify => (Some("/console/queue?list=mandates"), Permission::VerifyBasis),
        Task::RenewalsDue => (Some("/console/queue?list=renewals"), Permission::ReviewBasis),
        Task::Denials1373 => (Some("/console/review-1373"), Permission::ReviewDenial),
        Task::ClerkReferrals => (Some("/console/clerk-referrals"), Permission::HandToClerk),
        Task::ViolationsOpen => (Some("/console/violations"), Permission::ReadViolation),
        Task::ScansMissing => (Some("/console/legal-bases?state=registered"), Permission::StoreDocument),
        Task::UnknownFields => (Some("/console/catalog/unknown"), Permission::ProposeClass),
        Task::ProposalsOpen => (Some("/console/catalog/proposals"), Permission::SettleClass),
        Task::LogAltered | Task::LogUnverified => (Some("/console/log"), Permission::ReadLog),
        Task::AccountsDue | Task::ClientsDue => (Some("/console/access-review"), Permission::ReadAccessReview),
    }
}

/// What is late is told apart from what waits, and what waits for a person in danger from what is routine.
const fn look(task: Task) -> &'static str {
    match task {
        Task::LogDown | Task::LogAltered | Task::ReviewsOverdue => "card-bad",
        Task::EmergenciesToVerify | Task::ReviewsOwed | Task::OwnAccess => "card-warning",
        _ => "card-calm",
    }
}
