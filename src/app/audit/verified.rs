//! A verified state of the log as a signed file, from which a later verification goes on.
//!
//! It is a checkpoint with one extension line, `tallies <base64>`: the log's key says of this size and root that the program
//! had replayed everything up to here. Must never be believed without the signature.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::Verified;
use crate::domain::report::TallyDigest;
use crate::tlog::{Checkpoint, CheckpointError, Signer, Verifier};

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

impl Verified {
    /// Signs what was verified. `None` when the tallies did not cover it: then there is nothing to go on from.
    ///
    /// # Errors
    /// When the key is another log's.
    pub fn sign(&self, signer: &Signer) -> Result<Option<String>, CheckpointError> {
        let Some(tallies) = self.tallies else { return Ok(None) };
        let line = [TALLIES, &STANDARD.encode(tallies)].concat();
        let checkpoint = Checkpoint::new(signer.name(), self.entries, self.root)?.with_extensions(vec![line])?;
        checkpoint.sign(signer).map(Some)
    }

    /// Reads what [`sign`](Self::sign) writes.
    ///
    /// # Errors
    /// [`SinceError`].
    pub fn open(bytes: &[u8], known: &[Verifier], origin: &str) -> Result<Self, SinceError> {
        let checkpoint = Checkpoint::open(bytes, known, origin)?;
        let [line] = checkpoint.extensions() else { return Err(SinceError::NotVerified) };
        let tallies = line.strip_prefix(TALLIES).and_then(|digest| STANDARD.decode(digest).ok());
        let tallies = tallies.and_then(|digest| TallyDigest::try_from(digest).ok());
        let tallies = Some(tallies.ok_or(SinceError::NotVerified)?);
        let (entries, root) = (checkpoint.size(), checkpoint.root());
        Ok(Self { entries, root, batches: 0, checkpoints: 0, anchored: None, tallied: entries, tallies })
    }
}
