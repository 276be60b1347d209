//! The bytes of a tile or a bundle, from the rows of the log.

use crate::domain::record::entry_bytes;
use crate::storage::audit::{self, RecordRow};
use crate::storage::{AnyConnection, StoreError};
use crate::tlog::tile::TILE_WIDTH;
use crate::tlog::{Bundle, Piece, Tile, encode_bundle};

/// Reads a piece that the log is long enough to have.
pub(super) fn read(conn: &mut AnyConnection, piece: Piece) -> Result<Vec<u8>, StoreError> {
    match piece {
        Piece::Tile(tile) => hashes(conn, tile),
        Piece::Bundle(bundle) => entries(conn, bundle),
    }
}

fn hashes(conn: &mut AnyConnection, tile: Tile) -> Result<Vec<u8>, StoreError> {
    let (level, width) = (i64::from(tile.level()), i64::from(tile.width()));
    let content = audit::list_node_hashes(conn, level, first_of(tile.index())?, width)?.concat();
    tile.parse_hashes(&content).map_err(|_| StoreError::Corrupt("the tree lacks hashes"))?;
    Ok(content)
}

fn entries(conn: &mut AnyConnection, bundle: Bundle) -> Result<Vec<u8>, StoreError> {
    let rows = audit::list_records(conn, first_of(bundle.index())?, i64::from(bundle.width()))?;
    if rows.len() != usize::from(bundle.width()) {
        return Err(StoreError::Corrupt("the log lacks entries"));
    }
    let entry = |row: &RecordRow| {
        let nonce = row.nonce.as_slice().try_into().map_err(|_| StoreError::Corrupt("a nonce of a wrong length"))?;
        Ok(entry_bytes(nonce, &row.record))
    };
    let entries = rows.iter().map(entry).collect::<Result<Vec<_>, StoreError>>()?;
    encode_bundle(&entries).map_err(|_| StoreError::Corrupt("entries that cannot be bundled"))
}

fn first_of(index: u64) -> Result<i64, StoreError> {
    let first = index.checked_mul(u64::from(TILE_WIDTH)).and_then(|first| i64::try_from(first).ok());
    first.ok_or(StoreError::Corrupt("an index beyond the log"))
}
