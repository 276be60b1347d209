//! Hostile input: no parser may panic, and whatever a parser takes, its writer gives back.

use proptest::prelude::*;
use zaguan::tlog::note::sign;
use zaguan::tlog::{
    Bundle, Checkpoint, Frontier, Hash, Note, Receipt, Tile, Verifier, encode_bundle, leaf_hash, parse_bundle,
};

use super::keys::PRINTED;
use super::support::{ORIGIN, known, signer};

/// Gives the same bytes to every parser. Accepted input must be exactly what its writer writes.
fn feed(bytes: &[u8]) {
    let _ = Note::open(bytes, &known());
    let _ = Checkpoint::open(bytes, &known(), ORIGIN);
    if let Ok(receipt) = Receipt::parse(bytes) {
        assert_eq!(receipt.encode().as_bytes(), bytes);
        let _ = receipt.verify(&leaf_hash(b"leaf"), &known(), ORIGIN);
    }
    if let Ok(entries) = parse_bundle(bytes) {
        assert_eq!(encode_bundle(&entries).unwrap(), bytes);
    }
    if let Ok(hash) = Hash::try_from(bytes) {
        assert_eq!(hash.as_bytes(), bytes);
    }
    for size in [0, 1, 3, 1 << 62, u64::MAX] {
        if let Ok(frontier) = Frontier::from_bytes(size, bytes) {
            assert_eq!(frontier.to_bytes(), bytes);
        }
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        feed_text(text);
    }
}

fn feed_text(text: &str) {
    if let Ok(checkpoint) = Checkpoint::parse(text) {
        assert_eq!(checkpoint.encode(), text);
    }
    if let Ok(tile) = Tile::parse(text) {
        assert_eq!(tile.path(), text);
    }
    if let Ok(bundle) = Bundle::parse(text) {
        assert_eq!(bundle.path(), text);
    }
    if let Ok(verifier) = Verifier::parse(text) {
        assert_eq!(verifier.to_string(), text);
    }
    if let Ok(hash) = Hash::from_base64(text) {
        assert_eq!(hash.to_base64(), text);
    }
    let _ = sign(text, &[&signer()]);
    let _ = Checkpoint::new(text, 1, leaf_hash(b""));
}

fn valid() -> Vec<Vec<u8>> {
    let root = leaf_hash(b"root");
    let checkpoint = Checkpoint::new(ORIGIN, 42, root).unwrap().with_extensions(vec!["ext".into()]).unwrap();
    let note = checkpoint.sign(&signer()).unwrap();
    let receipt = Receipt { extra: Some(b"extra".to_vec()), index: 5, proof: vec![root; 3], checkpoint: note.clone() };
    vec![
        note.into_bytes(),
        receipt.encode().into_bytes(),
        checkpoint.encode().into_bytes(),
        Tile::new(0, 1_234_067, 17).unwrap().path().into_bytes(),
        Bundle::new(1_234_067, 17).unwrap().path().into_bytes(),
        encode_bundle(&[&b"one"[..], b"", b"three"]).unwrap(),
        PRINTED[0].as_bytes().to_vec(),
        root.to_base64().into_bytes(),
    ]
}

/// A change to valid input: a byte set, inserted or removed, or a piece doubled or moved.
fn mutate(bytes: &mut Vec<u8>, (kind, at, other, value): (u8, prop::sample::Index, prop::sample::Index, u8)) {
    if bytes.is_empty() {
        return bytes.push(value);
    }
    let (at, other) = (at.index(bytes.len()), other.index(bytes.len()));
    match kind % 6 {
        0 => bytes[at] = value,
        1 => bytes.insert(at, value),
        2 => drop(bytes.remove(at)),
        3 => bytes.truncate(at),
        4 => bytes.swap(at, other),
        _ => {
            let piece = bytes[at.min(other)..at.max(other)].to_vec();
            let tail = bytes.split_off(at);
            bytes.extend(piece);
            bytes.extend(tail);
        }
    }
}

#[test]
fn the_valid_inputs_are_taken_by_their_parsers() {
    let valid = valid();
    let text = |at: usize| std::str::from_utf8(&valid[at]).unwrap();
    assert!(Checkpoint::open(&valid[0], &known(), ORIGIN).is_ok() && Receipt::parse(&valid[1]).is_ok());
    assert!(Checkpoint::parse(text(2)).is_ok() && Tile::parse(text(3)).is_ok() && Bundle::parse(text(4)).is_ok());
    assert!(parse_bundle(&valid[5]).is_ok() && Verifier::parse(text(6)).is_ok() && Hash::from_base64(text(7)).is_ok());
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_make_a_parser_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        feed(&bytes);
    }

    #[test]
    fn arbitrary_pieces_of_the_formats_never_make_a_parser_panic(
        pieces in prop::collection::vec(prop::sample::select(vec![
            "\n", "\n\n", "— ", " ", "+", "=", "/", "tile/", "entries/", "x001", "001", ".p/", "0", "1", "256", "index ",
            "extra ", "c2sp.org/tlog-proof@v1\n", "log.example/one", "18446744073709551615", "AAAA", "é", "\u{0}", "\u{2014}",
            "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=", "530d903a",
        ]), 0..12)
    ) {
        feed(pieces.concat().as_bytes());
    }

    #[test]
    fn mutated_valid_input_never_makes_a_parser_panic(
        which in 0_usize..8, changes in prop::collection::vec(any::<(u8, prop::sample::Index, prop::sample::Index, u8)>(), 1..4)
    ) {
        let mut bytes = valid().swap_remove(which);
        for change in changes {
            mutate(&mut bytes, change);
        }
        feed(&bytes);
    }

    #[test]
    fn a_mutated_signed_checkpoint_opens_only_to_what_was_signed(
        changes in prop::collection::vec(any::<(u8, prop::sample::Index, prop::sample::Index, u8)>(), 1..4)
    ) {
        let good = valid().swap_remove(0);
        let mut bytes = good.clone();
        for change in changes {
            mutate(&mut bytes, change);
        }
        if let Ok(opened) = Checkpoint::open(&bytes, &known(), ORIGIN) {
            prop_assert_eq!(opened, Checkpoint::open(&good, &known(), ORIGIN).unwrap());
        }
    }
}
