//! `/console/decisions`: searching decisions, reading one with its explanation, taking them away as a file.
//!
//! Must never put a resident into a URL: a search that names one is posted, and so is its next page.

mod export;
mod filters;
mod rows;
mod search;
mod show;
mod why;

use super::{Desk, Faults, Frame, Page};
use crate::http::Table;

pub(super) use export::{ExportPage, ExportProgressPage};
pub(super) use filters::begin_of;
pub(super) use search::SearchPage;
pub(super) use show::DecisionPage;

pub(super) fn routes(table: Table) -> Table {
    table
        .get("/console/decisions", search::show)
        .post("/console/decisions", search::search)
        .get("/console/decisions/export", export::show)
        .post("/console/decisions/export", export::export)
        .get("/console/decisions/export/{id}", export::progress)
        .get("/console/decisions/{id}", show::show)
        .get("/console/decisions/{id}/receipt", show::receipt)
}
