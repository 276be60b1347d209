//! Proofs of moderate trees: made, verified, spoiled.

use proptest::prelude::*;
use zaguan::tlog::{
    Hash, ProofError, ProveError, empty_root, leaf_hash, prove_consistency, prove_inclusion, root_at,
    verify_consistency, verify_inclusion,
};

use super::support::{Levels, leaves, reference_path, reference_root, spoiled};

#[test]
fn inclusion_proofs_are_those_of_the_recursive_definition() {
    let leaves = leaves(70);
    let mut tree = Levels::of(&leaves);
    for size in 1..=70 {
        for index in 0..size {
            let proof = prove_inclusion(index as u64, size as u64, &mut tree).unwrap();
            assert_eq!(proof, reference_path(index, &leaves[..size]), "leaf {index} of {size}");
        }
    }
}

#[test]
fn any_spoiled_inclusion_proof_is_refused() {
    let leaves = leaves(40);
    let mut tree = Levels::of(&leaves);
    for size in 1..=40_u64 {
        let root = root_at(size, &mut tree).unwrap();
        for index in 0..size {
            let leaf = leaves[usize::try_from(index).unwrap()];
            let proof = prove_inclusion(index, size, &mut tree).unwrap();
            assert_eq!(verify_inclusion(&leaf, index, size, &proof, &root), Ok(()));
            for wrong in spoiled(&proof) {
                assert!(verify_inclusion(&leaf, index, size, &wrong, &root).is_err(), "{index} of {size}");
            }
            for other in (0..size + 2).filter(|&other| other != index) {
                assert!(verify_inclusion(&leaf, other, size, &proof, &root).is_err(), "{index} as {other}");
            }
        }
    }
}

#[test]
fn any_spoiled_consistency_proof_is_refused() {
    let leaves = leaves(40);
    let mut tree = Levels::of(&leaves);
    for new in 1..=40 {
        let new_root = root_at(new, &mut tree).unwrap();
        for old in 1..=new {
            let old_root = root_at(old, &mut tree).unwrap();
            let proof = prove_consistency(old, new, &mut tree).unwrap();
            assert_eq!(verify_consistency(old, &old_root, new, &new_root, &proof), Ok(()));
            for wrong in spoiled(&proof) {
                assert!(verify_consistency(old, &old_root, new, &new_root, &wrong).is_err(), "{old} to {new}");
            }
            let other = leaf_hash(b"other root");
            assert!(verify_consistency(old, &other, new, &new_root, &proof).is_err());
            assert!(verify_consistency(old, &old_root, new, &other, &proof).is_err());
        }
    }
}

#[test]
fn a_tree_whose_past_was_rewritten_is_not_consistent_with_it() {
    let honest = leaves(100);
    for changed in 0..60 {
        let mut rewritten = honest.clone();
        rewritten[changed] = leaf_hash(b"rewritten");
        let old_root = reference_root(&honest[..60]);
        let new_root = reference_root(&rewritten);
        for tree in [&honest, &rewritten] {
            let proof = prove_consistency(60, 100, &mut Levels::of(tree)).unwrap();
            assert!(verify_consistency(60, &old_root, 100, &new_root, &proof).is_err(), "leaf {changed}");
        }
    }
}

#[test]
fn a_leaf_outside_the_tree_is_refused_whatever_the_proof() {
    let leaf = leaf_hash(b"leaf");
    for (index, size) in [(0, 0), (1, 1), (2, 1), (u64::MAX, 0), (u64::MAX, u64::MAX)] {
        let refused = Err(ProofError::IndexOutsideTree { index, size });
        assert_eq!(verify_inclusion(&leaf, index, size, &[], &leaf), refused);
        assert_eq!(verify_inclusion(&leaf, index, size, &[leaf; 64], &leaf), refused);
        let refused = Err(ProveError::IndexOutsideTree { index, size });
        assert_eq!(prove_inclusion(index, size, &mut Levels::of(&[leaf])), refused);
    }
}

#[test]
fn equal_sizes_take_an_empty_proof_and_equal_roots() {
    let (one, two) = (leaf_hash(b"one"), leaf_hash(b"two"));
    for size in [1, 2, 255, 1 << 63, u64::MAX] {
        assert_eq!(verify_consistency(size, &one, size, &one, &[]), Ok(()));
        assert_eq!(verify_consistency(size, &one, size, &one, &[two]), Err(ProofError::TooManyHashes));
        assert_eq!(verify_consistency(size, &one, size, &two, &[]), Err(ProofError::RootMismatch));
    }
}

#[test]
fn the_empty_tree_is_a_prefix_of_every_tree_by_an_empty_proof() {
    let (empty, root) = (empty_root(), leaf_hash(b"root"));
    assert_eq!(prove_consistency(0, 9, &mut Levels::of(&leaves(9))), Ok(vec![]));
    assert_eq!(verify_consistency(0, &empty, 9, &root, &[]), Ok(()));
    assert_eq!(verify_consistency(0, &empty, 0, &empty, &[]), Ok(()));
    assert_eq!(verify_consistency(0, &empty, 9, &root, &[root]), Err(ProofError::TooManyHashes));
    assert_eq!(verify_consistency(0, &root, 9, &root, &[]), Err(ProofError::OldRootMismatch));
    assert_eq!(verify_consistency(0, &root, 0, &root, &[]), Err(ProofError::OldRootMismatch));
    assert_eq!(verify_consistency(0, &empty, 0, &root, &[]), Err(ProofError::RootMismatch));
}

#[test]
fn a_tree_cannot_shrink() {
    let root = leaf_hash(b"root");
    let refused = Err(ProofError::OldLargerThanNew { old: 2, new: 1 });
    assert_eq!(verify_consistency(2, &root, 1, &root, &[]), refused);
    let refused = Err(ProveError::OldLargerThanNew { old: 2, new: 1 });
    assert_eq!(prove_consistency(2, 1, &mut Levels::of(&leaves(2))), refused);
}

proptest! {
    #[test]
    fn verifying_random_claims_never_panics_nor_succeeds(
        first: u64, second: u64, proof in prop::collection::vec(any::<[u8; 32]>(), 0..70), leaf: [u8; 32], root: [u8; 32]
    ) {
        let proof: Vec<Hash> = proof.into_iter().map(Hash::from_bytes).collect();
        let (leaf, root) = (Hash::from_bytes(leaf), Hash::from_bytes(root));
        prop_assert!(verify_inclusion(&leaf, first, second, &proof, &root).is_err());
        prop_assert!(first == 0 || verify_consistency(first, &leaf, second, &root, &proof).is_err());
    }
}
