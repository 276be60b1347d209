//! `/console/clients`: city applications, for admins: registered, given new secrets, switched off and on.

mod act;
mod register;
mod show;

use std::collections::BTreeSet;

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;

use super::choices::{Choice, choices};
use super::{Desk, Frame, Page};
use crate::app::authority::ManageClients;
use crate::app::clients::ClientScope;
use crate::domain::client::Client;
use crate::domain::staff::CertificationRules;
use crate::domain::{ClientId, RequesterKind, StoreId};
use crate::http::blocking::off_the_web;
use crate::http::{Problem, ProblemKind, Sent, Site, Table};

pub(super) use register::{RegisterPage, SecretPage};
pub(super) use show::ClientPage;

/// How many are on one page of the list.
const PAGE: usize = 50;

pub(super) fn routes(table: Table) -> Table {
    table
        .get("/console/clients", list)
        .get("/console/client-registration", register::show)
        .post("/console/client-registration", register::register)
        .get("/console/clients/{id}", show::show)
        .post("/console/clients/{id}/scope", act::set_scope)
        .post("/console/clients/{id}/secret", act::rotate)
        .post("/console/clients/{id}/disabling", act::disable)
        .post("/console/clients/{id}/enabling", act::enable)
}

#[derive(Deserialize, Default)]
struct After {
    #[serde(default)]
    after: String,
}

/// Every client.
#[derive(Template)]
#[template(path = "console/clients/list.html")]
pub(super) struct ClientsPage {
    frame: Frame,
    listed: Vec<Listed>,
    next: Option<ClientId>,
}

struct Listed {
    client: Client,
    standing: &'static str,
}

impl ClientsPage {
    fn of(frame: Frame, mut clients: Vec<Client>, rules: CertificationRules) -> Self {
        let is_more = clients.len() > PAGE;
        clients.truncate(PAGE);
        let next = clients.last().filter(|_| is_more).map(|client| client.id.clone());
        let standing = |client: &Client| rules.judge(client.certified_at, frame.now).as_str();
        let listed = clients.into_iter().map(|client| Listed { standing: standing(&client), client }).collect();
        Self { frame, listed, next }
    }
}

impl Page for ClientsPage {
    fn samples(frame: &dyn Fn() -> Frame) -> Vec<Self> {
        let rules = CertificationRules { period: TimeDelta::days(90), grace: TimeDelta::days(14) };
        let many = (0..30).flat_map(|_| samples_of(frame().now)).collect();
        vec![Self::of(frame(), Vec::new(), rules), Self::of(frame(), many, rules)]
    }
}

/// An application that is on, and one that is off. Both are plainly fictional.
pub(super) fn samples_of(now: DateTime<Utc>) -> Vec<Client> {
    let client = |(id, name, is_enabled, days): (&str, &str, bool, i64)| {
        Some(Client {
            id: id.parse().ok()?,
            name: name.to_owned(),
            is_enabled,
            tokens_not_before: now,
            stores: BTreeSet::from(["utility-billing".parse().ok()?]),
            requester_kinds: BTreeSet::from([RequesterKind::FederalImmigration, RequesterKind::Court]),
            certified_by: "m.trujillo".to_owned(),
            certified_at: now - TimeDelta::days(days),
        })
    };
    let named =
        [("billing-desk", "Billing desk (fictional)", true, 10), ("old-portal", "Old portal (fictional)", false, 99)];
    named.into_iter().filter_map(client).collect()
}

async fn list(
    site: web::Data<Site>,
    desk: Desk<ManageClients>,
    query: web::Query<After>,
) -> Result<HttpResponse, Problem> {
    let who = desk.who.clone();
    let found = off_the_web(&site, move |app| Ok(app.list_clients(&who)?)).await?;
    let listed = found.into_iter().filter(|client| client.id.as_str() > query.after.as_str()).take(PAGE + 1);
    desk.show(&ClientsPage::of(desk.frame("clients-title"), listed.collect(), site.app.certification_rules()))
}

/// What can be ticked: the stores there are, and every requester kind.
struct ScopeChoices {
    stores: Vec<Choice>,
    requester_kinds: Vec<Choice>,
}

impl ScopeChoices {
    fn of(frame: &Frame, stores: &BTreeSet<StoreId>) -> Self {
        let stores = stores.iter().map(|store| (store.to_string(), frame.store(store))).collect();
        Self { stores, requester_kinds: choices(frame, RequesterKind::ALL) }
    }

    fn sample(frame: &Frame) -> Self {
        let stores = ["library", "utility-billing"].into_iter().filter_map(|store| store.parse().ok()).collect();
        Self::of(frame, &stores)
    }
}

/// What was ticked. Words that nobody knows are left out.
fn scope_of(sent: &Sent) -> ClientScope {
    ClientScope {
        stores: sent.values("stores").filter_map(|store| store.parse().ok()).collect(),
        requester_kinds: sent.values("requester-kinds").filter_map(|kind| kind.parse().ok()).collect(),
    }
}

fn id_of(text: &str) -> Result<ClientId, Problem> {
    text.parse().map_err(|_| no_client())
}

fn no_client() -> Problem {
    Problem::new(ProblemKind::NotFound, "there is no such client")
}
