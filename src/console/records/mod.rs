//! `/console/legal-bases`, `/console/drafts`: records staff log a paper, a law or an emergency in a few steps, look for what
//! was logged, and see of each what it still waits for and what it opened.

pub(super) mod basis;
pub(super) mod draft;
mod faults;
pub(super) mod list;
pub(super) mod options;
mod paper;
mod refused;
mod seen;

use crate::domain::LegalBasisId;
use crate::http::{Problem, ProblemKind, Table};

/// Where the list is.
const LIST: &str = "/console/legal-bases";

pub(super) fn routes(table: Table) -> Table {
    let table = table
        .get(LIST, list::show)
        .post("/console/legal-bases/search", list::search)
        .get("/console/legal-bases/new", draft::begin::show)
        .post("/console/legal-bases/new", draft::begin::begin)
        .get("/console/legal-bases/{id}", basis::show)
        .get("/console/legal-bases/{id}/document", paper::show)
        .post("/console/legal-bases/{id}/document", paper::store);
    draft::routes(table)
}

/// What is not an id cannot be the id of anything.
fn id_of(text: &str) -> Result<LegalBasisId, Problem> {
    text.parse().map_err(|_| Problem::new(ProblemKind::NotFound, "there is no such legal basis"))
}
