//! Logging a legal basis, step by step: the paper, what it says, what it covers, its scan, and a last look.
//!
//! Each step is saved when it is sent, whatever is wrong with it; what is wrong is shown at its field, and nothing that was
//! typed is lost. With JavaScript a step is also saved, and checked, as soon as a field is left.

pub(super) mod begin;
mod check;
mod scan;
mod step;
mod text;
mod view;

use crate::http::Table;

pub(in crate::console) use begin::BeginPage;
pub(in crate::console) use check::CheckPage;
pub(in crate::console) use scan::{ScanPage, ScanView};
pub(in crate::console) use text::{CourtPage, PaperPage, ScopePage};

pub(super) fn routes(table: Table) -> Table {
    table
        .get("/console/drafts/{id}/scan", scan::preview)
        .post("/console/drafts/{id}/scan", scan::store)
        .get("/console/drafts/{id}/check", check::show)
        .post("/console/drafts/{id}/registration", check::register)
        .post("/console/drafts/{id}/discarding", check::discard)
        .get("/console/drafts/{id}/document", scan::show)
        .get("/console/drafts/{id}/{step}", text::show)
        .post("/console/drafts/{id}/{step}", text::save)
}
