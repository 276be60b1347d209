//! `/api/v1/legal-bases`: one endpoint a file; what they share in [`answer`], [`full`] and [`problems`].

mod answer;
pub(super) mod checks;
pub(super) mod document;
mod full;
pub(super) mod list;
mod paper;
mod problems;
pub(super) mod register;
pub(super) mod review;
pub(super) mod revoke;
pub(super) mod show;
pub(super) mod verify;

use problems::{handling, id_of};
