//! Sealed texts: opened by the ring that sealed them, in the place they were sealed for, or not at all.

use zaguan::keys::{MasterKeys, OpenError, Sealer};

use super::{all, hex, ring, scratch};

const NONCE: [u8; 24] = [7; 24];

fn open(ring_sealer: &Sealer, associated: &[u8], sealed: &[u8]) -> Result<Vec<u8>, OpenError> {
    ring_sealer.open(associated, sealed).map(|text| text.to_vec())
}

#[test]
fn what_was_sealed_opens_again() {
    let ring_sealer = ring(&[1]).sealer();
    for text in [&b""[..], b"x", b"ACCT-0048213", &[0; 5000]] {
        let sealed = ring_sealer.seal(NONCE, b"row 41", text);
        assert_eq!(sealed.len(), 4 + 24 + text.len() + 16);
        assert_eq!(open(&ring_sealer, b"row 41", &sealed), Ok(text.to_vec()));
    }
}

#[test]
fn a_sealed_text_begins_with_the_key_id_and_the_nonce() {
    let ring = ring(&[1]);
    let sealed = ring.sealer().seal(NONCE, b"", b"text");
    assert_eq!(sealed[..4], ring.ids()[0].to_bytes());
    assert_eq!(sealed[4..28], NONCE);
    assert!(!sealed.windows(4).any(|part| part == b"text"));
}

/// Worked out with another program: HKDF-SHA-256 and XChaCha20-Poly1305 of 32 × 0x01, 24 × 0x07.
#[test]
fn sealing_is_what_other_programs_understand_by_it() {
    let sealed = ring(&[1]).sealer().seal(NONCE, b"row 41", b"ACCT-0048213");
    assert_eq!(hex(&sealed[28..]), "e489cb1a50cf52afc7c57aa461edeed99661b54feea27840e02a202a");
}

#[test]
fn after_a_rotation_old_texts_open_and_new_ones_use_the_new_key() {
    let (_dir, path) = scratch();
    let before = MasterKeys::generate(&path, all(1)).unwrap();
    let old = before.sealer().seal(NONCE, b"a", b"old");
    let after = MasterKeys::rotate(&path, all(2)).unwrap();
    assert_eq!(open(&after.sealer(), b"a", &old), Ok(b"old".to_vec()));
    let new = after.sealer().seal(NONCE, b"a", b"new");
    assert_eq!(new[..4], after.ids()[0].to_bytes());
    assert_ne!(new[..4], old[..4]);
    assert_eq!(open(&before.sealer(), b"a", &new), Err(OpenError::UnknownKey(after.ids()[0])));
    assert_eq!(open(&MasterKeys::load(&path).unwrap().sealer(), b"a", &new), Ok(b"new".to_vec()));
}

#[test]
fn every_altered_bit_is_found() {
    let ring_sealer = ring(&[1, 2]).sealer();
    let sealed = ring_sealer.seal(NONCE, b"a", b"text");
    for bit in 0..sealed.len() * 8 {
        let mut altered = sealed.clone();
        altered[bit / 8] ^= 1 << (bit % 8);
        assert!(open(&ring_sealer, b"a", &altered).is_err(), "bit {bit}");
    }
}

#[test]
fn every_cut_is_found() {
    let ring_sealer = ring(&[1]).sealer();
    let sealed = ring_sealer.seal(NONCE, b"a", b"text");
    for length in 0..sealed.len() {
        let expected = if length < 44 { OpenError::Truncated } else { OpenError::Refused };
        assert_eq!(open(&ring_sealer, b"a", &sealed[..length]), Err(expected), "{length} bytes");
    }
    let longer = [&sealed[..], b"x"].concat();
    assert_eq!(open(&ring_sealer, b"a", &longer), Err(OpenError::Refused));
}

#[test]
fn a_text_opens_only_in_its_own_place() {
    let ring_sealer = ring(&[1]).sealer();
    let sealed = ring_sealer.seal(NONCE, b"row 41", b"text");
    for elsewhere in [&b"row 42"[..], b"", b"row 4", b"row 411"] {
        assert_eq!(open(&ring_sealer, elsewhere, &sealed), Err(OpenError::Refused));
    }
}

#[test]
fn another_key_under_the_same_id_does_not_open() {
    let (one, two) = (ring(&[1]), ring(&[2]));
    let mut sealed = one.sealer().seal(NONCE, b"a", b"text");
    sealed.splice(..4, two.ids()[0].to_bytes());
    assert_eq!(open(&two.sealer(), b"a", &sealed), Err(OpenError::Refused));
}

#[test]
fn refusals_are_told_in_words() {
    assert_eq!(OpenError::Truncated.to_string(), "the sealed text is cut short");
    let id = ring(&[1]).ids()[0];
    assert_eq!(
        OpenError::UnknownKey(id).to_string(),
        "the sealed text needs the key `20e7ad6e`, which is not in the ring"
    );
    assert_eq!(OpenError::Refused.to_string(), "the sealed text was altered or belongs elsewhere");
}
