//! The right edge of a growing tree: all that is needed to append to it and to know its root.
//!
//! Appending sits in the hottest loop of a log, so it allocates nothing; the caller is told of
//! every node that an append completes and may store it or not. A frontier must never be restored
//! with a size and hashes that do not fit: the root would silently be another tree's.

use super::hash::{HASH_BYTES, Hash, empty_root, node_hash};

/// Largest size a frontier is restored with: the largest that Go's verifiers can read (2^63 − 1).
pub const MAX_SIZE: u64 = i64::MAX as u64;

/// The compact range [0, size) of a tree: its maximal perfect subtrees, largest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    // INVARIANT: one hash for every bit set in `size`, the highest bit first.
    peaks: Vec<Hash>,
}

/// Why a stored frontier cannot be restored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FrontierError {
    /// A tree of this size has another number of peaks.
    #[error("a tree of size {size} has {expected} bytes of peaks, not {found}")]
    Length {
        /// Size of the tree in leaves.
        size: u64,
        /// Bytes expected.
        expected: usize,
        /// Bytes found.
        found: usize,
    },
    /// The size exceeds [`MAX_SIZE`].
    #[error("tree size {0} is too large")]
    Size(u64),
}

impl Default for Frontier {
    fn default() -> Self {
        Self::empty()
    }
}

impl Frontier {
    /// The tree without leaves.
    #[must_use]
    pub fn empty() -> Self {
        // A u64 has 64 bits, hence never more than 64 peaks: no append allocates again.
        Self { size: 0, peaks: Vec::with_capacity(64) }
    }

    /// Number of leaves.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Roots of the maximal perfect subtrees, the largest (leftmost) first.
    #[must_use]
    pub fn peaks(&self) -> &[Hash] {
        &self.peaks
    }

    /// Root of the tree (RFC 6962 section 2.1).
    #[must_use]
    pub fn root(&self) -> Hash {
        fold_peaks(&self.peaks).unwrap_or_else(empty_root)
    }

    /// Appends a leaf hash and reports every perfect subtree that it completes.
    ///
    /// `completed` gets level (1 or more: the subtree has 2^level leaves), index within the level,
    /// and hash; the leaf itself is not reported.
    pub fn append(&mut self, leaf: Hash, completed: &mut impl FnMut(u32, u64, Hash)) {
        let mut node = leaf;
        for level in 1..=self.size.trailing_ones() {
            let Some(left) = self.peaks.pop() else { break };
            node = node_hash(&left, &node);
            completed(level, self.size.checked_shr(level).unwrap_or(0), node);
        }
        self.peaks.push(node);
        // INVARIANT: restored sizes are at most 2^63 − 1 and nobody appends 2^63 leaves.
        self.size = self.size.saturating_add(1);
    }

    /// The peaks, 32 bytes each, in order. The size is not in it: store it beside.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        self.peaks.iter().flat_map(Hash::as_bytes).copied().collect()
    }

    /// Restores what [`to_bytes`](Self::to_bytes) made of a tree of `size` leaves.
    ///
    /// # Errors
    /// When the bytes are not exactly one hash for every bit set in `size`. Whether they are the
    /// right hashes only a comparison of [`root`](Self::root) can tell.
    pub fn from_bytes(size: u64, bytes: &[u8]) -> Result<Self, FrontierError> {
        let (hashes, rest) = bytes.as_chunks::<HASH_BYTES>();
        if !rest.is_empty() {
            return Err(length_error(size, bytes.len()));
        }
        Self::from_peaks(size, hashes.iter().copied().map(Hash::from_bytes))
    }

    /// Builds a frontier from the peaks of a tree of `size` leaves, the largest first.
    ///
    /// # Errors
    /// As [`from_bytes`](Self::from_bytes).
    pub fn from_peaks(size: u64, peaks: impl IntoIterator<Item = Hash>) -> Result<Self, FrontierError> {
        if size > MAX_SIZE {
            return Err(FrontierError::Size(size));
        }
        let mut frontier = Self::empty();
        frontier.size = size;
        frontier.peaks.extend(peaks);
        if u32::try_from(frontier.peaks.len()) == Ok(size.count_ones()) {
            Ok(frontier)
        } else {
            Err(length_error(size, frontier.peaks.len().saturating_mul(HASH_BYTES)))
        }
    }
}

/// Hash over peaks: each joins, as left child, what lies to its right. `None` for no peaks.
pub(super) fn fold_peaks(peaks: &[Hash]) -> Option<Hash> {
    peaks.iter().rev().copied().reduce(|right, left| node_hash(&left, &right))
}

fn length_error(size: u64, found: usize) -> FrontierError {
    let expected = HASH_BYTES * size.count_ones() as usize;
    FrontierError::Length { size, expected, found }
}
