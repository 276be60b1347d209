//! Full pieces that were asked for: they never change, so they are kept until there are too many.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use crate::tlog::Piece;

/// Pieces kept: about 10 MiB, the bundles of a hundred thousand entries and their tiles.
const MOST_KEPT: usize = 1024;

/// Pieces in the order in which they came.
#[derive(Default)]
pub(super) struct Shelf {
    kept: HashMap<Piece, Arc<[u8]>>,
    order: VecDeque<Piece>,
}

impl Shelf {
    pub(super) fn find(&self, piece: Piece) -> Option<Arc<[u8]>> {
        self.kept.get(&piece).cloned()
    }

    /// Keeps a piece; the oldest goes when there are too many. Whoever mirrors the log asks for each once, so that
    /// remembering which was used last would not help.
    pub(super) fn put(&mut self, piece: Piece, content: &Arc<[u8]>) {
        if self.kept.insert(piece, Arc::clone(content)).is_some() {
            return;
        }
        self.order.push_back(piece);
        if self.order.len() > MOST_KEPT
            && let Some(oldest) = self.order.pop_front()
        {
            self.kept.remove(&oldest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tlog::Tile;

    #[test]
    fn however_much_is_asked_for_only_the_newest_pieces_are_kept() {
        let piece = |index: usize| Piece::Tile(Tile::new(0, index as u64, 256).unwrap());
        let mut shelf = Shelf::default();
        for index in 0..MOST_KEPT + 2 {
            shelf.put(piece(index), &Arc::from(index.to_string().as_bytes()));
            shelf.put(piece(index), &Arc::from(index.to_string().as_bytes()));
        }
        assert_eq!((shelf.kept.len(), shelf.order.len()), (MOST_KEPT, MOST_KEPT));
        assert_eq!(shelf.find(piece(1)), None);
        assert_eq!(shelf.find(piece(2)).as_deref(), Some(b"2".as_slice()));
    }
}
