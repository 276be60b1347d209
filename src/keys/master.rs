//! The master key ring: one key that seals, and the older ones that still open. Never lets a master key itself out:
//! only subkeys, each for one purpose, leave this room.

use std::fmt;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::error::{KeyError, LineProblem};
use super::guard_key::GuardKey;
use super::named_secrets::{CookieKeys, TokenKeys};
use super::private_file::{self, PRIVATE, Replace};
use super::resident_index::ResidentIndexer;
use super::seal::Sealer;
use super::subkey::{Purpose, Subkey, derive};

const ID_CONTEXT: &[u8] = b"zaguan/master-key/v1\0";

/// Tells the keys of a ring apart; says nothing about the key itself.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(pub(super) [u8; 4]);

impl KeyId {
    /// The four bytes, as they stand before a sealed text.
    #[must_use]
    pub fn to_bytes(self) -> [u8; 4] {
        self.0
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}", u32::from_be_bytes(self.0))
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyId({self})")
    }
}

/// The ring; the first key is the active one. Never empty.
pub struct MasterKeys {
    active: MasterKey,
    older: Vec<MasterKey>,
}

struct MasterKey {
    id: KeyId,
    key: Zeroizing<[u8; 32]>,
}

impl fmt::Debug for MasterKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MasterKeys")
            .field("active", &self.active.id)
            .field("keys", &(1 + self.older.len()))
            .finish_non_exhaustive()
    }
}

impl MasterKeys {
    /// Reads the ring from its file.
    ///
    /// # Errors
    ///
    /// No file, a file that is open to others, or a line that is malformed, altered or there twice.
    pub fn load(path: &Path) -> Result<Self, KeyError> {
        Self::parse(&format!("`{}`", path.display()), &private_file::read(path, PRIVATE)?)
    }

    /// Reads the ring from a text: lines of `<8 hex digits of the key id> <32 bytes in base64>`, the active key first.
    /// Commas may stand for line ends, as an environment variable is happier on one line. `origin` is for messages.
    ///
    /// # Errors
    ///
    /// A line that is malformed, altered or there twice, or no line at all.
    pub fn parse(origin: &str, text: &str) -> Result<Self, KeyError> {
        let mut keys: Vec<MasterKey> = Vec::new();
        let text = text.strip_suffix('\n').unwrap_or(text);
        let lines = text.split(['\n', ',']).enumerate().filter(|_| !text.is_empty());
        for (index, line) in lines {
            let refuse = |problem| KeyError::Line { origin: origin.to_owned(), line: index + 1, problem };
            let key = MasterKey::parse(line).map_err(refuse)?;
            if keys.iter().any(|earlier| earlier.id == key.id) {
                return Err(refuse(LineProblem::Duplicate));
            }
            keys.push(key);
        }
        let mut keys = keys.into_iter();
        let Some(active) = keys.next() else { return Err(KeyError::Empty { origin: origin.to_owned() }) };
        Ok(Self { active, older: keys.collect() })
    }

    /// Makes a ring of one new key and its file, readable by its owner alone.
    ///
    /// # Errors
    ///
    /// A file of that name exists, it cannot be written, or there is no randomness.
    pub fn generate<E: fmt::Display>(
        path: &Path,
        random: impl FnMut(&mut [u8]) -> Result<(), E>,
    ) -> Result<Self, KeyError> {
        let ring = Self { active: MasterKey::generate(random)?, older: Vec::new() };
        private_file::write(path, &ring.to_text(), PRIVATE, Replace::Never)?;
        Ok(ring)
    }

    /// Puts a new key in front of the ring in the file. The older keys go on opening what they sealed.
    ///
    /// A running program goes on with the ring that it loaded until it loads again.
    ///
    /// # Errors
    ///
    /// The file cannot be read or written, or there is no randomness; the file is then as it was.
    pub fn rotate<E: fmt::Display>(
        path: &Path,
        random: impl FnMut(&mut [u8]) -> Result<(), E>,
    ) -> Result<Self, KeyError> {
        // Two rotations at once would otherwise both start from the same ring, and the later would drop the other's key.
        let _lock = private_file::lock_directory_of(path)?;
        let Self { active, mut older } = Self::load(path)?;
        older.insert(0, active);
        let ring = Self { active: MasterKey::generate(random)?, older };
        if ring.older.iter().any(|key| key.id == ring.active.id) {
            return Err(KeyError::Random { reason: "the new key's id is in use; try again".to_owned() });
        }
        private_file::write(path, &ring.to_text(), PRIVATE, Replace::WhatWasRead)?;
        Ok(ring)
    }

    /// Drops every older key from the ring in the file. Whether anything still needs one is for the caller to know: what a
    /// dropped key sealed stays shut for ever.
    ///
    /// # Errors
    ///
    /// The file cannot be read or written, or its active key is not `active` any more; the file is then as it was.
    pub fn retire(path: &Path, active: KeyId) -> Result<Vec<KeyId>, KeyError> {
        let _lock = private_file::lock_directory_of(path)?;
        let Self { active: kept, older } = Self::load(path)?;
        if kept.id != active {
            return Err(KeyError::Rotated { expected: active.to_string(), found: kept.id.to_string() });
        }
        let ring = Self { active: kept, older: Vec::new() };
        private_file::write(path, &ring.to_text(), PRIVATE, Replace::WhatWasRead)?;
        Ok(older.iter().map(|key| key.id).collect())
    }

    /// The ids of all keys, the active one first.
    #[must_use]
    pub fn ids(&self) -> Vec<KeyId> {
        self.all().map(|key| key.id).collect()
    }

    /// Seals and opens texts.
    #[must_use]
    pub fn sealer(&self) -> Sealer {
        Sealer::new(self.subkeys(Purpose::Seal))
    }

    /// Turns residents into search keys.
    #[must_use]
    pub fn resident_indexer(&self) -> ResidentIndexer {
        ResidentIndexer::new(self.subkeys(Purpose::ResidentIndex))
    }

    /// Signs and checks access tokens.
    #[must_use]
    pub fn token_keys(&self) -> TokenKeys {
        TokenKeys::new(self.subkeys(Purpose::Token))
    }

    /// Signs and checks cookies and forms.
    #[must_use]
    pub fn cookie_keys(&self) -> CookieKeys {
        CookieKeys::new(self.subkeys(Purpose::Cookie))
    }

    /// Hides names and addresses whose sign-ins failed. Of the active key alone: after a rotation they are forgotten.
    #[must_use]
    pub fn guard_key(&self) -> GuardKey {
        GuardKey::new(&self.subkeys(Purpose::SignInGuard).0)
    }

    fn subkeys(&self, purpose: Purpose) -> (Subkey, Vec<Subkey>) {
        let derive = |key: &MasterKey| derive(key.id, &key.key, purpose);
        (derive(&self.active), self.older.iter().map(derive).collect())
    }

    fn all(&self) -> impl Iterator<Item = &MasterKey> {
        std::iter::once(&self.active).chain(&self.older)
    }

    fn to_text(&self) -> Zeroizing<String> {
        const LINE: usize = 8 + 1 + 44 + 1;
        let mut text = Zeroizing::new(String::with_capacity(LINE * (1 + self.older.len())));
        for key in self.all() {
            text.push_str(&key.id.to_string());
            text.push(' ');
            STANDARD.encode_string(*key.key, &mut text);
            text.push('\n');
        }
        text
    }
}

impl MasterKey {
    fn new(key: Zeroizing<[u8; 32]>) -> Self {
        let hash = Sha256::new().chain_update(ID_CONTEXT).chain_update(*key).finalize();
        let [a, b, c, d, ..] = <[u8; 32]>::from(hash);
        Self { id: KeyId([a, b, c, d]), key }
    }

    fn generate<E: fmt::Display>(mut random: impl FnMut(&mut [u8]) -> Result<(), E>) -> Result<Self, KeyError> {
        let mut key = Zeroizing::new([0; 32]);
        random(&mut *key).map_err(|error| KeyError::Random { reason: error.to_string() })?;
        Ok(Self::new(key))
    }

    fn parse(line: &str) -> Result<Self, LineProblem> {
        let (id, encoded) = line.split_once(' ').ok_or(LineProblem::RingForm)?;
        let is_hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        if id.len() != 8 || !id.bytes().all(is_hex) {
            return Err(LineProblem::RingForm);
        }
        let decoded = Zeroizing::new(STANDARD.decode(encoded).map_err(|_| LineProblem::RingForm)?);
        let key: &[u8; 32] = decoded.as_slice().try_into().map_err(|_| LineProblem::RingForm)?;
        let key = Self::new(Zeroizing::new(*key));
        if key.id.to_string() == id { Ok(key) } else { Err(LineProblem::WrongId) }
    }
}
