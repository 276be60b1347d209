//! A copy of the whole database while it is served, and the signed checkpoint of the copy's own newest state.
//!
//! It holds everything but keys, settings and the anchor: those lie elsewhere, and their copies should, too.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::ledger::{Head, HeadError, Names, UnsignedHead};
use crate::storage::{Location, Store, StoreError, StoreOptions, Unfinished, copy};
use crate::tlog::Signer;

/// What was written.
#[derive(Clone, Debug)]
pub struct Backup {
    /// The copy's newest state, signed.
    pub head: Head,
    /// Its size on the disk.
    pub bytes: u64,
    /// Where its checkpoint is.
    pub checkpoint: PathBuf,
}

/// Why there is no backup. Nothing half-written is left.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The database is a server's.
    #[error("a PostgreSQL server is backed up with its own programs")]
    Server,
    /// Something has that name.
    #[error("`{0}` is there already, and nothing is ever written over")]
    Exists(PathBuf),
    /// The file cannot be written.
    #[error("`{0}` cannot be written")]
    Unwritable(PathBuf, #[source] io::Error),
    /// The database cannot be copied: the disk may be full.
    #[error("the database cannot be copied")]
    Store(#[from] StoreError),
    /// The copy's newest state cannot be signed.
    #[error(transparent)]
    Head(#[from] HeadError),
}

/// Copies the database into `file`, and its checkpoint into `file.checkpoint`. The copy appears last: when it is there, all
/// is.
///
/// # Errors
/// [`BackupError`].
pub fn write_backup(options: &StoreOptions, signer: &Signer, file: &Path) -> Result<Backup, BackupError> {
    let Location::Sqlite(from) = &options.location else { return Err(BackupError::Server) };
    let checkpoint = beside(file, ".checkpoint");
    let (database, note) = (begin(file)?, begin(&checkpoint)?);
    copy::copy(from, database.path(), options.busy_timeout)?;
    let head = newest(options, signer, database.path())?;
    let noted = fs::write(note.path(), head.note.as_bytes()).and_then(|()| note.place());
    noted.map_err(|source| refused(&checkpoint, source))?;
    let placed = database.place().map_err(|source| refused(file, source));
    // A checkpoint without its copy would keep the next backup from that name.
    let bytes = placed.inspect_err(|_| drop(fs::remove_file(&checkpoint)))?;
    Ok(Backup { head, bytes, checkpoint })
}

fn begin(path: &Path) -> Result<Unfinished, BackupError> {
    Unfinished::beside(path).map_err(|source| refused(path, source))
}

fn refused(path: &Path, source: io::Error) -> BackupError {
    match source.kind() {
        io::ErrorKind::AlreadyExists => BackupError::Exists(path.to_owned()),
        _ => BackupError::Unwritable(path.to_owned(), source),
    }
}

/// The newest state of the copy itself: the database may have grown since.
fn newest(options: &StoreOptions, signer: &Signer, copied: &Path) -> Result<Head, BackupError> {
    let location = Location::Still(copied.to_owned());
    let copied = Store::open(StoreOptions { location, readers: 1, ..options.clone() })?;
    let known = [signer.verifier().clone()];
    copied.read(|conn| {
        let names = Names::load(conn, &known, signer.name())?;
        Ok(UnsignedHead::load(conn)?.sign(&names.signer(signer)?)?)
    })
}

/// A name with something behind it.
#[must_use]
pub fn beside(file: &Path, suffix: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}
