//! Subkeys that go by a name: for tokens (HS256, the name is the `kid`) and for cookies. The newest signs, every key of
//! the ring checks. Never shows a secret in `Debug`.

use std::fmt;

use zeroize::Zeroizing;

use super::subkey::Subkey;

/// The keys of access tokens.
#[derive(Clone)]
pub struct TokenKeys(NamedSecrets);

/// The keys of cookies and form tokens.
#[derive(Clone)]
pub struct CookieKeys(NamedSecrets);

#[derive(Clone)]
struct NamedSecrets {
    active: NamedSecret,
    older: Vec<NamedSecret>,
}

#[derive(Clone)]
struct NamedSecret {
    kid: String,
    secret: Zeroizing<[u8; 32]>,
}

impl TokenKeys {
    pub(super) fn new(subkeys: (Subkey, Vec<Subkey>)) -> Self {
        Self(NamedSecrets::new(subkeys))
    }

    /// The name and the secret to sign with.
    #[must_use]
    pub fn active(&self) -> (&str, &[u8; 32]) {
        self.0.active.parts()
    }

    /// The secret of that name, to check with.
    #[must_use]
    pub fn by_kid(&self, kid: &str) -> Option<&[u8; 32]> {
        self.0.by_kid(kid)
    }
}

impl CookieKeys {
    pub(super) fn new(subkeys: (Subkey, Vec<Subkey>)) -> Self {
        Self(NamedSecrets::new(subkeys))
    }

    /// The name and the secret to sign with.
    #[must_use]
    pub fn active(&self) -> (&str, &[u8; 32]) {
        self.0.active.parts()
    }

    /// The secret of that name, to check with.
    #[must_use]
    pub fn by_kid(&self, kid: &str) -> Option<&[u8; 32]> {
        self.0.by_kid(kid)
    }
}

impl NamedSecrets {
    fn new((active, older): (Subkey, Vec<Subkey>)) -> Self {
        let named = |subkey: Subkey| NamedSecret { kid: subkey.id.to_string(), secret: subkey.key };
        Self { active: named(active), older: older.into_iter().map(named).collect() }
    }

    fn by_kid(&self, kid: &str) -> Option<&[u8; 32]> {
        std::iter::once(&self.active).chain(&self.older).find(|each| each.kid == kid).map(|each| &*each.secret)
    }
}

impl NamedSecret {
    fn parts(&self) -> (&str, &[u8; 32]) {
        (&self.kid, &self.secret)
    }
}

impl fmt::Debug for TokenKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenKeys").field("active", &self.0.active.kid).finish_non_exhaustive()
    }
}

impl fmt::Debug for CookieKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CookieKeys").field("active", &self.0.active.kid).finish_non_exhaustive()
    }
}
