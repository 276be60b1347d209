//! Against the crate `tlog_tiles`, a port of Go's `sumdb/tlog`.

use proptest::prelude::*;
use tlog_tiles::{self as theirs, HashReader};
use zaguan::tlog::{
    Checkpoint, Frontier, Hash, Tile, prove_consistency, prove_inclusion, root_at, verify_consistency, verify_inclusion,
};

use super::support::{Levels, entry, leaves};

/// Stored hashes in the order of Go's sumdb.
struct Stored(Vec<theirs::Hash>);

impl HashReader for Stored {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<theirs::Hash>, theirs::Error> {
        Ok(indexes.iter().map(|&index| self.0[usize::try_from(index).unwrap()]).collect())
    }
}

fn stored(size: u64) -> Stored {
    let mut stored = Stored(Vec::new());
    for number in 0..size {
        let new = theirs::stored_hashes(number, &entry(number), &stored).unwrap();
        stored.0.extend(new);
    }
    stored
}

fn ours(hash: theirs::Hash) -> Hash {
    Hash::from_bytes(hash.0)
}

fn their(hash: &Hash) -> theirs::Hash {
    theirs::Hash(*hash.as_bytes())
}

const SIZE: u64 = 600;

#[test]
fn completed_subtrees_come_in_the_order_that_sumdb_stores_them() {
    let mut written = Vec::new();
    let mut frontier = Frontier::empty();
    for leaf in leaves(SIZE) {
        written.push(leaf);
        frontier.append(leaf, &mut |_, _, hash| written.push(hash));
    }
    assert_eq!(written, stored(SIZE).0.into_iter().map(ours).collect::<Vec<_>>());
}

#[test]
fn roots_and_proofs_equal_those_of_sumdb_and_verify_both_ways() {
    let stored = stored(SIZE);
    let leaves = leaves(SIZE);
    let mut levels = Levels::of(&leaves);
    for size in (1..=SIZE).filter(|size| *size < 20 || size % 37 == 0 || size.is_power_of_two()) {
        let root = root_at(size, &mut levels).unwrap();
        assert_eq!(ours(theirs::tree_hash(size, &stored).unwrap()), root);
        for index in (0..size).filter(|index| size < 20 || index % 23 == 0 || index + 1 == size) {
            let proof = prove_inclusion(index, size, &mut levels).unwrap();
            let theirs_proof = theirs::prove_record(size, index, &stored).unwrap();
            assert_eq!(proof.iter().map(their).collect::<Vec<_>>(), theirs_proof);
            let leaf = leaves[usize::try_from(index).unwrap()];
            theirs::check_record(&theirs_proof, size, their(&root), index, their(&leaf)).unwrap();
            verify_inclusion(&leaf, index, size, &proof, &root).unwrap();

            let old = index + 1;
            let old_root = root_at(old, &mut levels).unwrap();
            let proof = prove_consistency(old, size, &mut levels).unwrap();
            let theirs_proof = theirs::prove_tree(size, old, &stored).unwrap();
            assert_eq!(proof.iter().map(their).collect::<Vec<_>>(), theirs_proof, "{old} to {size}");
            theirs::check_tree(&theirs_proof, size, their(&root), old, their(&old_root)).unwrap();
            verify_consistency(old, &old_root, size, &root, &proof).unwrap();
        }
    }
}

#[test]
fn tiles_hold_the_bytes_that_sumdb_puts_in_them() {
    let stored = stored(SIZE);
    let levels = Levels::of(&leaves(SIZE));
    let mut seen = 0;
    for size in [1, 255, 256, 257, 511, 512, 513, 600] {
        for (level, index) in [(0, 0), (0, 1), (0, 2), (1, 0)] {
            let Some(tile) = Tile::at_size(level, index, size) else {
                continue;
            };
            let theirs = theirs::Tile::new(8, level, index, tile.width().into(), false).read_data(&stored).unwrap();
            let first = usize::try_from(index * 256).unwrap();
            let row = &levels.0[usize::from(level) * 8][first..first + usize::from(tile.width())];
            assert_eq!(tile.parse_hashes(&theirs).unwrap(), row);
            seen += 1;
        }
    }
    // 1 tile up to 255, then 2, 3, 3, 3, 4, 4 of them.
    assert_eq!(seen, 1 + 1 + 2 + 3 + 3 + 3 + 4 + 4);
}

proptest! {
    #[test]
    fn checkpoints_are_spelled_alike(
        origin in "[a-z]{1,8}(\\.[a-z]{1,5})?(/[a-z ]{1,6})?", size in 1_u64.., root: [u8; 32],
        extensions in prop::collection::vec("[ -~]{1,12}", 0..3)
    ) {
        let checkpoint = Checkpoint::new(&origin, size, Hash::from_bytes(root)).unwrap();
        let checkpoint = checkpoint.with_extensions(extensions.clone()).unwrap();
        let lines: String = extensions.iter().flat_map(|line| [line, "\n"]).collect();
        let theirs = theirs::Checkpoint::new(&origin, size, theirs::Hash(root), &lines).unwrap();
        prop_assert_eq!(checkpoint.encode().into_bytes(), theirs.to_bytes());
        prop_assert_eq!(Checkpoint::parse(std::str::from_utf8(&theirs.to_bytes()).unwrap()), Ok(checkpoint));
    }
}
