//! The name by which somebody signs in, and by which the log knows them.

use std::fmt;
use std::str::FromStr;

/// 3 to 32 of `a-z`, `0-9`, `.`, `-` and `_`, beginning with a letter. Names that the log uses for others are refused.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Username(String);

/// Why a name is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UsernameError {
    /// Not spelled as a username.
    #[error("a username is 3 to 32 of a-z, 0-9, `.`, `-` and `_`, and begins with a letter")]
    Spelling,
    /// The log calls somebody else by it.
    #[error("this username is reserved")]
    Reserved,
}

/// Who else acts in the log.
const RESERVED: [&str; 4] = ["operator", "service", "anonymous", "demo"];

impl Username {
    /// The name itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Username {
    type Err = UsernameError;

    fn from_str(text: &str) -> Result<Self, UsernameError> {
        let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-_".contains(&byte);
        let is_spelled = (3..=32).contains(&text.len())
            && text.starts_with(|first: char| first.is_ascii_lowercase())
            && text.bytes().all(allowed);
        if !is_spelled {
            return Err(UsernameError::Spelling);
        }
        if RESERVED.contains(&text) { Err(UsernameError::Reserved) } else { Ok(Self(text.to_owned())) }
    }
}

impl fmt::Display for Username {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}
