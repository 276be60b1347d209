//! One store: its fields, by name and by class, each with what stands behind its class.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::{ClassNow, PAGE, may, nothing, path_of, store_of};
use crate::app::App;
use crate::app::authority::ReadCatalog;
use crate::app::stewardship::StoreInFull;
use crate::console::choices::{Choice, choices};
use crate::console::{Desk, Frame, Page, query};
use crate::domain::field::{CatalogField, FieldClass, FieldName, RecordStore};
use crate::domain::staff::Permission;
use crate::http::blocking::off_the_web;
use crate::http::{Problem, Site};

/// What the fields are narrowed to. What is not understood does not narrow.
#[derive(Deserialize, Default)]
pub(super) struct Filter {
    #[serde(default)]
    name: String,
    #[serde(default)]
    class: String,
    #[serde(default)]
    after: String,
}

impl Filter {
    fn takes(&self, row: &CatalogField, class: FieldClass) -> bool {
        let wanted: Option<FieldClass> = self.class.parse().ok();
        let name = self.name.trim().to_lowercase();
        row.name.normalised().contains(&name) && wanted.is_none_or(|wanted| wanted == class)
    }

    fn is_narrow(&self) -> bool {
        !self.name.is_empty() || !self.class.is_empty()
    }
}

/// One store.
#[derive(Template)]
#[template(path = "console/catalog/store.html")]
pub(in crate::console) struct StorePage {
    frame: Frame,
    store: RecordStore,
    since: DateTime<Utc>,
    sha256: String,
    open_proposals: usize,
    filter: Filter,
    classes: Vec<Choice>,
    lines: Vec<Line>,
    next: Option<String>,
    may_propose: bool,
}

/// One field on the list.
pub(super) struct Line {
    path: String,
    row: CatalogField,
    now: ClassNow,
    is_open: bool,
}

impl StorePage {
    fn of(frame: Frame, found: StoreInFull, filter: Filter, class_now: impl Fn(FieldClass) -> ClassNow) -> Self {
        let store = found.catalog.store().clone();
        let is_open = |name: &FieldName| found.open_proposals.iter().any(|proposal| proposal.field == *name);
        let line = |row: &CatalogField| Line {
            path: path_of(&store.id, &row.name),
            now: class_now(found.catalog.class_of(row)),
            is_open: is_open(&row.name),
            row: row.clone(),
        };
        let mut rows = found.catalog.fields().iter().filter(|row| filter.takes(row, found.catalog.class_of(row)));
        if !filter.after.is_empty() {
            // Up to and with the last row of the page before.
            let _ = rows.by_ref().find(|row| row.name.key() == filter.after);
        }
        let mut lines: Vec<Line> = rows.take(PAGE + 1).map(line).collect();
        let is_more = lines.len() > PAGE;
        lines.truncate(PAGE);
        let next = lines.last().filter(|_| is_more).map(|last| {
            let pairs = [("name", &filter.name), ("class", &filter.class)];
            query::of(pairs.into_iter().chain([("after", &last.row.name.key())]))
        });
        Self {
            classes: choices(&frame, FieldClass::ALL),
            frame: frame.titled(&store.name),
            open_proposals: found.open_proposals.len(),
            since: found.since,
            sha256: found.sha256,
            may_propose: false,
            store,
            filter,
            lines,
            next,
        }
    }
}

/// A store that is plainly fictional.
pub(super) fn sample_store() -> Option<RecordStore> {
    Some(RecordStore {
        id: "utility-billing".parse().ok()?,
        name: "Utility billing (fictional)".to_owned(),
        department: "Utilities".to_owned(),
        description: "Accounts for water and gas.".to_owned(),
    })
}

/// A catalogue of a few fields.
pub(super) fn sample_catalog() -> Option<crate::domain::field::StoreCatalog> {
    let row = |name: &str, class| Some(CatalogField::with_class(FieldName::new(name).ok()?, class));
    let reviewed = CatalogField {
        reviewed_by: Some("c.montoya".to_owned()),
        review_reason: Some("Printed on the public meter map.".to_owned()),
        note: Some("A number, and no place.".to_owned()),
        ..row("meter_no", FieldClass::Unprotected)?
    };
    let alias = CatalogField {
        own_class: None,
        alias_of: FieldName::new("service_address").ok(),
        ..row("addr", FieldClass::HomeAddress)?
    };
    let fields = vec![row("service_address", FieldClass::HomeAddress)?, reviewed, alias];
    crate::domain::field::StoreCatalog::new(sample_store()?, fields).ok()
}

impl Page for StorePage {
    fn samples(frame: &dyn Fn() -> Frame) -> Vec<Self> {
        let sample = |may_propose: bool, name: &str| {
            let (frame, catalog) = (frame(), sample_catalog()?);
            let found = StoreInFull {
                sha256: "00".repeat(32),
                since: frame.now,
                open_proposals: super::proposal::sample_proposals(frame.now),
                catalog,
            };
            let filter = Filter { name: name.to_owned(), ..Filter::default() };
            let class_now = |class| ClassNow::sample(class, Some("Resolution 26-049"));
            Some(Self { may_propose, ..Self::of(frame, found, filter, class_now) })
        };
        [sample(true, ""), sample(false, "nothing is called this")].into_iter().flatten().collect()
    }
}

/// Shows it.
pub(super) async fn show(
    site: web::Data<Site>,
    desk: Desk<ReadCatalog>,
    id: web::Path<String>,
    filter: web::Query<Filter>,
) -> Result<HttpResponse, Problem> {
    let (who, id) = (desk.who.clone(), store_of(&id)?);
    let found = off_the_web(&site, move |app| Ok(app.find_store(&who, &id)?)).await?;
    let app: &App = &site.app;
    let class_now = |class| ClassNow::of(app, class);
    let page = StorePage::of(desk.frame("catalog-title"), found.ok_or_else(nothing)?, filter.into_inner(), class_now);
    desk.show(&StorePage { may_propose: may(&desk.who, Permission::ProposeClass), ..page })
}
