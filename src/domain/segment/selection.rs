//! Which entries of a segment are still in question.

use super::LENGTH;

/// A set of places in a segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection {
    places: Vec<bool>,
}

impl Selection {
    /// Every place.
    #[must_use]
    pub fn all() -> Self {
        Self { places: vec![true; LENGTH] }
    }

    /// No place.
    #[must_use]
    pub fn none() -> Self {
        Self { places: vec![false; LENGTH] }
    }

    /// The places of which `holds` is true. A list that is too short leaves the rest out.
    #[must_use]
    pub fn of(holds: impl Iterator<Item = bool>) -> Self {
        let mut places: Vec<bool> = holds.take(LENGTH).collect();
        places.resize(LENGTH, false);
        Self { places }
    }

    /// Leaves only what is also in `other`.
    pub fn narrow(&mut self, other: &Self) {
        for (place, also) in self.places.iter_mut().zip(&other.places) {
            *place &= also;
        }
    }

    /// Whether nothing is left.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        !self.places.contains(&true)
    }

    /// The places that are left, the last first.
    pub fn newest_first(&self) -> impl Iterator<Item = usize> {
        self.places.iter().enumerate().rev().filter_map(|(place, is_left)| is_left.then_some(place))
    }
}
