//! The master key ring and its text.

use std::fs;

use zaguan::keys::MasterKeys;

use super::{all, ring, scratch, words};

/// `SHA-256("zaguan/master-key/v1\0" || 32 × 0x01)` and `… 0x02)` begin with these; worked out with another program.
const ONE: &str = "20e7ad6e AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";
const TWO: &str = "f16fffef AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=";

#[test]
fn the_file_is_one_line_for_each_key_the_active_one_first() {
    let (_dir, path) = scratch();
    MasterKeys::generate(&path, all(1)).unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), format!("{ONE}\n"));
    MasterKeys::rotate(&path, all(2)).unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), format!("{TWO}\n{ONE}\n"));
}

#[test]
fn a_ring_survives_the_disk() {
    let (_dir, path) = scratch();
    MasterKeys::generate(&path, all(1)).unwrap();
    let rotated = MasterKeys::rotate(&path, all(2)).unwrap();
    assert_eq!(MasterKeys::load(&path).unwrap().ids(), rotated.ids());
    assert_eq!(rotated.ids().iter().map(ToString::to_string).collect::<Vec<_>>(), ["f16fffef", "20e7ad6e"]);
}

#[test]
fn a_ring_can_stand_on_one_line_of_the_environment() {
    for text in [format!("{TWO}\n{ONE}\n"), format!("{TWO},{ONE}"), format!("{TWO}\n{ONE}")] {
        assert_eq!(MasterKeys::parse("x", &text).unwrap().ids(), ring(&[2, 1]).ids());
    }
}

#[test]
fn a_line_that_is_not_right_is_refused_by_its_number() {
    let form = "expected 8 hexadecimal digits in lower case, a space and 32 bytes in base64";
    let (_dir, path) = scratch();
    for (line, expected) in [
        ("", form),
        ("x", form),
        (" ", form),
        ("# a comment", form),
        (&format!("{TWO}\r"), form),
        (&format!("{TWO} "), form),
        (&format!(" {TWO}"), form),
        (&TWO.to_uppercase(), form),
        (&TWO.replace("gI=", "g=="), form),
        (&TWO.replace('=', ""), form),
        (&TWO.replace("gI=", "gJ="), form),
        (&TWO.replace("AgIC", "AgID"), "the key id does not belong to the key; one of the two was altered"),
        (&ONE.replace("20e7ad6e", "f16fffef"), "the key id does not belong to the key; one of the two was altered"),
        (ONE, "the same key id stands on an earlier line"),
    ] {
        let outcome = MasterKeys::parse("environment", &format!("{ONE}\n{line}\n"));
        assert_eq!(words(outcome, &path), format!("environment, line 2: {expected}"), "{line:?}");
    }
    for empty in ["", "\n"] {
        assert_eq!(words(MasterKeys::parse("environment", empty), &path), "environment: no key in it");
    }
}

#[test]
fn a_key_that_is_drawn_twice_is_refused_and_the_file_stays() {
    let (_dir, path) = scratch();
    MasterKeys::generate(&path, all(1)).unwrap();
    let error = words(MasterKeys::rotate(&path, all(1)), &path);
    assert_eq!(error, "no random bytes for a new key: the new key's id is in use; try again");
    assert_eq!(fs::read_to_string(&path).unwrap(), format!("{ONE}\n"));
}

#[test]
fn no_key_is_ever_shown() {
    let ring = ring(&[2, 1]);
    let shown = format!(
        "{ring:?} {:?} {:?} {:?} {:?}",
        ring.sealer(),
        ring.resident_indexer(),
        ring.token_keys(),
        ring.cookie_keys()
    );
    for key in ["AgIC", "AQEB", "2, 2", "1, 1", "0202", "0101"] {
        assert!(!shown.contains(key), "{shown}");
    }
    let token = *ring.token_keys().active().1;
    assert!(!shown.contains(&format!("{}, {}", token[0], token[1])), "{shown}");
    let wrong = MasterKeys::parse("x", &ONE.replace("AQEBAQEB", "AQEBAQEC")).unwrap_err();
    assert!(!format!("{wrong} {wrong:?}").contains("AQEB"));
}
