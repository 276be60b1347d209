//! The council's report: what is counted, what is shown of it, and that nobody learns more from it.

mod disclosure;
mod figures;
mod periods;
mod tally;
