//! About whom the entries of a segment are: the first bytes of each resident's keyed index.

use super::{LENGTH, Selection};
use crate::domain::ResidentIndex;

/// Bytes that are kept of a keyed index: ten million entries give one stranger in four hundred searches, whom the
/// comparison with the whole index then turns away.
pub const FINGERPRINT: usize = 4;

/// One fingerprint for each entry; zeros where there is no resident, or no more.
#[derive(Clone, PartialEq, Eq)]
pub struct LinkMarks(Vec<u8>);

impl LinkMarks {
    /// The marks of these links: the place in the segment, and the keyed index.
    #[must_use]
    pub fn of(links: impl IntoIterator<Item = (usize, ResidentIndex)>) -> Self {
        let mut marks = Self(vec![0; LENGTH * FINGERPRINT]);
        for (place, index) in links {
            marks.set(place, &index);
        }
        marks
    }

    /// Reads marks as they were stored; `None` when they are none.
    #[must_use]
    pub fn read(marks: Vec<u8>) -> Option<Self> {
        (marks.len() == LENGTH * FINGERPRINT).then_some(Self(marks))
    }

    /// The marks, as they are stored.
    #[must_use]
    pub fn marks(&self) -> &[u8] {
        &self.0
    }

    /// Says about whom an entry is.
    pub fn set(&mut self, place: usize, resident: &ResidentIndex) {
        self.put(place, fingerprint(resident));
    }

    /// Forgets whom an entry is about.
    pub fn wipe(&mut self, place: usize) {
        self.put(place, [0; FINGERPRINT]);
    }

    /// The entries that may be about one of these.
    #[must_use]
    pub fn select(&self, residents: &[ResidentIndex]) -> Selection {
        let wanted: Vec<[u8; FINGERPRINT]> = residents.iter().map(fingerprint).collect();
        Selection::of(self.0.as_chunks().0.iter().map(|mark| wanted.contains(mark)))
    }

    fn put(&mut self, place: usize, mark: [u8; FINGERPRINT]) {
        if let Some(kept) = self.0.as_chunks_mut().0.get_mut(place) {
            *kept = mark;
        }
    }
}

impl std::fmt::Debug for LinkMarks {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("LinkMarks(hidden)")
    }
}

/// INVARIANT: never all zeros, which stands for nobody.
fn fingerprint(index: &ResidentIndex) -> [u8; FINGERPRINT] {
    let mut kept = [0; FINGERPRINT];
    for (byte, given) in kept.iter_mut().zip(index.as_bytes()) {
        *byte = *given;
    }
    if kept == [0; FINGERPRINT] { [0, 0, 0, 1] } else { kept }
}
