//! Receipts: the format of C2SP's tlog-proof, and every way to spoil one.

use zaguan::tlog::{
    Checkpoint, CheckpointError, Hash, NoteError, ProofError, Receipt, ReceiptError, leaf_hash, prove_inclusion,
    root_at,
};

use super::support::{Levels, ORIGIN, bit_flips, entry, known, leaves, signer, spoiled};

const SIZE: u64 = 23;

/// RFC 4648 section 4.
const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// A receipt for entry `index` of the tree of 23, carrying the entry itself as extra.
fn receipt(index: u64) -> Receipt {
    let mut tree = Levels::of(&leaves(SIZE));
    let checkpoint = Checkpoint::new(ORIGIN, SIZE, root_at(SIZE, &mut tree).unwrap()).unwrap();
    Receipt {
        extra: Some(entry(index)),
        index,
        proof: prove_inclusion(index, SIZE, &mut tree).unwrap(),
        checkpoint: checkpoint.sign(&signer()).unwrap(),
    }
}

/// What a holder does: compute the leaf from the extra data, then verify.
fn check(text: &[u8]) -> Result<Checkpoint, ReceiptError> {
    let receipt = Receipt::parse(text)?;
    let leaf = leaf_hash(receipt.extra.as_deref().unwrap_or_default());
    receipt.verify(&leaf, &known(), ORIGIN)
}

#[test]
fn a_receipt_is_written_as_the_specification_says() {
    let receipt = receipt(22);
    let [one, two, three] = receipt.proof[..] else { panic!("three hashes: {:?}", receipt.proof) };
    let expected = format!(
        "c2sp.org/tlog-proof@v1\nextra ZW50cnkgMjI=\nindex 22\n{}\n{}\n{}\n\n{}",
        one.to_base64(),
        two.to_base64(),
        three.to_base64(),
        receipt.checkpoint
    );
    assert_eq!(receipt.encode(), expected);
    let bare = Receipt { extra: None, proof: vec![], ..receipt };
    assert_eq!(bare.encode(), format!("c2sp.org/tlog-proof@v1\nindex 22\n\n{}", bare.checkpoint));
    assert_eq!(Receipt { extra: Some(vec![]), ..bare.clone() }.encode(), bare.encode());
}

#[test]
fn the_receipt_of_every_entry_comes_back_and_verifies() {
    for index in 0..SIZE {
        let text = receipt(index).encode();
        assert_eq!(Receipt::parse(text.as_bytes()), Ok(receipt(index)));
        assert_eq!(check(text.as_bytes()).map(|checkpoint| checkpoint.size()), Ok(SIZE));
    }
}

#[test]
fn any_flipped_bit_in_a_receipt_is_refused() {
    for index in [5, 22] {
        for flipped in bit_flips(receipt(index).encode().as_bytes()) {
            assert!(check(&flipped).is_err(), "{}", String::from_utf8_lossy(&flipped));
        }
    }
}

#[test]
fn any_dropped_or_doubled_byte_in_a_receipt_is_refused() {
    let text = receipt(5).encode().into_bytes();
    for at in 0..text.len() {
        let mut dropped = text.clone();
        let byte = dropped.remove(at);
        assert!(check(&dropped).is_err(), "without byte {at}");
        let mut doubled = text.clone();
        doubled.insert(at, byte);
        assert!(check(&doubled).is_err(), "byte {at} twice");
        assert!(check(&text[..at]).is_err(), "cut at {at}");
    }
}

#[test]
fn any_dropped_doubled_changed_or_swapped_hash_is_refused() {
    for index in 0..SIZE {
        let good = receipt(index);
        for proof in spoiled(&good.proof) {
            let wrong = Receipt { proof, ..good.clone() };
            assert!(matches!(check(wrong.encode().as_bytes()), Err(ReceiptError::NotIncluded(_))));
        }
    }
}

#[test]
fn a_receipt_proves_its_own_leaf_at_its_own_index_only() {
    let good = receipt(5);
    let wrong = Receipt { index: 6, ..good.clone() };
    assert_eq!(check(wrong.encode().as_bytes()), Err(ReceiptError::NotIncluded(ProofError::RootMismatch)));
    let outside = Err(ReceiptError::NotIncluded(ProofError::IndexOutsideTree { index: SIZE, size: SIZE }));
    assert_eq!(check(Receipt { index: SIZE, ..good.clone() }.encode().as_bytes()), outside);
    let other = good.verify(&leaf_hash(b"other"), &known(), ORIGIN);
    assert_eq!(other, Err(ReceiptError::NotIncluded(ProofError::RootMismatch)));
    let unknown = Err(ReceiptError::Checkpoint(CheckpointError::Note(NoteError::Unverified)));
    assert_eq!(good.verify(&leaf_hash(&entry(5)), &[], ORIGIN), unknown);
    let elsewhere = good.verify(&leaf_hash(&entry(5)), &known(), "log.example/two");
    assert!(matches!(elsewhere, Err(ReceiptError::Checkpoint(CheckpointError::WrongOrigin { .. }))));
}

#[test]
fn a_receipt_has_one_spelling() {
    let good = receipt(5).encode();
    let first_hash = receipt(5).proof[0].to_base64();
    let cases = [
        (good.replacen("@v1", "@v2", 1), ReceiptError::Header),
        (format!("\n{good}"), ReceiptError::Header),
        (good.replacen("v1\n", "v1\r\n", 1), ReceiptError::Header),
        (good.replacen("extra ", "Extra ", 1), ReceiptError::Index),
        (good.replacen("extra ", "extra", 1), ReceiptError::Index),
        (good.replacen("extra ", "extra  ", 1), ReceiptError::Extra),
        (good.replacen("extra ZW50cnkgNQ==", "extra ", 1), ReceiptError::Extra),
        (good.replacen("extra ZW50cnkgNQ==", "extra ZW50cnkgNQ", 1), ReceiptError::Extra),
        (good.replacen("extra ZW50cnkgNQ==", "extra ZW50cnkgNR==", 1), ReceiptError::Extra),
        (good.replacen("index 5\n", "", 1), ReceiptError::Index),
        (good.replacen("index 5", "index 05", 1), ReceiptError::Index),
        (good.replacen("index 5", "index +5", 1), ReceiptError::Index),
        (good.replacen("index 5", "index  5", 1), ReceiptError::Index),
        (good.replacen("index 5", "index ", 1), ReceiptError::Index),
        (good.replacen("index 5", "index 18446744073709551616", 1), ReceiptError::Index),
        (good.replacen(&first_hash, first_hash.trim_end_matches('='), 1), ReceiptError::Proof),
        (good.replacen(&first_hash, &format!("{first_hash} "), 1), ReceiptError::Proof),
        (good.replacen(&first_hash, "AAAA", 1), ReceiptError::Proof),
        (good.replacen("\n\n", "\n", 1), ReceiptError::Proof),
        ("c2sp.org/tlog-proof@v1\nindex 0\n".into(), ReceiptError::NoCheckpoint),
        (format!("c2sp.org/tlog-proof@v1\nindex 0\n{first_hash}\n"), ReceiptError::NoCheckpoint),
        (format!("c2sp.org/tlog-proof@v1\nindex 0\n{}\n", format!("{first_hash}\n").repeat(65)), ReceiptError::Proof),
    ];
    for (text, error) in cases {
        assert_ne!(text, good);
        assert_eq!(Receipt::parse(text.as_bytes()), Err(error), "{text}");
    }
    assert_eq!(Receipt::parse(b"\xff"), Err(ReceiptError::NotUtf8));
    assert_eq!(Receipt::parse(&vec![b'x'; (4 << 20) + 1]), Err(ReceiptError::TooLarge));
    let longest = format!("c2sp.org/tlog-proof@v1\nindex 0\n{}\n", format!("{first_hash}\n").repeat(64));
    assert_eq!(Receipt::parse(longest.as_bytes()).map(|receipt| receipt.proof.len()), Ok(64));
}

#[test]
fn a_hash_has_one_spelling_in_base64() {
    let hash = leaf_hash(b"hash");
    let text = hash.to_base64();
    assert_eq!(Hash::from_base64(&text), Ok(hash));
    for flipped in bit_flips(text.as_bytes()) {
        let read = std::str::from_utf8(&flipped).ok().and_then(|text| Hash::from_base64(text).ok());
        assert_ne!(read, Some(hash), "{}", String::from_utf8_lossy(&flipped));
    }
    // Of the 64 characters that could stand last, only the 16 without stray bits are read.
    let front: String = text.chars().take(42).collect();
    let read = ALPHABET.chars().filter(|last| Hash::from_base64(&format!("{front}{last}=")).is_ok());
    assert_eq!(read.collect::<String>(), "AEIMQUYcgkosw048");
    for wrong in
        ["", "=", text.trim_end_matches('='), &format!("{text}="), &format!("{text}\n"), &text.replace('=', "A")]
    {
        assert!(Hash::from_base64(wrong).is_err(), "{wrong}");
    }
    assert!(Hash::try_from(&[0; 31][..]).is_err() && Hash::try_from(&[0; 33][..]).is_err());
}
