//! A verified state of the log as a signed file, from which a later verification goes on.
//!
//! It is a checkpoint with one extension line, `tallies <base64>`: the log's key says of this size and root that the program
//! had replayed everything up to here. Must never be believed without the signature.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::Verified;
use crate::domain::report::TallyDigest;
use crate::ledger::Names;
use crate::tlog::{Checkpoint, CheckpointError, Hash, Signer};

/// What stands before the digest of the tallies.
const TALLIES: &str = "tallies ";

/// Why a file is not one from which a verification can go on.
#[derive(Debug, thiserror::Error)]
pub enum SinceError {
    /// It is no checkpoint of this log, or its signature does not hold.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// It is a checkpoint, and nobody says that it was verified.
    #[error("it is a checkpoint without the line of a verification")]
    NotVerified,
}

/// A state of the log that was verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VerifiedState {
    /// Entries, from the first to the last.
    pub entries: u64,
    /// The root they give.
    pub root: Hash,
    /// What the tallies of the reports were.
    pub tallies: TallyDigest,
}

impl Verified {
    /// What a later verification can go on from. `None` when the tallies did not cover it.
    #[must_use]
    pub fn state(&self) -> Option<VerifiedState> {
        self.tallies.map(|tallies| VerifiedState { entries: self.entries, root: self.root, tallies })
    }
}

impl VerifiedState {
    /// Signs it.
    ///
    /// # Errors
    /// When the key is another log's.
    pub fn sign(&self, signer: &Signer) -> Result<String, CheckpointError> {
        let line = [TALLIES, &STANDARD.encode(self.tallies)].concat();
        Checkpoint::new(signer.name(), self.entries, self.root)?.with_extensions(vec![line])?.sign(signer)
    }

    /// Reads what [`sign`](Self::sign) writes.
    ///
    /// # Errors
    /// [`SinceError`].
    pub fn open(bytes: &[u8], names: &Names) -> Result<Self, SinceError> {
        let checkpoint = names.open(bytes)?;
        let [line] = checkpoint.extensions() else { return Err(SinceError::NotVerified) };
        let tallies = line.strip_prefix(TALLIES).and_then(|digest| STANDARD.decode(digest).ok());
        let tallies = tallies.and_then(|digest| TallyDigest::try_from(digest).ok()).ok_or(SinceError::NotVerified)?;
        Ok(Self { entries: checkpoint.size(), root: checkpoint.root(), tallies })
    }
}
