//! Cosignatures: that somebody else has seen a checkpoint, and that it continues what they saw before (C2SP
//! tlog-cosignature, the Ed25519 kind `cosignature/v1`).
//!
//! A witness's key never opens a note by itself: only the log's own key says that a checkpoint is the log's. What stands
//! beneath a note by a witness is believed when it verifies over that note's text, and not before.

use std::fmt;

use ed25519_dalek::{Signer as _, SigningKey};

use super::key::{COSIGNATURE, KeyError, NamedKey};
use super::note::Signature;

/// Bytes of a timestamp before the signature itself.
const TIMESTAMP_BYTES: usize = 8;

/// A witness's name with its public key.
///
/// It prints and parses as a C2SP verifier key: `name+hex8+base64(0x04 || key)`.
#[derive(Clone, PartialEq, Eq)]
pub struct WitnessKey(NamedKey);

/// A witness's name with its secret key. Overwritten in memory when dropped.
pub struct Cosigner {
    key: SigningKey,
    public: WitnessKey,
}

/// A witness's signature that has verified over the text of a checkpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cosignature {
    signature: Signature,
    at: u64,
}

/// Why something is no cosignature by this witness.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CosignatureError {
    /// A line that is no signature line.
    #[error("a malformed signature line")]
    Line,
    /// No line is by this key.
    #[error("no signature by this witness's key")]
    Missing,
    /// Not eight bytes of time and 64 of signature.
    #[error("a cosignature of a wrong length")]
    Length,
    /// No time, or one beyond 2^63 - 1.
    #[error("a cosignature without a proper time")]
    Time,
    /// It does not verify over this text.
    #[error("a cosignature that does not verify")]
    Signature,
}

impl WitnessKey {
    /// Reads a verifier key, `name+hex8+base64(0x04 || key)`.
    ///
    /// # Errors
    /// When it is written in any other way, its key id does not match, or it is no such key.
    pub fn parse(vkey: &str) -> Result<Self, KeyError> {
        NamedKey::parse(COSIGNATURE, vkey).map(Self)
    }

    /// The witness's name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.name()
    }

    /// First four bytes, big-endian, of SHA-256(name || 0x0A || 0x04 || public key).
    #[must_use]
    pub const fn key_id(&self) -> u32 {
        self.0.key_id()
    }

    /// Whether a signature says that it is by this key.
    #[must_use]
    pub fn claims(&self, signature: &Signature) -> bool {
        signature.key_id() == self.key_id() && signature.name() == self.name()
    }

    /// Verifies the first of these signatures that says it is by this key; others are not looked at.
    ///
    /// # Errors
    /// When there is none, or it does not verify over the text.
    pub fn find_over(&self, text: &str, signatures: &[Signature]) -> Result<Cosignature, CosignatureError> {
        let claimed = signatures.iter().find(|signature| self.claims(signature)).ok_or(CosignatureError::Missing)?;
        let (time, rest) = claimed.bytes().split_first_chunk::<TIMESTAMP_BYTES>().ok_or(CosignatureError::Length)?;
        if rest.len() != ed25519_dalek::SIGNATURE_LENGTH {
            return Err(CosignatureError::Length);
        }
        let at = u64::from_be_bytes(*time);
        if at == 0 || i64::try_from(at).is_err() {
            return Err(CosignatureError::Time);
        }
        if !self.0.accepts(message(at, text).as_bytes(), rest) {
            return Err(CosignatureError::Signature);
        }
        Ok(Cosignature { signature: claimed.clone(), at })
    }
}

impl Cosigner {
    /// A cosigner from the 32 secret bytes of an Ed25519 key.
    ///
    /// # Errors
    /// When the name is not a key name.
    pub fn new(name: &str, seed: &[u8; 32]) -> Result<Self, KeyError> {
        let key = SigningKey::from_bytes(seed);
        let public = WitnessKey(NamedKey::new(COSIGNATURE, name, key.verifying_key())?);
        Ok(Self { key, public })
    }

    /// The public half.
    #[must_use]
    pub const fn key(&self) -> &WitnessKey {
        &self.public
    }

    /// Cosigns the text of a checkpoint, at this many seconds since the epoch.
    #[must_use]
    pub fn cosign(&self, text: &str, at: u64) -> Signature {
        let signature = self.key.sign(message(at, text).as_bytes()).to_bytes();
        let bytes = at.to_be_bytes().into_iter().chain(signature).collect();
        Signature::new(self.public.name().to_owned(), self.public.key_id(), bytes)
    }
}

impl Cosignature {
    /// When the witness signed, in seconds since the epoch, by its own clock.
    #[must_use]
    pub const fn at(&self) -> u64 {
        self.at
    }

    /// The line beneath the note, with its newline.
    #[must_use]
    pub fn to_line(&self) -> String {
        self.signature.to_line()
    }
}

/// What is signed: never a note's text alone, so that nobody can pass a cosignature off as a log's signature.
fn message(at: u64, text: &str) -> String {
    format!("cosignature/v1\ntime {at}\n{text}")
}

impl fmt::Display for WitnessKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for WitnessKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "WitnessKey({self})")
    }
}

impl fmt::Debug for Cosigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cosigner({})", self.public)
    }
}
