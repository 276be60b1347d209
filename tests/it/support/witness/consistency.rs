//! Consistency proofs, written from RFC 9162, section 2.1.4.2, so that the witness of the tests can disagree with the program.

use sha2::{Digest as _, Sha256};

pub type Hash = [u8; 32];

fn node(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

/// Whether the proof shows that the tree of `second` leaves continues that of `first`, which is not zero.
pub fn is_consistent(first: u64, second: u64, proof: &[Hash], old_root: &Hash, new_root: &Hash) -> bool {
    if first == second {
        return proof.is_empty() && old_root == new_root;
    }
    let mut path = proof.to_vec();
    if path.is_empty() {
        return false;
    }
    if first.is_power_of_two() {
        path.insert(0, *old_root);
    }
    let (mut fn_, mut sn) = (first - 1, second - 1);
    while fn_ & 1 == 1 {
        (fn_, sn) = (fn_ >> 1, sn >> 1);
    }
    let (mut fr, mut sr) = (path[0], path[0]);
    for hash in &path[1..] {
        if sn == 0 {
            return false;
        }
        if fn_ & 1 == 1 || fn_ == sn {
            (fr, sr) = (node(hash, &fr), node(hash, &sr));
            while fn_ & 1 == 0 && fn_ != 0 {
                (fn_, sn) = (fn_ >> 1, sn >> 1);
            }
        } else {
            sr = node(&sr, hash);
        }
        (fn_, sn) = (fn_ >> 1, sn >> 1);
    }
    sn == 0 && fr == *old_root && sr == *new_root
}
