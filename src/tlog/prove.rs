//! Making proofs: the hashes that connect a leaf, or an older root, to a root.
//!
//! A prover must never be trusted: what it makes is checked with [`super::verify`] before it is
//! handed out. It asks only for perfect subtrees that are complete at the size it proves for, so
//! it may run beside a writer that appends.

use super::frontier::fold_peaks;
use super::hash::{Hash, empty_root};
use super::subtrees::Subtrees;

/// Why a proof cannot be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProveError<E> {
    /// The tree of this size has no such leaf.
    #[error("no leaf {index} in a tree of size {size}")]
    IndexOutsideTree {
        /// Index of the leaf, from zero.
        index: u64,
        /// Size of the tree in leaves.
        size: u64,
    },
    /// A tree cannot grow into a smaller one.
    #[error("old size {old} exceeds new size {new}")]
    OldLargerThanNew {
        /// Old size in leaves.
        old: u64,
        /// New size in leaves.
        new: u64,
    },
    /// A hash could not be read.
    #[error("cannot read a subtree hash")]
    Read(#[source] E),
}

/// Inclusion proof of leaf `index` in the tree of `size` leaves, the leaf's sibling first.
///
/// This is PATH of RFC 6962 section 2.1.1: at most 64 hashes, none for a tree of one leaf.
///
/// # Errors
/// When `index` is not below `size`, or a hash cannot be read.
pub fn prove_inclusion<S: Subtrees>(
    index: u64,
    size: u64,
    subtrees: &mut S,
) -> Result<Vec<Hash>, ProveError<S::Error>> {
    if index >= size {
        return Err(ProveError::IndexOutsideTree { index, size });
    }
    let mut proof = Vec::new();
    push_siblings(index, 0, size, subtrees, &mut proof).map_err(ProveError::Read)?;
    Ok(proof)
}

/// Consistency proof that the tree of `old` leaves is a prefix of the tree of `new` leaves.
///
/// This is PROOF of RFC 6962 section 2.1.2. For equal sizes, and for `old` zero, it is empty.
///
/// # Errors
/// When `old` exceeds `new`, or a hash cannot be read.
pub fn prove_consistency<S: Subtrees>(old: u64, new: u64, subtrees: &mut S) -> Result<Vec<Hash>, ProveError<S::Error>> {
    if old > new {
        return Err(ProveError::OldLargerThanNew { old, new });
    }
    let mut proof = Vec::new();
    if old == 0 || old == new {
        return Ok(proof);
    }
    // Start at the last (smallest) perfect subtree of the old tree. The verifier knows its hash
    // only when it is the whole old tree.
    let level = old.trailing_zeros();
    let index = (old >> level) - 1;
    if index > 0 {
        proof.push(subtrees.subtree(level, index).map_err(ProveError::Read)?);
    }
    push_siblings(index, level, new, subtrees, &mut proof).map_err(ProveError::Read)?;
    Ok(proof)
}

/// Root of the tree of the first `size` leaves.
///
/// # Errors
/// When a hash cannot be read.
pub fn root_at<S: Subtrees>(size: u64, subtrees: &mut S) -> Result<Hash, S::Error> {
    Ok(fold_peaks(&peaks_at(size, subtrees)?).unwrap_or_else(empty_root))
}

/// Peaks of the tree of the first `size` leaves, the largest first.
///
/// With them [`Frontier::from_peaks`](super::Frontier::from_peaks) restores a tree for appending.
///
/// # Errors
/// When a hash cannot be read.
pub fn peaks_at<S: Subtrees>(size: u64, subtrees: &mut S) -> Result<Vec<Hash>, S::Error> {
    range_peaks(0, size, subtrees)
}

/// Adds the siblings met on the way from a node up to the root of the tree of `size` leaves.
fn push_siblings<S: Subtrees>(
    index: u64,
    level: u32,
    size: u64,
    subtrees: &mut S,
    proof: &mut Vec<Hash>,
) -> Result<(), S::Error> {
    let (mut node, mut level) = (index, level);
    // Index of the level's last node, which alone may be imperfect.
    let mut last = size.saturating_sub(1).checked_shr(level).unwrap_or(0);
    while last > 0 {
        if node & 1 == 1 {
            proof.push(subtrees.subtree(level, node - 1)?);
        } else if node < last {
            proof.push(right_sibling(node + 1, last, level, size, subtrees)?);
        }
        node >>= 1;
        last >>= 1;
        level += 1;
    }
    Ok(())
}

fn right_sibling<S: Subtrees>(
    index: u64,
    last: u64,
    level: u32,
    size: u64,
    subtrees: &mut S,
) -> Result<Hash, S::Error> {
    if index == last {
        // It may reach beyond the tree; what there is of it is [index << level, size).
        let peaks = range_peaks(index << level, size, subtrees)?;
        return Ok(fold_peaks(&peaks).unwrap_or_else(empty_root));
    }
    subtrees.subtree(level, index)
}

/// Peaks of the leaves [begin, end), where `begin` is a multiple of a power of two that is not
/// smaller than the range.
fn range_peaks<S: Subtrees>(begin: u64, end: u64, subtrees: &mut S) -> Result<Vec<Hash>, S::Error> {
    let mut peaks = Vec::new();
    let mut at = begin;
    while let Some(level) = end.saturating_sub(at).checked_ilog2() {
        peaks.push(subtrees.subtree(level, at >> level)?);
        at += 1 << level;
    }
    Ok(peaks)
}
