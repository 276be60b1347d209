//! `/console/catalog`: every record store.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::app::authority::ReadCatalog;
use crate::app::stewardship::ListedStore;
use crate::console::{Desk, Frame, Page};
use crate::domain::field::{FieldClass, RecordStore};
use crate::http::blocking::off_the_web;
use crate::http::{Problem, Site};

/// Every store.
#[derive(Template)]
#[template(path = "console/catalog/stores.html")]
pub(in crate::console) struct StoresPage {
    frame: Frame,
    stores: Vec<ListedStore>,
}

impl StoresPage {
    fn unknown(&self) -> usize {
        self.stores.iter().map(|listed| listed.unknown).sum()
    }

    fn open_proposals(&self) -> usize {
        self.stores.iter().map(|listed| listed.open_proposals).sum()
    }
}

impl Page for StoresPage {
    fn samples(frame: &dyn Fn() -> Frame) -> Vec<Self> {
        let listed = |store: RecordStore| ListedStore {
            store,
            classes: [(FieldClass::HomeAddress, 3), (FieldClass::Unprotected, 12)].into(),
            unknown: 1,
            open_proposals: 2,
        };
        let stores = super::store::sample_store().into_iter().map(listed).collect();
        vec![Self { frame: frame(), stores }, Self { frame: frame(), stores: Vec::new() }]
    }
}

/// Shows them.
pub(super) async fn show(site: web::Data<Site>, desk: Desk<ReadCatalog>) -> Result<HttpResponse, Problem> {
    let who = desk.who.clone();
    let stores = off_the_web(&site, move |app| Ok(app.list_stores(&who)?)).await?;
    desk.show(&StoresPage { frame: desk.frame("catalog-title"), stores })
}
