//! A segment of the log, column by column: what a search reads instead of the entries themselves.
//!
//! A segment is as many neighbouring entries as [`LENGTH`] says. Each of its columns holds the words that occur in it,
//! once each, and for every entry a mark that says which of them. It is made from the entries and can be made anew from
//! them at any time; whatever a search finds by it is compared with the record, which is the truth.
//!
//! Must never hold who a resident is: of residents there are the first bytes of the keyed index, which are wiped when the
//! link from the entry to the person is erased.

mod column;
mod maker;
mod residents;
mod selection;
mod wanted;

pub use column::Column;
pub use maker::{EntryWords, SegmentMaker};
pub use residents::{FINGERPRINT, LinkMarks};
pub use selection::Selection;
pub use wanted::{Wanted, answer_word};

use super::closed_set::closed_set;

/// Entries in a segment.
pub const LENGTH: usize = 4_096;

/// What a column tells of each entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ColumnName {
    /// What kind of entry it is.
    Kind,
    /// Who caused it.
    Actor,
    /// The record store that was asked.
    Store,
    /// Who asked.
    RequesterKind,
    /// For which agency.
    Agency,
    /// What for.
    Purpose,
    /// What became of it.
    Outcome,
    /// The answers to its fields: `class:reason`, each once, with spaces between.
    Answers,
    /// The legal bases it cites, with spaces between.
    Cited,
    /// About whom, as [`LinkMarks`].
    Resident,
}

closed_set!(ColumnName, "column of a segment", {
    Kind => "kind",
    Actor => "actor",
    Store => "store",
    RequesterKind => "requester_kind",
    Agency => "agency",
    Purpose => "purpose",
    Outcome => "outcome",
    Answers => "answers",
    Cited => "cited",
    Resident => "resident",
});
