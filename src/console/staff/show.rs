//! One account, with everything that an admin can do about it.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::TimeDelta;

use super::{id_of, no_account, samples_of};
use crate::app::authority::ManageStaff;
use crate::app::staff::StaffInFull;
use crate::console::choices::{Choice, choices};
use crate::console::{Desk, Faults, Frame, Page, page};
use crate::domain::StaffId;
use crate::domain::staff::{AccountStatus, Certification, Role, SwitchReason};
use crate::http::blocking::off_the_web;
use crate::http::{Problem, Sent, Site};
use crate::storage::staff::LastSwitch;

/// One account.
#[derive(Template)]
#[template(path = "console/staff/show.html")]
pub(in crate::console) struct StaffPage {
    frame: Frame,
    faults: Faults,
    found: StaffInFull,
    /// Nobody does any of it to themselves.
    is_own: bool,
    roles: Vec<Choice>,
    chosen_roles: Vec<String>,
    reasons: Vec<Choice>,
    chosen_reason: String,
}

impl StaffPage {
    fn of(frame: Frame, found: StaffInFull, is_own: bool, faults: Faults, sent: Option<&Sent>) -> Self {
        let reasons = match found.holder.status {
            AccountStatus::Disabled => choices(&frame, SwitchReason::ON),
            AccountStatus::Active | AccountStatus::Invited => choices(&frame, SwitchReason::OFF),
        };
        let held = || found.holder.roles.iter().map(|role| role.to_string()).collect();
        let sent_roles = sent.filter(|sent| sent.has("roles-form"));
        let chosen_roles = sent_roles.map_or_else(held, |sent| sent.values("roles").map(str::to_owned).collect());
        let chosen_reason = sent.map_or("", |sent| sent.value("reason")).to_owned();
        let (frame, roles) = (frame.titled(&found.holder.name), Role::ALL);
        Self { roles: choices(&frame, roles), frame, faults, found, is_own, chosen_roles, reasons, chosen_reason }
    }

    fn path_to(&self, what: &str) -> String {
        format!("/console/staff/{}/{what}", self.found.holder.id)
    }

    fn certify_path(&self) -> String {
        format!("/console/access-review/staff/{}", self.found.holder.id)
    }

    fn is_off(&self) -> bool {
        self.found.holder.status == AccountStatus::Disabled
    }
}

impl Page for StaffPage {
    fn samples(frame: &dyn Fn() -> Frame) -> Vec<Self> {
        let now = frame().now;
        let in_full = |holder: crate::domain::staff::Staff| StaffInFull {
            standing: Certification::Overdue { suspended_at: now + TimeDelta::days(3) },
            due_at: holder.certified_at + TimeDelta::days(90),
            has_second_factor: holder.status == AccountStatus::Active,
            recovery_codes: 7,
            sessions: Vec::new(),
            last_switch: (holder.status == AccountStatus::Disabled).then(|| LastSwitch {
                by: "m.trujillo".to_owned(),
                at: now - TimeDelta::days(2),
                reason: Some(SwitchReason::LongAbsence),
            }),
            holder,
        };
        let samples = samples_of(now).into_iter().enumerate().map(|(number, staff)| {
            let mut faults = Faults::default();
            if number == 1 {
                faults.add("roles", frame().t("staff-roles-empty"));
                faults.add("reason", frame().t("staff-reason-needed"));
            }
            Self::of(frame(), in_full(staff), number == 0, faults, None)
        });
        samples.collect()
    }
}

/// One account.
pub(super) async fn show(
    site: web::Data<Site>,
    desk: Desk<ManageStaff>,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let page = read(&site, &desk, id_of(&id)?, Faults::default(), None).await?;
    desk.show(&page)
}

/// The account once more, with what is wrong with the form that was sent.
pub(super) async fn again(
    site: &web::Data<Site>,
    desk: &Desk<ManageStaff>,
    id: StaffId,
    faults: Faults,
    sent: &Sent,
) -> Result<HttpResponse, Problem> {
    let page = read(site, desk, id, faults, Some(sent)).await?;
    page::answer(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

async fn read(
    site: &web::Data<Site>,
    desk: &Desk<ManageStaff>,
    id: StaffId,
    faults: Faults,
    sent: Option<&Sent>,
) -> Result<StaffPage, Problem> {
    let who = desk.who.clone();
    let is_own = who.staff() == Some(id);
    let found = off_the_web(site, move |app| Ok(app.find_staff(&who, id)?)).await?;
    Ok(StaffPage::of(desk.frame("staff-title"), found.ok_or_else(no_account)?, is_own, faults, sent))
}
