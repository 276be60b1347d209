//! Checking proofs: whether a leaf, or an older tree, is part of the tree with a given root.
//!
//! The algorithms are those of RFC 9162 (sections 2.1.3.2 and 2.1.4.2), which for SHA-256 trees
//! are RFC 6962's. A verifier must never be lenient: a missing or surplus hash is refused, so that
//! one statement has exactly one proof.

use super::hash::{Hash, empty_root, node_hash};

/// Why a proof does not convince.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
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
    /// The proof has fewer hashes than the sizes ask for.
    #[error("the proof has too few hashes")]
    TooFewHashes,
    /// The proof has more hashes than the sizes ask for.
    #[error("the proof has too many hashes")]
    TooManyHashes,
    /// The proof leads to another root than the one given.
    #[error("the proof leads to another root")]
    RootMismatch,
    /// The proof leads to another old root than the one given.
    #[error("the proof leads to another old root")]
    OldRootMismatch,
}

/// Checks that `leaf` is the leaf hash number `index` of the tree with `size` leaves and `root`.
///
/// # Errors
/// When `index` is not below `size`, or the proof is not the one proof of this statement.
pub fn verify_inclusion(leaf: &Hash, index: u64, size: u64, proof: &[Hash], root: &Hash) -> Result<(), ProofError> {
    if index >= size {
        return Err(ProofError::IndexOutsideTree { index, size });
    }
    let mut climb = Climb { node: index, last: size - 1 };
    let mut hash = *leaf;
    for sibling in proof {
        hash = match climb.next_sibling()? {
            Side::Left => node_hash(sibling, &hash),
            Side::Right => node_hash(&hash, sibling),
        };
    }
    climb.finish()?;
    if hash == *root { Ok(()) } else { Err(ProofError::RootMismatch) }
}

/// Checks that the tree of `old_size` leaves is a prefix of the tree of `new_size` leaves.
///
/// For equal sizes the roots must be equal and the proof empty. For `old_size` zero the old root
/// must be that of the empty tree and the proof empty; nothing is then said of the new root (the
/// empty tree is a prefix of every tree), so whoever holds no checkpoint yet learns nothing here.
///
/// # Errors
/// When `old_size` exceeds `new_size`, or the proof is not the one proof of this statement.
pub fn verify_consistency(
    old_size: u64,
    old_root: &Hash,
    new_size: u64,
    new_root: &Hash,
    proof: &[Hash],
) -> Result<(), ProofError> {
    if old_size > new_size {
        return Err(ProofError::OldLargerThanNew { old: old_size, new: new_size });
    }
    if old_size == 0 && *old_root != empty_root() {
        return Err(ProofError::OldRootMismatch);
    }
    if old_size == new_size || old_size == 0 {
        return verify_trivial(old_size == new_size, old_root, new_root, proof);
    }
    let level = old_size.trailing_zeros();
    let climb = Climb { node: (old_size >> level) - 1, last: (new_size - 1) >> level };
    // A perfect old tree is its own starting point; any other is given as the first hash.
    let (start, siblings) =
        if climb.node == 0 { (old_root, proof) } else { proof.split_first().ok_or(ProofError::TooFewHashes)? };
    let (old, new) = climb_to_both_roots(climb, *start, siblings)?;
    if old != *old_root {
        return Err(ProofError::OldRootMismatch);
    }
    if new == *new_root { Ok(()) } else { Err(ProofError::RootMismatch) }
}

fn verify_trivial(same_size: bool, old_root: &Hash, new_root: &Hash, proof: &[Hash]) -> Result<(), ProofError> {
    if !proof.is_empty() {
        return Err(ProofError::TooManyHashes);
    }
    if same_size && old_root != new_root {
        return Err(ProofError::RootMismatch);
    }
    Ok(())
}

/// Rebuilds the old and the new root from one path: left siblings belong to both trees, right
/// siblings only to the new one.
fn climb_to_both_roots(mut climb: Climb, start: Hash, siblings: &[Hash]) -> Result<(Hash, Hash), ProofError> {
    let (mut old, mut new) = (start, start);
    for sibling in siblings {
        match climb.next_sibling()? {
            Side::Left => {
                old = node_hash(sibling, &old);
                new = node_hash(sibling, &new);
            }
            Side::Right => new = node_hash(&new, sibling),
        }
    }
    climb.finish()?;
    Ok((old, new))
}

/// A walk from a node up to the root; `last` is the index of the last node on the same level.
struct Climb {
    node: u64,
    last: u64,
}

enum Side {
    Left,
    Right,
}

impl Climb {
    /// Side on which the next sibling stands; steps above it.
    fn next_sibling(&mut self) -> Result<Side, ProofError> {
        // A last node with an even index has no sibling: it rises until it is a right child.
        while self.node == self.last && self.node & 1 == 0 && self.last > 0 {
            self.rise();
        }
        if self.last == 0 {
            return Err(ProofError::TooManyHashes);
        }
        let side = if self.node & 1 == 1 { Side::Left } else { Side::Right };
        self.rise();
        Ok(side)
    }

    fn rise(&mut self) {
        self.node >>= 1;
        self.last >>= 1;
    }

    /// Refuses a proof that ends below the root.
    fn finish(self) -> Result<(), ProofError> {
        if self.last == 0 { Ok(()) } else { Err(ProofError::TooFewHashes) }
    }
}
