//! The tree's newest state, and the tree as the database holds it.

use std::sync::Arc;

use crate::storage::audit::{self, BatchRow};
use crate::storage::{AnyConnection, StoreError};
use crate::tlog::{Checkpoint, Frontier, Hash, Signer, TileSubtrees, root_at};

/// The newest committed state of the log, signed.
#[derive(Clone, Debug)]
pub struct Head {
    /// Entries in the log.
    pub size: u64,
    /// The tree's root.
    pub root: Hash,
    /// The signed checkpoint. Every instance with the same key makes the same bytes.
    pub note: Arc<str>,
}

/// The newest committed state as the database tells it.
pub struct UnsignedHead {
    /// The tree's right edge.
    pub frontier: Frontier,
    /// The instant of the last commit, microseconds since the epoch; 0 for an empty log.
    pub at: i64,
}

/// Why a head cannot be believed.
#[derive(Debug, thiserror::Error)]
pub enum HeadError {
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The database holds a head that contradicts itself or what this process saw before.
    #[error("the audit log contradicts itself: {0}")]
    Contradiction(&'static str),
    /// The key refuses to sign.
    #[error("the checkpoint cannot be signed: {0}")]
    Unsigned(String),
}

impl UnsignedHead {
    /// Reads the newest batch row.
    ///
    /// # Errors
    /// [`HeadError::Contradiction`] when its frontier does not give its root.
    pub fn load(conn: &mut AnyConnection) -> Result<Self, HeadError> {
        match audit::find_last_batch(conn)? {
            None => Ok(Self { frontier: Frontier::empty(), at: 0 }),
            Some(row) => Self::of(&row),
        }
    }

    /// Believes a batch row if its frontier gives its root.
    ///
    /// # Errors
    /// [`HeadError::Contradiction`] when it does not.
    pub fn of(row: &BatchRow) -> Result<Self, HeadError> {
        let size = u64::try_from(row.size_after).map_err(|_| HeadError::Contradiction("a negative size"))?;
        let frontier = Frontier::from_bytes(size, &row.frontier)
            .map_err(|_| HeadError::Contradiction("the last batch has a malformed frontier"))?;
        if frontier.root().as_bytes().as_slice() != row.root {
            return Err(HeadError::Contradiction("the last batch's frontier does not give its root"));
        }
        Ok(Self { frontier, at: row.at })
    }

    /// Signs this state.
    ///
    /// # Errors
    /// [`HeadError::Unsigned`] when the key's name is no origin.
    pub fn sign(&self, signer: &Signer) -> Result<Head, HeadError> {
        let (size, root) = (self.frontier.size(), self.frontier.root());
        let note = Checkpoint::new(signer.name(), size, root)
            .and_then(|checkpoint| checkpoint.sign(signer))
            .map_err(|error| HeadError::Unsigned(error.to_string()))?;
        Ok(Head { size, root, note: note.into() })
    }
}

/// The tree as the database holds it, for proofs and for comparing with an anchor.
pub struct StoredTree<'a> {
    conn: &'a mut AnyConnection,
    size: u64,
}

impl<'a> StoredTree<'a> {
    /// The first `size` entries of the log.
    pub fn new(conn: &'a mut AnyConnection, size: u64) -> Self {
        Self { conn, size }
    }

    /// The root the tree had at `size`, recomputed from stored hashes.
    ///
    /// # Errors
    /// When the database fails or hashes are missing.
    pub fn root_at(&mut self, size: u64) -> Result<Hash, HeadError> {
        let mut subtrees = self.subtrees();
        root_at(size, &mut subtrees).map_err(|_| HeadError::Contradiction("hashes of the tree are missing"))
    }

    /// The subtrees, for [`crate::tlog::prove_inclusion`] and [`crate::tlog::prove_consistency`].
    pub fn subtrees(&mut self) -> TileSubtrees<impl FnMut(u8, u64, u16) -> Result<Vec<Hash>, HeadError> + use<'_, 'a>> {
        let Self { conn, size } = self;
        TileSubtrees::new(*size, move |level: u8, first: u64, count: u16| read_row(conn, level, first, count))
    }
}

fn read_row(conn: &mut AnyConnection, level: u8, first: u64, count: u16) -> Result<Vec<Hash>, HeadError> {
    let out_of_range = |_| HeadError::Contradiction("an index beyond the log");
    let first = i64::try_from(first).map_err(out_of_range)?;
    audit::list_node_hashes(conn, i64::from(level), first, i64::from(count))?
        .iter()
        .map(|hash| Hash::try_from(hash.as_slice()).map_err(|_| HeadError::Contradiction("a hash of a wrong length")))
        .collect()
}
