//! Counts of the log by day: how many of what.
//!
//! Must never be added up but from records ([`Tally::count`]) or from what was kept of them.

use std::collections::{BTreeMap, HashMap};

use ahash::RandomState;
use chrono::{DateTime, Utc};
use sha2::{Digest as _, Sha256};

use super::Day;
use crate::domain::closed_set::closed_set;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Counted {
    /// Entries: their kind.
    Entry,
    /// Decided requests: requester kind, purpose, outcome.
    Request,
    /// Decided requests: store, outcome, time to decide.
    StoreRequest,
    /// Fields: class, reason, the first letters of the policy's hash.
    Field,
    /// Requests for fields of a class: class, and `permit`, `deny` or `both`.
    ClassRequest,
    /// Requests that were set apart: an obligation, or `confidential_address`.
    Flag,
    /// Requests that a legal basis opened: its id.
    BasisUse,
    /// Legal bases: id, kind, instrument or `none`, `registered` or `rejected`.
    Basis,
    /// Steps in the life of a legal basis: id, step.
    Step,
    /// Checks that failed: their id.
    FailedCheck,
    /// Calls that were turned away: why.
    Refused,
    /// Accounts that are not switched off: a role. Goes up and down.
    Account,
}

closed_set!(Counted, "tally", {
    Entry => "entry",
    Request => "request",
    StoreRequest => "store_request",
    Field => "field",
    ClassRequest => "class_request",
    Flag => "flag",
    BasisUse => "basis_use",
    Basis => "basis",
    Step => "step",
    FailedCheck => "failed_check",
    Refused => "refused",
    Account => "account",
});

/// One count: of what, with which words, on which day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Cell<'a> {
    /// What is counted.
    pub counted: Counted,
    /// Its words, with a space between them.
    pub key: &'a str,
    /// The day of the entry.
    pub day: Day,
}

/// SHA-256 over all counts.
pub type TallyDigest = [u8; 32];

/// The counts of one kind and day, by their words.
type Keys = HashMap<Box<str>, i64, RandomState>;

/// Counts of many entries.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    counts: HashMap<(Counted, Day), Keys, RandomState>,
    /// The day that was found last, and the hour it was found for: most entries follow each other within one.
    hour: Option<(i64, Day)>,
    /// Where keys are put together.
    key: String,
}

impl Tally {
    /// The counts, in no order.
    pub fn cells(&self) -> impl Iterator<Item = (Cell<'_>, i64)> {
        self.counts.iter().flat_map(|(&(counted, day), keys)| {
            keys.iter().map(move |(key, count)| (Cell { counted, key: key.as_ref(), day }, *count))
        })
    }

    /// How often a cell was counted.
    #[must_use]
    pub fn get(&self, cell: Cell<'_>) -> i64 {
        self.counts.get(&(cell.counted, cell.day)).and_then(|keys| keys.get(cell.key)).copied().unwrap_or_default()
    }

    /// Adds to a cell.
    pub fn add(&mut self, cell: Cell<'_>, count: i64) {
        let keys = self.counts.entry((cell.counted, cell.day)).or_default();
        match keys.get_mut(cell.key) {
            Some(sum) => *sum += count,
            None => drop(keys.insert(cell.key.into(), count)),
        }
    }

    /// Adds the counts of other entries.
    pub fn absorb(&mut self, others: &Self) {
        self.absorb_times(others, 1);
    }

    /// Adds the counts of other entries so many times.
    pub fn absorb_times(&mut self, others: &Self, times: i64) {
        others.cells().for_each(|(cell, count)| self.add(cell, count * times));
    }

    /// Takes the counts of other entries out again.
    pub fn take_away(&mut self, others: &Self) {
        self.absorb_times(others, -1);
    }

    /// The first cell in which two tallies differ, and what each says. A count of nothing is no count.
    #[must_use]
    pub fn first_difference<'a>(&'a self, other: &'a Self) -> Option<(Cell<'a>, i64, i64)> {
        let both = self.cells().chain(other.cells()).map(|(cell, _)| cell);
        let cell = both.filter(|cell| self.get(*cell) != other.get(*cell)).min()?;
        Some((cell, self.get(cell), other.get(cell)))
    }

    /// The counts in short: SHA-256 over every cell that is not nothing, in order.
    #[must_use]
    pub fn digest(&self) -> TallyDigest {
        let cells: BTreeMap<_, _> = self.cells().filter(|(_, count)| *count != 0).collect();
        let mut digest = Sha256::new();
        for (Cell { counted, key, day }, count) in cells {
            digest.update(format!("{counted}\0{key}\0{}\0{count}\n", day.number()));
        }
        digest.finalize().into()
    }

    /// Whether nothing was counted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// The day on which an instant falls. Days of the city begin on a full hour of universal time.
    pub(super) fn day(&mut self, at: DateTime<Utc>) -> Day {
        let hour = at.timestamp().div_euclid(3_600);
        match self.hour {
            Some((known, day)) if known == hour => day,
            _ => {
                let day = Day::of(at);
                self.hour = Some((hour, day));
                day
            }
        }
    }

    /// Adds to the cell with these words.
    pub(super) fn add_words(&mut self, counted: Counted, day: Day, words: &[&str], count: i64) {
        let mut key = std::mem::take(&mut self.key);
        key.clear();
        for word in words {
            if !key.is_empty() {
                key.push(' ');
            }
            key.push_str(word);
        }
        self.add(Cell { counted, key: &key, day }, count);
        self.key = key;
    }
}
