//! Tessera's test log: sixteen checkpoints, sizes 0 to 15, to be reproduced byte for byte.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};
use zaguan::tlog::{Bundle, Checkpoint, Frontier, Hash, Signer, Tile, Verifier, leaf_hash, parse_bundle};

use super::support::{hex, hex_bytes};

/// Origin, and name of the key. The seed is printed in Tessera's documentation for everybody's use.
const ORIGIN: &str = "example.com/log/testdata";
const VKEY: &str = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx";
const TYPE_AND_SEED: &str = "AeymY/SZAX0jZcJ8enZ5FY1Dz+wTML2yWSkK+9DSF3eg";

/// Lines of size, root and signature.
const CHECKPOINTS: &str = include_str!("vectors/tessera_checkpoints.txt");

/// `tile/entries/000.p/15`
const BUNDLE: &str = "00036f6e65000374776f000574687265650004666f757200046669766500037369780005736576656e000365697400046e61696e000374656e0006696c6576656e00057477656c660008746872656574656e0007666f757274656e000666697674656e";

/// SHA-256 of `tile/0/000.p/15`
const TILE_DIGEST: &str = "93593af14d2cce39867d2e73fe4ca400a38581605c5c4501a03e752d9b51a130";

fn signer() -> Signer {
    let seed = STANDARD.decode(TYPE_AND_SEED).unwrap();
    Signer::new(ORIGIN, seed[1..].try_into().unwrap()).unwrap()
}

fn published() -> Vec<String> {
    let lines = CHECKPOINTS.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            let [size, root, signature] = line.split(' ').collect::<Vec<_>>()[..] else { panic!("{line}") };
            format!("{ORIGIN}\n{size}\n{root}\n\n— {ORIGIN} {signature}\n")
        })
        .collect()
}

#[test]
fn all_sixteen_checkpoints_of_tessera_are_reproduced_byte_for_byte() {
    let bundle = hex_bytes(BUNDLE);
    let entries = parse_bundle(&bundle).unwrap();
    let mut frontier = Frontier::empty();
    let mut made = vec![Checkpoint::new(ORIGIN, 0, frontier.root()).unwrap().sign(&signer()).unwrap()];
    for entry in entries {
        frontier.append(leaf_hash(entry), &mut |_, _, _| {});
        made.push(Checkpoint::new(ORIGIN, frontier.size(), frontier.root()).unwrap().sign(&signer()).unwrap());
    }
    assert_eq!(made.len(), 16);
    assert_eq!(made, published());
}

#[test]
fn all_sixteen_checkpoints_of_tessera_open_with_its_key() {
    let known = [Verifier::parse(VKEY).unwrap()];
    assert_eq!(signer().verifier().to_string(), VKEY);
    assert_eq!(signer().key_id(), 0x33d7_b496);
    for (size, note) in published().iter().enumerate() {
        let checkpoint = Checkpoint::open(note.as_bytes(), &known, ORIGIN).unwrap();
        assert_eq!(checkpoint.size(), size as u64);
    }
}

#[test]
fn the_tile_under_the_last_checkpoint_is_tesseras() {
    let bundle = hex_bytes(BUNDLE);
    let content: Vec<u8> =
        parse_bundle(&bundle).unwrap().into_iter().flat_map(|entry| *leaf_hash(entry).as_bytes()).collect();
    assert_eq!(Hash::from_bytes(Sha256::digest(&content).into()), hex(TILE_DIGEST));
    assert_eq!(Tile::at_size(0, 0, 15).unwrap().path(), "tile/0/000.p/15");
    assert_eq!(Bundle::new(0, 15).unwrap().path(), "tile/entries/000.p/15");
}
