//! The growing edge of a tree.

use std::collections::HashMap;

use zaguan::tlog::{Frontier, FrontierError, Hash, leaf_hash, peaks_at};

use super::support::{Levels, leaves, reference_root};

#[test]
fn the_root_after_every_append_is_that_of_the_recursive_definition() {
    let leaves = leaves(300);
    let mut frontier = Frontier::empty();
    for size in 0..=300 {
        assert_eq!(frontier.root(), reference_root(&leaves[..size]), "size {size}");
        assert_eq!(frontier.size(), size as u64);
        assert_eq!(Ok(frontier.peaks().to_vec()), peaks_at(size as u64, &mut Levels::of(&leaves)));
        if size < 300 {
            frontier.append(leaves[size], &mut |_, _, _| {});
        }
    }
}

#[test]
fn every_perfect_subtree_is_reported_once_with_its_hash() {
    let leaves = leaves(600);
    let mut frontier = Frontier::empty();
    let mut reported: HashMap<(u32, u64), Hash> = HashMap::new();
    for leaf in &leaves {
        frontier.append(*leaf, &mut |level, index, hash| {
            assert!(reported.insert((level, index), hash).is_none(), "twice: {level} {index}");
        });
    }
    let levels = Levels::of(&leaves);
    let expected: usize = levels.0[1..].iter().map(Vec::len).sum();
    assert_eq!(reported.len(), expected);
    for (level, hashes) in levels.0.iter().enumerate().skip(1) {
        for (index, hash) in hashes.iter().enumerate() {
            assert_eq!(reported[&(u32::try_from(level).unwrap(), index as u64)], *hash);
        }
    }
}

#[test]
fn a_restored_frontier_goes_on_like_the_one_that_was_stored() {
    let leaves = leaves(140);
    let mut frontier = Frontier::empty();
    for leaf in &leaves {
        let mut restored = Frontier::from_bytes(frontier.size(), &frontier.to_bytes()).unwrap();
        assert_eq!(restored, frontier);
        restored.append(*leaf, &mut |_, _, _| {});
        frontier.append(*leaf, &mut |_, _, _| {});
        assert_eq!(restored.root(), frontier.root());
    }
}

#[test]
fn a_frontier_of_the_wrong_length_is_refused() {
    let one = leaf_hash(b"one");
    for (size, bytes) in [(0, 32), (1, 0), (1, 31), (1, 33), (1, 64), (3, 32), (3, 63), (4, 64)] {
        let found = Frontier::from_bytes(size, &vec![0; bytes]);
        assert!(matches!(found, Err(FrontierError::Length { .. })), "{size} with {bytes} bytes");
    }
    assert_eq!(Frontier::from_peaks(1 << 63, [one]), Err(FrontierError::Size(1 << 63)));
    assert_eq!(Frontier::from_peaks(u64::MAX, [one; 64]), Err(FrontierError::Size(u64::MAX)));
}

#[test]
fn the_largest_frontier_can_still_be_appended_to() {
    let size = (1 << 63) - 1;
    let mut frontier = Frontier::from_peaks(size, leaves(63)).unwrap();
    let mut levels = Vec::new();
    frontier.append(leaf_hash(b"last"), &mut |level, index, _| {
        levels.push((level, index));
    });
    assert_eq!((frontier.size(), frontier.peaks().len()), (1 << 63, 1));
    assert_eq!((levels.first(), levels.last()), (Some(&(1, (1 << 62) - 1)), Some(&(63, 0))));
}
