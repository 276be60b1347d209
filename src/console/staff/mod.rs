//! `/console/staff`: accounts, for admins: who there is, who is invited, what each may do.

mod act;
mod invite;
mod show;

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;

use super::choices::{Choice, choices};
use super::{Desk, Frame, Page};
use crate::app::authority::ManageStaff;
use crate::domain::StaffId;
use crate::domain::staff::{AccountStatus, Certification, CertificationRules, Role, Roles, Staff};
use crate::http::blocking::off_the_web;
use crate::http::{Problem, ProblemKind, Site, Table};

pub(super) use invite::{InvitePage, LinkPage};
pub(super) use show::StaffPage;

/// How many are on one page of the list.
const PAGE: usize = 50;

pub(super) fn routes(table: Table) -> Table {
    table
        .get("/console/staff", list)
        .get("/console/staff/invite", invite::show)
        .post("/console/staff/invite", invite::invite)
        .get("/console/staff/{id}", show::show)
        .post("/console/staff/{id}/roles", act::set_roles)
        .post("/console/staff/{id}/disabling", act::disable)
        .post("/console/staff/{id}/enabling", act::enable)
        .post("/console/staff/{id}/reset", act::reset)
        .post("/console/staff/{id}/sessions", act::end_sessions)
}

/// What the list is narrowed to. What is not understood does not narrow.
#[derive(Deserialize, Default)]
struct Filter {
    #[serde(default)]
    name: String,
    #[serde(default)]
    role: String,
    #[serde(default)]
    status: String,
    #[serde(default)]
    after: String,
}

impl Filter {
    fn takes(&self, staff: &Staff) -> bool {
        let name = self.name.trim().to_lowercase();
        let is_called = staff.username.as_str().contains(&name) || staff.name.to_lowercase().contains(&name);
        let role: Option<Role> = self.role.parse().ok();
        let status: Option<AccountStatus> = self.status.parse().ok();
        is_called
            && role.is_none_or(|role| staff.roles.contains(role))
            && status.is_none_or(|status| staff.status == status)
            && staff.username.as_str() > self.after.as_str()
    }

    fn is_narrow(&self) -> bool {
        [&self.name, &self.role, &self.status].into_iter().any(|text| !text.is_empty())
    }
}

/// Everybody.
#[derive(Template)]
#[template(path = "console/staff/list.html")]
pub(super) struct StaffListPage {
    frame: Frame,
    filter: Filter,
    roles: Vec<Choice>,
    statuses: Vec<Choice>,
    listed: Vec<Listed>,
    /// The query of the next page.
    next: Option<String>,
}

struct Listed {
    id: StaffId,
    username: String,
    name: String,
    status: AccountStatus,
    roles: Vec<Role>,
    standing: &'static str,
    last_sign_in_at: Option<DateTime<Utc>>,
}

impl Listed {
    fn of((staff, standing): (Staff, Certification)) -> Self {
        Self {
            id: staff.id,
            username: staff.username.to_string(),
            name: staff.name,
            status: staff.status,
            roles: staff.roles.iter().collect(),
            standing: standing.as_str(),
            last_sign_in_at: staff.last_sign_in_at,
        }
    }
}

impl StaffListPage {
    fn of(frame: Frame, filter: Filter, mut listed: Vec<Listed>) -> Self {
        let is_more = listed.len() > PAGE;
        listed.truncate(PAGE);
        let next = listed.last().filter(|_| is_more).map(|last| {
            let query = [("name", &filter.name), ("role", &filter.role), ("status", &filter.status)];
            super::query::of(query.into_iter().chain([("after", &last.username)]))
        });
        let (roles, statuses) = (choices(&frame, Role::ALL), choices(&frame, AccountStatus::ALL));
        Self { frame, filter, roles, statuses, listed, next }
    }
}

impl Page for StaffListPage {
    fn samples(frame: &dyn Fn() -> Frame) -> Vec<Self> {
        let rules = CertificationRules { period: TimeDelta::days(90), grace: TimeDelta::days(14) };
        let listed = |frame: &Frame| -> Vec<Listed> {
            let judged = samples_of(frame.now).into_iter().map(|staff| {
                let standing = rules.judge(staff.certified_at, frame.now);
                (staff, standing)
            });
            judged.map(Listed::of).collect()
        };
        let narrow = Filter { name: "nobody".to_owned(), role: "records".to_owned(), ..Filter::default() };
        let (full, many) = (frame(), frame());
        let (few, everybody) = (listed(&full), (0..20).flat_map(|_| listed(&many)).collect());
        vec![
            Self::of(full, Filter::default(), few),
            Self::of(many, Filter::default(), everybody),
            Self::of(frame(), narrow, Vec::new()),
        ]
    }
}

/// Accounts of every status. Everybody is plainly fictional.
pub(super) fn samples_of(now: DateTime<Utc>) -> Vec<Staff> {
    let people = [
        ("m.trujillo", "Marcos Trujillo (fictional)", AccountStatus::Active, Role::Admin, 20),
        ("r.archuleta", "Rosa Archuleta (fictional)", AccountStatus::Active, Role::Records, 95),
        ("s.begay", "Sharon Begay (fictional)", AccountStatus::Disabled, Role::Supervisor, 200),
        ("w.new", "Winona New (fictional)", AccountStatus::Invited, Role::Council, 1),
    ];
    let staff = |(username, name, status, role, days): (&str, &str, AccountStatus, Role, i64)| {
        Some(Staff {
            id: StaffId::new(uuid::Uuid::from_u128(days.unsigned_abs().into())),
            username: username.parse().ok()?,
            name: name.to_owned(),
            status,
            roles: Roles::new([role]).ok()?,
            created_at: now - TimeDelta::days(300),
            last_sign_in_at: (status == AccountStatus::Active).then_some(now - TimeDelta::hours(3)),
            certified_by: "operator".to_owned(),
            certified_at: now - TimeDelta::days(days),
        })
    };
    people.into_iter().filter_map(staff).collect()
}

async fn list(
    site: web::Data<Site>,
    desk: Desk<ManageStaff>,
    filter: web::Query<Filter>,
) -> Result<HttpResponse, Problem> {
    let who = desk.who.clone();
    let found = off_the_web(&site, move |app| Ok(app.list_staff_standings(&who)?)).await?;
    let filter = filter.into_inner();
    let listed = found.into_iter().filter(|(staff, _)| filter.takes(staff)).take(PAGE + 1);
    let listed = listed.map(Listed::of).collect();
    desk.show(&StaffListPage::of(desk.frame("staff-title"), filter, listed))
}

/// What is not an id cannot be the id of anybody.
fn id_of(text: &str) -> Result<StaffId, Problem> {
    text.parse().map_err(|_| no_account())
}

fn no_account() -> Problem {
    Problem::new(ProblemKind::NotFound, "there is no such account")
}
