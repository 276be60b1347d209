//! Sealing: XChaCha20-Poly1305 under the active key; any key of the ring opens. Draws no nonces: whoever seals hands in
//! 24 fresh random bytes and never the same twice. Never says why a sealed text was refused beyond "refused".

use std::fmt;

use chacha20poly1305::aead::AeadInOut;
use chacha20poly1305::{KeyInit, XChaCha20Poly1305};
use thiserror::Error;
use zeroize::Zeroizing;

use super::master::KeyId;
use super::subkey::Subkey;

const ID: usize = 4;
const NONCE: usize = 24;
const TAG: usize = 16;

/// Seals and opens. Made once; sealing then costs no key set-up.
#[derive(Clone)]
pub struct Sealer {
    active: (KeyId, XChaCha20Poly1305),
    older: Vec<(KeyId, XChaCha20Poly1305)>,
}

/// Why a sealed text stays shut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum OpenError {
    /// Fewer bytes than any sealed text has.
    #[error("the sealed text is cut short")]
    Truncated,
    /// Sealed with a key that the ring does not hold.
    #[error("the sealed text needs the key `{0}`, which is not in the ring")]
    UnknownKey(KeyId),
    /// Altered, or sealed for another place than the one given.
    #[error("the sealed text was altered or belongs elsewhere")]
    Refused,
}

/// Which key sealed a text.
///
/// # Errors
///
/// [`OpenError::Truncated`] for fewer bytes than an id has.
pub fn key_id_of(sealed: &[u8]) -> Result<KeyId, OpenError> {
    sealed.first_chunk::<ID>().map(|id| KeyId(*id)).ok_or(OpenError::Truncated)
}

impl fmt::Debug for Sealer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sealer").field("active", &self.active.0).finish_non_exhaustive()
    }
}

impl Sealer {
    pub(super) fn new((active, older): (Subkey, Vec<Subkey>)) -> Self {
        let cipher = |subkey: &Subkey| (subkey.id, XChaCha20Poly1305::new((&*subkey.key).into()));
        Self { active: cipher(&active), older: older.iter().map(cipher).collect() }
    }

    /// `key id (4) || nonce (24) || ciphertext || tag (16)`.
    ///
    /// `nonce` must be fresh random bytes; `associated` binds the sealed text to its place and must be given again to open.
    #[must_use]
    pub fn seal(&self, nonce: [u8; NONCE], associated: &[u8], plaintext: &[u8]) -> Vec<u8> {
        let (id, cipher) = &self.active;
        let mut sealed = Vec::with_capacity(ID + NONCE + plaintext.len() + TAG);
        sealed.extend_from_slice(&id.0);
        sealed.extend_from_slice(&nonce);
        sealed.extend_from_slice(plaintext);
        let (_, text) = sealed.split_at_mut(ID + NONCE);
        let Ok(tag) = cipher.encrypt_inout_detached(&nonce.into(), associated, text.into()) else {
            unreachable!("the cipher takes up to 256 GiB, more than a machine's memory hands over in one piece");
        };
        sealed.extend_from_slice(&tag);
        sealed
    }

    /// Opens with whichever key of the ring sealed it.
    ///
    /// # Errors
    ///
    /// See [`OpenError`]; nothing of the text is given out then.
    pub fn open(&self, associated: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, OpenError> {
        let (id, rest) = sealed.split_first_chunk::<ID>().ok_or(OpenError::Truncated)?;
        let (nonce, rest) = rest.split_first_chunk::<NONCE>().ok_or(OpenError::Truncated)?;
        let (ciphertext, tag) = rest.split_last_chunk::<TAG>().ok_or(OpenError::Truncated)?;
        let id = KeyId(*id);
        let cipher = self.cipher_of(id).ok_or(OpenError::UnknownKey(id))?;
        let mut text = Zeroizing::new(ciphertext.to_vec());
        cipher
            .decrypt_inout_detached(nonce.into(), associated, text.as_mut_slice().into(), tag.into())
            .map_err(|_| OpenError::Refused)?;
        Ok(text)
    }

    /// The key that seals now.
    #[must_use]
    pub const fn active(&self) -> KeyId {
        self.active.0
    }

    /// Seals anew, under the active key, what an older key sealed; `None` when the active key sealed it already.
    ///
    /// `associated` is for both: what moves to another place is opened and sealed by hand.
    ///
    /// # Errors
    ///
    /// As [`Sealer::open`].
    pub fn reseal(&self, nonce: [u8; NONCE], associated: &[u8], sealed: &[u8]) -> Result<Option<Vec<u8>>, OpenError> {
        if key_id_of(sealed)? == self.active() {
            return Ok(None);
        }
        Ok(Some(self.seal(nonce, associated, &self.open(associated, sealed)?)))
    }

    fn cipher_of(&self, id: KeyId) -> Option<&XChaCha20Poly1305> {
        std::iter::once(&self.active).chain(&self.older).find(|(each, _)| *each == id).map(|(_, cipher)| cipher)
    }
}
