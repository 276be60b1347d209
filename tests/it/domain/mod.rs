//! The pure floor, against expectations taken from the law and the policy, never from the code.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets the unexpected should stop there; clippy does not see that helpers are tests, too"
)]

mod catalog;
mod catalog_diff;
mod checks;
mod court;
mod decision_table;
mod docket;
pub mod document;
mod enumeration;
mod explain;
mod field_name;
mod legal_window;
mod life;
mod oracle;
mod policy;
mod properties;
mod record;
mod registration;
mod report;
mod retention;
mod scene;
mod segment;
mod shipped_catalog;
mod staff;
mod stewardship;
mod window;
mod words;
