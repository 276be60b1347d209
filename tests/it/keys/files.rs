//! Key files on the disk: closed to others, never overwritten, never half.

use std::fs;
use std::thread;

use zaguan::keys::{KeyError, LogKey, MasterKeys};

use super::{NAME, all, mode, names_in, no_randomness, scratch, set_mode, words, write};

#[test]
fn a_new_file_is_readable_by_its_owner_alone() {
    let (_dir, path) = scratch();
    MasterKeys::generate(&path, all(1)).unwrap();
    assert_eq!(mode(&path), 0o600);
    assert_eq!(mode(path.parent().unwrap()), 0o700);
    MasterKeys::rotate(&path, all(2)).unwrap();
    assert_eq!(mode(&path), 0o600);
}

#[test]
fn nothing_unfinished_is_left_beside_it() {
    let (_dir, path) = scratch();
    MasterKeys::generate(&path, all(1)).unwrap();
    MasterKeys::rotate(&path, all(2)).unwrap();
    assert!(MasterKeys::generate(&path, all(3)).is_err());
    assert_eq!(names_in(&path), ["the.key"]);
}

#[test]
fn a_file_that_exists_is_never_overwritten() {
    let (_dir, path) = scratch();
    write(&path, "precious", 0o600);
    assert_eq!(
        words(MasterKeys::generate(&path, all(1)), &path),
        "the key file `the.key` exists already and is left as it is"
    );
    assert_eq!(
        words(LogKey::generate(&path, NAME, all(1)), &path),
        "the key file `the.key` exists already and is left as it is"
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), "precious");
}

#[test]
fn a_file_that_is_open_to_others_is_refused() {
    let (_dir, path) = scratch();
    MasterKeys::generate(&path, all(1)).unwrap();
    for open in [0o640, 0o604, 0o620, 0o602, 0o610, 0o601, 0o644, 0o777] {
        set_mode(&path, open);
        let expected = format!("the key file `the.key` is open to others (mode {open:04o}); expected at most 0600");
        assert_eq!(words(MasterKeys::load(&path), &path), expected);
        assert_eq!(words(MasterKeys::rotate(&path, all(2)), &path), expected);
        assert_eq!(words(LogKey::load(&path, NAME), &path), expected);
    }
    for closed in [0o600, 0o400, 0o700] {
        set_mode(&path, closed);
        assert!(MasterKeys::load(&path).is_ok());
    }
}

#[test]
fn a_file_that_is_not_there_is_told_apart() {
    let (_dir, path) = scratch();
    assert!(matches!(MasterKeys::load(&path), Err(KeyError::Missing { .. })));
    assert_eq!(words(LogKey::load(&path, NAME), &path), "the key file `the.key` does not exist");
}

#[test]
fn a_directory_is_no_key_file() {
    let (dir, path) = scratch();
    set_mode(dir.path(), 0o700);
    assert!(words(MasterKeys::load(dir.path()), &path).ends_with("not a regular file"));
}

#[test]
fn a_place_that_cannot_be_written_is_named() {
    let (_dir, path) = scratch();
    write(&path, "a file where a directory should be", 0o600);
    let beyond = path.join("the.key");
    let error = words(MasterKeys::generate(&beyond, all(1)), &path);
    assert!(error.starts_with("cannot write the key file `the.key/the.key`: "), "{error}");
}

#[test]
fn a_file_beyond_all_measure_is_refused() {
    let (_dir, path) = scratch();
    write(&path, &"x".repeat(256 * 1024 + 1), 0o600);
    assert_eq!(words(MasterKeys::load(&path), &path), "cannot read the key file `the.key`: larger than 256 KiB");
}

#[test]
fn without_randomness_there_is_no_key_and_no_file() {
    let (_dir, path) = scratch();
    let expected = "no random bytes for a new key: the well is dry";
    assert_eq!(words(MasterKeys::generate(&path, no_randomness), &path), expected);
    assert_eq!(words(LogKey::generate(&path, NAME, no_randomness), &path), expected);
    assert!(!path.exists());
    LogKey::generate(&path, NAME, all(1)).unwrap();
    let before = fs::read(&path).unwrap();
    assert_eq!(words(LogKey::rotate(&path, NAME, no_randomness), &path), expected);
    assert_eq!((fs::read(&path).unwrap(), names_in(&path)), (before, vec!["the.key".to_owned()]));
}

#[test]
fn of_many_that_start_at_once_one_makes_the_key() {
    let (_dir, path) = scratch();
    let outcomes: Vec<_> = thread::scope(|scope| {
        let start = |byte| {
            scope.spawn({
                let path = &path;
                move || MasterKeys::generate(path, all(byte)).map(|ring| ring.ids())
            })
        };
        (0..8).map(start).collect::<Vec<_>>().into_iter().map(|each| each.join().unwrap()).collect()
    });
    let made: Vec<_> = outcomes.iter().filter_map(|outcome| outcome.as_ref().ok()).collect();
    assert_eq!(made, [&MasterKeys::load(&path).unwrap().ids()]);
    assert!(
        outcomes
            .iter()
            .filter_map(|outcome| outcome.as_ref().err())
            .all(|error| matches!(error, KeyError::Exists { .. }))
    );
    assert_eq!(names_in(&path), ["the.key"]);
}

#[test]
fn of_many_rotations_at_once_none_loses_a_key() {
    let (_dir, path) = scratch();
    MasterKeys::generate(&path, all(0)).unwrap();
    thread::scope(|scope| {
        for byte in 1..=8 {
            scope.spawn({
                let path = &path;
                move || MasterKeys::rotate(path, all(byte)).unwrap()
            });
        }
    });
    assert_eq!(MasterKeys::load(&path).unwrap().ids().len(), 9);
}

#[expect(clippy::disallowed_methods, reason = "that the system's own source fits is what is tested")]
#[test]
fn the_systems_randomness_fits() {
    let (_dir, path) = scratch();
    let made = MasterKeys::generate(&path, getrandom::fill).unwrap();
    assert_eq!(MasterKeys::load(&path).unwrap().ids(), made.ids());
}
