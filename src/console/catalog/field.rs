//! One field: its class, what stands behind it, how often it was asked for, what was proposed about it.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::{DateTime, Utc};

use super::propose::class_choices;
use super::{ClassNow, may, nothing, store_of};
use crate::app::authority::ReadCatalog;
use crate::app::stewardship::FieldInFull;
use crate::console::choices::Choice;
use crate::console::{Desk, Faults, Frame, Page};
use crate::domain::field::FieldClass;
use crate::domain::staff::Permission;
use crate::domain::stewardship::{FieldPlace, Proposal, ProposalStatus};
use crate::http::blocking::off_the_web;
use crate::http::{Problem, Site};
use crate::storage::unknown_fields::UnknownFieldRow;

/// One field.
#[derive(Template)]
#[template(path = "console/catalog/field.html")]
pub(in crate::console) struct FieldPage {
    frame: Frame,
    faults: Faults,
    found: FieldInFull,
    now: ClassNow,
    classes: Vec<Choice>,
    may_propose: bool,
}

impl FieldPage {
    fn of(frame: Frame, found: FieldInFull, now: ClassNow, may_propose: bool) -> Self {
        let classes = class_choices(&frame);
        let frame = frame.titled(found.name.as_asked());
        Self { frame, faults: Faults::default(), found, now, classes, may_propose }
    }

    fn open_proposal(&self) -> Option<&Proposal> {
        self.found.proposals.iter().find(|proposal| proposal.status == ProposalStatus::Open)
    }

    fn asked_at(&self) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
        let asked = self.found.asked.as_ref()?;
        DateTime::from_timestamp_micros(asked.first_at).zip(DateTime::from_timestamp_micros(asked.last_at))
    }

    /// Nothing is chosen before somebody chooses.
    #[expect(clippy::unused_self, reason = "called by the template")]
    fn nothing(&self) -> String {
        String::new()
    }
}

impl Page for FieldPage {
    fn samples(frame: &dyn Fn() -> Frame) -> Vec<Self> {
        let now = frame().now;
        let catalogued = || {
            let catalog = super::store::sample_catalog()?;
            let row = catalog.fields().get(1)?.clone();
            let proposals = super::proposal::sample_proposals(now);
            let (name, store) = (row.name.clone(), catalog.store().clone());
            Some(FieldInFull { store, name, class: FieldClass::Unprotected, row: Some(row), asked: None, proposals })
        };
        let unknown = || {
            let asked = UnknownFieldRow {
                store: "utility-billing".to_owned(),
                field: "visa_no".to_owned(),
                first_at: now.timestamp_micros(),
                last_at: now.timestamp_micros(),
                asked: 12,
            };
            let (store, name) = (super::store::sample_store()?, "visa_no".parse().ok()?);
            let class = FieldClass::Unclassified;
            Some(FieldInFull { store, name, class, row: None, asked: Some(asked), proposals: Vec::new() })
        };
        let page = |found: Option<FieldInFull>, may_propose| {
            let found = found?;
            let now = ClassNow::sample(found.class, None);
            Some(Self::of(frame(), found, now, may_propose))
        };
        let pages = [page(catalogued(), true), page(unknown(), true), page(unknown(), false)];
        pages.into_iter().flatten().collect()
    }
}

/// Shows it.
pub(super) async fn show(
    site: web::Data<Site>,
    desk: Desk<ReadCatalog>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (store, key) = path.into_inner();
    let (who, place) = (desk.who.clone(), FieldPlace { store: store_of(&store)?, key });
    let found = off_the_web(&site, move |app| Ok(app.find_field(&who, &place)?)).await?;
    let found = found.ok_or_else(nothing)?;
    let now = ClassNow::of(&site.app, found.class);
    let may_propose = may(&desk.who, Permission::ProposeClass);
    desk.show(&FieldPage::of(desk.frame("catalog-title"), found, now, may_propose))
}
