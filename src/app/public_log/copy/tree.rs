//! The tiles of a tree, each as soon as it is full, while the tree grows leaf by leaf.

use super::CopyError;
use crate::tlog::tile::TILE_WIDTH;
use crate::tlog::{Frontier, Hash, Tile};

/// Binary levels between two levels of tiles.
const TILE_HEIGHT: u32 = 8;

/// Takes a tile and its content.
pub(super) trait Keep: FnMut(Tile, &[u8]) -> Result<(), CopyError> {}

impl<F: FnMut(Tile, &[u8]) -> Result<(), CopyError>> Keep for F {}

/// A growing tree, and the tiles that are not full yet.
#[derive(Default)]
pub(super) struct Tiles {
    frontier: Frontier,
    /// For each tile level: the index of the tile at its right edge, and the hashes that it has.
    edges: Vec<Edge>,
}

#[derive(Default)]
struct Edge {
    index: u64,
    hashes: Vec<u8>,
}

impl Tiles {
    /// Appends leaves, and hands on every tile that becomes full.
    pub(super) fn append(&mut self, leaves: &[Hash], keep: &mut impl Keep) -> Result<(), CopyError> {
        for leaf in leaves {
            let mut complete = vec![*leaf];
            self.frontier.append(*leaf, &mut |level, _, hash| {
                if level % TILE_HEIGHT == 0 {
                    complete.push(hash);
                }
            });
            for (level, hash) in complete.into_iter().enumerate() {
                self.push(level, &hash, keep)?;
            }
        }
        Ok(())
    }

    /// Hands on what is left at the right edge: the partial tiles.
    pub(super) fn finish(&mut self, keep: &mut impl Keep) -> Result<(), CopyError> {
        let edges = std::mem::take(&mut self.edges);
        edges
            .iter()
            .enumerate()
            .filter(|(_, edge)| !edge.hashes.is_empty())
            .try_for_each(|(level, edge)| keep(edge.tile(level)?, &edge.hashes))
    }

    /// The root of everything that was appended.
    pub(super) fn root(&self) -> Hash {
        self.frontier.root()
    }

    fn push(&mut self, level: usize, hash: &Hash, keep: &mut impl Keep) -> Result<(), CopyError> {
        if self.edges.len() <= level {
            self.edges.push(Edge::default());
        }
        let Some(edge) = self.edges.get_mut(level) else { return Ok(()) };
        edge.hashes.extend_from_slice(hash.as_bytes());
        let tile = edge.tile(level)?;
        if tile.width() == TILE_WIDTH {
            keep(tile, &edge.hashes)?;
            *edge = Edge { index: edge.index.saturating_add(1), hashes: Vec::new() };
        }
        Ok(())
    }
}

impl Edge {
    fn tile(&self, level: usize) -> Result<Tile, CopyError> {
        let width = self.hashes.len() / size_of::<Hash>();
        let level = u8::try_from(level).unwrap_or(u8::MAX);
        Ok(Tile::new(level, self.index, u16::try_from(width).unwrap_or(u16::MAX))?)
    }
}
