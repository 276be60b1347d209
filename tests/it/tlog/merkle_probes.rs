//! The 196 probes that transparency-dev/merkle keeps for its own verifier.

use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};
use zaguan::tlog::{Hash, verify_consistency, verify_inclusion};

const PROBES: &str = include_str!("vectors/merkle_probes.txt");

/// Their verifier refuses size 0 → n as useless; ours says what is true of it (see
/// `verify_consistency`): the empty tree is a prefix of every tree. Both refuse a non-empty proof.
const MEANT_OTHERWISE: [&str; 1] = ["additional/size1-is-zero-and-size2-is-not-zero"];

struct Probe<'a> {
    name: &'a str,
    is_inclusion: bool,
    want_ok: bool,
    numbers: [u64; 2],
    /// `None`: an empty hash, which the type `Hash` already refuses.
    hashes: Option<[Hash; 2]>,
    proof: Option<Vec<Hash>>,
}

/// Some probes put words where a hash should be. They stand for any hash: take their digest, so
/// that the verifier is reached and not only the length check before it.
fn stand_in(base64: &str) -> Hash {
    let bytes = STANDARD.decode(base64).unwrap();
    Hash::try_from(bytes.as_slice()).unwrap_or_else(|_| Hash::from_bytes(Sha256::digest(bytes).into()))
}

fn probes() -> Vec<Probe<'static>> {
    let mut names: HashMap<&str, Hash> = HashMap::new();
    let mut probes = Vec::new();
    for line in PROBES.lines().filter(|line| !line.starts_with('#')) {
        let fields: Vec<&str> = line.split(' ').collect();
        match fields[..] {
            ["hash", name, base64] => drop(names.insert(name, stand_in(base64))),
            [kind, want, first, second, hash1, hash2, proof, "#", name] => probes.push(Probe {
                name,
                is_inclusion: kind == "inclusion",
                want_ok: want == "ok",
                numbers: [first.parse().unwrap(), second.parse().unwrap()],
                hashes: names.get(hash1).zip(names.get(hash2)).map(|(one, two)| [*one, *two]),
                proof: match proof {
                    "none" => Some(Vec::new()),
                    list => list.split(',').map(|name| names.get(name).copied()).collect(),
                },
            }),
            _ => panic!("unreadable line: {line}"),
        }
    }
    probes
}

fn accepts(probe: &Probe<'_>) -> bool {
    let (Some([one, two]), Some(proof)) = (probe.hashes, &probe.proof) else {
        return false;
    };
    let [first, second] = probe.numbers;
    if probe.is_inclusion {
        verify_inclusion(&one, first, second, proof, &two).is_ok()
    } else {
        verify_consistency(first, &one, second, &two, proof).is_ok()
    }
}

#[test]
fn every_probe_of_transparency_dev_is_judged_as_they_judge_it() {
    let probes = probes();
    assert_eq!(probes.iter().filter(|probe| probe.is_inclusion).count(), 98);
    assert_eq!(probes.iter().filter(|probe| !probe.is_inclusion).count(), 98);
    assert_eq!(probes.iter().filter(|probe| probe.want_ok).count(), 12);
    let wrong: Vec<&str> =
        probes.iter().filter(|probe| accepts(probe) != probe.want_ok).map(|probe| probe.name).collect();
    assert_eq!(wrong, MEANT_OTHERWISE);
}

#[test]
fn most_probes_reach_the_verifier_and_are_not_refused_for_a_missing_hash() {
    let reached = probes().iter().filter(|probe| probe.hashes.is_some() && probe.proof.is_some()).count();
    assert!(reached >= 160, "only {reached} of 196");
}
