//! `/console/catalog/proposals`: what was proposed, the newest first; at first what waits for somebody.

use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::PAGE;
use crate::app::authority::ReadCatalog;
use crate::console::choices::{Choice, choices};
use crate::console::{Desk, Frame, Page, query};
use crate::domain::ProposalId;
use crate::domain::stewardship::{Proposal, ProposalStatus, Shift};
use crate::http::blocking::off_the_web;
use crate::http::{Problem, Site};
use crate::storage::class_proposals;

#[derive(Deserialize, Default)]
pub(super) struct Filter {
    status: Option<String>,
    #[serde(default)]
    after: String,
}

/// The list.
#[derive(Template)]
#[template(path = "console/catalog/proposals.html")]
pub(in crate::console) struct ProposalsPage {
    frame: Frame,
    status: String,
    statuses: Vec<Choice>,
    lines: Vec<(Proposal, Shift)>,
    next: Option<String>,
}

impl ProposalsPage {
    fn of(frame: Frame, status: String, lines: Vec<(Proposal, Shift)>, next: Option<ProposalId>) -> Self {
        let next = next.map(|id| query::of([("status", &status), ("after", &id.to_string())]));
        Self { statuses: choices(&frame, ProposalStatus::ALL), frame, status, lines, next }
    }
}

impl Page for ProposalsPage {
    fn samples(frame: &dyn Fn() -> Frame) -> Vec<Self> {
        let lines = || {
            let proposals = super::proposal::sample_proposals(frame().now);
            proposals.into_iter().zip(Shift::ALL).collect::<Vec<_>>()
        };
        let next = Some(ProposalId::new(uuid::Uuid::from_u128(1)));
        vec![
            Self::of(frame(), "open".to_owned(), lines(), next),
            Self::of(frame(), String::new(), lines(), None),
            Self::of(frame(), "declined".to_owned(), Vec::new(), None),
        ]
    }
}

/// Shows it.
pub(super) async fn show(
    site: web::Data<Site>,
    desk: Desk<ReadCatalog>,
    filter: web::Query<Filter>,
) -> Result<HttpResponse, Problem> {
    let Filter { status, after } = filter.into_inner();
    let status = status.unwrap_or_else(|| ProposalStatus::Open.to_string());
    let narrowed = class_proposals::Filter { status: status.parse().ok(), store: None };
    let (who, after) = (desk.who.clone(), after.parse().ok());
    let list = move |app: &crate::app::App| Ok(app.list_proposals(&who, &narrowed, after, PAGE)?);
    let page = off_the_web(&site, list).await?;
    let shifted = |proposal: Proposal| {
        let shift = site.app.shift_of(&proposal);
        (proposal, shift)
    };
    let lines = page.items.into_iter().map(shifted).collect();
    desk.show(&ProposalsPage::of(desk.frame("catalog-proposals-title"), status, lines, page.next))
}
