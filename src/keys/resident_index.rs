//! Search keys for residents: HMAC-SHA-256, so that the side table can be searched by whoever holds the key and by nobody
//! else. Never gives an id back.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::subkey::Subkey;

/// Turns a resident into search keys. Made once; the HMAC states are cloned for each call.
#[derive(Clone)]
pub struct ResidentIndexer {
    active: Hmac<Sha256>,
    older: Vec<Hmac<Sha256>>,
}

impl fmt::Debug for ResidentIndexer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResidentIndexer").finish_non_exhaustive()
    }
}

impl ResidentIndexer {
    pub(super) fn new((active, older): (Subkey, Vec<Subkey>)) -> Self {
        Self { active: state(&active), older: older.iter().map(state).collect() }
    }

    /// The key to write: `HMAC(active key, store || 0x00 || resident)`.
    #[must_use]
    pub fn index(&self, store: &str, resident: &str) -> [u8; 32] {
        index_with(&self.active, store, resident)
    }

    /// The keys to search by: one for each key of the ring, the active one first.
    #[must_use]
    pub fn indexes(&self, store: &str, resident: &str) -> Vec<[u8; 32]> {
        std::iter::once(&self.active).chain(&self.older).map(|state| index_with(state, store, resident)).collect()
    }
}

fn state(subkey: &Subkey) -> Hmac<Sha256> {
    let Ok(state) = Hmac::new_from_slice(&*subkey.key) else { unreachable!("HMAC takes keys of every length") };
    state
}

/// INVARIANT: a store's name holds no zero byte, so that no two pairs of store and resident give the same text.
fn index_with(state: &Hmac<Sha256>, store: &str, resident: &str) -> [u8; 32] {
    let mut state = state.clone();
    state.update(store.as_bytes());
    state.update(&[0]);
    state.update(resident.as_bytes());
    state.finalize().into_bytes().into()
}
