//! What a published log consists of: tiles and entry bundles, and which of them a tree of some size has.
//!
//! A piece never changes. It must never be taken to be there before the tree holds all of it.

use super::bundle::Bundle;
use super::subtrees::tile_width;
use super::tile::{TILE_WIDTH, Tile, TileError};

/// A tile or an entry bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Piece {
    /// Hashes of the tree.
    Tile(Tile),
    /// The entries beneath a tile of level 0.
    Bundle(Bundle),
}

impl Piece {
    /// Reads a path relative to the log's address.
    ///
    /// # Errors
    /// Any other spelling than that of [`path`](Self::path) is refused.
    pub fn parse(path: &str) -> Result<Self, TileError> {
        if path.starts_with("tile/entries/") {
            return Bundle::parse(path).map(Self::Bundle);
        }
        Tile::parse(path).map(Self::Tile)
    }

    /// The path relative to the log's address.
    #[must_use]
    pub fn path(&self) -> String {
        match self {
            Self::Tile(tile) => tile.path(),
            Self::Bundle(bundle) => bundle.path(),
        }
    }

    /// Whether it has everything that a piece can hold.
    #[must_use]
    pub const fn is_full(&self) -> bool {
        self.width() == TILE_WIDTH
    }

    /// Whether a tree of `size` leaves holds all of it.
    #[must_use]
    pub fn is_within(&self, size: u64) -> bool {
        let (level, index) = match self {
            Self::Tile(tile) => (tile.level(), tile.index()),
            Self::Bundle(bundle) => (0, bundle.index()),
        };
        tile_width(level, index, size).is_some_and(|width| self.width() <= width)
    }

    const fn width(&self) -> u16 {
        match self {
            Self::Tile(tile) => tile.width(),
            Self::Bundle(bundle) => bundle.width(),
        }
    }
}
