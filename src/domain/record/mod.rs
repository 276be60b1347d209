//! What the audit log records: private records, the public entries that commit to them, and drafts of both.
//!
//! A record is JSON in RFC 8785 form, restricted to strings, booleans and integers, so that its bytes are the same
//! whoever writes it. Those exact bytes are stored and verified; they are never serialised a second time. A record
//! never holds the value of a resident's field, a resident's id, or free text from a request.

mod canonical;
mod commitment;
mod decision_words;
mod draft;
mod event;
mod field_words;
mod members;
mod scanner;

pub use canonical::{NotCanonical, canonical};
pub use commitment::{details_commitment, entry_bytes, hex, paper_commitment, resident_commitment, scope_commitment};
pub use decision_words::{AskedWords, DecisionWords};
pub use draft::{Draft, ResidentLink};
pub use event::{Event, EventKind};
pub use field_words::FieldWords;
pub use members::{Members, Spelled};

use chrono::{DateTime, SecondsFormat, SubsecRound, Utc};

/// An instant as it stands in records and answers: RFC 3339, UTC, six digits.
#[must_use]
pub fn instant_text(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, true)
}

/// Cuts an instant to the microseconds that a record and both databases can hold.
#[must_use]
pub fn cut(at: DateTime<Utc>) -> DateTime<Utc> {
    at.trunc_subsecs(6)
}
