//! `/api/v1/decisions`: one endpoint per file, what they share in [`ask`] and [`answer`].

pub(super) mod answer;
pub(super) mod ask;
pub(super) mod batch;
pub(super) mod create;
mod key;
pub(super) mod receipt;
pub(super) mod search;
pub(super) mod show;
