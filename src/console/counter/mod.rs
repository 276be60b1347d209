//! `/console/counter`: somebody stands at the counter and asks; a member of staff asks the city's own rules for them, and
//! has an answer to print and a letter to hand over.

mod answer;
mod ask;
mod letter;
mod read;

use crate::http::Table;

pub(super) use answer::AnswerPage;
pub(super) use ask::AskPage;
pub(super) use letter::LetterPage;

pub(super) fn routes(table: Table) -> Table {
    table
        .get("/console/counter", ask::show)
        .post("/console/counter", ask::ask)
        .get("/console/counter/{id}", answer::show)
        .get("/console/counter/{id}/letter", letter::show)
}
