//! Transparency log: trees, proofs, tiles, signed notes, checkpoints and receipts.
//!
//! Plain [RFC 6962] Merkle trees with SHA-256, and the text formats of [C2SP]: signed notes,
//! checkpoints, tiles and offline proofs. What is verified here can be verified by anybody else's
//! program, because nothing here is our own invention.
//!
//! This room is pure. It must never look at a clock, draw randomness, touch a file or a database,
//! nor know what an entry means: an entry is bytes, and whoever needs stored hashes passes in a
//! [`Subtrees`]. Parsers are strict: one value has one spelling, and nothing is accepted that the
//! encoder beside them would not write. No input, however hostile, may make them panic.
//!
//! Reading order: [`hash`], [`frontier`] (growing a tree), [`subtrees`] and [`prove`] (making
//! proofs), [`verify`], [`tile`], [`bundle`] and [`piece`] (publishing), [`key`], [`note`], [`checkpoint`],
//! [`receipt`], [`cosignature`] and [`witnessing`] (what witnesses add).
//!
//! [RFC 6962]: https://www.rfc-editor.org/rfc/rfc6962#section-2
//! [C2SP]: https://c2sp.org

pub mod bundle;
pub mod checkpoint;
pub mod cosignature;
mod decimal;
pub mod frontier;
pub mod hash;
pub mod key;
pub mod note;
pub mod piece;
pub mod prove;
pub mod receipt;
pub mod subtrees;
pub mod tile;
pub mod verify;
pub mod witnessing;

pub use bundle::{Bundle, BundleError, encode_bundle, parse_bundle};
pub use checkpoint::{Checkpoint, CheckpointError};
pub use cosignature::{Cosignature, CosignatureError, Cosigner, WitnessKey};
pub use frontier::{Frontier, FrontierError};
pub use hash::{Hash, HashError, empty_root, leaf_hash, node_hash};
pub use key::{KeyError, Signer, Verifier};
pub use note::{Note, NoteError, Signature};
pub use piece::Piece;
pub use prove::{ProveError, peaks_at, prove_consistency, prove_inclusion, root_at};
pub use receipt::{Receipt, ReceiptError};
pub use subtrees::{Subtrees, TileReadError, TileSubtrees};
pub use tile::{Tile, TileError};
pub use verify::{ProofError, verify_consistency, verify_inclusion};
pub use witnessing::{AddCheckpoint, parse_size};
