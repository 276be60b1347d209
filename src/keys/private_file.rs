//! Key files on the disk: whole or not there, durable when written, closed to others. Unix only.
//!
//! A file appears under its name only complete and synced, so a crash leaves the old file or the new one, never half.
//! Never overwrites a file unless the caller says that it replaces what it has read.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use zeroize::Zeroizing;

use super::error::KeyError;

/// Only the owner may read and write.
pub(super) const PRIVATE: u32 = 0o600;
/// Everybody may read, only the owner may write: what is public but must not be altered.
pub(super) const PUBLIC: u32 = 0o644;

const LARGEST_FILE_BYTES: u64 = 256 * 1024;
const MOST_ATTEMPTS: usize = 1000;

static NEXT_TEMPORARY: AtomicU64 = AtomicU64::new(0);

/// What becomes of a file that has the name already.
#[derive(Clone, Copy)]
pub(super) enum Replace {
    /// There must be no file of this name yet.
    Never,
    /// The file that stands there was read, and the new one holds what must survive of it.
    WhatWasRead,
}

/// Reads a file that may have at most the permissions `most`.
///
/// The permissions are those of the opened file, so that nobody can swap it between the look and the read.
pub(super) fn read(path: &Path, most: u32) -> Result<Zeroizing<String>, KeyError> {
    let unreadable = |source: io::Error| match source.kind() {
        ErrorKind::NotFound => KeyError::Missing { path: path.to_owned() },
        _ => KeyError::Unreadable { path: path.to_owned(), source },
    };
    let file = File::open(path).map_err(unreadable)?;
    let about = file.metadata().map_err(unreadable)?;
    let mode = about.permissions().mode() & 0o7777;
    if !about.is_file() {
        return Err(unreadable(io::Error::new(ErrorKind::InvalidInput, "not a regular file")));
    }
    // INVARIANT: the owner's bits are his own affair; any bit for others beyond `most` exposes or endangers the key.
    if mode & 0o077 & !most != 0 {
        return Err(KeyError::Exposed { path: path.to_owned(), mode, most });
    }
    if about.len() > LARGEST_FILE_BYTES {
        return Err(unreadable(io::Error::new(ErrorKind::FileTooLarge, "larger than 256 KiB")));
    }
    // Room for all of it at once: a text that grows leaves unwiped copies of itself behind.
    let mut text = Zeroizing::new(String::with_capacity(usize::try_from(about.len()).unwrap_or(0) + 64));
    file.take(LARGEST_FILE_BYTES).read_to_string(&mut text).map_err(unreadable)?;
    Ok(text)
}

/// Writes a whole file with the permissions `mode`, less what the process's mask takes away; makes its directory (0700) when it is missing.
pub(super) fn write(path: &Path, text: &str, mode: u32, replace: Replace) -> Result<(), KeyError> {
    let directory = directory_of(path);
    let unwritable = |source| KeyError::Unwritable { path: path.to_owned(), source };
    DirBuilder::new().recursive(true).mode(0o700).create(&directory).map_err(unwritable)?;
    let (temporary, mut file) = create_temporary(path, mode).map_err(unwritable)?;
    let placed = fill(&mut file, text).and_then(|()| place(&temporary, path, replace));
    // After a rename the temporary name is gone already; after a link or a failure it must go.
    let _gone_or_not = fs::remove_file(&temporary);
    match placed.and_then(|()| File::open(&directory)?.sync_all()) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(KeyError::Exists { path: path.to_owned() }),
        Err(error) => Err(unwritable(error)),
    }
}

/// Keeps other processes from changing the keys of this directory until it is dropped.
pub(super) fn lock_directory_of(path: &Path) -> Result<File, KeyError> {
    let directory = directory_of(path);
    let lock = || {
        let file = File::open(&directory)?;
        file.lock()?;
        Ok(file)
    };
    lock().map_err(|source: io::Error| KeyError::Unwritable { path: path.to_owned(), source })
}

fn fill(file: &mut File, text: &str) -> io::Result<()> {
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// A link fails where a rename overwrites: of two processes that start at once, one makes the key and the other is told.
fn place(temporary: &Path, path: &Path, replace: Replace) -> io::Result<()> {
    match replace {
        Replace::Never => fs::hard_link(temporary, path),
        Replace::WhatWasRead => fs::rename(temporary, path),
    }
}

fn create_temporary(path: &Path, mode: u32) -> io::Result<(PathBuf, File)> {
    let name = path.file_name().ok_or_else(|| io::Error::new(ErrorKind::InvalidInput, "not the name of a file"))?;
    for _ in 0..MOST_ATTEMPTS {
        let number = NEXT_TEMPORARY.fetch_add(1, Ordering::Relaxed);
        let name = format!(".{}.{}-{number}.new", name.to_string_lossy(), std::process::id());
        let temporary = path.with_file_name(name);
        match OpenOptions::new().write(true).create_new(true).mode(mode).open(&temporary) {
            Ok(file) => return Ok((temporary, file)),
            // Left by a process of the same number that crashed, as happens in containers.
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::other("too many unfinished files beside it"))
}

fn directory_of(path: &Path) -> PathBuf {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned()
}
