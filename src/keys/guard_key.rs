//! Names and addresses whose sign-ins failed, as keyed hashes: somebody may have typed a password where the name belongs.
//! Never gives one back.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::subkey::Subkey;

/// Turns what is to be remembered into a hash.
#[derive(Clone)]
pub struct GuardKey(Hmac<Sha256>);

impl fmt::Debug for GuardKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GuardKey").finish_non_exhaustive()
    }
}

impl GuardKey {
    pub(super) fn new(subkey: &Subkey) -> Self {
        let Ok(state) = Hmac::new_from_slice(&*subkey.key) else { unreachable!("HMAC takes keys of every length") };
        Self(state)
    }

    /// `HMAC(key, kind || 0x00 || text)`. `kind` tells names from addresses, and holds no zero byte.
    #[must_use]
    pub fn hash(&self, kind: &str, text: &str) -> [u8; 32] {
        let mut state = self.0.clone();
        state.update(kind.as_bytes());
        state.update(&[0]);
        state.update(text.as_bytes());
        state.finalize().into_bytes().into()
    }
}
