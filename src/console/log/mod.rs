//! `/console/log` and `/console/entries`: how the log is, what stands in it, and whether it can prove that.

mod entries;
mod entry;
mod health;
mod proof;

use super::{Desk, Faults, Frame, Page};
use crate::http::Table;

pub(super) use entries::EntriesPage;
pub(super) use entry::EntryPage;
pub(super) use health::LogPage;
pub(super) use proof::ProofView;

pub(super) fn routes(table: Table) -> Table {
    table
        .get("/console/entries", entries::show)
        .get("/console/entries/{id}", entry::show)
        .get("/console/log", health::show)
        .post("/console/log/verification", health::verify)
}
