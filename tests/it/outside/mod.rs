//! The published log in the hands of others: copied to files, and verified by programs that share no code with ours.

mod copies;
mod flips;
mod go;
mod large;
mod second;
mod witnessed;

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use zaguan::app::authority::Authority;
use zaguan::app::public_log::copy::{Copied, CopyError, write_copy};

use crate::support::{TestApp, TestDatabase};

/// Brings the copy in `dir` up to date.
fn export(app: &TestApp, dir: &Path) -> Result<Copied, CopyError> {
    write_copy(app.app.store(), &app.app.log_keys(), dir, |_, _| {})
}

/// The key, as it is handed to outsiders.
fn vkey(app: &TestApp) -> String {
    app.app.verifiers()[0].to_string()
}

/// A published log of so many entries, its copy, and a place for other files.
struct Scene {
    app: TestApp,
    copy: PathBuf,
    aside: TempDir,
}

impl Scene {
    fn of(database: &TestDatabase, size: u64) -> Self {
        Self::with_dice(database, size, 1)
    }

    /// Keys and nonces are drawn with these dice.
    fn with_dice(database: &TestDatabase, size: u64, seed: u64) -> Self {
        let app = TestApp::publishing_with(database, seed);
        app.grow_to(size);
        app.publish();
        let aside = TempDir::new().unwrap();
        let copy = aside.path().join("copy");
        assert_eq!(export(&app, &copy).unwrap().size, size);
        Self { app, copy, aside }
    }

    /// The receipt of an entry, as a file.
    fn receipt(&self, index: u64) -> PathBuf {
        let receipt = self.app.app.entry_receipt(&Authority::operator(), index, None).unwrap().unwrap().unwrap();
        self.keep(&format!("receipt-{index}"), receipt.encode().as_bytes())
    }

    fn keep(&self, name: &str, content: &[u8]) -> PathBuf {
        let path = self.aside.path().join(name);
        fs::write(&path, content).unwrap();
        path
    }
}

/// Every file beneath a directory, by its path from there.
fn files(dir: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut waiting = vec![dir.to_path_buf()];
    while let Some(next) = waiting.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                found.push(path.strip_prefix(dir).unwrap().to_string_lossy().into_owned());
            }
        }
    }
    found.sort();
    found
}
