//! The entries of the batch at hand, each with the position it will have if the batch commits.

use std::collections::HashMap;

use uuid::Uuid;

use crate::domain::record::Draft;
use crate::domain::referral::ReferralKind;

/// Different uncatalogued names that one commit counts. What comes after still stands in the log.
const COUNTED_PER_COMMIT: usize = 1_000;

/// Entries in the order in which they will stand in the log.
pub struct Entries {
    first: u64,
    drafts: Vec<Draft>,
    /// Uncatalogued fields that were asked for: (store, normalised name) → times.
    unknown: HashMap<(String, String), i64>,
    /// Decisions that are handed to a person, by their index.
    referrals: Vec<(ReferralKind, u64)>,
}

/// What a batch has made beside its entries.
pub(super) struct Beside {
    /// Uncatalogued fields that were asked for, and how often.
    pub(super) unknown: HashMap<(String, String), i64>,
    /// Decisions that are handed to a person.
    pub(super) referrals: Vec<(ReferralKind, u64)>,
}

/// A point to go back to when a change is undone.
#[derive(Clone, Copy)]
pub struct Mark(usize);

impl Entries {
    pub(super) fn new(first: u64) -> Self {
        Self { first, drafts: Vec::new(), unknown: HashMap::new(), referrals: Vec::new() }
    }

    /// Appends an entry and returns its index in the log.
    pub fn append(&mut self, draft: Draft) -> u64 {
        let index = self.next_index();
        self.drafts.push(draft);
        index
    }

    /// The index that the next entry will have.
    #[must_use]
    pub fn next_index(&self) -> u64 {
        self.first.saturating_add(self.drafts.len() as u64)
    }

    /// An entry of this batch by its index.
    #[must_use]
    pub fn find(&self, index: u64) -> Option<&Draft> {
        let offset = usize::try_from(index.checked_sub(self.first)?).ok()?;
        self.drafts.get(offset)
    }

    /// An entry of this batch by its own id, with its index.
    #[must_use]
    pub fn find_by_id(&self, id: Uuid) -> Option<(u64, &Draft)> {
        (self.first..).zip(&self.drafts).find(|(_, draft)| draft.id == id)
    }

    /// Counts a field that no catalogue names. Each name costs the writer several statements, so one commit counts only
    /// so many: without a bound, one broken client's batch of ever new names would hold up everybody.
    pub fn count_unknown(&mut self, store: &str, field: &str) {
        let key = (store.to_owned(), field.to_owned());
        if self.unknown.len() < COUNTED_PER_COMMIT || self.unknown.contains_key(&key) {
            *self.unknown.entry(key).or_default() += 1;
        }
    }

    /// Hands the decision at `index` to a person.
    pub fn refer(&mut self, kind: ReferralKind, index: u64) {
        self.referrals.push((kind, index));
    }

    pub(super) fn mark(&self) -> Mark {
        Mark(self.drafts.len())
    }

    pub(super) fn rewind(&mut self, mark: Mark) {
        self.drafts.truncate(mark.0);
    }

    pub(super) fn first_index(&self) -> u64 {
        self.first
    }

    pub(super) fn into_parts(self) -> (Vec<Draft>, Beside) {
        (self.drafts, Beside { unknown: self.unknown, referrals: self.referrals })
    }
}
