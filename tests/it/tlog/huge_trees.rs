//! Trees as large as 64 bits allow. Every leaf is the same, so that every hash can be had.

use std::convert::Infallible;

use proptest::prelude::*;
use zaguan::tlog::{
    Frontier, Hash, Subtrees, leaf_hash, node_hash, peaks_at, prove_consistency, prove_inclusion, root_at,
    verify_consistency, verify_inclusion,
};

struct Uniform {
    levels: Vec<Hash>,
    size: u64,
}

impl Uniform {
    fn of(size: u64) -> Self {
        let first = leaf_hash(b"same");
        let levels = std::iter::successors(Some(first), |below| Some(node_hash(below, below))).take(64);
        Self { levels: levels.collect(), size }
    }
}

impl Subtrees for Uniform {
    type Error = Infallible;

    fn subtree(&mut self, level: u32, index: u64) -> Result<Hash, Infallible> {
        let end = (u128::from(index) + 1) << level;
        assert!(end <= u128::from(self.size), "asked for incomplete subtree {index} of level {level}");
        Ok(self.levels[level as usize])
    }
}

fn check_inclusion(index: u64, size: u64) {
    let mut tree = Uniform::of(size);
    let (leaf, root) = (tree.levels[0], root_at(size, &mut tree).unwrap());
    let proof = prove_inclusion(index, size, &mut tree).unwrap();
    assert_eq!(verify_inclusion(&leaf, index, size, &proof, &root), Ok(()), "{index} of {size}");
    for cut in 0..proof.len() {
        assert!(verify_inclusion(&leaf, index, size, &proof[..cut], &root).is_err());
    }
    let surplus = [&proof[..], &[leaf]].concat();
    assert!(verify_inclusion(&leaf, index, size, &surplus, &root).is_err());
}

fn check_consistency(old: u64, new: u64) {
    let mut tree = Uniform::of(new);
    let (old_root, new_root) = (root_at(old, &mut tree).unwrap(), root_at(new, &mut tree).unwrap());
    let proof = prove_consistency(old, new, &mut tree).unwrap();
    assert_eq!(verify_consistency(old, &old_root, new, &new_root, &proof), Ok(()), "{old} to {new}");
    for cut in 0..proof.len() {
        assert!(verify_consistency(old, &old_root, new, &new_root, &proof[..cut]).is_err());
    }
    let surplus = [&proof[..], &[old_root]].concat();
    assert!(verify_consistency(old, &old_root, new, &new_root, &surplus).is_err());
}

const EDGES: [u64; 9] = [1, 2, (1 << 32) - 1, 1 << 32, (1 << 63) - 1, 1 << 63, (1 << 63) + 1, u64::MAX - 1, u64::MAX];

#[test]
fn proofs_hold_up_to_the_largest_64_bit_sizes() {
    for size in EDGES {
        for index in [0, 1, size / 2, size - 1].into_iter().filter(|&index| index < size) {
            check_inclusion(index, size);
        }
        for old in EDGES.into_iter().filter(|&old| old <= size) {
            check_consistency(old, size);
        }
    }
}

#[test]
fn the_frontier_of_a_huge_tree_has_its_root() {
    for size in EDGES.into_iter().filter(|&size| size < 1 << 63) {
        let mut tree = Uniform::of(size);
        let frontier = Frontier::from_peaks(size, peaks_at(size, &mut tree).unwrap()).unwrap();
        assert_eq!(Ok(frontier.root()), root_at(size, &mut tree));
    }
}

proptest! {
    #[test]
    fn proofs_of_random_huge_trees_hold(one: u64, two: u64, shift in 0_u32..64) {
        let (one, two) = (one >> shift, two >> shift);
        let (small, large) = (one.min(two), one.max(two).max(1));
        check_inclusion(small.min(large - 1), large);
        check_consistency(small, large);
    }
}
