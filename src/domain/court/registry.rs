//! The courts that the city knows, and finding one by what a paper calls it.
//!
//! Must never guess: a name that could mean two courts means none.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashMap};

use super::Court;
use super::name::court_key;
use crate::domain::ids::CourtId;

/// The courts that the city knows. Read from a file by [`CourtRegistry::parse`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CourtRegistry {
    courts: BTreeMap<CourtId, Court>,
    by_key: HashMap<String, CourtId>,
}

impl CourtRegistry {
    /// Adds a court; `false` when its id was taken, and then nothing is changed.
    pub(super) fn add(&mut self, court: Court) -> bool {
        match self.courts.entry(court.id.clone()) {
            Entry::Occupied(_) => false,
            Entry::Vacant(place) => {
                place.insert(court);
                true
            }
        }
    }

    /// Lets a court be found by this key; the court that already is, if there is one.
    pub(super) fn add_name(&mut self, key: String, id: &CourtId) -> Option<CourtId> {
        if let Some(other) = self.by_key.get(&key) {
            return Some(other.clone());
        }
        self.by_key.insert(key, id.clone());
        None
    }

    /// The court that a paper names: by full name or a variant, or by id, in spite of letter case, accents, punctuation and
    /// the usual short forms of `United States` and `New Mexico`.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Court> {
        let by_key = || self.by_key.get(&court_key(name)).and_then(|id| self.courts.get(id));
        name.trim().parse().ok().and_then(|id| self.get(&id)).or_else(by_key)
    }

    /// The court with this id.
    #[must_use]
    pub fn get(&self, id: &CourtId) -> Option<&Court> {
        self.courts.get(id)
    }

    /// All courts, by id.
    pub fn courts(&self) -> impl Iterator<Item = &Court> {
        self.courts.values()
    }
}
