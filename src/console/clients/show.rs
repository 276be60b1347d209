//! One city application.

use std::collections::BTreeSet;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::{DateTime, TimeDelta, Utc};

use super::{ScopeChoices, id_of, no_client, samples_of};
use crate::app::App;
use crate::app::authority::{Authority, ManageClients};
use crate::app::staff::ReviewedClient;
use crate::console::{Desk, Faults, Frame, Page, page};
use crate::domain::staff::Certification;
use crate::domain::{ClientId, StoreId};
use crate::http::blocking::off_the_web;
use crate::http::{Problem, Sent, Site};
use crate::storage::StoreError;

/// One client.
#[derive(Template)]
#[template(path = "console/clients/show.html")]
pub(in crate::console) struct ClientPage {
    frame: Frame,
    faults: Faults,
    found: ReviewedClient,
    due_at: DateTime<Utc>,
    choices: ScopeChoices,
    chosen_stores: Vec<String>,
    chosen_kinds: Vec<String>,
}

impl ClientPage {
    fn of(
        frame: Frame,
        faults: Faults,
        (found, due_at): (ReviewedClient, DateTime<Utc>),
        choices: ScopeChoices,
        sent: Option<&Sent>,
    ) -> Self {
        let client = &found.client;
        let sent = sent.filter(|sent| sent.has("scope-form"));
        let values = |sent: &Sent, name| sent.values(name).map(str::to_owned).collect::<Vec<String>>();
        let stores = || client.stores.iter().map(ToString::to_string).collect();
        let kinds = || client.requester_kinds.iter().map(ToString::to_string).collect();
        let chosen_stores = sent.map_or_else(stores, |sent| values(sent, "stores"));
        let chosen_kinds = sent.map_or_else(kinds, |sent| values(sent, "requester-kinds"));
        let frame = frame.titled(&client.name);
        Self { frame, faults, found, due_at, choices, chosen_stores, chosen_kinds }
    }

    fn path_to(&self, what: &str) -> String {
        format!("/console/clients/{}/{what}", self.found.client.id)
    }

    fn certify_path(&self) -> String {
        format!("/console/access-review/clients/{}", self.found.client.id)
    }
}

impl Page for ClientPage {
    fn samples(frame: &dyn Fn() -> Frame) -> Vec<Self> {
        let samples = samples_of(frame().now).into_iter().map(|client| {
            let (frame, mut faults) = (frame(), Faults::default());
            if !client.is_enabled {
                faults.add("stores", frame.t("clients-stores-needed"));
            }
            let due_at = client.certified_at + TimeDelta::days(90);
            let standing = Certification::Current { due_at };
            let found = ReviewedClient { standing, last_used_at: client.is_enabled.then_some(frame.now), client };
            let choices = ScopeChoices::sample(&frame);
            Self::of(frame, faults, (found, due_at), choices, None)
        });
        samples.collect()
    }
}

/// One client.
pub(super) async fn show(
    site: web::Data<Site>,
    desk: Desk<ManageClients>,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let page = made(&site, &desk, id_of(&id)?, Faults::default(), None).await?;
    desk.show(&page)
}

/// The client once more, with what is wrong with the form that was sent.
pub(super) async fn again(
    site: &web::Data<Site>,
    desk: &Desk<ManageClients>,
    id: ClientId,
    faults: Faults,
    sent: &Sent,
) -> Result<HttpResponse, Problem> {
    let page = made(site, desk, id, faults, Some(sent)).await?;
    page::answer(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

async fn made(
    site: &web::Data<Site>,
    desk: &Desk<ManageClients>,
    id: ClientId,
    faults: Faults,
    sent: Option<&Sent>,
) -> Result<ClientPage, Problem> {
    let who = desk.who.clone();
    let (found, stores) = off_the_web(site, move |app| Ok(read(app, &who, &id)?)).await?;
    let found = found.ok_or_else(no_client)?;
    let due_at = site.app.certification_rules().due_at(found.client.certified_at);
    let frame = desk.frame("clients-title");
    let choices = ScopeChoices::of(&frame, &stores);
    Ok(ClientPage::of(frame, faults, (found, due_at), choices, sent))
}

type Found = (Option<ReviewedClient>, BTreeSet<StoreId>);

fn read(app: &App, who: &Authority<ManageClients>, id: &ClientId) -> Result<Found, StoreError> {
    Ok((app.find_client(who, id)?, app.stores_for_clients(who)?))
}
