//! `/console/catalog`: record stores, what class each field is, what nobody has classified yet, and who says so.
//!
//! A field's name never stands in a URL: whoever asked for it may have written anything there.

mod field;
mod proposal;
mod proposals;
mod propose;
mod settle;
mod store;
mod stores;
mod unknown;

use crate::app::App;
use crate::app::authority::Authority;
use crate::domain::StoreId;
use crate::domain::field::FieldClass;
use crate::domain::staff::Permission;
use crate::domain::stewardship::is_withheld;
use crate::http::{Problem, ProblemKind, Table};

pub(super) use field::FieldPage;
pub(super) use proposal::ProposalPage;
pub(super) use proposals::ProposalsPage;
pub(super) use propose::ProposePage;
pub(super) use store::StorePage;
pub(super) use stores::StoresPage;
pub(super) use unknown::UnknownPage;

/// How many are on one page of a list.
const PAGE: usize = 50;

pub(super) fn routes(table: Table) -> Table {
    table
        .get("/console/catalog", stores::show)
        .get("/console/catalog/unknown", unknown::show)
        .get("/console/catalog/proposals", proposals::show)
        .get("/console/catalog/proposals/{id}", proposal::show)
        .post("/console/catalog/proposals/{id}/approval", settle::approve)
        .post("/console/catalog/proposals/{id}/declining", settle::decline)
        .post("/console/catalog/proposals/{id}/withdrawal", settle::withdraw)
        .get("/console/catalog/stores/{id}", store::show)
        .get("/console/catalog/stores/{id}/proposals", propose::show)
        .post("/console/catalog/stores/{id}/proposals", propose::propose)
        .get("/console/catalog/stores/{id}/fields/{key}", field::show)
}

/// A class with what the policy in force says of it.
struct ClassNow {
    class: FieldClass,
    /// Whether it stays in unless something opens it.
    is_withheld: bool,
    /// The law or resolution behind that.
    citation: Option<String>,
}

impl ClassNow {
    fn of(app: &App, class: FieldClass) -> Self {
        let policy = &app.policy().policy;
        let citation = policy.class(class).and_then(|row| row.citation()).map(str::to_owned);
        Self { class, is_withheld: is_withheld(class, policy), citation }
    }

    fn sample(class: FieldClass, citation: Option<&str>) -> Self {
        Self { class, is_withheld: class != FieldClass::Unprotected, citation: citation.map(str::to_owned) }
    }
}

/// Whether the roles of whoever looks permit this.
fn may<P>(who: &Authority<P>, permission: Permission) -> bool {
    who.roles().is_some_and(|roles| roles.permit(permission))
}

/// The path of a field's page.
fn path_of(store: &StoreId, name: &crate::domain::field::FieldName) -> String {
    format!("/console/catalog/stores/{store}/fields/{}", name.key())
}

fn store_of(text: &str) -> Result<StoreId, Problem> {
    text.parse().map_err(|_| nothing())
}

fn nothing() -> Problem {
    Problem::new(ProblemKind::NotFound, "there is no such store, field or proposal")
}
