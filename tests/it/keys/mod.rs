//! The keys and their files.

mod files;
mod log_key;
mod parts;
mod properties;
mod retiring;
mod ring;
mod seal;
mod subkeys;

use std::convert::Infallible;
use std::error::Error;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use zaguan::keys::{KeyError, MasterKeys};

const NAME: &str = "records.example/zaguan";

/// Bytes that all are `byte`: no randomness, so that everything comes out the same each time.
fn all(byte: u8) -> impl FnMut(&mut [u8]) -> Result<(), Infallible> {
    move |bytes| {
        bytes.fill(byte);
        Ok(())
    }
}

fn no_randomness(_: &mut [u8]) -> Result<(), &'static str> {
    Err("the well is dry")
}

fn scratch() -> (TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("keys/the.key");
    (dir, path)
}

/// A ring whose keys are the given bytes, the active one first.
fn ring(bytes: &[u8]) -> MasterKeys {
    let (_dir, path) = scratch();
    let (first, later) = bytes.split_last().unwrap();
    let mut made = MasterKeys::generate(&path, all(*first)).unwrap();
    for byte in later.iter().rev() {
        made = MasterKeys::rotate(&path, all(*byte)).unwrap();
    }
    made
}

fn write(path: &Path, text: &str, mode: u32) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
    set_mode(path, mode);
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

/// The error and its causes, with the directory cut away.
fn words<T: std::fmt::Debug>(outcome: Result<T, KeyError>, path: &Path) -> String {
    let error = outcome.unwrap_err();
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        text = format!("{text}: {next}");
        cause = next.source();
    }
    text.replace(&format!("{}/", path.parent().unwrap().display()), "")
}

fn names_in(path: &Path) -> Vec<String> {
    let entries = fs::read_dir(path.parent().unwrap()).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect()
}
