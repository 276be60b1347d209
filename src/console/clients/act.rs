//! What an admin does about a client.

use actix_web::{HttpResponse, web};

use super::register::{SecretPage, add_faults_of_scope, fault_of};
use super::{id_of, no_client, scope_of, show};
use crate::app::App;
use crate::app::ChangeFailure;
use crate::app::authority::{Authority, ManageClients, StaffRefusal};
use crate::app::clients::ClientFailure;
use crate::console::{Desk, Faults};
use crate::domain::ClientId;
use crate::http::blocking::off_the_web;
use crate::http::{Problem, Sent, Site};

/// Other stores and requester kinds.
pub(super) async fn set_scope(
    site: web::Data<Site>,
    desk: Desk<ManageClients>,
    id: web::Path<String>,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    let (id, scope) = (id_of(&id)?, scope_of(&sent));
    let mut faults = Faults::default();
    add_faults_of_scope(&desk.frame("clients-title"), &scope, &mut faults);
    if !faults.is_empty() {
        return show::again(&site, &desk, id, faults, &sent).await;
    }
    let asked = id.clone();
    let set = move |app: &App, who: &Authority<ManageClients>| app.set_client_scope(who, asked, scope);
    act(&site, &desk, id, &sent, "notice-clients-scope", set).await
}

/// A new secret. It is in this answer and nowhere else.
pub(super) async fn rotate(
    site: web::Data<Site>,
    desk: Desk<ManageClients>,
    id: web::Path<String>,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    let (id, who) = (id_of(&id)?, desk.once(&sent));
    let asked = id.clone();
    match off_the_web(&site, move |app| Ok(app.rotate_client(&who, asked))).await? {
        Ok(secret) => desk.show(&SecretPage::of(desk.frame("clients-secret-title"), id, &secret)),
        Err(failure) => refused(&site, &desk, id, &sent, failure).await,
    }
}

/// Off.
pub(super) async fn disable(
    site: web::Data<Site>,
    desk: Desk<ManageClients>,
    id: web::Path<String>,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    let id = id_of(&id)?;
    let asked = id.clone();
    let disable = move |app: &App, who: &Authority<ManageClients>| app.set_client_enabled(who, asked, false);
    act(&site, &desk, id, &sent, "notice-clients-disabled", disable).await
}

/// On again.
pub(super) async fn enable(
    site: web::Data<Site>,
    desk: Desk<ManageClients>,
    id: web::Path<String>,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    let id = id_of(&id)?;
    let asked = id.clone();
    let enable = move |app: &App, who: &Authority<ManageClients>| app.set_client_enabled(who, asked, true);
    act(&site, &desk, id, &sent, "notice-clients-enabled", enable).await
}

/// Does something about a client, and goes back to it.
async fn act<F>(
    site: &web::Data<Site>,
    desk: &Desk<ManageClients>,
    id: ClientId,
    sent: &Sent,
    notice: &str,
    make: F,
) -> Result<HttpResponse, Problem>
where
    F: FnOnce(&App, &Authority<ManageClients>) -> Result<(), ClientFailure> + Send + 'static,
{
    let who = desk.once(sent);
    match off_the_web(site, move |app| Ok(make(app, &who))).await? {
        Ok(()) => Ok(desk.see_other(&format!("/console/clients/{id}"), notice)),
        Err(failure) => refused(site, desk, id, sent, failure).await,
    }
}

async fn refused(
    site: &web::Data<Site>,
    desk: &Desk<ManageClients>,
    id: ClientId,
    sent: &Sent,
    failure: ClientFailure,
) -> Result<HttpResponse, Problem> {
    let error = match failure {
        ChangeFailure::Refused(StaffRefusal::Change(error)) => error,
        failure => return Err(Problem::of_staff(failure, |_| no_client())),
    };
    let (field, text) = fault_of(&desk.frame("clients-title"), &error)?;
    let mut faults = Faults::default();
    faults.add(field, text);
    show::again(site, desk, id, faults, sent).await
}
