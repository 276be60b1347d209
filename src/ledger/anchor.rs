//! A recent signed checkpoint outside the database, so that a database that was set back is noticed.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::head::{HeadError, StoredTree, UnsignedHead};
use super::keeper::Keeper;
use super::names::{Names, number_in};
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
         `{path}`. Nothing is served; restore the newer database, or open a new epoch if it is truly gone"
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
    /// When the file cannot be read, or is not signed by one of the log's keys for one of its epochs.
    pub fn load(&self, names: &Names) -> Result<Option<Checkpoint>, AnchorError> {
        let bytes = match std::fs::read(&self.path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(AnchorError::Unreadable(self.path.clone(), error)),
        };
        let checkpoint = names.open_any(&bytes).map_err(|error| AnchorError::NotOurs(self.path.clone(), error))?;
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
        let names = Names::load(conn, known, origin)?;
        self.check_named(conn, &names)
    }

    /// [`Anchor::check`] by somebody who knows the log's names.
    ///
    /// An anchor of an earlier epoch must agree with that epoch, or be of what the log admits to have lost.
    pub(super) fn check_named(
        &self,
        conn: &mut AnyConnection,
        names: &Names,
    ) -> Result<(UnsignedHead, Option<u64>), AnchorError> {
        let anchored = self.load(names)?;
        let head = UnsignedHead::load(conn)?;
        let Some(anchored) = anchored else { return Ok((head, None)) };
        let (path, found) = (self.path.clone(), head.frontier.size());
        let end = names.end_of(&anchored);
        let kept = end.map_or(found, |end| end.index);
        let (size, root) = match end {
            Some(end) if anchored.size() > kept && names.admit(&anchored) => (kept, end.kept_root),
            _ if anchored.size() > kept => {
                return Err(AnchorError::Behind { found: kept, anchored: anchored.size(), path });
            }
            _ => (anchored.size(), anchored.root()),
        };
        if StoredTree::new(conn, found).root_at(size)? == root {
            return Ok((head, Some(size)));
        }
        Err(AnchorError::Different { anchored: size, path })
    }

    /// The file's path.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Puts a checkpoint of the log `base` in the file, from a thread of its own, whenever one is handed over.
    pub(super) fn keep(self, base: String, interval: Duration) -> io::Result<Keeper<Arc<str>>> {
        Keeper::start("zaguan-anchor", interval, move |note: Arc<str>| {
            if let Err(error) = self.store(&note, &base) {
                metrics::counter!("zaguan_anchor_failures_total").increment(1);
                tracing::error!(%error, path = %self.path.display(), "the anchor file cannot be written");
            }
        })
    }

    /// Puts a checkpoint in the file, unless another process has already put a newer one there. What an earlier epoch
    /// left is kept beside it, for good: it is the evidence of what was lost.
    pub(super) fn store(&self, note: &str, base: &str) -> Result<(), KeyError> {
        let there = std::fs::read_to_string(&self.path).ok();
        let (old, new) = (there.as_deref().and_then(|note| rank(note, base)), rank(note, base));
        if old > new {
            return Ok(());
        }
        if let (Some(there), Some((epoch, _))) = (there, old)
            && new.is_some_and(|(number, _)| number > epoch)
        {
            self.set_aside(&there, epoch)?;
        }
        write_public(&self.path, note)
    }

    /// Keeps what an epoch left, under a name that nothing has yet.
    fn set_aside(&self, note: &str, epoch: u32) -> Result<(), KeyError> {
        let names = std::iter::once(String::new()).chain((2_u32..).map(|number| format!(".{number}")));
        for name in names.map(|more| format!("epoch-{epoch}{more}")) {
            let path = self.path.with_extension(name);
            match std::fs::read_to_string(&path) {
                Ok(kept) if kept == note => return Ok(()),
                Err(error) if error.kind() == io::ErrorKind::NotFound => return write_public(&path, note),
                _ => {}
            }
        }
        Ok(())
    }
}

/// Epoch and size of a note of the log `base`: of two notes, the one with the higher rank is newer.
fn rank(note: &str, base: &str) -> Option<(u32, u64)> {
    let mut lines = note.lines();
    Some((number_in(base, lines.next()?)?, lines.next()?.parse().ok()?))
}
