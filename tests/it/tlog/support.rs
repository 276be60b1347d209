//! Trees and keys for tests. The tree is written from RFC 6962's text, not from `zaguan::tlog`'s
//! algorithms, so that the two can disagree.

use std::convert::Infallible;

use zaguan::tlog::{Hash, Signer, Subtrees, Verifier, leaf_hash, node_hash};

/// MTH of RFC 6962 section 2.1, over leaf hashes.
pub fn reference_root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => hex("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        [leaf] => *leaf,
        _ => {
            let (left, right) = leaves.split_at(split_point(leaves.len()));
            node_hash(&reference_root(left), &reference_root(right))
        }
    }
}

/// PATH of RFC 6962 section 2.1.1, over leaf hashes.
pub fn reference_path(index: usize, leaves: &[Hash]) -> Vec<Hash> {
    if leaves.len() <= 1 {
        return Vec::new();
    }
    let k = split_point(leaves.len());
    let (left, right) = leaves.split_at(k);
    let (mut path, sibling) = if index < k {
        (reference_path(index, left), reference_root(right))
    } else {
        (reference_path(index - k, right), reference_root(left))
    };
    path.push(sibling);
    path
}

fn split_point(n: usize) -> usize {
    let mut k = 1;
    while k * 2 < n {
        k *= 2;
    }
    k
}

pub fn entry(number: u64) -> Vec<u8> {
    format!("entry {number}").into_bytes()
}

pub fn leaves(count: u64) -> Vec<Hash> {
    (0..count).map(|number| leaf_hash(&entry(number))).collect()
}

/// Every complete perfect subtree of a list of leaves, level by level.
pub struct Levels(pub Vec<Vec<Hash>>);

impl Levels {
    pub fn of(leaves: &[Hash]) -> Self {
        let mut levels = vec![leaves.to_vec()];
        while levels.last().unwrap().len() > 1 {
            let below = levels.last().unwrap();
            levels.push(below.chunks_exact(2).map(|pair| node_hash(&pair[0], &pair[1])).collect());
        }
        Self(levels)
    }
}

impl Subtrees for Levels {
    type Error = Infallible;

    fn subtree(&mut self, level: u32, index: u64) -> Result<Hash, Infallible> {
        Ok(self.0[level as usize][usize::try_from(index).unwrap()])
    }
}

pub fn hex(text: &str) -> Hash {
    Hash::try_from(hex_bytes(text).as_slice()).unwrap()
}

pub fn hex_bytes(text: &str) -> Vec<u8> {
    let digit = |byte: u8| u8::try_from(char::from(byte).to_digit(16).unwrap()).unwrap();
    text.as_bytes().chunks_exact(2).map(|pair| digit(pair[0]) * 16 + digit(pair[1])).collect()
}

pub fn to_hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte / 16, byte % 16])
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect()
}

pub const ORIGIN: &str = "log.example/one";

pub fn signer() -> Signer {
    Signer::new(ORIGIN, &[7; 32]).unwrap()
}

pub fn known() -> Vec<Verifier> {
    vec![signer().verifier().clone()]
}

/// Every value that differs from `bytes` in one bit.
pub fn bit_flips(bytes: &[u8]) -> impl Iterator<Item = Vec<u8>> + '_ {
    (0..bytes.len() * 8).map(|bit| {
        let mut flipped = bytes.to_vec();
        flipped[bit / 8] ^= 1 << (bit % 8);
        flipped
    })
}

/// Every proof with one hash dropped, doubled, changed, or swapped with its neighbour.
pub fn spoiled(proof: &[Hash]) -> Vec<Vec<Hash>> {
    let mut spoiled = vec![[proof, &[leaf_hash(b"surplus")]].concat(), [&[leaf_hash(b"surplus")], proof].concat()];
    for at in 0..proof.len() {
        let mut dropped = proof.to_vec();
        let hash = dropped.remove(at);
        spoiled.push(dropped);
        let mut doubled = proof.to_vec();
        doubled.insert(at, hash);
        spoiled.push(doubled);
        let mut changed = proof.to_vec();
        changed[at] = Hash::try_from(bit_flips(hash.as_bytes()).nth(at).unwrap().as_slice()).unwrap();
        spoiled.push(changed);
        if at > 0 && proof[at - 1] != hash {
            let mut swapped = proof.to_vec();
            swapped.swap(at - 1, at);
            spoiled.push(swapped);
        }
    }
    spoiled
}
