//! Keys of signed notes: names, Ed25519 keys, and the verifier keys handed to the public.
//!
//! A secret key must never be printed, compared or copied out of here; its memory is overwritten
//! when the [`Signer`] is dropped. Where secret keys come from and where they rest is not known
//! here.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest as _, Sha256};

/// Signature type identifier of Ed25519 (C2SP signed-note).
const ED25519: u8 = 0x01;

/// Signature type identifier of timestamped Ed25519 cosignatures (C2SP tlog-cosignature).
pub(super) const COSIGNATURE: u8 = 0x04;

/// Why something is not a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// A name is not empty and has no white space, control character or `+`.
    #[error("not a key name")]
    Name,
    /// Not `name+hex8+base64`, or not in its one spelling.
    #[error("not a verifier key")]
    Format,
    /// Only Ed25519 is known here: 0x01 for logs, 0x04 for witnesses, each in its place.
    #[error("unknown signature type {0}")]
    Algorithm(u8),
    /// The key id is not the one that follows from name and key.
    #[error("the key id does not belong to this name and key")]
    KeyId,
    /// Not a point of the curve, or one under which forgeries are possible.
    #[error("not a usable ed25519 public key")]
    PublicKey,
}

/// A name with a secret Ed25519 key. Overwritten in memory when dropped.
pub struct Signer {
    key: SigningKey,
    verifier: Verifier,
}

/// A name with a public Ed25519 key.
///
/// It prints and parses as a C2SP verifier key: `name+hex8+base64(0x01 || key)`.
#[derive(Clone, PartialEq, Eq)]
pub struct Verifier(NamedKey);

/// What verifier keys of every signature type have in common.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct NamedKey {
    signature_type: u8,
    name: String,
    key: VerifyingKey,
    key_id: u32,
}

impl Signer {
    /// A signer from the 32 secret bytes of an Ed25519 key (the seed of RFC 8032).
    ///
    /// # Errors
    /// When the name is not a key name.
    pub fn new(name: &str, seed: &[u8; 32]) -> Result<Self, KeyError> {
        let key = SigningKey::from_bytes(seed);
        let verifier = Verifier(NamedKey::new(ED25519, name, key.verifying_key())?);
        Ok(Self { key, verifier })
    }

    /// The key's name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.verifier.name()
    }

    /// The key id, as in [`Verifier::key_id`].
    #[must_use]
    pub const fn key_id(&self) -> u32 {
        self.verifier.key_id()
    }

    /// The public half.
    #[must_use]
    pub const fn verifier(&self) -> &Verifier {
        &self.verifier
    }

    /// The same key under another name. What one name signed can never pass for the other's: the name is in the text.
    ///
    /// # Errors
    /// When it is not a key name.
    pub fn named(&self, name: &str) -> Result<Self, KeyError> {
        Self::new(name, self.key.as_bytes())
    }

    /// Ed25519 signature over the bytes; the same bytes always give the same signature.
    pub(super) fn sign_bytes(&self, bytes: &[u8]) -> [u8; 64] {
        self.key.sign(bytes).to_bytes()
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signer({})", self.verifier)
    }
}

impl Verifier {
    /// Reads a verifier key, `name+hex8+base64(0x01 || key)`.
    ///
    /// # Errors
    /// When it is written in any other way, its key id does not match, or it is no Ed25519 key.
    pub fn parse(vkey: &str) -> Result<Self, KeyError> {
        NamedKey::parse(ED25519, vkey).map(Self)
    }

    /// The same key under another name.
    ///
    /// # Errors
    /// When it is not a key name.
    pub fn named(&self, name: &str) -> Result<Self, KeyError> {
        NamedKey::new(ED25519, name, self.0.key).map(Self)
    }

    /// The key's name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.name()
    }

    /// First four bytes, big-endian, of SHA-256(name || 0x0A || 0x01 || public key).
    #[must_use]
    pub const fn key_id(&self) -> u32 {
        self.0.key_id()
    }

    /// Whether `signature` is this key's over `bytes`, by the strict rules of RFC 8032.
    pub(super) fn accepts(&self, bytes: &[u8], signature: &[u8]) -> bool {
        self.0.accepts(bytes, signature)
    }
}

impl fmt::Display for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Verifier({self})")
    }
}

impl NamedKey {
    pub(super) fn new(signature_type: u8, name: &str, key: VerifyingKey) -> Result<Self, KeyError> {
        if !is_key_name(name) || name.chars().any(char::is_control) {
            return Err(KeyError::Name);
        }
        let key_id = key_id(signature_type, name, &key);
        Ok(Self { signature_type, name: name.to_owned(), key, key_id })
    }

    pub(super) fn parse(signature_type: u8, vkey: &str) -> Result<Self, KeyError> {
        let (name, rest) = vkey.split_once('+').ok_or(KeyError::Format)?;
        let (id, material) = rest.split_once('+').ok_or(KeyError::Format)?;
        let material = STANDARD.decode(material).map_err(|_| KeyError::Format)?;
        let (&found, key) = material.split_first().ok_or(KeyError::Format)?;
        if found != signature_type {
            return Err(KeyError::Algorithm(found));
        }
        let key = key.try_into().map_err(|_| KeyError::PublicKey)?;
        let key = VerifyingKey::from_bytes(key).map_err(|_| KeyError::PublicKey)?;
        if key.is_weak() {
            return Err(KeyError::PublicKey);
        }
        let named = Self::new(signature_type, name, key)?;
        if format!("{:08x}", named.key_id) == id { Ok(named) } else { Err(KeyError::KeyId) }
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(super) const fn key_id(&self) -> u32 {
        self.key_id
    }

    pub(super) fn accepts(&self, bytes: &[u8], signature: &[u8]) -> bool {
        Signature::from_slice(signature).is_ok_and(|signature| self.key.verify_strict(bytes, &signature).is_ok())
    }
}

impl fmt::Display for NamedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut material = vec![self.signature_type];
        material.extend_from_slice(self.key.as_bytes());
        write!(f, "{}+{:08x}+{}", self.name, self.key_id, STANDARD.encode(material))
    }
}

/// Whether C2SP signed-note allows this key name: not empty, no Unicode space, no `+`.
pub(super) fn is_key_name(name: &str) -> bool {
    !name.is_empty() && !name.chars().any(|c| c.is_whitespace() || c == '+')
}

fn key_id(signature_type: u8, name: &str, key: &VerifyingKey) -> u32 {
    let named = Sha256::new().chain_update(name).chain_update([b'\n', signature_type]);
    let digest: [u8; 32] = named.chain_update(key.as_bytes()).finalize().into();
    let [a, b, c, d, ..] = digest;
    u32::from_be_bytes([a, b, c, d])
}
