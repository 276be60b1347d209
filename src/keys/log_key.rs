//! The log's signing key and its file. Kept apart from the master key ring: who may open residents' ids need not be able
//! to sign the log, and the other way round. Never prints the private key.

use std::fmt;
use std::path::Path;

use ed25519_dalek::SigningKey;
use zeroize::Zeroizing;

use super::error::{KeyError, LineProblem};
use super::note_key;
use super::private_file::{self, PRIVATE, Replace};
use super::retired;

/// The Ed25519 key that signs checkpoints, and the verifier keys of those that did so before.
pub struct LogKey {
    name: String,
    key: SigningKey,
    vkey: String,
    retired: Vec<String>,
}

impl fmt::Debug for LogKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LogKey").field("vkey", &self.vkey).field("retired", &self.retired).finish_non_exhaustive()
    }
}

impl LogKey {
    /// Reads the key of the log `name`, and the retired verifier keys beside it.
    ///
    /// # Errors
    ///
    /// No file, a file that is open to others, a key that is malformed, altered or another log's.
    pub fn load(path: &Path, name: &str) -> Result<Self, KeyError> {
        let origin = format!("`{}`", path.display());
        let text = private_file::read(path, PRIVATE)?;
        let refuse = |line, problem| KeyError::Line { origin: origin.clone(), line, problem };
        let line = text.strip_suffix('\n').unwrap_or(&text);
        if line.is_empty() {
            return Err(KeyError::Empty { origin });
        }
        if line.contains('\n') {
            return Err(refuse(2, LineProblem::Surplus));
        }
        let (found, key) = note_key::parse_private(line).map_err(|problem| refuse(1, problem))?;
        if found != name {
            return Err(KeyError::OtherLog { origin, expected: name.to_owned(), found: found.to_owned() });
        }
        Ok(Self::new(name, key, retired::load(path, name)?))
    }

    /// Makes a new key for the log `name` and its file, readable by its owner alone.
    ///
    /// # Errors
    ///
    /// The name cannot name a key, a file of that name exists or cannot be written, or there is no randomness.
    pub fn generate<E: fmt::Display>(
        path: &Path,
        name: &str,
        random: impl FnMut(&mut [u8]) -> Result<(), E>,
    ) -> Result<Self, KeyError> {
        if !note_key::is_name(name) {
            return Err(KeyError::Name { name: name.to_owned() });
        }
        let key = draw(random)?;
        let retired = retired::load(path, name)?;
        private_file::write(path, &file_text(name, &key), PRIVATE, Replace::Never)?;
        Ok(Self::new(name, key, retired))
    }

    /// Puts a new key in place of the old one, whose verifier key joins the retired ones.
    ///
    /// # Errors
    ///
    /// The files cannot be read or written, or there is no randomness; the old key then still signs.
    pub fn rotate<E: fmt::Display>(
        path: &Path,
        name: &str,
        random: impl FnMut(&mut [u8]) -> Result<(), E>,
    ) -> Result<Self, KeyError> {
        let _lock = private_file::lock_directory_of(path)?;
        let old = Self::load(path, name)?;
        let key = draw(random)?;
        let mut retired = old.retired;
        retired.push(old.vkey);
        // The retired key is written first. A crash in between leaves the old key both signing and on the list, which
        // loading forgives; the other way round its verifier key would be lost, and with it every older checkpoint.
        retired::save(path, &retired)?;
        private_file::write(path, &file_text(name, &key), PRIVATE, Replace::WhatWasRead)?;
        Ok(Self::new(name, key, retired))
    }

    /// The key to sign with.
    #[must_use]
    pub fn signing_key(&self) -> &SigningKey {
        &self.key
    }

    /// The log's name, which is its origin too.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The four bytes that stand before each of its signatures.
    #[must_use]
    pub fn key_id(&self) -> [u8; 4] {
        note_key::key_id(&self.name, &self.key.verifying_key())
    }

    /// The verifier key to publish: `<name>+<key id>+<base64>`.
    #[must_use]
    pub fn vkey(&self) -> &str {
        &self.vkey
    }

    /// The verifier keys that were published before, oldest first.
    #[must_use]
    pub fn retired_vkeys(&self) -> &[String] {
        &self.retired
    }

    fn new(name: &str, key: SigningKey, mut retired: Vec<String>) -> Self {
        let vkey = note_key::verifier_text(name, &key.verifying_key());
        retired.retain(|each| *each != vkey);
        Self { name: name.to_owned(), key, vkey, retired }
    }
}

fn file_text(name: &str, key: &SigningKey) -> Zeroizing<String> {
    let line = note_key::private_text(name, key);
    let mut text = Zeroizing::new(String::with_capacity(line.len() + 1));
    text.push_str(&line);
    text.push('\n');
    text
}

fn draw<E: fmt::Display>(mut random: impl FnMut(&mut [u8]) -> Result<(), E>) -> Result<SigningKey, KeyError> {
    let mut seed = Zeroizing::new([0; 32]);
    random(&mut *seed).map_err(|error| KeyError::Random { reason: error.to_string() })?;
    Ok(SigningKey::from_bytes(&seed))
}
