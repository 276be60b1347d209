//! One flipped bit, anywhere in a copy or a receipt, and nobody accepts it: not Go's packages, not the crates, not us.

use std::fs;
use std::path::Path;

use zaguan::app::public_log::{Evidence, verify_receipt};

use super::go::Driver;
use super::{Scene, export, files, second, vkey};
use crate::support::TestDatabase;

/// Places that are spread over a file, beginning and near end included. Some bits of the last character of a base64 run say
/// nothing, and lenient readers skip them: those places are left out.
fn places(content: &[u8], count: usize) -> Vec<usize> {
    let says_nothing = |at: usize| [1, 2].iter().any(|next| content.get(at + next) == Some(&b'='));
    let spread = (0..count).map(|number| number * (content.len() - 1) / (count - 1));
    spread.filter(|at| content[*at] != b'=' && !says_nothing(*at)).collect()
}

/// Runs `check` with one bit of a file flipped, then puts the file back.
fn with_each_flip(file: &Path, count: usize, check: impl Fn(usize)) {
    let sound = fs::read(file).unwrap();
    let places = places(&sound, count);
    assert!(places.len() > count / 2);
    for at in places {
        let mut flipped = sound.clone();
        flipped[at] ^= 1;
        fs::write(file, &flipped).unwrap();
        check(at);
    }
    fs::write(file, sound).unwrap();
}

#[test]
fn a_flipped_bit_in_any_file_of_a_copy_is_refused_by_everybody() {
    let database = TestDatabase::sqlite();
    let scene = Scene::of(&database, 600);
    let (go, key) = (Driver::find(), vkey(&scene.app));
    let judged: Vec<String> =
        files(&scene.copy).into_iter().filter(|file| file.starts_with("tile/") || file == "checkpoint").collect();
    assert_eq!(judged.len(), 1 + 3 + 3 + 1, "{judged:?}");
    for file in judged {
        with_each_flip(&scene.copy.join(&file), 7, |at| {
            let said = second::verify(&scene.copy, &key);
            assert!(said.is_err(), "the crates accept {file} with byte {at} flipped");
            let said = export(&scene.app, &scene.copy);
            assert!(said.is_err(), "we accept {file} with byte {at} flipped");
            let said = go.map_or(Err(String::new()), |go| go.verify(&scene.copy, &key, &[]));
            assert!(said.is_err(), "Go accepts {file} with byte {at} flipped");
        });
    }
    assert_eq!(second::verify(&scene.copy, &key).map(|entries| entries.len()), Ok(600));
    assert_eq!(export(&scene.app, &scene.copy).unwrap().written, 0);
    if let Some(go) = go {
        go.verify(&scene.copy, &key, &[]).unwrap();
    }
}

#[test]
fn a_flipped_bit_anywhere_in_a_receipt_is_refused_by_everybody() {
    let database = TestDatabase::sqlite();
    let scene = Scene::of(&database, 600);
    let (go, key, known) = (Driver::find(), vkey(&scene.app), scene.app.app.verifiers().to_vec());
    let entries = second::verify(&scene.copy, &key).unwrap();
    for index in [0, 1, 299, 599] {
        let file = scene.receipt(index);
        let evidence = || match index {
            0 => Evidence::Entry(entries[0].clone()),
            _ => Evidence::Carried,
        };
        let judge = || {
            let text = fs::read(&file).unwrap();
            let ours = verify_receipt(&text, &known, &[], evidence()).is_ok();
            let theirs = second::verify_receipt(&text, &key, &entries).is_ok();
            let gos = go.map(|go| go.verify(&scene.copy, &key, &[("receipt", &file)]).is_ok());
            (ours, theirs, gos)
        };
        assert_eq!(judge(), (true, true, go.map(|_| true)), "receipt of entry {index}");
        with_each_flip(&file, 40, |at| {
            assert_eq!(judge(), (false, false, go.map(|_| false)), "receipt of entry {index} with byte {at} flipped");
        });
    }
}
