//! What an admin does about an account.

use actix_web::{HttpResponse, web};

use super::invite::LinkPage;
use super::{id_of, no_account, show};
use crate::app::App;
use crate::app::ChangeFailure;
use crate::app::authority::{Authority, ManageStaff, StaffRefusal};
use crate::app::staff::{AdministerError, AdministerFailure};
use crate::console::{Desk, Faults, Frame};
use crate::domain::StaffId;
use crate::domain::staff::{Roles, RolesError, SwitchReason};
use crate::http::blocking::off_the_web;
use crate::http::{Problem, Sent, Site};

/// Other roles.
pub(super) async fn set_roles(
    site: web::Data<Site>,
    desk: Desk<ManageStaff>,
    id: web::Path<String>,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    let id = id_of(&id)?;
    match Roles::new(sent.values("roles").filter_map(|role| role.parse().ok())) {
        Ok(roles) => {
            let set = move |app: &App, who: &Authority<ManageStaff>| app.set_staff_roles(who, id, roles);
            act(&site, &desk, id, &sent, ("roles", "notice-staff-roles"), set).await
        }
        Err(error) => {
            let mut faults = Faults::default();
            faults.add("roles", fault_of_roles(&desk.frame("staff-title"), error));
            show::again(&site, &desk, id, faults, &sent).await
        }
    }
}

/// Off, for a reason.
pub(super) async fn disable(
    site: web::Data<Site>,
    desk: Desk<ManageStaff>,
    id: web::Path<String>,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    let id = id_of(&id)?;
    let Some(reason) = reason_of(&sent, &SwitchReason::OFF) else { return unreasoned(&site, &desk, id, &sent).await };
    let disable = move |app: &App, who: &Authority<ManageStaff>| app.disable_staff(who, id, Some(reason));
    act(&site, &desk, id, &sent, ("reason", "notice-staff-disabled"), disable).await
}

/// On again, for a reason.
pub(super) async fn enable(
    site: web::Data<Site>,
    desk: Desk<ManageStaff>,
    id: web::Path<String>,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    let id = id_of(&id)?;
    let Some(reason) = reason_of(&sent, &SwitchReason::ON) else { return unreasoned(&site, &desk, id, &sent).await };
    let enable = move |app: &App, who: &Authority<ManageStaff>| app.enable_staff(who, id, Some(reason));
    act(&site, &desk, id, &sent, ("reason", "notice-staff-enabled"), enable).await
}

/// A link to set the account up anew. It is in this answer and nowhere else.
pub(super) async fn reset(
    site: web::Data<Site>,
    desk: Desk<ManageStaff>,
    id: web::Path<String>,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    let (id, who) = (id_of(&id)?, desk.once(&sent));
    let reader = desk.who.clone();
    let made = off_the_web(&site, move |app| {
        let username = app.find_staff(&reader, id)?.map(|found| found.holder.username);
        Ok((username, app.reset_staff(&who, id)))
    });
    match made.await? {
        (Some(username), Ok(Some(link))) => {
            desk.show(&LinkPage::of(desk.frame("staff-link-title"), id, username.to_string(), &link))
        }
        (_, Ok(_)) => Err(no_account()),
        (_, Err(failure)) => refused(&site, &desk, id, &sent, "status", failure).await,
    }
}

/// The end of every session.
pub(super) async fn end_sessions(
    site: web::Data<Site>,
    desk: Desk<ManageStaff>,
    id: web::Path<String>,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    let id = id_of(&id)?;
    let end = move |app: &App, who: &Authority<ManageStaff>| app.end_staff_sessions(who, id);
    act(&site, &desk, id, &sent, ("status", "notice-staff-sessions"), end).await
}

/// Does something about an account, and goes back to it. `field` is where a refusal is shown that concerns the form.
async fn act<F>(
    site: &web::Data<Site>,
    desk: &Desk<ManageStaff>,
    id: StaffId,
    sent: &Sent,
    (field, notice): (&'static str, &'static str),
    make: F,
) -> Result<HttpResponse, Problem>
where
    F: FnOnce(&App, &Authority<ManageStaff>) -> Result<(), AdministerFailure> + Send + 'static,
{
    let who = desk.once(sent);
    match off_the_web(site, move |app| Ok(make(app, &who))).await? {
        Ok(()) => Ok(desk.see_other(&format!("/console/staff/{id}"), notice)),
        Err(failure) => refused(site, desk, id, sent, field, failure).await,
    }
}

async fn refused(
    site: &web::Data<Site>,
    desk: &Desk<ManageStaff>,
    id: StaffId,
    sent: &Sent,
    field: &'static str,
    failure: AdministerFailure,
) -> Result<HttpResponse, Problem> {
    let error = match failure {
        ChangeFailure::Refused(StaffRefusal::Change(error)) => error,
        failure => return Err(Problem::of_staff(failure, |_| no_account())),
    };
    let (field, key) = match error {
        AdministerError::Unknown => return Err(no_account()),
        AdministerError::Oneself => ("oneself", "staff-oneself"),
        AdministerError::LastAdmin => (field, "staff-last-admin"),
        AdministerError::Off => ("status", "staff-is-off"),
        AdministerError::NotOff => ("status", "staff-is-on"),
    };
    let mut faults = Faults::default();
    faults.add(field, desk.frame("staff-title").t(key));
    show::again(site, desk, id, faults, sent).await
}

async fn unreasoned(
    site: &web::Data<Site>,
    desk: &Desk<ManageStaff>,
    id: StaffId,
    sent: &Sent,
) -> Result<HttpResponse, Problem> {
    let mut faults = Faults::default();
    faults.add("reason", desk.frame("staff-title").t("staff-reason-needed"));
    show::again(site, desk, id, faults, sent).await
}

fn reason_of(sent: &Sent, fitting: &[SwitchReason]) -> Option<SwitchReason> {
    sent.value("reason").parse().ok().filter(|reason| fitting.contains(reason))
}

/// Why roles cannot be held, and why that is so.
pub(super) fn fault_of_roles(frame: &Frame, error: RolesError) -> String {
    match error {
        RolesError::Empty => frame.t("staff-roles-empty"),
        RolesError::AdminWith(other) => frame.t1("staff-roles-admin-with", "role", frame.word(other)),
    }
}
