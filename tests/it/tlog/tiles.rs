//! Tiles, bundles, and proofs made from a store that keeps every eighth level.

use std::cell::Cell;
use std::collections::HashMap;

use proptest::prelude::*;
use zaguan::tlog::{
    Bundle, BundleError, Frontier, Hash, Subtrees, Tile, TileError, TileReadError, TileSubtrees, encode_bundle,
    leaf_hash, parse_bundle, prove_consistency, prove_inclusion, root_at, verify_consistency, verify_inclusion,
};

use super::support::{Levels, leaves};

/// What the store keeps: levels 0, 8, 16 … and nothing between.
struct Store {
    rows: HashMap<u8, Vec<Hash>>,
    reads: Cell<u32>,
}

impl Store {
    fn of(leaves: &[Hash]) -> Self {
        let mut rows: HashMap<u8, Vec<Hash>> = HashMap::new();
        let mut frontier = Frontier::empty();
        for leaf in leaves {
            rows.entry(0).or_default().push(*leaf);
            frontier.append(*leaf, &mut |level, index, hash| {
                if level % 8 == 0 {
                    let row = rows.entry(u8::try_from(level / 8).unwrap()).or_default();
                    assert_eq!(row.len() as u64, index);
                    row.push(hash);
                }
            });
        }
        Self { rows, reads: Cell::new(0) }
    }

    /// The tree as it was at `size`; asking for a row that was not complete then is a bug.
    fn at(&self, size: u64) -> TileSubtrees<impl FnMut(u8, u64, u16) -> Result<Vec<Hash>, String>> {
        TileSubtrees::new(size, move |level8, first, count| {
            self.reads.set(self.reads.get() + 1);
            let end = first + u64::from(count);
            assert!(end <= size >> (8 * level8), "row {first}..{end} of level {level8} at size {size}");
            assert_eq!(first / 256, (end - 1) / 256, "row crosses a tile");
            let (first, end) = (usize::try_from(first).unwrap(), usize::try_from(end).unwrap());
            self.rows.get(&level8).map(|row| row[first..end].to_vec()).ok_or_else(|| "no such level".to_owned())
        })
    }
}

#[test]
fn paths_are_those_of_the_specification() {
    assert_eq!(Tile::new(0, 1_234_067, 256).unwrap().path(), "tile/0/x001/x234/067");
    assert_eq!(Tile::new(63, 5, 17).unwrap().path(), "tile/63/005.p/17");
    assert_eq!(Tile::new(1, 1000, 255).unwrap().path(), "tile/1/x001/000.p/255");
    assert_eq!(Tile::new(0, u64::MAX, 1).unwrap().path(), "tile/0/x018/x446/x744/x073/x709/x551/615.p/1");
    assert_eq!(Bundle::new(0, 256).unwrap().path(), "tile/entries/000");
    assert_eq!(Bundle::new(999_999, 3).unwrap().path(), "tile/entries/x999/999.p/3");
}

#[test]
fn a_path_has_one_spelling() {
    let refused = [
        "",
        "tile",
        "tile/",
        "tile/0",
        "tile/0/",
        "tile/0/1",
        "tile/0/01",
        "tile/0/0001",
        "tile/00/001",
        "tile/64/001",
        "tile/256/001",
        "tile/+1/001",
        "tile/-1/001",
        "/tile/0/001",
        "tile/0/001/",
        "tile/0/001.p/0",
        "tile/0/001.p/256",
        "tile/0/001.p/01",
        "tile/0/001.p/",
        "tile/0/001.p",
        "tile/0/001.p/1/",
        "tile/0/001.p/1.p/1",
        "tile/0/x001",
        "tile/0/x000/001",
        "tile/0/001/002",
        "tile/0/X001/002",
        "tile/0/x001//002",
        "tile/0/x01/002",
        "tile/0/x001/x002",
        "tile/0/..",
        "tile/0/x001/../002",
        "tile/0/\u{661}\u{662}\u{663}",
        "tile/0/x001/002\n",
        "tile/data/001",
        "tile/0/x018/x446/x744/x073/x709/x551/616",
        "tile/0/x001/x000/x000/x000/x000/x000/x000/000",
        "tile/entries/001",
    ];
    for path in refused {
        assert_eq!(Tile::parse(path), Err(TileError::Path), "{path}");
    }
    for path in ["tile/entries/", "tile/entries/1", "tile/entries/001.p/256", "tile/0/001", "tile/entries/x000/001"] {
        assert_eq!(Bundle::parse(path), Err(TileError::Path), "{path}");
    }
    for (level, width) in [(64, 1), (0, 0), (0, 257)] {
        assert_eq!(Tile::new(level, 0, width), Err(TileError::Range));
    }
}

#[test]
fn a_tree_of_70000_has_the_tiles_that_the_specification_counts() {
    let tiles = |level, size| (0..).map_while(move |index| Tile::at_size(level, index, size));
    let widths = |level, size| tiles(level, size).map(|tile| tile.width()).collect::<Vec<_>>();
    let level0 = widths(0, 70_000);
    assert_eq!(level0.iter().filter(|&&width| width == 256).count(), 273);
    assert_eq!((level0.len(), level0.last()), (274, Some(&112)));
    assert_eq!(widths(1, 70_000), [256, 17]);
    assert_eq!(widths(2, 70_000), [1]);
    assert_eq!(widths(3, 70_000), [0_u16; 0]);
    assert_eq!((widths(0, 256), widths(1, 256)), (vec![256], vec![1]));
    assert_eq!((widths(0, 0), widths(0, 1)), (vec![], vec![1]));
    assert_eq!(Tile::at_size(0, u64::MAX >> 8, u64::MAX).map(|tile| tile.width()), Some(255));
    assert_eq!(Tile::at_size(0, u64::MAX, u64::MAX), None);
    assert_eq!(Tile::at_size(8, 0, u64::MAX), None);
}

#[test]
fn tiles_give_every_perfect_subtree_of_the_tree() {
    let leaves = leaves(1000);
    let store = Store::of(&leaves);
    for size in [1, 2, 255, 256, 257, 511, 512, 600, 1000] {
        let mut subtrees = store.at(size);
        let levels = Levels::of(&leaves[..usize::try_from(size).unwrap()]);
        for (level, hashes) in levels.0.iter().enumerate() {
            let level = u32::try_from(level).unwrap();
            for (index, hash) in hashes.iter().enumerate() {
                assert_eq!(subtrees.subtree(level, index as u64).as_ref(), Ok(hash), "{level} {index} of {size}");
            }
            let index = hashes.len() as u64;
            assert_eq!(subtrees.subtree(level, index), Err(TileReadError::OutsideTree { level, index }));
        }
    }
}

#[test]
fn proofs_of_any_past_size_come_from_tiles_in_few_reads() {
    let leaves = leaves(70_000);
    let store = Store::of(&leaves);
    let mut levels = Levels::of(&leaves);
    for size in [1, 255, 256, 257, 65_535, 65_536, 65_537, 70_000] {
        let root = root_at(size, &mut levels).unwrap();
        assert_eq!(root_at(size, &mut store.at(size)), Ok(root));
        for index in [0, size / 2, size - 1] {
            store.reads.set(0);
            let proof = prove_inclusion(index, size, &mut store.at(size)).unwrap();
            assert!(store.reads.get() <= 6, "{} reads", store.reads.get());
            let leaf = leaves[usize::try_from(index).unwrap()];
            assert_eq!(verify_inclusion(&leaf, index, size, &proof, &root), Ok(()));
            let old_root = root_at(index + 1, &mut levels).unwrap();
            let proof = prove_consistency(index + 1, size, &mut store.at(size)).unwrap();
            assert_eq!(verify_consistency(index + 1, &old_root, size, &root, &proof), Ok(()));
        }
    }
}

#[test]
fn a_store_that_fails_or_gives_another_number_of_hashes_is_noticed() {
    let mut failing = TileSubtrees::new(9, |_, _, _| Err::<Vec<Hash>, _>("broken"));
    assert_eq!(failing.subtree(0, 0), Err(TileReadError::Read("broken")));
    for got in [0, 8, 10] {
        let mut wrong = TileSubtrees::new(9, |_, _, _| Ok::<_, ()>(vec![leaf_hash(b""); got]));
        assert_eq!(wrong.subtree(3, 0), Err(TileReadError::Count { level8: 0, asked: 9, got }));
    }
}

#[test]
fn subtrees_outside_any_64_bit_tree_are_refused() {
    let mut any = TileSubtrees::new(u64::MAX, |_, _, count| Ok::<_, ()>(vec![leaf_hash(b""); count.into()]));
    for (level, index) in [(63, 1), (64, 0), (u32::MAX, 0), (0, u64::MAX), (8, u64::MAX), (63, u64::MAX)] {
        assert_eq!(any.subtree(level, index), Err(TileReadError::OutsideTree { level, index }));
    }
    assert!(any.subtree(63, 0).is_ok() && any.subtree(0, u64::MAX - 1).is_ok());
}

#[test]
fn the_content_of_a_tile_has_exactly_its_width() {
    let tile = Tile::new(0, 0, 2).unwrap();
    let hashes = leaves(2);
    let content: Vec<u8> = hashes.iter().flat_map(Hash::as_bytes).copied().collect();
    assert_eq!(tile.parse_hashes(&content), Ok(hashes));
    for length in [0, 32, 63, 65, 96] {
        assert_eq!(tile.parse_hashes(&vec![0; length]), Err(TileError::Length { expected: 64, found: length }));
    }
}

#[test]
fn a_bundle_is_length_and_entry_repeated() {
    let bundle = encode_bundle(&[&b"ab"[..], b"", b"c"]).unwrap();
    assert_eq!(bundle, [0, 2, b'a', b'b', 0, 0, 0, 1, b'c']);
    assert_eq!(parse_bundle(&bundle).unwrap(), [&b"ab"[..], b"", b"c"]);
    let longest = vec![1; 65535];
    assert_eq!(parse_bundle(&encode_bundle(&[&longest]).unwrap()).unwrap(), [&longest]);
}

#[test]
fn a_bundle_out_of_bounds_is_refused() {
    assert_eq!(encode_bundle(&[vec![0; 65536]]), Err(BundleError::EntryTooLong(65536)));
    assert_eq!(encode_bundle::<&[u8]>(&[]), Err(BundleError::Count));
    assert_eq!(encode_bundle(&[b""; 257]), Err(BundleError::Count));
    assert!(encode_bundle(&[b""; 256]).is_ok());
    assert_eq!(parse_bundle(&[]), Err(BundleError::Count));
    assert_eq!(parse_bundle(&[0; 514]), Err(BundleError::Count));
    assert_eq!(parse_bundle(&[0]), Err(BundleError::Truncated));
    assert_eq!(parse_bundle(&[0, 2, 1]), Err(BundleError::Truncated));
    assert_eq!(parse_bundle(&[0, 1, 1, 0]), Err(BundleError::Truncated));
}

proptest! {
    #[test]
    fn tile_paths_come_back_as_they_were(level in 0_u8..64, index: u64, shift in 0_u32..64, width in 1_u16..=256) {
        let tile = Tile::new(level, index >> shift, width).unwrap();
        prop_assert_eq!(Tile::parse(&tile.path()), Ok(tile));
        let bundle = Bundle::new(index >> shift, width).unwrap();
        prop_assert_eq!(Bundle::parse(&bundle.path()), Ok(bundle));
    }

    #[test]
    fn bundles_come_back_as_they_were(entries in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..40), 1..=256)) {
        let bundle = encode_bundle(&entries).unwrap();
        prop_assert_eq!(parse_bundle(&bundle).unwrap(), entries);
    }
}
