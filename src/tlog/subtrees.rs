//! Where a prover gets its hashes from.
//!
//! A prover asks for perfect subtrees by level and index; [`TileSubtrees`] answers from a store
//! that keeps only every eighth level, reading whole tiles. It must never ask for a row that is
//! not complete at the size it was made for: that is what lets proofs of old sizes be made while
//! the tree grows.

use super::hash::{Hash, node_hash};

/// Binary levels in a tile: a tile is a perfect subtree of 2^8 hashes.
const TILE_HEIGHT: u32 = 8;

/// Tiles kept before all are forgotten; a proof needs at most two per tile level.
const MAX_TILES_HELD: usize = 32;

/// Gives the hashes of perfect subtrees.
pub trait Subtrees {
    /// What can go wrong while reading.
    type Error;

    /// Hash of the perfect subtree number `index` among those of 2^`level` leaves.
    ///
    /// # Errors
    /// When it cannot be read, or is not complete yet.
    fn subtree(&mut self, level: u32, index: u64) -> Result<Hash, Self::Error>;
}

/// [`Subtrees`] of a tree of a fixed size, over a store of hashes at every eighth level.
///
/// Made for one proof and then dropped: it keeps the tiles that it has read. `row(level8, first,
/// count)` reads `count` (1 to 256) hashes of complete subtrees of 256^level8 leaves, starting
/// with number `first`; a row never crosses a multiple of 256.
#[derive(Debug)]
pub struct TileSubtrees<F> {
    size: u64,
    row: F,
    held: Vec<HeldTile>,
}

#[derive(Debug)]
struct HeldTile {
    level8: u8,
    index: u64,
    hashes: Vec<Hash>,
}

/// Why a subtree's hash could not be had from tiles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TileReadError<E> {
    /// The store failed.
    #[error("cannot read stored hashes")]
    Read(#[source] E),
    /// The store gave more or fewer hashes than asked for.
    #[error("asked for {asked} hashes of tile level {level8}, got {got}")]
    Count {
        /// Tile level: the hashes are of subtrees of 256^level8 leaves.
        level8: u8,
        /// Number of hashes asked for.
        asked: u16,
        /// Number of hashes given.
        got: usize,
    },
    /// The tree, at the size given, has no such complete subtree.
    #[error("no complete subtree {index} at level {level}")]
    OutsideTree {
        /// Binary level: the subtree has 2^level leaves.
        level: u32,
        /// Index within the level.
        index: u64,
    },
}

impl<F, E> TileSubtrees<F>
where
    F: FnMut(u8, u64, u16) -> Result<Vec<Hash>, E>,
{
    /// Reads the subtrees of the tree of `size` leaves through `row`.
    pub fn new(size: u64, row: F) -> Self {
        Self { size, row, held: Vec::new() }
    }

    /// Position of the tile in `held`, read now if need be.
    fn hold(&mut self, level8: u8, index: u64, width: u16) -> Result<usize, TileReadError<E>> {
        if let Some(at) = self.held.iter().position(|tile| tile.level8 == level8 && tile.index == index) {
            return Ok(at);
        }
        let hashes = (self.row)(level8, index << TILE_HEIGHT, width).map_err(TileReadError::Read)?;
        if hashes.len() != usize::from(width) {
            return Err(TileReadError::Count { level8, asked: width, got: hashes.len() });
        }
        if self.held.len() >= MAX_TILES_HELD {
            self.held.clear();
        }
        self.held.push(HeldTile { level8, index, hashes });
        Ok(self.held.len().saturating_sub(1))
    }
}

impl<F, E> Subtrees for TileSubtrees<F>
where
    F: FnMut(u8, u64, u16) -> Result<Vec<Hash>, E>,
{
    type Error = TileReadError<E>;

    fn subtree(&mut self, level: u32, index: u64) -> Result<Hash, Self::Error> {
        let outside = TileReadError::OutsideTree { level, index };
        let place = Place::of(level, index, self.size).ok_or(outside)?;
        let Some(width) = tile_width(place.level8, place.tile, self.size) else {
            return Err(TileReadError::OutsideTree { level, index });
        };
        let at = self.hold(place.level8, place.tile, width)?;
        let hashes = self.held.get(at).and_then(|tile| tile.hashes.get(place.skip..)?.get(..place.take));
        hashes.and_then(perfect_root).ok_or(TileReadError::OutsideTree { level, index })
    }
}

/// Where a binary subtree lies: `take` hashes of a tile, after `skip`.
struct Place {
    level8: u8,
    tile: u64,
    skip: usize,
    take: usize,
}

impl Place {
    /// `None` unless the tree of `size` leaves holds the whole subtree.
    fn of(level: u32, index: u64, size: u64) -> Option<Self> {
        if index >= size.checked_shr(level)? {
            return None;
        }
        let binary = level % TILE_HEIGHT;
        // The index is below size >> level, so shifting it back cannot leave 64 bits.
        let first = index << binary;
        Some(Self {
            level8: u8::try_from(level / TILE_HEIGHT).ok()?,
            tile: first >> TILE_HEIGHT,
            skip: usize::try_from(first % 256).ok()?,
            take: 1 << binary,
        })
    }
}

/// Hashes that tile `index` of tile level `level8` has in a tree of `size` leaves (1 to 256).
///
/// `None` where the tree has no such tile.
#[must_use]
pub fn tile_width(level8: u8, index: u64, size: u64) -> Option<u16> {
    let nodes = size.checked_shr(TILE_HEIGHT * u32::from(level8))?;
    let first = index.checked_mul(256)?;
    let width = nodes.checked_sub(first)?.min(256);
    u16::try_from(width).ok().filter(|&width| width > 0)
}

/// Root of the perfect tree over these hashes; `None` unless their number is a power of two.
fn perfect_root(hashes: &[Hash]) -> Option<Hash> {
    match hashes {
        [] => None,
        [one] => Some(*one),
        _ if hashes.len().is_power_of_two() => {
            let (left, right) = hashes.split_at_checked(hashes.len() / 2)?;
            Some(node_hash(&perfect_root(left)?, &perfect_root(right)?))
        }
        _ => None,
    }
}
