//! Subkeys: HKDF-SHA-256 (RFC 5869) of a master key, one for each purpose. No key ever serves two purposes.

use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

use super::master::KeyId;

/// What a subkey is for.
#[derive(Clone, Copy)]
pub(super) enum Purpose {
    Seal,
    ResidentIndex,
    Token,
    Cookie,
    SignInGuard,
}

impl Purpose {
    /// The info string of HKDF. Changing one makes everything unreadable that was made with it.
    const fn info(self) -> &'static [u8] {
        match self {
            Self::Seal => b"zaguan/seal/v1",
            Self::ResidentIndex => b"zaguan/resident-index/v1",
            Self::Token => b"zaguan/token/v1",
            Self::Cookie => b"zaguan/cookie/v1",
            Self::SignInGuard => b"zaguan/sign-in-guard/v1",
        }
    }
}

/// A subkey, with the id of the master key that it comes from.
pub(super) struct Subkey {
    pub(super) id: KeyId,
    pub(super) key: Zeroizing<[u8; 32]>,
}

/// Draws a subkey. No salt: the master key is 32 random bytes already (RFC 5869 §3.1).
pub(super) fn derive(id: KeyId, master: &[u8; 32], purpose: Purpose) -> Subkey {
    let mut key = Zeroizing::new([0; 32]);
    let Ok(()) = Hkdf::<Sha256>::new(None, master).expand(purpose.info(), &mut *key) else {
        unreachable!("HKDF-SHA-256 gives up to 8160 bytes, and 32 were asked for");
    };
    Subkey { id, key }
}
