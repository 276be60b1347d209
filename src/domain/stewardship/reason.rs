//! The reason that somebody gives: long enough to say something, and on one line.

use crate::domain::fold::is_invisible;

/// Fewer characters say nothing.
pub const SHORTEST: usize = 10;

/// More belong elsewhere.
pub const LONGEST: usize = 500;

/// Why a reason is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReasonError {
    /// Too few or too many characters.
    #[error("a reason has {SHORTEST} to {LONGEST} characters")]
    Length,
    /// Something in it cannot be seen.
    #[error("a reason holds no control characters and none that cannot be seen")]
    Unseen,
}

/// A reason as it is kept: every run of white space is one blank.
///
/// # Errors
/// Why it is refused.
pub fn reason_of(text: &str) -> Result<String, ReasonError> {
    let reason = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if reason.chars().any(|c| c.is_control() || is_invisible(c)) {
        return Err(ReasonError::Unseen);
    }
    if (SHORTEST..=LONGEST).contains(&reason.chars().count()) { Ok(reason) } else { Err(ReasonError::Length) }
}
