//! The log's signing key, its file as Go's `sumdb/note` writes it, and the keys that signed before.

use std::fs;
use std::path::{Path, PathBuf};

use ed25519_dalek::{Signer, Verifier, VerifyingKey};
use zaguan::keys::LogKey;

use super::{NAME, all, mode, names_in, scratch, set_mode, words, write};

/// The key pair in the documentation of Go's `golang.org/x/mod/sumdb/note`.
const GO_NAME: &str = "PeterNeumann";
const GO_PRIVATE: &str = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
const GO_VERIFIER: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

fn retired_file(path: &Path) -> PathBuf {
    path.with_file_name("the.key.retired")
}

#[test]
fn a_key_made_by_gos_own_tool_is_read() {
    let (_dir, path) = scratch();
    for text in [GO_PRIVATE.to_owned(), format!("{GO_PRIVATE}\n")] {
        write(&path, &text, 0o600);
        let key = LogKey::load(&path, GO_NAME).unwrap();
        assert_eq!((key.name(), key.vkey(), key.key_id()), (GO_NAME, GO_VERIFIER, [0xc7, 0x4f, 0x20, 0xa3]));
        assert!(key.retired_vkeys().is_empty());
    }
}

#[test]
fn the_file_is_what_gos_own_tool_writes() {
    let (_dir, path) = scratch();
    write(&path, GO_PRIVATE, 0o600);
    let seed = LogKey::load(&path, GO_NAME).unwrap().signing_key().to_bytes();
    fs::remove_file(&path).unwrap();
    let random = |bytes: &mut [u8]| {
        bytes.copy_from_slice(&seed);
        Ok::<_, String>(())
    };
    LogKey::generate(&path, GO_NAME, random).unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), format!("{GO_PRIVATE}\n"));
}

#[test]
fn a_key_survives_the_disk() {
    let (_dir, path) = scratch();
    let made = LogKey::generate(&path, NAME, all(1)).unwrap();
    assert_eq!(mode(&path), 0o600);
    let read = LogKey::load(&path, NAME).unwrap();
    assert_eq!(read.vkey(), made.vkey());
    assert_eq!(read.signing_key().to_bytes(), [1; 32]);
}

#[test]
fn a_rotation_keeps_every_verifier_key_and_no_private_one() {
    let (_dir, path) = scratch();
    let vkeys: Vec<_> = [
        LogKey::generate(&path, NAME, all(1)),
        LogKey::rotate(&path, NAME, all(2)),
        LogKey::rotate(&path, NAME, all(3)),
    ]
    .map(|key| key.unwrap().vkey().to_owned())
    .into();
    let read = LogKey::load(&path, NAME).unwrap();
    assert_eq!(read.vkey(), vkeys[2]);
    assert_eq!(read.retired_vkeys(), &vkeys[..2]);
    assert_eq!(fs::read_to_string(retired_file(&path)).unwrap(), format!("{}\n{}\n", vkeys[0], vkeys[1]));
    assert_eq!((mode(&path), mode(&retired_file(&path))), (0o600, 0o644));
    assert_eq!(names_in(&path), ["the.key", "the.key.retired"]);
}

#[test]
fn what_a_retired_key_signed_still_verifies_by_its_vkey() {
    use base64::Engine;
    let (_dir, path) = scratch();
    let signature = LogKey::generate(&path, NAME, all(1)).unwrap().signing_key().sign(b"checkpoint");
    let rotated = LogKey::rotate(&path, NAME, all(2)).unwrap();
    let encoded = rotated.retired_vkeys()[0].splitn(3, '+').last().unwrap();
    let decoded = base64::engine::general_purpose::STANDARD.decode(encoded).unwrap();
    let public = VerifyingKey::from_bytes(decoded[1..].try_into().unwrap()).unwrap();
    assert!(public.verify(b"checkpoint", &signature).is_ok());
    assert!(rotated.signing_key().verifying_key().verify(b"checkpoint", &signature).is_err());
}

#[test]
fn a_crash_between_the_two_files_of_a_rotation_loses_nothing() {
    let (_dir, path) = scratch();
    let first = LogKey::generate(&path, NAME, all(1)).unwrap().vkey().to_owned();
    let old_file = fs::read_to_string(&path).unwrap();
    LogKey::rotate(&path, NAME, all(2)).unwrap();
    write(&path, &old_file, 0o600);
    let read = LogKey::load(&path, NAME).unwrap();
    assert_eq!(read.vkey(), first);
    assert!(read.retired_vkeys().is_empty());
    assert_eq!(LogKey::rotate(&path, NAME, all(3)).unwrap().retired_vkeys(), [first]);
}

/// While the new key is drawn, a directory takes the name of the list of retired keys: the list cannot be written, and
/// then the old key must stay, as its verifier key would be lost.
#[test]
fn a_rotation_that_fails_leaves_the_old_key() {
    let (_dir, path) = scratch();
    let first = LogKey::generate(&path, NAME, all(1)).unwrap().vkey().to_owned();
    let meddling = |bytes: &mut [u8]| {
        bytes.fill(2);
        fs::create_dir(retired_file(&path))
    };
    let error = words(LogKey::rotate(&path, NAME, meddling), &path);
    assert!(error.starts_with("cannot write the key file `the.key.retired`"), "{error}");
    fs::remove_dir(retired_file(&path)).unwrap();
    assert_eq!(LogKey::load(&path, NAME).unwrap().vkey(), first);
    assert_eq!(names_in(&path), ["the.key"]);
}

#[test]
fn a_private_key_that_is_not_right_is_refused() {
    let (_dir, path) = scratch();
    let form = "`the.key`, line 1: expected `PRIVATE+KEY+`, the log's name, `+`, 8 hexadecimal digits, `+` and 33 bytes in base64";
    let id = "`the.key`, line 1: the key id does not belong to the key; one of the two was altered";
    for (text, expected) in [
        ("", "`the.key`: no key in it"),
        ("\n", "`the.key`: no key in it"),
        ("x", form),
        (GO_VERIFIER, form),
        (&GO_PRIVATE.replace("+AY", "+AI"), form),
        (&GO_PRIVATE.replace("KDFz", ""), form),
        (&GO_PRIVATE.replace("PeterNeumann", ""), form),
        (&GO_PRIVATE.replace("PeterNeumann", "Peter Neumann"), form),
        (&format!("{GO_PRIVATE}\r\n"), form),
        (&GO_PRIVATE.replace("+AYEK", "+AYEL"), id),
        (&GO_PRIVATE.replace("c74f20a3", "c74f20a4"), id),
        (&GO_PRIVATE.replace("c74f20a3", "C74F20A3"), id),
        (&GO_PRIVATE.replace("PeterNeumann", "EnochRoot"), id),
        (&format!("{GO_PRIVATE}\n{GO_PRIVATE}\n"), "`the.key`, line 2: expected nothing behind the first line"),
        (&format!("{GO_PRIVATE}\n\n"), "`the.key`, line 2: expected nothing behind the first line"),
    ] {
        write(&path, text, 0o600);
        assert_eq!(words(LogKey::load(&path, GO_NAME), &path), expected, "{text:?}");
    }
}

#[test]
fn another_logs_key_is_refused() {
    let (_dir, path) = scratch();
    write(&path, GO_PRIVATE, 0o600);
    let expected = format!("`the.key`: the key is for the log `PeterNeumann`; expected `{NAME}`");
    assert_eq!(words(LogKey::load(&path, NAME), &path), expected);
    assert_eq!(words(LogKey::rotate(&path, NAME, all(1)), &path), expected);
}

#[test]
fn a_retired_key_that_is_not_right_is_refused() {
    let (_dir, path) = scratch();
    LogKey::generate(&path, GO_NAME, all(1)).unwrap();
    let weak = "PeterNeumann+00000000+AQEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    let form = "expected the log's name, `+`, 8 hexadecimal digits, `+` and 33 bytes in base64";
    for (line, expected) in [
        ("x", format!(", line 2: {form}")),
        ("", format!(", line 2: {form}")),
        (GO_PRIVATE, format!(", line 2: {form}")),
        (weak, format!(", line 2: {form}")),
        (
            &GO_VERIFIER.replace("c74f20a3", "c74f20a4"),
            ", line 2: the key id does not belong to the key; one of the two was altered".into(),
        ),
        (GO_VERIFIER, ", line 2: the same key id stands on an earlier line".into()),
        (OTHER_VERIFIER, format!(", line 2: the key is for the log `{NAME}`; expected `PeterNeumann`")),
    ] {
        write(&retired_file(&path), &format!("{GO_VERIFIER}\n{line}\n"), 0o644);
        assert_eq!(words(LogKey::load(&path, GO_NAME), &path), format!("`the.key.retired`{expected}"), "{line:?}");
    }
    write(&retired_file(&path), "", 0o644);
    assert!(LogKey::load(&path, GO_NAME).is_ok());
}

const OTHER_VERIFIER: &str = "records.example/zaguan+b01de172+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c";

#[test]
fn a_list_of_retired_keys_that_others_may_write_is_refused() {
    let (_dir, path) = scratch();
    LogKey::generate(&path, NAME, all(1)).unwrap();
    LogKey::rotate(&path, NAME, all(2)).unwrap();
    for open in [0o664, 0o646, 0o666] {
        set_mode(&retired_file(&path), open);
        let expected =
            format!("the key file `the.key.retired` is open to others (mode {open:04o}); expected at most 0644");
        assert_eq!(words(LogKey::load(&path, NAME), &path), expected);
    }
    set_mode(&retired_file(&path), 0o600);
    assert!(LogKey::load(&path, NAME).is_ok());
}

#[test]
fn a_name_that_cannot_name_a_key_is_refused() {
    let (_dir, path) = scratch();
    for name in ["", "a b", "a+b", "a\nb", "a\u{a0}b"] {
        let expected = format!("`{name}` cannot name a log; expected a text without spaces and without `+`");
        assert_eq!(words(LogKey::generate(&path, name, all(1)), &path), expected);
    }
    assert!(!path.exists());
}

#[test]
fn no_private_key_is_ever_shown() {
    let (_dir, path) = scratch();
    let key = LogKey::generate(&path, NAME, all(1)).unwrap();
    let shown = format!("{key:?} {key:#?}");
    assert!(!shown.contains("AQEBAQ") && !shown.contains("1, 1") && !shown.contains("PRIVATE"), "{shown}");
    write(&path, &GO_PRIVATE.replace("+AYEK", "+AYEL"), 0o600);
    let error = LogKey::load(&path, GO_NAME).unwrap_err();
    assert!(!format!("{error} {error:?}").contains("AYEL"), "{error:?}");
}
