//! Entry bundles: the entries under a level-0 tile, for whoever replays the log (C2SP tlog-tiles).
//!
//! A bundle is (uint16 big-endian length || entry)*. Parsing must never accept bytes that are left
//! over, nor more entries than a tile has leaves.

use super::tile::{IndexPath, TILE_WIDTH, TileError};

/// An entry bundle: `width` entries, from number 256 × `index` on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bundle {
    index: u64,
    width: u16,
}

/// Why entries cannot be bundled, or bytes are not a bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BundleError {
    /// A bundle has 1 to 256 entries.
    #[error("a bundle has 1 to 256 entries")]
    Count,
    /// An entry has at most 65535 bytes.
    #[error("an entry of {0} bytes is too long for a bundle")]
    EntryTooLong(usize),
    /// The bytes end within a length or an entry.
    #[error("the bundle ends within an entry")]
    Truncated,
}

impl Bundle {
    /// A bundle of 1 to 256 entries.
    ///
    /// # Errors
    /// When the width is out of range.
    pub fn new(index: u64, width: u16) -> Result<Self, TileError> {
        if !(1..=TILE_WIDTH).contains(&width) {
            return Err(TileError::Range);
        }
        Ok(Self { index, width })
    }

    /// Index of the bundle; the same as that of the level-0 tile.
    #[must_use]
    pub const fn index(&self) -> u64 {
        self.index
    }

    /// Number of entries, 1 to 256.
    #[must_use]
    pub const fn width(&self) -> u16 {
        self.width
    }

    /// `tile/entries/<N>[.p/<W>]`, relative to the log's address.
    #[must_use]
    pub fn path(&self) -> String {
        format!("tile/entries/{}", IndexPath { index: self.index, width: self.width })
    }

    /// Reads what [`path`](Self::path) writes.
    ///
    /// # Errors
    /// Any other spelling is refused.
    pub fn parse(path: &str) -> Result<Self, TileError> {
        let rest = path.strip_prefix("tile/entries/").ok_or(TileError::Path)?;
        let IndexPath { index, width } = IndexPath::parse(rest).ok_or(TileError::Path)?;
        Ok(Self { index, width })
    }
}

/// Writes entries as a bundle.
///
/// # Errors
/// When there is no entry, more than 256, or one longer than 65535 bytes.
pub fn encode_bundle<T: AsRef<[u8]>>(entries: &[T]) -> Result<Vec<u8>, BundleError> {
    if entries.is_empty() || entries.len() > usize::from(TILE_WIDTH) {
        return Err(BundleError::Count);
    }
    let mut bundle = Vec::with_capacity(entries.iter().map(|entry| entry.as_ref().len().saturating_add(2)).sum());
    for entry in entries.iter().map(AsRef::as_ref) {
        let length = u16::try_from(entry.len()).map_err(|_| BundleError::EntryTooLong(entry.len()))?;
        bundle.extend_from_slice(&length.to_be_bytes());
        bundle.extend_from_slice(entry);
    }
    Ok(bundle)
}

/// Reads what [`encode_bundle`] writes. Compare the number of entries with the width expected.
///
/// # Errors
/// When the bytes end within an entry, or hold no entry or more than 256.
pub fn parse_bundle(mut bytes: &[u8]) -> Result<Vec<&[u8]>, BundleError> {
    let mut entries = Vec::new();
    while !bytes.is_empty() {
        if entries.len() == usize::from(TILE_WIDTH) {
            return Err(BundleError::Count);
        }
        let (length, rest) = bytes.split_first_chunk::<2>().ok_or(BundleError::Truncated)?;
        let length = usize::from(u16::from_be_bytes(*length));
        let (entry, rest) = rest.split_at_checked(length).ok_or(BundleError::Truncated)?;
        entries.push(entry);
        bytes = rest;
    }
    if entries.is_empty() { Err(BundleError::Count) } else { Ok(entries) }
}
