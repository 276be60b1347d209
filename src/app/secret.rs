//! Client secrets, drawn here and shown once, and passwords: kept only as an Argon2id hash (RFC 9106).

use argon2::{Algorithm, Argon2, Params, PasswordHash, PasswordHasher, PasswordVerifier, Version};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use zeroize::Zeroizing;

use crate::clock::{Entropy, EntropyError};

/// Hashes and checks secrets.
pub struct SecretHasher {
    argon2: Argon2<'static>,
    /// What is checked when there is no such client, so that the answer takes as long.
    decoy: String,
}

/// A secret or its hash cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("the secret cannot be hashed: {0}")]
pub struct SecretError(String);

impl SecretHasher {
    /// A hasher with these costs: memory in KiB, passes, lanes.
    ///
    /// # Errors
    /// When Argon2 does not allow the costs.
    pub fn new(memory_kib: u32, iterations: u32, parallelism: u32) -> Result<Self, SecretError> {
        let params = Params::new(memory_kib, iterations, parallelism, None).map_err(failed)?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let decoy = hash(&argon2, b"decoy", &[7; 16])?;
        Ok(Self { argon2, decoy })
    }

    /// The hash of a secret, in PHC form.
    ///
    /// # Errors
    /// When there are no random bytes for the salt, or Argon2 fails.
    pub fn hash(&self, secret: &str, entropy: &dyn Entropy) -> Result<String, SecretError> {
        let mut salt = [0; 16];
        entropy.fill(&mut salt).map_err(failed)?;
        hash(&self.argon2, secret.as_bytes(), &salt)
    }

    /// Whether the secret is the one that was hashed. Without a hash it takes as long, and is false.
    #[must_use]
    pub fn verify(&self, secret: &str, hash: Option<&str>) -> bool {
        let is_right = self.argon2.verify_password(secret.as_bytes(), hash.unwrap_or(&self.decoy)).is_ok();
        is_right && hash.is_some()
    }

    /// Whether a hash was made at lower costs than today's. A hash that cannot be read is not: it opens nothing anyway.
    #[must_use]
    pub fn is_outdated(&self, hash: &str) -> bool {
        let made_with = PasswordHash::new(hash).ok().and_then(|hash| Params::try_from(&hash).ok());
        let now = self.argon2.params();
        made_with.is_some_and(|then| {
            then.m_cost() < now.m_cost() || then.t_cost() < now.t_cost() || then.p_cost() < now.p_cost()
        })
    }
}

fn hash(argon2: &Argon2<'_>, secret: &[u8], salt: &[u8]) -> Result<String, SecretError> {
    Ok(argon2.hash_password_with_salt(secret, salt).map_err(failed)?.to_string())
}

fn failed(error: impl std::fmt::Display) -> SecretError {
    SecretError(error.to_string())
}

/// Draws a secret: 32 random bytes in URL-safe base64.
///
/// # Errors
/// When there are no random bytes.
pub fn draw_secret(entropy: &dyn Entropy) -> Result<Zeroizing<String>, EntropyError> {
    let mut bytes = Zeroizing::new([0; 32]);
    entropy.fill(bytes.as_mut())?;
    Ok(Zeroizing::new(URL_SAFE_NO_PAD.encode(bytes.as_slice())))
}
