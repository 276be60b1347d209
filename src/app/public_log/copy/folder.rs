//! The directory of a copy: files appear in it whole or not at all, and what is there is never silently exchanged.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::CopyError;

/// What stands at the top of a copy. A directory with anything else in it is somebody's.
const KNOWN: [&str; 7] = ["checkpoint", "vkey", "tile", "index.html", "README.txt", UNFINISHED, LOCK];

/// Where files are written before they are moved into their places.
const UNFINISHED: &str = ".unfinished";

/// Locked by whoever writes: two at once would write over each other's unfinished files.
const LOCK: &str = ".lock";

/// A directory that holds a copy, or is going to.
pub(super) struct Folder {
    dir: PathBuf,
    written: u64,
    /// Let go by the system when this process ends, however it does.
    _lock: File,
}

impl Folder {
    /// Makes the directory if need be.
    pub(super) fn open(dir: &Path) -> Result<Self, CopyError> {
        let failed = |error| CopyError::File(dir.to_path_buf(), error);
        fs::create_dir_all(dir).map_err(failed)?;
        for entry in fs::read_dir(dir).map_err(failed)? {
            let name = entry.map_err(failed)?.file_name();
            if !KNOWN.iter().any(|known| name == *known) {
                return Err(CopyError::Occupied(name.to_string_lossy().into_owned()));
            }
        }
        let lock = File::create(dir.join(LOCK)).map_err(failed)?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { dir: dir.to_path_buf(), written: 0, _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(CopyError::Busy),
            Err(TryLockError::Error(error)) => Err(failed(error)),
        }
    }

    /// Files that were written.
    pub(super) fn written(&self) -> u64 {
        self.written
    }

    /// What a file of the copy holds, if it is there.
    pub(super) fn find(&self, path: &str) -> Result<Option<Vec<u8>>, CopyError> {
        let place = self.dir.join(path);
        match fs::read(&place) {
            Ok(content) => Ok(Some(content)),
            // Below a path that is a file, nothing is: writing there will say so.
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(CopyError::File(place, error)),
        }
    }

    /// A file with this content must be there: it is compared, or written.
    pub(super) fn keep(&mut self, path: &str, content: &[u8]) -> Result<(), CopyError> {
        match self.find(path)? {
            Some(held) if held == content => Ok(()),
            Some(_) => Err(CopyError::Altered(path.to_owned())),
            None => self.write(path, content),
        }
    }

    /// A new file. Gives its content back.
    pub(super) fn put(&mut self, path: &str, content: Vec<u8>) -> Result<Vec<u8>, CopyError> {
        self.write(path, &content)?;
        Ok(content)
    }

    /// A file that may have had another content before.
    pub(super) fn replace(&mut self, path: &str, content: &[u8]) -> Result<(), CopyError> {
        if self.find(path)?.as_deref() == Some(content) { Ok(()) } else { self.write(path, content) }
    }

    /// Whoever reads meanwhile finds the old file or the new one; so does whoever reads after a power cut.
    fn write(&mut self, path: &str, content: &[u8]) -> Result<(), CopyError> {
        let (place, unfinished) = (self.dir.join(path), self.dir.join(UNFINISHED));
        let above = place.parent().unwrap_or(&self.dir);
        let write = || {
            fs::create_dir_all(above)?;
            let mut file = File::create(&unfinished)?;
            file.write_all(content)?;
            file.sync_all()?;
            fs::rename(&unfinished, &place)?;
            File::open(above)?.sync_all()
        };
        write().map_err(|error| CopyError::File(place.clone(), error))?;
        self.written = self.written.saturating_add(1);
        Ok(())
    }
}
