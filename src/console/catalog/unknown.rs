//! `/console/catalog/unknown`: fields that were asked for and that no catalogue names, the most asked first.

use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::{PAGE, may, path_of};
use crate::app::authority::ReadCatalog;
use crate::app::stewardship::UnknownField;
use crate::console::{Desk, Frame, Page, query};
use crate::domain::StoreId;
use crate::domain::staff::Permission;
use crate::domain::stewardship::FieldPlace;
use crate::http::blocking::off_the_web;
use crate::http::{Problem, Site};

#[derive(Deserialize, Default)]
pub(super) struct Filter {
    #[serde(default)]
    store: String,
    #[serde(default)]
    after: String,
}

/// The list.
#[derive(Template)]
#[template(path = "console/catalog/unknown.html")]
pub(in crate::console) struct UnknownPage {
    frame: Frame,
    /// The store that the list is narrowed to; empty for all.
    store: String,
    fields: Vec<UnknownField>,
    next: Option<String>,
    may_propose: bool,
}

impl UnknownPage {
    #[expect(clippy::unused_self, reason = "called by the template")]
    fn path_of(&self, field: &UnknownField) -> String {
        path_of(&field.store, &field.name)
    }
}

impl Page for UnknownPage {
    fn samples(frame: &dyn Fn() -> Frame) -> Vec<Self> {
        let now = frame().now;
        let unknown = |name: &str, asked| {
            Some(UnknownField {
                store: "utility-billing".parse().ok()?,
                name: name.parse().ok()?,
                asked,
                first_at: now,
                last_at: now,
                open_proposal: super::proposal::sample_proposals(now).into_iter().find(|_| asked > 1),
            })
        };
        let fields = [unknown("visa_no", 40), unknown("nickname", 1)].into_iter().flatten().collect();
        let next = Some("after=utility-billing.0000000000000000".to_owned());
        let all = Self { frame: frame(), store: String::new(), fields, next, may_propose: true };
        let none =
            Self { frame: frame(), store: "library".to_owned(), fields: Vec::new(), next: None, may_propose: false };
        vec![all, none]
    }
}

/// Shows it.
pub(super) async fn show(
    site: web::Data<Site>,
    desk: Desk<ReadCatalog>,
    filter: web::Query<Filter>,
) -> Result<HttpResponse, Problem> {
    let who = desk.who.clone();
    let (store, after): (Option<StoreId>, Option<FieldPlace>) = (filter.store.parse().ok(), filter.after.parse().ok());
    let shown = store.as_ref().map(ToString::to_string).unwrap_or_default();
    let list = move |app: &crate::app::App| Ok(app.unknown_fields(&who, store.as_ref(), after.as_ref(), PAGE)?);
    let page = off_the_web(&site, list).await?;
    let next = page.next.map(|place| query::of([("store", &shown), ("after", &place.to_string())]));
    let may_propose = may(&desk.who, Permission::ProposeClass);
    let frame = desk.frame("catalog-unknown-title");
    desk.show(&UnknownPage { frame, store: shown, fields: page.items, next, may_propose })
}
