//! Scanned papers: stored once, sealed in parts, read only behind an entry.
//!
//! A paper is evidence, so it is kept byte for byte and never replaced: what was stored wrongly is corrected by a new basis
//! that supersedes the old one.

mod read;
mod shelf;
mod store;

pub use read::{DocumentParts, PartError, ReadRefused};
pub use store::{DocumentOutcome, StoreFailure, StoreRefused};
