//! Against the crate `ct-merkle`, which shares no code with ours.

use ct_merkle::mem_backed_tree::MemoryBackedTree;
use ct_merkle::{ConsistencyProof, InclusionProof};
use proptest::prelude::*;
use sha2::Sha256;
use zaguan::tlog::{Hash, prove_consistency, prove_inclusion, root_at, verify_consistency, verify_inclusion};

use super::support::{Levels, entry, leaves};

type Theirs = MemoryBackedTree<Sha256, Vec<u8>>;

fn theirs(size: u64) -> Theirs {
    let mut tree = Theirs::new();
    (0..size).for_each(|number| tree.push(entry(number)));
    tree
}

fn bytes(proof: &[Hash]) -> Vec<u8> {
    proof.iter().flat_map(Hash::as_bytes).copied().collect()
}

fn hashes(bytes: &[u8]) -> Vec<Hash> {
    bytes.chunks(32).map(|hash| Hash::try_from(hash).unwrap()).collect()
}

fn same_inclusion(tree: &Theirs, ours: &mut Levels, index: u64, size: u64) {
    let proof = prove_inclusion(index, size, ours).unwrap();
    let their_proof = tree.prove_inclusion(usize::try_from(index).unwrap());
    assert_eq!(bytes(&proof), their_proof.as_bytes(), "leaf {index} of {size}");
    let our_proof = InclusionProof::<Sha256>::try_from_bytes(bytes(&proof)).unwrap();
    tree.root().verify_inclusion(&entry(index), index, &our_proof).unwrap();
    let root = Hash::from_bytes((*tree.root().as_bytes()).into());
    let leaf = ours.0[0][usize::try_from(index).unwrap()];
    verify_inclusion(&leaf, index, size, &hashes(their_proof.as_bytes()), &root).unwrap();
}

fn same_consistency(tree: &Theirs, ours: &mut Levels, old: u64, new: u64) {
    let proof = prove_consistency(old, new, ours).unwrap();
    let their_proof = tree.prove_consistency(usize::try_from(new - old).unwrap());
    assert_eq!(bytes(&proof), their_proof.as_bytes(), "{old} to {new}");
    let old_root = root_at(old, ours).unwrap();
    let our_proof = ConsistencyProof::<Sha256>::try_from_bytes(bytes(&proof)).unwrap();
    let their_old = ct_merkle::RootHash::<Sha256>::new((*old_root.as_bytes()).into(), old);
    tree.root().verify_consistency(&their_old, &our_proof).unwrap();
    let root = Hash::from_bytes((*tree.root().as_bytes()).into());
    verify_consistency(old, &old_root, new, &root, &hashes(their_proof.as_bytes())).unwrap();
}

#[test]
fn roots_and_all_proofs_up_to_130_leaves_equal_those_of_ct_merkle() {
    let mut ours = Levels::of(&leaves(130));
    let mut tree = Theirs::new();
    for size in 1..=130 {
        tree.push(entry(size - 1));
        let root = root_at(size, &mut ours).unwrap();
        assert_eq!(root.as_bytes()[..], tree.root().as_bytes()[..], "root of {size}");
        (0..size).for_each(|index| same_inclusion(&tree, &mut ours, index, size));
        (1..=size).for_each(|old| same_consistency(&tree, &mut ours, old, size));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn roots_and_proofs_of_random_sizes_equal_those_of_ct_merkle(
        size in 131_u64..3000, picks in prop::collection::vec(any::<prop::sample::Index>(), 8)
    ) {
        let tree = theirs(size);
        let mut ours = Levels::of(&leaves(size));
        let root = root_at(size, &mut ours).unwrap();
        prop_assert_eq!(root.as_bytes().to_vec(), tree.root().as_bytes().to_vec());
        for pick in picks {
            let index = pick.index(usize::try_from(size).unwrap()) as u64;
            same_inclusion(&tree, &mut ours, index, size);
            same_consistency(&tree, &mut ours, index + 1, size);
        }
    }
}
