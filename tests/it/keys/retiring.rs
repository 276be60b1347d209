//! From an older key to the active one, and then without the older.

use zaguan::keys::{KeyError, MasterKeys, OpenError, key_id_of};

use super::{all, ring, scratch, words};

#[test]
fn what_an_older_key_sealed_is_sealed_anew_under_the_active_one() {
    let (old, both) = (ring(&[1]), ring(&[2, 1]));
    let sealed = old.sealer().seal([7; 24], b"row 41", b"text");
    let anew = both.sealer().reseal([8; 24], b"row 41", &sealed).unwrap().expect("another key sealed it");
    assert_eq!(key_id_of(&anew), Ok(both.ids()[0]));
    assert_eq!(ring(&[2]).sealer().open(b"row 41", &anew).unwrap().as_slice(), b"text");
}

#[test]
fn what_the_active_key_sealed_is_left_alone() {
    let both = ring(&[2, 1]);
    let sealed = both.sealer().seal([7; 24], b"row 41", b"text");
    assert_eq!(both.sealer().reseal([8; 24], b"row 41", &sealed), Ok(None));
}

#[test]
fn what_does_not_open_is_not_sealed_anew() {
    let (old, both) = (ring(&[1]), ring(&[2, 1]));
    let sealed = old.sealer().seal([7; 24], b"row 41", b"text");
    assert_eq!(both.sealer().reseal([8; 24], b"row 42", &sealed), Err(OpenError::Refused));
    assert_eq!(ring(&[2]).sealer().reseal([8; 24], b"row 41", &sealed), Err(OpenError::UnknownKey(old.ids()[0])));
    assert_eq!(both.sealer().reseal([8; 24], b"row 41", &sealed[..3]), Err(OpenError::Truncated));
}

#[test]
fn retiring_leaves_the_active_key_and_says_what_went() {
    let (_dir, path) = scratch();
    let first = MasterKeys::generate(&path, all(1)).unwrap().ids();
    let second = MasterKeys::rotate(&path, all(2)).unwrap().ids()[0];
    assert_eq!(MasterKeys::retire(&path, second).unwrap(), first);
    assert_eq!(MasterKeys::load(&path).unwrap().ids(), [second]);
    assert_eq!(MasterKeys::retire(&path, second).unwrap(), [], "there is nothing left to retire");
}

#[test]
fn a_ring_that_was_rotated_in_the_meantime_is_left_alone() {
    let (_dir, path) = scratch();
    let first = MasterKeys::generate(&path, all(1)).unwrap().ids()[0];
    let both = MasterKeys::rotate(&path, all(2)).unwrap().ids();
    let refused = MasterKeys::retire(&path, first);
    assert!(matches!(&refused, Err(KeyError::Rotated { .. })));
    assert_eq!(
        words(refused, &path),
        format!("the key `{}` is in force in the file, and not `{first}`; restart with the current key files", both[0])
    );
    assert_eq!(MasterKeys::load(&path).unwrap().ids(), both);
}
