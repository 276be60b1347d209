//! A recent signed checkpoint outside the database, so that a database that was set back is noticed.
//!
//! The file is rewritten off the answers' path, at most once an interval and at shutdown: one more sync per commit
//! would halve the speed of a lone caller.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::head::{HeadError, StoredTree, UnsignedHead};
use super::keeper::Keeper;
use crate::keys::{KeyError, write_public};
use crate::storage::AnyConnection;
use crate::tlog::{Checkpoint, CheckpointError, Verifier};

/// The anchor file.
#[derive(Clone, Debug)]
pub struct Anchor {
    path: PathBuf,
}

/// Why the log cannot be believed to be the one that the anchor saw.
#[derive(Debug, thiserror::Error)]
pub enum AnchorError {
    /// The file cannot be read.
    #[error("the anchor file `{0}` cannot be read")]
    Unreadable(PathBuf, #[source] io::Error),
    /// The file is not a checkpoint signed by this log.
    #[error("the anchor file `{0}` is not a checkpoint of this log")]
    NotOurs(PathBuf, #[source] CheckpointError),
    /// The database has fewer entries than were acknowledged.
    #[error(
        "the audit log has {found} entries, but {anchored} were acknowledged: the database is older than its anchor \
         `{path}`. Nothing is served; restore the newer database, or ask how to open a new log"
    )]
    Behind {
        /// Entries in the database.
        found: u64,
        /// Entries in the anchor.
        anchored: u64,
        /// The anchor file.
        path: PathBuf,
    },
    /// The database has other entries than were acknowledged.
    #[error(
        "the first {anchored} entries of the audit log are not those that were acknowledged: the database was \
         altered or belongs to another log than the anchor `{path}`. Nothing is served"
    )]
    Different {
        /// Entries in the anchor.
        anchored: u64,
        /// The anchor file.
        path: PathBuf,
    },
    /// The log itself cannot be read.
    #[error(transparent)]
    Head(#[from] HeadError),
}

impl Anchor {
    /// The anchor kept in this file.
    #[must_use]
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// The checkpoint in the file, if there is one.
    ///
    /// # Errors
    /// When the file cannot be read, or is not signed by one of `known` for `origin`.
    pub fn load(&self, known: &[Verifier], origin: &str) -> Result<Option<Checkpoint>, AnchorError> {
        let bytes = match std::fs::read(&self.path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(AnchorError::Unreadable(self.path.clone(), error)),
        };
        let checkpoint =
            Checkpoint::open(&bytes, known, origin).map_err(|error| AnchorError::NotOurs(self.path.clone(), error))?;
        Ok(Some(checkpoint))
    }

    /// Reads the head of the database and compares it with the anchor. Returns the anchor's size, if there is one.
    ///
    /// The anchor is read first: another process may append, and move the anchor, while this one looks.
    ///
    /// # Errors
    /// When the database is behind the anchor or different from it.
    pub fn check(
        &self,
        conn: &mut AnyConnection,
        known: &[Verifier],
        origin: &str,
    ) -> Result<(UnsignedHead, Option<u64>), AnchorError> {
        let anchored = self.load(known, origin)?;
        let head = UnsignedHead::load(conn)?;
        let Some(anchored) = anchored else { return Ok((head, None)) };
        let found = head.frontier.size();
        if found < anchored.size() {
            return Err(AnchorError::Behind { found, anchored: anchored.size(), path: self.path.clone() });
        }
        if StoredTree::new(conn, found).root_at(anchored.size())? == anchored.root() {
            return Ok((head, Some(anchored.size())));
        }
        Err(AnchorError::Different { anchored: anchored.size(), path: self.path.clone() })
    }

    /// The file's path.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Puts a checkpoint in the file, from a thread of its own, whenever one is handed over.
    pub(super) fn keep(self, interval: Duration) -> io::Result<Keeper<Arc<str>>> {
        Keeper::start("zaguan-anchor", interval, move |note: Arc<str>| {
            if let Err(error) = self.store(&note) {
                metrics::counter!("zaguan_anchor_failures_total").increment(1);
                tracing::error!(%error, path = %self.path.display(), "the anchor file cannot be written");
            }
        })
    }

    /// Puts a checkpoint in the file, unless another process has already put a larger one there.
    fn store(&self, note: &str) -> Result<(), KeyError> {
        let size = |note: &str| note.lines().nth(1).and_then(|line| line.parse::<u64>().ok());
        let there = std::fs::read_to_string(&self.path).ok().and_then(|note| size(&note));
        if there > size(note) {
            return Ok(());
        }
        write_public(&self.path, note)
    }
}
