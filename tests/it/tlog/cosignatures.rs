//! Cosignatures against the text of C2SP's tlog-cosignature, and the messages of tlog-witness.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signer as _, SigningKey};
use proptest::prelude::*;
use sha2::{Digest as _, Sha256};
use zaguan::tlog::witnessing::parse_signatures;
use zaguan::tlog::{
    AddCheckpoint, CosignatureError, Cosigner, Hash, KeyError, Signature, Verifier, WitnessKey, parse_size,
};

use super::keys::PRINTED;

const TEXT: &str = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";

/// The line of the example in the specification, whose text says that it is of second 1679315147.
const C2SP: &str = "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n";

/// A witness that is in use elsewhere.
const REMORA: &str = "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2";

const AT: u64 = 1_679_315_147;

/// From the text of the specification, and by no code of the program.
fn by_hand(name: &str, seed: [u8; 32], text: &str, at: u64) -> (String, String) {
    let key = SigningKey::from_bytes(&seed);
    let public = key.verifying_key().to_bytes();
    let id = &Sha256::digest([name.as_bytes(), b"\n\x04", &public].concat())[..4];
    let signature = key.sign(format!("cosignature/v1\ntime {at}\n{text}").as_bytes()).to_bytes();
    let line = format!("— {name} {}\n", STANDARD.encode([id, &at.to_be_bytes(), &signature].concat()));
    let hex = u32::from_be_bytes(id.try_into().unwrap());
    (format!("{name}+{hex:08x}+{}", STANDARD.encode([&[4], public.as_slice()].concat())), line)
}

fn find(line: &str, text: &str, key: &WitnessKey) -> Result<u64, CosignatureError> {
    key.find_over(text, &parse_signatures(line)?).map(|cosignature| cosignature.at())
}

#[test]
fn a_key_that_others_use_is_read_and_printed() {
    let key = WitnessKey::parse(REMORA).unwrap();
    assert_eq!((key.name(), key.key_id(), key.to_string().as_str()), ("remora.n621.de", 0xda77_ade7, REMORA));
}

#[test]
fn a_key_of_a_log_is_no_key_of_a_witness_and_the_reverse() {
    assert_eq!(WitnessKey::parse(PRINTED[1]), Err(KeyError::Algorithm(1)));
    assert_eq!(Verifier::parse(REMORA), Err(KeyError::Algorithm(4)));
    assert_eq!(WitnessKey::parse(&REMORA.replace("da77", "da78")), Err(KeyError::KeyId));
    assert_eq!(WitnessKey::parse(&format!("{REMORA}AAAA")), Err(KeyError::PublicKey));
    assert_eq!(WitnessKey::parse(&REMORA.replace("mtw2", "")), Err(KeyError::PublicKey));
}

#[test]
fn the_line_of_the_specification_has_its_form() {
    let signature = &parse_signatures(C2SP).unwrap()[0];
    assert_eq!((signature.name(), signature.key_id()), ("witness.example.com/w1", 0x8d66_cf3f));
    assert_eq!((signature.bytes().len(), &signature.bytes()[..8]), (72, AT.to_be_bytes().as_slice()));
    assert_eq!(signature.to_line(), C2SP);
    assert_eq!(find(C2SP, TEXT, &WitnessKey::parse(REMORA).unwrap()), Err(CosignatureError::Missing));
}

#[test]
fn what_is_signed_by_hand_verifies_and_what_is_signed_here_is_the_same() {
    let (vkey, line) = by_hand("witness.example/w1", [5; 32], TEXT, AT);
    let cosigner = Cosigner::new("witness.example/w1", &[5; 32]).unwrap();
    assert_eq!(cosigner.key().to_string(), vkey);
    assert_eq!(cosigner.cosign(TEXT, AT).to_line(), line);
    assert_eq!(find(&line, TEXT, cosigner.key()), Ok(AT));
    let both = format!("{C2SP}{line}");
    assert_eq!(find(&both, TEXT, cosigner.key()), Ok(AT), "others' lines are not looked at");
}

#[test]
fn no_bit_of_a_cosignature_or_of_its_text_can_be_flipped() {
    let (vkey, line) = by_hand("witness.example/w1", [5; 32], TEXT, AT);
    let key = WitnessKey::parse(&vkey).unwrap();
    let signature = &parse_signatures(&line).unwrap()[0];
    let blob = [signature.key_id().to_be_bytes().as_slice(), signature.bytes()].concat();
    for bit in 0..blob.len() * 8 {
        let mut flipped = blob.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        let line = format!("— witness.example/w1 {}\n", STANDARD.encode(flipped));
        assert!(find(&line, TEXT, &key).is_err(), "bit {bit}");
    }
    for bit in 0..TEXT.len() * 8 {
        let mut flipped = TEXT.as_bytes().to_vec();
        flipped[bit / 8] ^= 1 << (bit % 8);
        let Ok(text) = String::from_utf8(flipped) else { continue };
        assert_eq!(find(&line, &text, &key), Err(CosignatureError::Signature), "bit {bit}");
    }
}

#[test]
fn surplus_missing_and_timeless_cosignatures_are_refused() {
    let (vkey, line) = by_hand("witness.example/w1", [5; 32], TEXT, AT);
    let key = WitnessKey::parse(&vkey).unwrap();
    let signature = &parse_signatures(&line).unwrap()[0];
    let with = |bytes: &[u8]| {
        let blob = [key.key_id().to_be_bytes().as_slice(), bytes].concat();
        let line = format!("— witness.example/w1 {}\n", STANDARD.encode(blob));
        find(&line, TEXT, &key)
    };
    assert_eq!(with(&[signature.bytes(), &[0]].concat()), Err(CosignatureError::Length));
    assert_eq!(with(&signature.bytes()[..71]), Err(CosignatureError::Length));
    assert_eq!(with(&signature.bytes()[..8]), Err(CosignatureError::Length));
    assert_eq!(with(&signature.bytes()[..7]), Err(CosignatureError::Length));
    for at in [0, 1 << 63, u64::MAX] {
        let (_, line) = by_hand("witness.example/w1", [5; 32], TEXT, at);
        assert_eq!(find(&line, TEXT, &key), Err(CosignatureError::Time), "{at}");
    }
    let (_, latest) = by_hand("witness.example/w1", [5; 32], TEXT, (1 << 63) - 1);
    assert_eq!(find(&latest, TEXT, &key), Ok((1 << 63) - 1));
}

#[test]
fn a_cosignature_is_no_signature_of_a_log() {
    let seed = [5; 32];
    let log = zaguan::tlog::Signer::new("witness.example/w1", &seed).unwrap();
    let plain = zaguan::tlog::note::sign(TEXT, &[&log]).unwrap();
    let line = plain.rsplit_once("\n\n").unwrap().1;
    let key = Cosigner::new("witness.example/w1", &seed).unwrap();
    assert_eq!(find(line, TEXT, key.key()), Err(CosignatureError::Missing));
    let cosigned = format!("{TEXT}\n{}", key.cosign(TEXT, AT).to_line());
    assert!(zaguan::tlog::Note::open(cosigned.as_bytes(), &[log.verifier().clone()]).is_err());
}

#[test]
fn a_question_is_spelled_as_the_specification_spells_it() {
    let hash = Hash::from_base64("PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=").unwrap();
    let note = format!("{TEXT}\n{C2SP}");
    let with = AddCheckpoint { old: 20_852_014, proof: vec![hash], note: note.clone() };
    let text = format!("old 20852014\nPlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=\n\n{note}");
    assert_eq!(with.encode(), text);
    assert_eq!(AddCheckpoint::parse(&text), Some(with));
    let without = AddCheckpoint { old: 0, proof: Vec::new(), note: note.clone() };
    assert_eq!(without.encode(), format!("old 0\n\n{note}"));
    assert_eq!(AddCheckpoint::parse(&without.encode()), Some(without));
    for wrong in ["old 01\n\nx", "old\n\nx", "old 1\nx\n\nx", "old 1\n", "", "older 1\n\nx"] {
        assert_eq!(AddCheckpoint::parse(wrong), None, "{wrong}");
    }
}

#[test]
fn a_size_and_a_list_of_lines_have_one_spelling() {
    assert_eq!((parse_size("0\n"), parse_size("20852163\n")), (Some(0), Some(20_852_163)));
    for wrong in ["", "\n", "1", "01\n", "+1\n", "1\n\n", " 1\n", "1 \n", "99999999999999999999\n"] {
        assert_eq!(parse_size(wrong), None, "{wrong:?}");
    }
    for wrong in ["", "\n", C2SP.trim_end(), &format!("{C2SP}\n"), &format!("x\n{C2SP}"), &C2SP.repeat(101)] {
        assert_eq!(parse_signatures(wrong), Err(CosignatureError::Line), "{wrong:?}");
    }
    assert_eq!(parse_signatures(&C2SP.repeat(100)).unwrap().len(), 100);
}

proptest! {
    #[test]
    fn no_answer_makes_the_readers_panic(text in "\\PC{0,40}|— [a-z]{1,8} [A-Za-z0-9+/=]{0,100}\n") {
        let _ = (parse_size(&text), AddCheckpoint::parse(&text), Signature::parse_line(&text));
        let key = WitnessKey::parse(REMORA).unwrap();
        prop_assert!(find(&text, TEXT, &key).is_err());
    }
}
