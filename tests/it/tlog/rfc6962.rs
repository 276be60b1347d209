//! The eight leaves that Certificate Transparency programs have been tested with since 2012, and
//! the vectors published with draft-ietf-plants-merkle-tree-certs.

use sha2::{Digest, Sha256};
use zaguan::tlog::{Frontier, Hash, empty_root, leaf_hash, node_hash, prove_consistency, prove_inclusion, root_at};

use super::support::{Levels, hex, hex_bytes, to_hex};

const LEAVES: [&str; 8] =
    ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];

const ROOTS: [&str; 9] = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

/// Inner nodes of the tree of eight, by level and index.
const NODES: [(u32, u64, &str); 7] = [
    (1, 0, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
    (1, 1, "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"),
    (2, 0, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"),
    (1, 2, "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"),
    (1, 3, "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"),
    (2, 1, "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"),
    (3, 0, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"),
];

fn ct_leaves() -> Vec<Hash> {
    LEAVES.iter().map(|entry| leaf_hash(&hex_bytes(entry))).collect()
}

#[test]
fn hashes_are_those_of_the_rfc_6962_test_vectors() {
    assert_eq!(empty_root(), hex(ROOTS[0]));
    assert_eq!(leaf_hash(b""), hex(ROOTS[1]));
    assert_eq!(leaf_hash(b"L123456"), hex("395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56"));
    let leaf = ct_leaves();
    assert_eq!(leaf[1], hex("96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"));
    assert_eq!(leaf[7], hex("46f6ffadd3d06a09ff3c5860d2755c8b9819db7df44251788c7d8e3180de8eb1"));
    assert_eq!(node_hash(&leaf[0], &leaf[1]), hex(ROOTS[2]));
}

#[test]
fn roots_of_the_eight_leaf_tree_are_the_published_ones() {
    let leaves = ct_leaves();
    let mut frontier = Frontier::empty();
    let mut completed = Vec::new();
    for (size, root) in ROOTS.iter().enumerate() {
        assert_eq!((frontier.size(), frontier.root()), (size as u64, hex(root)));
        assert_eq!(root_at(size as u64, &mut Levels::of(&leaves)), Ok(hex(root)));
        if let Some(leaf) = leaves.get(size) {
            frontier.append(*leaf, &mut |level, index, hash| {
                completed.push((level, index, hash));
            });
        }
    }
    assert_eq!(completed, NODES.map(|(level, index, hash)| (level, index, hex(hash))));
}

/// Folds text lines into one SHA-256, as the draft does.
fn fold(lines: impl Iterator<Item = String>) -> String {
    let digest = lines.fold(Sha256::new(), Digest::chain_update).finalize();
    to_hex(&digest)
}

/// Leaves 0x00, 0x01, … of the draft, and its valid subtrees [start, end) up to 130.
fn draft_subtrees() -> Vec<(u64, u64, Vec<Hash>)> {
    let leaves: Vec<Hash> = (0..130).map(|byte| leaf_hash(&[byte])).collect();
    let pairs = (0..=130_u64).flat_map(|end| (0..=end).map(move |start| (start, end)));
    pairs
        .filter(|&(start, end)| start == end || start % (end - start).next_power_of_two() == 0)
        .map(|(start, end)| {
            (start, end, leaves[usize::try_from(start).unwrap()..usize::try_from(end).unwrap()].to_vec())
        })
        .collect()
}

#[test]
fn all_subtree_hashes_up_to_130_leaves_fold_into_the_published_digest() {
    let lines = draft_subtrees().into_iter().map(|(start, end, leaves)| {
        let root = root_at(end - start, &mut Levels::of(&leaves)).unwrap();
        format!("[{start}, {end}) {root}\n")
    });
    assert_eq!(fold(lines), "b82806ad4265bb151c1119c0f4db437bb4d1a1f887b3a7fba1cd4ebf552e3e81");
}

#[test]
fn all_inclusion_proofs_up_to_130_leaves_fold_into_the_published_digest() {
    let lines = draft_subtrees().into_iter().flat_map(|(start, end, leaves)| {
        let mut levels = Levels::of(&leaves);
        (start..end).map(move |index| {
            let proof = prove_inclusion(index - start, end - start, &mut levels).unwrap();
            let hashes: Vec<String> = proof.iter().map(|hash| [" ", &hash.to_string()].concat()).collect();
            format!("{index} [{start}, {end}){}\n", hashes.concat())
        })
    });
    assert_eq!(fold(lines), "ac2a8f989e44d99e399db448050ff5f19757df53cfb716aa81015d3955d8163f");
}

#[test]
fn the_examples_of_rfc_6962_section_2_1_3_come_out_as_printed() {
    // The RFC's names of a seven-leaf tree, by the leaves under them: a = 0, b = 1 … f = 5, j = 6;
    // g = 01, h = 23, i = 45; k = 0123, l = 456.
    let leaf = &ct_leaves()[..7];
    let mut tree = Levels::of(leaf);
    let (n01, n23) = (node_hash(&leaf[0], &leaf[1]), node_hash(&leaf[2], &leaf[3]));
    let n45 = node_hash(&leaf[4], &leaf[5]);
    let (left, right) = (node_hash(&n01, &n23), node_hash(&n45, &leaf[6]));
    assert_eq!(prove_inclusion(0, 7, &mut tree).unwrap(), [leaf[1], n23, right]);
    assert_eq!(prove_inclusion(3, 7, &mut tree).unwrap(), [leaf[2], n01, right]);
    assert_eq!(prove_inclusion(4, 7, &mut tree).unwrap(), [leaf[5], leaf[6], left]);
    assert_eq!(prove_inclusion(6, 7, &mut tree).unwrap(), [n45, left]);
    assert_eq!(prove_consistency(3, 7, &mut tree).unwrap(), [leaf[2], leaf[3], n01, right]);
    assert_eq!(prove_consistency(4, 7, &mut tree).unwrap(), [right]);
    assert_eq!(prove_consistency(6, 7, &mut tree).unwrap(), [n45, leaf[6], left]);
}
