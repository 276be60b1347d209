//! A new city application, and its secret, shown this once.

use std::collections::BTreeSet;

use actix_web::{HttpResponse, web};
use askama::Template;

use super::{ScopeChoices, scope_of};
use crate::app::ChangeFailure;
use crate::app::authority::{ManageClients, StaffRefusal};
use crate::app::clients::{ClientError, ClientScope, NewClient};
use crate::console::{Desk, Faults, Frame, Page};
use crate::domain::staff::is_name;
use crate::domain::{ClientId, StoreId};
use crate::http::blocking::off_the_web;
use crate::http::{Problem, ProblemKind, Sent, Site};

/// The form.
#[derive(Template)]
#[template(path = "console/clients/register.html")]
pub(in crate::console) struct RegisterPage {
    frame: Frame,
    faults: Faults,
    id: String,
    name: String,
    choices: ScopeChoices,
    chosen_stores: Vec<String>,
    chosen_kinds: Vec<String>,
}

impl RegisterPage {
    fn of(frame: Frame, faults: Faults, choices: ScopeChoices, sent: Option<&Sent>) -> Self {
        let value = |name| sent.map_or("", |sent| sent.value(name)).to_owned();
        let values = |name| sent.map(|sent| sent.values(name).map(str::to_owned).collect()).unwrap_or_default();
        let (id, name) = (value("id"), value("name"));
        let (chosen_stores, chosen_kinds) = (values("stores"), values("requester-kinds"));
        Self { frame, faults, id, name, choices, chosen_stores, chosen_kinds }
    }
}

impl Page for RegisterPage {
    fn samples(frame: &dyn Fn() -> Frame) -> Vec<Self> {
        let choices = || ScopeChoices::sample(&frame());
        let mut faults = Faults::default();
        faults.add("id", frame().t("clients-id-taken"));
        faults.add("stores", frame().t("clients-stores-needed"));
        vec![Self::of(frame(), Faults::default(), choices(), None), Self::of(frame(), faults, choices(), None)]
    }
}

/// A secret, shown this once.
#[derive(Template)]
#[template(path = "console/clients/secret.html")]
pub(in crate::console) struct SecretPage {
    frame: Frame,
    id: ClientId,
    secret: String,
}

impl SecretPage {
    pub(super) fn of(frame: Frame, id: ClientId, secret: &str) -> Self {
        Self { frame, id, secret: secret.to_owned() }
    }
}

impl Page for SecretPage {
    fn samples(frame: &dyn Fn() -> Frame) -> Vec<Self> {
        let id: Result<ClientId, _> = "billing-desk".parse();
        id.into_iter().map(|id| Self::of(frame(), id, "not-a-real-secret")).collect()
    }
}

/// The form, empty.
pub(super) async fn show(site: web::Data<Site>, desk: Desk<ManageClients>) -> Result<HttpResponse, Problem> {
    let (frame, stores) = (desk.frame("clients-register-title"), stores(&site, &desk).await?);
    let choices = ScopeChoices::of(&frame, &stores);
    desk.show(&RegisterPage::of(frame, Faults::default(), choices, None))
}

/// Registers a client. Its secret is in this answer and nowhere else.
pub(super) async fn register(
    site: web::Data<Site>,
    desk: Desk<ManageClients>,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    let (frame, stores) = (desk.frame("clients-register-title"), stores(&site, &desk).await?);
    let choices = ScopeChoices::of(&frame, &stores);
    let (id, new) = match read(&frame, &sent) {
        Ok(new) => (new.id.clone(), new),
        Err(faults) => return desk.show_again(&RegisterPage::of(frame, faults, choices, Some(&sent))),
    };
    let who = desk.once(&sent);
    match off_the_web(&site, move |app| Ok(app.add_client(&who, new))).await? {
        Ok(secret) => desk.show(&SecretPage::of(desk.frame("clients-secret-title"), id, &secret)),
        Err(ChangeFailure::Refused(StaffRefusal::Change(error))) => {
            let mut faults = Faults::default();
            let (field, text) = fault_of(&frame, &error)?;
            faults.add(field, text);
            desk.show_again(&RegisterPage::of(frame, faults, choices, Some(&sent)))
        }
        Err(failure) => Err(Problem::of_staff(failure, |_| super::no_client())),
    }
}

async fn stores(site: &web::Data<Site>, desk: &Desk<ManageClients>) -> Result<BTreeSet<StoreId>, Problem> {
    let who = desk.who.clone();
    off_the_web(site, move |app| Ok(app.stores_for_clients(&who)?)).await
}

fn read(frame: &Frame, sent: &Sent) -> Result<NewClient, Faults> {
    let mut faults = Faults::default();
    let id: Result<ClientId, _> = sent.value("id").parse();
    if id.is_err() {
        faults.add("id", frame.t("clients-id-refused"));
    }
    let name = sent.value("name").to_owned();
    if !is_name(&name) {
        faults.add("name", frame.t("staff-name-refused"));
    }
    let scope = scope_of(sent);
    add_faults_of_scope(frame, &scope, &mut faults);
    match id {
        Ok(id) if faults.is_empty() => {
            Ok(NewClient { id, name, stores: scope.stores, requester_kinds: scope.requester_kinds })
        }
        _ => Err(faults),
    }
}

pub(super) fn add_faults_of_scope(frame: &Frame, scope: &ClientScope, faults: &mut Faults) {
    if scope.stores.is_empty() {
        faults.add("stores", frame.t("clients-stores-needed"));
    }
    if scope.requester_kinds.is_empty() {
        faults.add("requester-kinds", frame.t("clients-kinds-needed"));
    }
}

/// Which field is at fault, and what is wrong with it.
pub(super) fn fault_of(frame: &Frame, error: &ClientError) -> Result<(&'static str, String), Problem> {
    Ok(match error {
        ClientError::Exists(_) => ("id", frame.t("clients-id-taken")),
        ClientError::Name => ("name", frame.t("staff-name-refused")),
        ClientError::Empty => ("stores", frame.t("clients-stores-needed")),
        ClientError::UnknownStore(_) => ("stores", frame.t("clients-stores-unknown")),
        ClientError::Switched { is_enabled: true } => ("status", frame.t("clients-is-on")),
        ClientError::Switched { is_enabled: false } => ("status", frame.t("clients-is-off")),
        ClientError::Unknown(_) => return Err(super::no_client()),
        ClientError::Secret(_) => return Err(Problem::new(ProblemKind::Unavailable, "the secret cannot be hashed")),
    })
}
