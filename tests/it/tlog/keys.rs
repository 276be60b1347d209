//! Key names, key ids and verifier keys.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;
use sha2::{Digest as _, Sha256};
use signed_note::Verifier as _;
use zaguan::tlog::{KeyError, Signer, Verifier};

use super::support::{bit_flips, to_hex};

/// Verifier keys printed in C2SP's signed-note, Go's documentation and Tessera.
pub const PRINTED: [&str; 4] = [
    "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop",
    "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx",
];

#[test]
fn printed_verifier_keys_are_read_and_written_as_they_stand() {
    for vkey in PRINTED {
        let verifier = Verifier::parse(vkey).unwrap();
        assert_eq!(verifier.to_string(), vkey);
        let theirs = signed_note::StandardVerifier::new(vkey).unwrap();
        assert_eq!((verifier.name(), verifier.key_id()), (theirs.name(), theirs.key_id()));
    }
}

#[test]
fn a_signer_has_the_public_key_that_goes_derives() {
    // From Go's documentation: PRIVATE+KEY+PeterNeumann+c74f20a3+…
    let secret = STANDARD.decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz").unwrap();
    let signer = Signer::new("PeterNeumann", secret[1..].try_into().unwrap()).unwrap();
    assert_eq!(signer.verifier().to_string(), PRINTED[1]);
    assert_eq!(signer.key_id(), 0xc74f_20a3);
}

#[test]
fn printing_a_signer_for_debugging_shows_no_secret() {
    let signer = Signer::new("name", &[0xab; 32]).unwrap();
    assert_eq!(format!("{signer:?}"), format!("Signer({})", signer.verifier()));
    let shown = format!("{signer:?}");
    assert!(!shown.contains("abab") && !shown.contains(&STANDARD.encode([0xab; 30])) && !shown.contains("171"));
}

#[test]
fn names_with_spaces_plus_or_control_characters_are_refused() {
    for name in ["", " ", "a b", "a+b", "a\u{a0}b", "a\u{2003}b", "a\u{3000}", "a\nb", "a\tb", "\u{0}", "a\u{7f}"] {
        assert_eq!(Signer::new(name, &[1; 32]).err(), Some(KeyError::Name), "{name:?}");
    }
    assert!(Signer::new("ñandú.example/registro-1", &[1; 32]).is_ok());
}

/// A verifier key with the right key id for whatever material it carries.
fn vkey(name: &str, material: &[u8]) -> String {
    let digest = Sha256::new().chain_update(name).chain_update("\n").chain_update(material).finalize();
    let id = to_hex(&digest[..4]);
    format!("{name}+{id}+{}", STANDARD.encode(material))
}

#[test]
fn keys_that_are_no_ed25519_keys_are_refused() {
    let key = STANDARD.decode("AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k").unwrap();
    assert_eq!(vkey("example.com/foo", &key), PRINTED[0]);
    assert!(Verifier::parse(&vkey("n", &key)).is_ok());
    let cosigner = [&[4], &key[1..]].concat();
    assert_eq!(Verifier::parse(&vkey("n", &cosigner)), Err(KeyError::Algorithm(4)));
    assert_eq!(Verifier::parse(&vkey("n", &key[..32])), Err(KeyError::PublicKey));
    assert_eq!(Verifier::parse(&vkey("n", &[&key[..], &[0]].concat())), Err(KeyError::PublicKey));
    // The neutral point: everything "verifies" under it without a secret.
    let weak = [&[1, 1][..], &[0; 31]].concat();
    assert_eq!(Verifier::parse(&vkey("n", &weak)), Err(KeyError::PublicKey));
    assert_eq!(Verifier::parse(&vkey("n", &[])), Err(KeyError::Format));
    assert_eq!(Verifier::parse(&vkey("a b", &key)), Err(KeyError::Name));
}

#[test]
fn a_verifier_key_has_one_spelling() {
    let vkey = PRINTED[0];
    let refused = [
        vkey.replace("530d903a", "530D903A"),
        vkey.replace("530d903a", "0530d903a"),
        vkey.replace("530d903a", "530d903b"),
        vkey.replace("+530d903a", ""),
        vkey.replace("example", "Example"),
        format!("{vkey}\n"),
        format!("{vkey}="),
        format!(" {vkey}"),
        format!("{vkey}+"),
    ];
    for wrong in refused {
        assert!(Verifier::parse(&wrong).is_err(), "{wrong}");
    }
    for vkey in PRINTED {
        for flipped in bit_flips(vkey.as_bytes()) {
            assert!(std::str::from_utf8(&flipped).map_or(true, |text| Verifier::parse(text).is_err()));
        }
    }
}

proptest! {
    #[test]
    fn any_signers_verifier_key_is_read_alike_by_signed_note(seed: [u8; 32], name in "[a-z0-9./ñ-]{1,20}") {
        let signer = Signer::new(&name, &seed).unwrap();
        let vkey = signer.verifier().to_string();
        prop_assert_eq!(&Verifier::parse(&vkey).unwrap(), signer.verifier());
        let theirs = signed_note::StandardVerifier::new(&vkey).unwrap();
        prop_assert_eq!(theirs.key_id(), signer.key_id());
    }
}
