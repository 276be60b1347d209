//! Whose data it is.
//!
//! Must never print, serialise or log who a resident is: the types here have no `Serialize` and a `Debug` that hides
//! them, so that a careless `{:?}` cannot turn a log into a list of residents.

use std::fmt;

use unicode_normalization::UnicodeNormalization as _;

/// The id by which a store knows a resident, such as an account number.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ResidentId(String);

/// A resident id that cannot be accepted. Says nothing of the id itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ResidentIdError {
    /// No character at all.
    #[error("the resident id is empty")]
    Empty,
    /// More than 128 characters.
    #[error("the resident id is longer than {} characters", ResidentId::MAX_CHARS)]
    TooLong,
    /// A control character, such as a line break.
    #[error("the resident id holds a control character")]
    ControlCharacter,
    /// White space at an end. Many stores would ignore it; here it would make another resident, without the flags of the
    /// real one.
    #[error("the resident id begins or ends with white space")]
    Untrimmed,
    /// A second spelling of the same characters (Unicode composition), for the same reason.
    #[error("the resident id is not in Unicode normalization form C")]
    NotComposed,
}

impl ResidentId {
    /// The longest id accepted, in characters.
    pub const MAX_CHARS: usize = 128;

    /// Checks an id. It is kept exactly as given: two stores may tell `a1` from `A1`.
    ///
    /// # Errors
    /// When the id is empty, longer than [`ResidentId::MAX_CHARS`], holds a control character, or is a second spelling of
    /// another id.
    pub fn new(id: impl Into<String>) -> Result<Self, ResidentIdError> {
        let id = id.into();
        if id.is_empty() {
            return Err(ResidentIdError::Empty);
        }
        if id.chars().count() > Self::MAX_CHARS {
            return Err(ResidentIdError::TooLong);
        }
        if id.chars().any(char::is_control) {
            return Err(ResidentIdError::ControlCharacter);
        }
        if id.trim() != id {
            return Err(ResidentIdError::Untrimmed);
        }
        if !id.is_ascii() && !id.nfc().eq(id.chars()) {
            return Err(ResidentIdError::NotComposed);
        }
        Ok(Self(id))
    }

    /// The id in the clear, for sealing and for the keyed index only.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ResidentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ResidentId(hidden)")
    }
}

/// A keyed index (an HMAC made elsewhere) by which a resident is matched without the id.
///
/// Equal for the same store, resident and key. Hidden, too: together with the key it would identify a person.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ResidentIndex([u8; 32]);

impl ResidentIndex {
    /// Wraps the 32 bytes of the HMAC.
    #[must_use]
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes, for storage.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for ResidentIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ResidentIndex(hidden)")
    }
}
