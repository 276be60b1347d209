//! Whether an SQLite database still lies where this process opened it. A file that was moved away, deleted or replaced
//! beneath an open connection goes on taking commits, which nobody will ever find again.

use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::StoreError;

/// What SQLite keeps beside the database: commits that are not in it yet, and their index.
const BESIDE: [&str; 2] = ["-wal", "-shm"];

/// One file, by whatever name it goes.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Identity {
    device: u64,
    inode: u64,
}

impl Identity {
    fn of(found: &fs::Metadata) -> Self {
        Self { device: found.dev(), inode: found.ino() }
    }
}

/// The one database file that a process serves from for as long as it runs. Another file in its place is a restored
/// copy, or worse: the process must be started anew, so that the anchor is asked.
#[derive(Clone)]
pub(super) struct Home {
    path: PathBuf,
    database: Identity,
    /// The longest that the file was seen to be. SQLite never shortens it here: whoever did has written over it.
    longest: Arc<AtomicU64>,
}

/// The files of one connection.
pub(super) struct Files {
    home: Home,
    beside: [Identity; 2],
}

impl Home {
    pub(super) fn at(path: &Path) -> Result<Self, StoreError> {
        let database = find(path).ok_or(StoreError::Displaced)?;
        Ok(Self { path: path.to_owned(), database, longest: Arc::default() })
    }

    /// # Errors
    /// [`StoreError::Displaced`] when the file is gone or is another one.
    pub(super) fn demand(&self) -> Result<(), StoreError> {
        if self.is_in_place() { Ok(()) } else { Err(StoreError::Displaced) }
    }

    fn is_in_place(&self) -> bool {
        let Ok(found) = fs::metadata(&self.path) else { return false };
        let longest = self.longest.fetch_max(found.len(), Ordering::Relaxed);
        Identity::of(&found) == self.database && found.len() >= longest
    }

    fn beside(&self, suffix: &str) -> Option<Identity> {
        let mut path = self.path.clone().into_os_string();
        path.push(suffix);
        find(Path::new(&path))
    }
}

impl Files {
    /// The files of a connection that was just opened.
    pub(super) fn of(home: &Home) -> Result<Self, StoreError> {
        home.demand()?;
        let [log, index] = BESIDE.map(|suffix| home.beside(suffix));
        let beside = [log.ok_or(StoreError::Displaced)?, index.ok_or(StoreError::Displaced)?];
        Ok(Self { home: home.clone(), beside })
    }

    /// # Errors
    /// [`StoreError::Displaced`] when one of the files is gone or is another one.
    pub(super) fn demand(&self) -> Result<(), StoreError> {
        self.home.demand()?;
        let is_beside = BESIDE.map(|suffix| self.home.beside(suffix)) == self.beside.map(Some);
        if is_beside { Ok(()) } else { Err(StoreError::Displaced) }
    }

    /// Whether the connection alone still holds commits that belong into a database which is still there.
    pub(super) fn hold_the_only_commits(&self) -> bool {
        let [log, _] = BESIDE;
        self.home.is_in_place() && self.home.beside(log).is_none()
    }
}

fn find(path: &Path) -> Option<Identity> {
    Some(Identity::of(&fs::metadata(path).ok()?))
}
