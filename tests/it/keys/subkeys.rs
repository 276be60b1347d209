//! Subkeys: one for each purpose, the same each time.

use std::collections::BTreeSet;

use super::{hex, ring};

/// Worked out with another program: HKDF-SHA-256 of 32 × 0x01 without salt, then HMAC-SHA-256 for the index.
#[test]
fn subkeys_are_what_other_programs_make_of_the_same_key() {
    let ring = ring(&[1]);
    assert_eq!(hex(ring.token_keys().active().1), "1c6c207fbf0bd3f68faa64c01a05a5b81c3740fc436582c4da37741ef626ffdd");
    assert_eq!(hex(ring.cookie_keys().active().1), "10f258146f5bdc64f638a3579ce25699a9dc235248c4aeff032da2081bbb32ad");
    assert_eq!(
        hex(&ring.resident_indexer().index("utility-billing", "ACCT-0048213")),
        "1e44f5197e25a4a8ea0e7ee1c48581a6f0988bd4def88efec16985236017181c"
    );
}

#[test]
fn no_two_purposes_and_no_two_keys_share_a_subkey() {
    let secrets: BTreeSet<[u8; 32]> = [1, 2]
        .into_iter()
        .map(|byte| ring(&[byte]))
        .flat_map(|ring| {
            [*ring.token_keys().active().1, *ring.cookie_keys().active().1, ring.resident_indexer().index("", "")]
        })
        .collect();
    assert_eq!(secrets.len(), 6);
}

#[test]
fn the_index_of_a_resident_is_always_the_same_and_nobody_elses() {
    let indexer = ring(&[1]).resident_indexer();
    assert_eq!(indexer.index("a", "b"), ring(&[1]).resident_indexer().index("a", "b"));
    let pairs = [("a", "b"), ("b", "a"), ("ab", ""), ("", "ab"), ("a", "B"), ("a", "b "), ("a", "")];
    let distinct: BTreeSet<_> = pairs.into_iter().map(|(store, resident)| indexer.index(store, resident)).collect();
    assert_eq!(distinct.len(), pairs.len());
}

#[test]
fn a_search_tries_every_key_of_the_ring_the_active_one_first() {
    let indexes = ring(&[3, 2, 1]).resident_indexer().indexes("a", "b");
    let alone = |byte| ring(&[byte]).resident_indexer().index("a", "b");
    assert_eq!(indexes, [alone(3), alone(2), alone(1)]);
    assert_eq!(indexes[0], ring(&[3, 2, 1]).resident_indexer().index("a", "b"));
}

#[test]
fn tokens_of_older_keys_still_check() {
    let (old, both) = (ring(&[1]).token_keys(), ring(&[2, 1]).token_keys());
    let (kid, secret) = old.active();
    assert_eq!(both.by_kid(kid), Some(secret));
    assert_ne!(both.active().0, kid);
    assert_eq!(both.by_kid(both.active().0), Some(both.active().1));
    assert_eq!(both.by_kid("00000000"), None);
    assert_eq!(both.by_kid(""), None);
}

#[test]
fn cookies_of_older_keys_still_check() {
    let (old, both) = (ring(&[1]).cookie_keys(), ring(&[2, 1]).cookie_keys());
    assert_eq!(both.by_kid(old.active().0), Some(old.active().1));
    assert_ne!(both.active().1, old.active().1);
    assert_eq!(both.by_kid("x"), None);
}
