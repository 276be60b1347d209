//! The keys and their files: the master key ring with the subkeys drawn from it, and the log's signing key.
//!
//! Never logs, prints or serializes a key, never overwrites one that it has not read, and never uses a key file that
//! others on the machine may read. Randomness is handed in, so that the caller decides where it comes from:
//! `MasterKeys::generate(path, getrandom::fill)`.

mod error;
mod guard_key;
mod log_key;
mod master;
mod named_secrets;
mod note_key;
mod private_file;
mod resident_index;
mod retired;
mod seal;
mod subkey;

pub use error::{KeyError, LineProblem};
pub use guard_key::GuardKey;
pub use log_key::LogKey;
pub use master::{KeyId, MasterKeys};
pub use named_secrets::{CookieKeys, TokenKeys};
pub use resident_index::ResidentIndexer;
pub use seal::{OpenError, Sealer, key_id_of};

/// Puts a whole, synced file in the place of what was there, readable by everybody: what is public but must not be
/// altered, such as the log's anchor.
///
/// # Errors
/// [`KeyError::Unwritable`]; then the old file still stands.
pub fn write_public(path: &std::path::Path, text: &str) -> Result<(), KeyError> {
    private_file::write(path, text, private_file::PUBLIC, private_file::Replace::WhatWasRead)
}

/// The same for a file that nobody but its owner may read.
///
/// # Errors
/// [`KeyError::Unwritable`]; then the old file still stands.
pub fn write_private(path: &std::path::Path, text: &str) -> Result<(), KeyError> {
    private_file::write(path, text, private_file::PRIVATE, private_file::Replace::WhatWasRead)
}
