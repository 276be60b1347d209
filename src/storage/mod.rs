//! The record of everything: one file of queries per feature, on SQLite and on PostgreSQL.
//!
//! This is the only floor that names diesel. It knows rows, not rules: what may be released, who may do
//! what and when an entry is due is decided above. Reading goes through [`Store::read`]; writing only
//! through a [`WriteTx`], which nobody but the ledger's writer opens.

use std::str::FromStr;

use chrono::{DateTime, Utc};

pub mod agenda;
pub mod audit;
pub mod basis_drafts;
pub mod catalog;
pub mod class_proposals;
pub mod clients;
mod connection;
pub mod copy;
pub mod documents;
mod error;
mod files;
pub mod idempotency;
pub mod legal_bases;
mod location;
pub mod migrate;
pub mod one_time_links;
pub mod policies;
mod pool;
pub mod referrals;
mod replica;
pub mod residents;
pub mod retention;
pub mod retention_holds;
pub mod rights;
mod schema;
pub mod sealed;
pub mod segments;
pub mod sessions;
pub mod sign_in_guards;
pub mod staff;
pub mod staff_credentials;
pub mod state;
pub mod submitted_forms;
pub mod tallies;
mod unfinished;
pub mod unknown_fields;
pub mod verifications;
pub mod violations;
mod write;

pub use connection::AnyConnection;
pub use error::StoreError;
pub use location::Location;
pub use pool::{Store, StoreOptions};
pub use replica::Replica;
pub use unfinished::Unfinished;
pub use write::{WriteConnection, WriteTx};

/// Reads an instant of a `…_at` column.
fn instant(micros: i64) -> Result<DateTime<Utc>, StoreError> {
    DateTime::from_timestamp_micros(micros).ok_or(StoreError::Corrupt("an instant out of range"))
}

/// Reads a word of a closed set.
fn word<T: FromStr>(text: &str, what: &'static str) -> Result<T, StoreError> {
    text.parse().map_err(|_| StoreError::Corrupt(what))
}
