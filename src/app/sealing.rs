//! Sealing in the writer's turn: what is noted with a change is bound to a place that only the transaction knows, such as
//! the number of a step.
//!
//! Must never use a nonce twice: each is a hash of fresh random bytes, drawn for one change, and of a counter.

use sha2::{Digest, Sha256};

use super::App;
use crate::clock::EntropyError;
use crate::keys::Sealer;

/// Seals the notes of one change.
pub(super) struct Notes {
    sealer: Sealer,
    seed: [u8; 32],
    sealed: u64,
}

impl App {
    /// What a change needs to seal its notes.
    pub(super) fn notes(&self) -> Result<Notes, EntropyError> {
        let mut seed = [0; 32];
        self.entropy.fill(&mut seed)?;
        Ok(Notes { sealer: self.sealer.clone(), seed, sealed: 0 })
    }
}

impl Notes {
    /// Seals a note for its place.
    pub(super) fn seal(&mut self, place: &[u8], note: &[u8]) -> Vec<u8> {
        let nonce = self.nonce();
        self.sealer.seal(nonce, place, note)
    }

    /// Opens what was sealed for that place. `None` when it was altered, moved, or sealed with a key that is gone.
    pub(super) fn open(&self, place: &[u8], sealed: &[u8]) -> Option<zeroize::Zeroizing<Vec<u8>>> {
        self.sealer.open(place, sealed).ok()
    }

    fn nonce(&mut self) -> [u8; 24] {
        self.sealed += 1;
        let hash = Sha256::new()
            .chain_update(b"zaguan/note-nonce/v1\0")
            .chain_update(self.seed)
            .chain_update(self.sealed.to_be_bytes())
            .finalize();
        let mut nonce = [0; 24];
        for (byte, hashed) in nonce.iter_mut().zip(hash) {
            *byte = hashed;
        }
        nonce
    }
}
