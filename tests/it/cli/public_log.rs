//! Copies, proofs and receipts, as operators and outsiders handle them.

use std::fs;
use std::path::Path;

use base64::Engine as _;
use tempfile::TempDir;
use zaguan::domain::record::hex;
use zaguan::tlog::{Checkpoint, Verifier};

use super::{err, out, run, succeed, zaguan};

/// A log with some entries and a published checkpoint, and its key.
fn published(dir: &Path) -> String {
    let catalog = "[store]\nid = \"parks\"\nname = \"Parks\"\ndepartment = \"Parks\"\ndescription = \"Permits.\"\n\n\
                   [[field]]\nname = \"permit_no\"\nclass = \"unprotected\"\n";
    fs::write(dir.join("parks.toml"), catalog).unwrap();
    let refused = run(dir, &["audit", "export", "early"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(err(&refused).contains("there is no database"), "{}", err(&refused));
    // The first commit of each start publishes what stands before it.
    for _ in 0..3 {
        succeed(dir, &["catalog", "import", "parks.toml"]);
    }
    succeed(dir, &["audit", "export", "copy"]);
    fs::read_to_string(dir.join("copy/vkey")).unwrap().trim_end().to_owned()
}

/// Verifies from a directory in which nothing is but the receipt, and nothing must be afterwards.
fn verify(receipt: &str, words: &[&str]) -> (Option<i32>, String, String) {
    let far_away = TempDir::new().unwrap();
    fs::write(far_away.path().join("receipt"), receipt).unwrap();
    let output = zaguan(far_away.path()).args(["receipt", "verify", "receipt"]).args(words).output().unwrap();
    assert_eq!(fs::read_dir(far_away.path()).unwrap().count(), 1, "it opens no database and makes no keys");
    (output.status.code(), out(&output), err(&output))
}

#[test]
fn a_receipt_is_printed_and_verified_far_from_the_log() {
    let dir = TempDir::new().unwrap();
    let key = published(dir.path());
    let receipt = succeed(dir.path(), &["audit", "prove", "1"]);
    assert!(receipt.starts_with("c2sp.org/tlog-proof@v1\nextra "), "{receipt}");
    let (status, said, aside) = verify(&receipt, &["--vkey", &key]);
    assert_eq!(status, Some(0), "{aside}");
    assert!(said.contains("\"kind\": \"catalog_imported\"") && said.contains("parks"), "{said}");
    assert!(aside.contains("entry 1 of records.las-cruces.example/zaguan"), "{aside}");
    assert!(succeed(dir.path(), &["audit", "verify"]).contains("verify"));
    let exported = fs::read_to_string(dir.path().join("copy/checkpoint")).unwrap();
    let size = exported.lines().nth(1).unwrap();
    let older = succeed(dir.path(), &["audit", "prove", "1", "--size", size]);
    assert!(older.ends_with(&exported), "{older}");
    assert_eq!(verify(&older, &["--vkey", &key]).0, Some(0));
    assert_eq!(run(dir.path(), &["audit", "prove", "1", "--size", "1"]).status.code(), Some(1));
    assert_eq!(run(dir.path(), &["audit", "prove", "100000"]).status.code(), Some(1));
}

#[test]
fn a_receipt_that_does_not_fit_ends_with_three_and_says_what_does_not() {
    let dir = TempDir::new().unwrap();
    let key = published(dir.path());
    let receipt = succeed(dir.path(), &["audit", "prove", "1"]);
    let other_place = receipt.replace("\nindex 1\n", "\nindex 0\n");
    let (status, said, aside) = verify(&other_place, &["--vkey", &key]);
    assert_eq!((status, said.as_str()), (Some(3), ""), "{aside}");
    assert!(aside.contains("the leaf is not in the tree of the checkpoint"), "{aside}");
    let (status, _, aside) = verify("nothing\n", &["--vkey", &key]);
    assert_eq!(status, Some(3));
    assert!(aside.contains("not a receipt of a known version"), "{aside}");
    let elsewhere = TempDir::new().unwrap();
    let (status, _, aside) = verify(&receipt, &["--vkey", &published(elsewhere.path())]);
    assert_eq!(status, Some(3), "the key of another log, which has the same name");
    assert!(aside.contains("no known key has signed the note"), "{aside}");
    assert_eq!(verify(&receipt, &["--vkey", "nonsense"]).0, Some(2));
    assert_eq!(verify(&receipt, &[]).0, Some(2), "without a key nothing is believed");
    assert_eq!(run(dir.path(), &["receipt", "verify", "nowhere", "--vkey", &key]).status.code(), Some(1));
}

#[test]
fn the_first_entry_is_proven_by_its_place_in_a_bundle_and_carries_nothing() {
    let dir = TempDir::new().unwrap();
    let key = published(dir.path());
    let receipt = succeed(dir.path(), &["audit", "prove", "0"]);
    assert!(!receipt.contains("extra"), "{receipt}");
    let (status, _, aside) = verify(&receipt, &["--vkey", &key]);
    assert_eq!(status, Some(3));
    assert!(aside.contains("does not carry its entry"), "{aside}");
    let copy = dir.path().join("copy/tile/entries/000.p");
    let bundle = fs::read(fs::read_dir(copy).unwrap().next().unwrap().unwrap().path()).unwrap();
    for (cut, expected) in [(2..50, Some(0)), (52..100, Some(3))] {
        let entry = dir.path().join("entry");
        fs::write(&entry, &bundle[cut]).unwrap();
        let (status, _, aside) = verify(&receipt, &["--vkey", &key, "--entry", entry.to_str().unwrap()]);
        assert_eq!(status, expected, "{aside}");
    }
}

#[test]
fn a_record_and_its_nonce_stand_in_for_what_a_receipt_does_not_carry() {
    let dir = TempDir::new().unwrap();
    let key = published(dir.path());
    let receipt = succeed(dir.path(), &["audit", "prove", "1"]);
    let (header, rest) = receipt.split_once('\n').unwrap();
    let (extra, rest) = rest.split_once('\n').unwrap();
    let bare = format!("{header}\n{rest}");
    let extra = base64::engine::general_purpose::STANDARD.decode(extra.strip_prefix("extra ").unwrap()).unwrap();
    let record = dir.path().join("record");
    fs::write(&record, &extra[32..]).unwrap();
    let record = record.to_str().unwrap();
    let nonce = hex(&extra[..32]);
    let (status, said, aside) = verify(&bare, &["--vkey", &key, "--record", record, "--nonce", &nonce]);
    assert_eq!(status, Some(0), "{aside}");
    assert!(said.contains("catalog_imported"), "{said}");
    let other = hex(&[&[!extra[0]], &extra[1..32]].concat());
    assert_eq!(verify(&bare, &["--vkey", &key, "--record", record, "--nonce", &other]).0, Some(3));
    assert_eq!(verify(&bare, &["--vkey", &key, "--record", record]).0, Some(2), "one without the other");
    assert_eq!(verify(&bare, &["--vkey", &key, "--record", record, "--nonce", "00"]).0, Some(2));
}

#[test]
fn a_copy_says_what_was_written_and_is_refused_with_three_when_histories_differ() {
    let dir = TempDir::new().unwrap();
    published(dir.path());
    let again = run(dir.path(), &["audit", "export", "copy"]);
    assert!(out(&again).contains("; 0 file(s) written"), "{}", out(&again));
    let checkpoint = dir.path().join("copy/checkpoint");
    let altered =
        fs::read_to_string(&checkpoint).unwrap().replacen("\n1\n", "\n2\n", 1).replacen("zaguan", "zaguam", 1);
    fs::write(&checkpoint, altered).unwrap();
    let refused = run(dir.path(), &["audit", "export", "copy"]);
    assert_eq!(refused.status.code(), Some(3));
    assert!(err(&refused).contains("the checkpoint in the directory is not one of this log"), "{}", err(&refused));
}

#[test]
fn after_a_rotation_the_key_of_a_copy_is_the_one_that_signed_its_checkpoint() {
    let dir = TempDir::new().unwrap();
    published(dir.path());
    succeed(dir.path(), &["keys", "rotate", "--log"]);
    succeed(dir.path(), &["audit", "export", "copy"]);
    let key = fs::read_to_string(dir.path().join("copy/vkey")).unwrap();
    let known = [Verifier::parse(key.trim_end()).unwrap()];
    let checkpoint = fs::read(dir.path().join("copy/checkpoint")).unwrap();
    Checkpoint::open(&checkpoint, &known, known[0].name()).unwrap();
}
