//! A copy of the published log as files that any web server can host.
//!
//! Tiles are computed from the entry bundles, never copied from the database, and the checkpoint goes in last, when the
//! bundles have given its root: whoever finds a checkpoint in a copy finds everything beneath it. A copy that is there
//! already is gone on with; its full bundles are read instead of the database, so that each run checks the whole copy.

mod folder;
mod tree;

use std::io;
use std::path::{Path, PathBuf};

use super::{content, newest_published};
use crate::app::witnesses::LogKeys;
use crate::ledger::{HeadError, Names, StoredTree};
use crate::storage::{Store, StoreError};
use crate::tlog::tile::TILE_WIDTH;
use crate::tlog::{Bundle, BundleError, Checkpoint, Hash, Piece, Tile, TileError, Verifier, leaf_hash, parse_bundle};

use folder::Folder;
use tree::Tiles;

/// What stands in the copy now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copied {
    /// Entries under its checkpoint.
    pub size: u64,
    /// The root they give.
    pub root: Hash,
    /// Files that were written by this run.
    pub written: u64,
}

/// Why there is no copy, or no newer one. The checkpoint that was there is there still.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// There is nothing to copy.
    #[error("no checkpoint has been published yet")]
    Unpublished,
    /// The published checkpoint, or the one in the directory, is not this log's.
    #[error("the checkpoint in {place} is not one of this log")]
    Foreign {
        /// In the directory or in the database.
        place: &'static str,
        /// What does not fit.
        #[source]
        source: crate::tlog::CheckpointError,
    },
    /// The directory holds something else.
    #[error("the directory holds `{0}`, which belongs to no copy of a log")]
    Occupied(String),
    /// Somebody else is writing it.
    #[error("another export is writing this copy")]
    Busy,
    /// The copy is newer than the database.
    #[error(
        "the copy has {held} entries, but the newest published checkpoint has {published}: was the database set back?"
    )]
    Later {
        /// Entries in the copy.
        held: u64,
        /// Entries that are published.
        published: u64,
    },
    /// The copy and the database have different histories.
    #[error("the first {0} entries of the copy are not those of the database")]
    Forked(u64),
    /// A file of the copy is not what it was.
    #[error("`{0}` is not what the log says; delete it to have it written anew")]
    Altered(String),
    /// What the database holds does not give the root of its own checkpoint.
    #[error("the entries give the root {found}, but the checkpoint says {expected}: run `zaguan audit verify`")]
    Root {
        /// The checkpoint's.
        expected: Hash,
        /// The entries'.
        found: Hash,
    },
    /// A file cannot be read or written.
    #[error("`{0}` cannot be read or written")]
    File(PathBuf, #[source] io::Error),
    /// A path that no tree has.
    #[error(transparent)]
    Tile(#[from] TileError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The tree in the database.
    #[error(transparent)]
    Head(#[from] HeadError),
}

/// Brings the copy in `dir` up to the newest published checkpoint. Of the log's keys, the one in force comes first.
///
/// # Errors
/// What keeps the copy as it was.
pub fn write_copy(
    store: &Store,
    keys: &LogKeys<'_>,
    dir: &Path,
    mut progress: impl FnMut(u64, u64),
) -> Result<Copied, CopyError> {
    let published = store.read(|conn| newest_published(conn, keys))?.ok_or(CopyError::Unpublished)?;
    let names = store.read(|conn| Names::load(conn, keys.known, keys.origin))?;
    let open = |place, note: &[u8]| names.open(note).map_err(|source| CopyError::Foreign { place, source });
    let checkpoint = open("the database", published.note.as_bytes())?;
    let mut folder = Folder::open(dir)?;
    if let Some(note) = folder.find("checkpoint")? {
        demand_earlier(store, &open("the directory", &note)?, &checkpoint)?;
    }
    let root = fill(store, &mut folder, checkpoint.size(), &mut progress)?;
    if root != checkpoint.root() {
        return Err(blame(store, &folder, &checkpoint, root)?);
    }
    for (name, text) in ABOUT {
        folder.replace(name, text.as_bytes())?;
    }
    // After a rotation, the newest published checkpoint may still be one of the key before.
    let signed_it = |key: &&Verifier| {
        Checkpoint::open(published.note.as_bytes(), std::slice::from_ref(*key), checkpoint.origin()).is_ok()
    };
    let key = names.verifiers().iter().find(signed_it).map_or_else(String::new, |key| format!("{key}\n"));
    folder.replace("vkey", key.as_bytes())?;
    folder.replace("checkpoint", published.note.as_bytes())?;
    Ok(Copied { size: checkpoint.size(), root, written: folder.written() })
}

/// What the copy says of itself, to people.
const ABOUT: [(&str, &str); 2] = [
    ("index.html", include_str!("../../../../web/copy/index.html")),
    ("README.txt", include_str!("../../../../web/copy/README.txt")),
];

/// The copy must be an earlier state of the same log, or the same.
fn demand_earlier(store: &Store, held: &Checkpoint, published: &Checkpoint) -> Result<(), CopyError> {
    let (size, now) = (held.size(), published.size());
    if size > now {
        return Err(CopyError::Later { held: size, published: now });
    }
    let root = store.read(|conn| StoredTree::new(conn, now).root_at(size))?;
    if root == held.root() { Ok(()) } else { Err(CopyError::Forked(size)) }
}

/// Puts every bundle and tile of a tree of `size` leaves in its place, and returns the root that they give.
fn fill(store: &Store, folder: &mut Folder, size: u64, progress: &mut impl FnMut(u64, u64)) -> Result<Hash, CopyError> {
    let mut tiles = Tiles::default();
    let width = u64::from(TILE_WIDTH);
    for index in 0..size.div_ceil(width) {
        let done = index.saturating_mul(width);
        let here = u16::try_from(size.saturating_sub(done).min(width)).map_err(|_| TileError::Range)?;
        let piece = Piece::Bundle(Bundle::new(index, here)?);
        let path = piece.path();
        let bundle = match folder.find(&path)? {
            Some(held) => held,
            None => folder.put(&path, store.read(|conn| content::read(conn, piece))?)?,
        };
        let leaves = leaves_of(&bundle, here).map_err(|_| CopyError::Altered(path))?;
        tiles.append(&leaves, &mut |tile, hashes| folder.keep(&tile.path(), hashes))?;
        if index % PROGRESS_EVERY == 0 {
            progress(done, size);
        }
    }
    tiles.finish(&mut |tile, hashes| folder.keep(&tile.path(), hashes))?;
    progress(size, size);
    Ok(tiles.root())
}

/// Whose fault it is that the entries do not give the root: that of the first tile that the database has otherwise, or
/// the database's own.
fn blame(store: &Store, folder: &Folder, checkpoint: &Checkpoint, found: Hash) -> Result<CopyError, CopyError> {
    let size = checkpoint.size();
    for tile in (0..).map_while(|index| Tile::at_size(0, index, size)) {
        let stored = store.read(|conn| content::read(conn, Piece::Tile(tile)))?;
        if folder.find(&tile.path())?.is_some_and(|held| held != stored) {
            return Ok(CopyError::Altered(Bundle::new(tile.index(), tile.width())?.path()));
        }
    }
    Ok(CopyError::Root { expected: checkpoint.root(), found })
}

/// Bundles between two words about how far it is.
const PROGRESS_EVERY: u64 = 256;

/// The leaf hashes of a bundle of exactly so many entries.
fn leaves_of(bundle: &[u8], width: u16) -> Result<Vec<Hash>, BundleError> {
    let entries = parse_bundle(bundle)?;
    if entries.len() != usize::from(width) {
        return Err(BundleError::Count);
    }
    Ok(entries.into_iter().map(leaf_hash).collect())
}
