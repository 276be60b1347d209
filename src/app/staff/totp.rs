//! Codes from an authenticator app (RFC 6238): SHA-1, six digits, thirty seconds, and one step of grace on either side,
//! which is what every such app does.

use std::fmt;

use chrono::{DateTime, Utc};
use totp_rs::{Builder, Secret, Totp};
use zeroize::Zeroizing;

use crate::clock::{Entropy, EntropyError};

/// As long as the hash that it goes into (RFC 4226 §4).
const BYTES: usize = 20;

/// The secret that an account shares with its holder's authenticator app.
#[derive(Clone)]
pub struct TotpSecret(Zeroizing<[u8; BYTES]>);

impl fmt::Debug for TotpSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TotpSecret").finish_non_exhaustive()
    }
}

impl TotpSecret {
    /// Stands in where there is no account, so that the answer takes as long.
    pub(super) fn decoy() -> Self {
        Self(Zeroizing::new([0; BYTES]))
    }

    pub(super) fn draw(entropy: &dyn Entropy) -> Result<Self, EntropyError> {
        let mut bytes = Zeroizing::new([0; BYTES]);
        entropy.fill(bytes.as_mut())?;
        Ok(Self(bytes))
    }

    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        <[u8; BYTES]>::try_from(bytes).ok().map(|bytes| Self(Zeroizing::new(bytes)))
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        self.0.as_slice()
    }

    /// The time step whose code this is: the one before, the present or the next.
    #[must_use]
    pub fn step_of(&self, code: &str, now: DateTime<Utc>) -> Option<i64> {
        self.totp().check(code, seconds(now)).and_then(|step| i64::try_from(step).ok())
    }

    /// The code of an instant, as the holder's app shows it.
    #[must_use]
    pub fn code_at(&self, at: DateTime<Utc>) -> String {
        self.totp().generate(seconds(at)).to_string()
    }

    /// The secret as it is typed into an app that cannot scan.
    #[must_use]
    pub fn to_base32(&self) -> Zeroizing<String> {
        Zeroizing::new(Secret::from(*self.0).to_base32())
    }

    /// The secret that was typed.
    #[must_use]
    pub fn of_base32(text: &str) -> Option<Self> {
        Secret::try_from_base32(text).ok().and_then(|secret| Self::of(&secret))
    }

    /// What an app scans. `holder` is spelled as a username is.
    #[must_use]
    pub fn uri(&self, holder: &str) -> Zeroizing<String> {
        let secret = self.to_base32();
        Zeroizing::new(format!(
            "otpauth://totp/Zagu%C3%A1n:{holder}?secret={}&issuer=Zagu%C3%A1n&algorithm=SHA1&digits=6&period=30",
            secret.as_str()
        ))
    }

    /// Six digits, thirty seconds and one step of grace are what the builder begins with.
    fn totp(&self) -> Totp {
        Builder::new().with_secret(*self.0).build_noncompliant()
    }
}

fn seconds(at: DateTime<Utc>) -> u64 {
    u64::try_from(at.timestamp()).unwrap_or_default()
}
