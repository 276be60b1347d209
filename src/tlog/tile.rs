//! Tiles: how a log is published as files that never change (C2SP tlog-tiles).
//!
//! A tile's path has exactly one spelling here. Parsing must never let a path out of the tile tree
//! nor accept two paths for one tile: caches and file systems hang on it.

use std::fmt;

use super::decimal::parse_decimal;
use super::hash::{HASH_BYTES, Hash};
use super::subtrees::tile_width;

/// Hashes in a full tile, and entries in a full bundle.
pub const TILE_WIDTH: u16 = 256;

/// Highest tile level that a path may name (C2SP tlog-tiles).
const MAX_LEVEL: u8 = 63;

/// Longest index: 20 digits of a u64 make seven groups.
const MAX_GROUPS: usize = 7;

/// A tile: `width` hashes of subtrees of 256^`level` leaves, from number 256 × `index` on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tile {
    level: u8,
    index: u64,
    width: u16,
}

/// Why something is not a tile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TileError {
    /// The level exceeds 63 or the width is not 1 to 256.
    #[error("a tile has a level of at most 63 and 1 to 256 hashes")]
    Range,
    /// Not the one spelling of a tile's path.
    #[error("not a tile path")]
    Path,
    /// A tile's content is exactly 32 bytes for each hash of its width.
    #[error("a tile of this width has {expected} bytes, not {found}")]
    Length {
        /// Bytes expected.
        expected: usize,
        /// Bytes found.
        found: usize,
    },
}

impl Tile {
    /// A tile with 1 to 256 hashes at a level of at most 63.
    ///
    /// # Errors
    /// When level or width are out of range.
    pub fn new(level: u8, index: u64, width: u16) -> Result<Self, TileError> {
        if level > MAX_LEVEL || !(1..=TILE_WIDTH).contains(&width) {
            return Err(TileError::Range);
        }
        Ok(Self { level, index, width })
    }

    /// The tile as a tree of `size` leaves has it: full, partial, or `None` where there is none.
    #[must_use]
    pub fn at_size(level: u8, index: u64, size: u64) -> Option<Self> {
        Self::new(level, index, tile_width(level, index, size)?).ok()
    }

    /// Tile level: its hashes are of subtrees of 256^level leaves.
    #[must_use]
    pub const fn level(&self) -> u8 {
        self.level
    }

    /// Index of the tile within its level.
    #[must_use]
    pub const fn index(&self) -> u64 {
        self.index
    }

    /// Number of hashes, 1 to 256.
    #[must_use]
    pub const fn width(&self) -> u16 {
        self.width
    }

    /// `tile/<L>/<N>[.p/<W>]`, relative to the log's address.
    #[must_use]
    pub fn path(&self) -> String {
        format!("tile/{}/{}", self.level, IndexPath { index: self.index, width: self.width })
    }

    /// Reads what [`path`](Self::path) writes.
    ///
    /// # Errors
    /// Any other spelling is refused.
    pub fn parse(path: &str) -> Result<Self, TileError> {
        let (level, rest) = path.strip_prefix("tile/").and_then(|rest| rest.split_once('/')).ok_or(TileError::Path)?;
        let level = parse_decimal(level).and_then(|level| u8::try_from(level).ok()).ok_or(TileError::Path)?;
        let IndexPath { index, width } = IndexPath::parse(rest).ok_or(TileError::Path)?;
        Self::new(level, index, width).map_err(|_| TileError::Path)
    }

    /// The hashes in a tile's content.
    ///
    /// # Errors
    /// When the content is not exactly 32 bytes for each hash.
    pub fn parse_hashes(&self, content: &[u8]) -> Result<Vec<Hash>, TileError> {
        let expected = usize::from(self.width) * HASH_BYTES;
        if content.len() != expected {
            return Err(TileError::Length { expected, found: content.len() });
        }
        let (hashes, _) = content.as_chunks::<HASH_BYTES>();
        Ok(hashes.iter().copied().map(Hash::from_bytes).collect())
    }
}

/// `<N>[.p/<W>]`, which tiles and bundles share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct IndexPath {
    pub(super) index: u64,
    pub(super) width: u16,
}

impl IndexPath {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (number, width) = match text.split_once(".p/") {
            Some((number, width)) => (number, partial_width(width)?),
            None => (text, TILE_WIDTH),
        };
        let path = Self { index: parse_groups(number)?, width };
        // One spelling only: no superfluous x000 in front, above all.
        (path.to_string() == text).then_some(path)
    }
}

impl fmt::Display for IndexPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut divisor = 1;
        while self.index / divisor >= 1000 {
            divisor *= 1000;
        }
        while divisor > 1 {
            write!(f, "x{:03}/", self.index / divisor % 1000)?;
            divisor /= 1000;
        }
        write!(f, "{:03}", self.index % 1000)?;
        if self.width < TILE_WIDTH { write!(f, ".p/{}", self.width) } else { Ok(()) }
    }
}

fn partial_width(text: &str) -> Option<u16> {
    let width = u16::try_from(parse_decimal(text)?).ok()?;
    (1..TILE_WIDTH).contains(&width).then_some(width)
}

/// The number written as `x001/x234/067`; leading groups of zeros are the caller's to refuse.
fn parse_groups(text: &str) -> Option<u64> {
    let (front, last) = text.rsplit_once('/').map_or((None, text), |(front, last)| (Some(front), last));
    let mut number = 0_u64;
    let front = front.into_iter().flat_map(|front| front.split('/')).map(|group| group.strip_prefix('x'));
    for (position, digits) in front.chain([Some(last)]).enumerate() {
        let digits = digits.filter(|digits| digits.len() == 3 && digits.bytes().all(|b| b.is_ascii_digit()))?;
        if position >= MAX_GROUPS {
            return None;
        }
        number = number.checked_mul(1000)?.checked_add(digits.parse().ok()?)?;
    }
    Some(number)
}
