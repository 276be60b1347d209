//! The name of a requested field, as asked and in one normalised form.
//!
//! Must never make two different fields equal by dropping letters, nor let one field pass under two looks.

use std::fmt;
use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use crate::domain::fold;

/// A requested field, such as `phones[0].number`.
///
/// Equal to another when the normalised forms are: NFKC, lower case, array indexes dropped.
#[derive(Clone)]
pub struct FieldName {
    asked: String,
    /// `None` when it is the same text, as it nearly always is.
    normalised: Option<Box<str>>,
}

/// A field name that cannot be accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FieldNameError {
    /// No character at all.
    #[error("the field name is empty")]
    Empty,
    /// More than 200 characters, as asked or normalised.
    #[error("the field name is longer than {} characters", FieldName::MAX_CHARS)]
    TooLong,
    /// More than 16 segments.
    #[error("the field name has more than {} segments", FieldName::MAX_SEGMENTS)]
    TooManySegments,
    /// Two dots in a row, or a dot at an end.
    #[error("the field name has an empty segment")]
    EmptySegment,
    /// White space at the beginning or end of the name or of a segment.
    #[error("the field name has white space around a segment")]
    SurroundingWhiteSpace,
    /// A control character, NUL included.
    #[error("the field name holds a control character")]
    ControlCharacter,
    /// A character that cannot be seen, such as a zero-width space.
    #[error("the field name holds an invisible character")]
    InvisibleCharacter,
    /// Nothing but array indexes.
    #[error("the field name holds nothing but array indexes")]
    OnlyIndexes,
}

impl FieldName {
    /// The longest name accepted, in characters.
    pub const MAX_CHARS: usize = 200;
    /// The deepest path accepted.
    pub const MAX_SEGMENTS: usize = 16;

    /// Checks and normalises a name.
    ///
    /// # Errors
    /// One [`FieldNameError`] for the first rule that the name breaks.
    pub fn new(asked: impl Into<String>) -> Result<Self, FieldNameError> {
        let asked = asked.into();
        check_characters(&asked)?;
        let normalised = {
            let folded = fold::folded(&asked);
            if matches!(folded, std::borrow::Cow::Owned(_)) {
                check_characters(&folded)?;
            }
            check_segments(&folded)?;
            let normalised = without_indexes(&folded)?;
            (normalised != asked).then(|| normalised.into())
        };
        Ok(Self { asked, normalised })
    }

    /// The text as asked.
    #[must_use]
    pub fn as_asked(&self) -> &str {
        &self.asked
    }

    /// The form that is compared and looked up.
    #[must_use]
    pub fn normalised(&self) -> &str {
        self.normalised.as_deref().unwrap_or(&self.asked)
    }

    /// What stands for the name in a URL: a name that somebody asked for may hold anything, and a URL is written down in
    /// many places.
    #[must_use]
    pub fn key(&self) -> String {
        let hash =
            Sha256::new().chain_update(b"zaguan field 1\n").chain_update(self.normalised().as_bytes()).finalize();
        hash.iter().take(8).fold(String::new(), |mut key, byte| {
            let _ = write!(key, "{byte:02x}");
            key
        })
    }

    /// Whether a segment is `*`: such a name asks for several fields at once.
    #[must_use]
    pub fn has_wildcard(&self) -> bool {
        self.normalised().split('.').any(|segment| segment == "*")
    }
}

fn check_characters(text: &str) -> Result<(), FieldNameError> {
    if text.is_empty() {
        return Err(FieldNameError::Empty);
    }
    if text.is_ascii() {
        // The hot path of every decision: bytes are characters, and none of them is invisible without being a control.
        return match text.bytes().any(|byte| byte.is_ascii_control()) {
            _ if text.len() > FieldName::MAX_CHARS => Err(FieldNameError::TooLong),
            true => Err(FieldNameError::ControlCharacter),
            false => Ok(()),
        };
    }
    if text.chars().count() > FieldName::MAX_CHARS {
        return Err(FieldNameError::TooLong);
    }
    if text.chars().any(char::is_control) {
        return Err(FieldNameError::ControlCharacter);
    }
    if text.chars().any(fold::is_invisible) {
        return Err(FieldNameError::InvisibleCharacter);
    }
    Ok(())
}

fn check_segments(folded: &str) -> Result<(), FieldNameError> {
    let mut count = 0;
    for segment in folded.split('.') {
        count += 1;
        if segment.is_empty() {
            return Err(FieldNameError::EmptySegment);
        }
        if segment.trim() != segment {
            return Err(FieldNameError::SurroundingWhiteSpace);
        }
    }
    if count > FieldName::MAX_SEGMENTS { Err(FieldNameError::TooManySegments) } else { Ok(()) }
}

/// Drops `[n]` and segments that are a bare number: every element of a list is judged like the list.
fn without_indexes(folded: &str) -> Result<std::borrow::Cow<'_, str>, FieldNameError> {
    let may_hold_index = folded.contains('[') || folded.split('.').any(is_number);
    if !may_hold_index {
        return Ok(folded.into());
    }
    let mut kept: Vec<&str> = Vec::new();
    for segment in folded.split('.') {
        let bare = without_brackets(segment);
        if bare.trim() != bare {
            return Err(FieldNameError::SurroundingWhiteSpace);
        }
        if !bare.is_empty() && !is_number(bare) {
            kept.push(bare);
        }
    }
    if kept.is_empty() { Err(FieldNameError::OnlyIndexes) } else { Ok(kept.join(".").into()) }
}

/// The segment before its trailing `[n][m]…`; anything else in brackets is part of the name.
fn without_brackets(segment: &str) -> &str {
    let mut bare = segment;
    while let Some((before, index)) = bare.strip_suffix(']').and_then(|open| open.rsplit_once('[')) {
        if !is_number(index) {
            break;
        }
        bare = before;
    }
    bare
}

fn is_number(segment: &str) -> bool {
    !segment.is_empty() && segment.bytes().all(|byte| byte.is_ascii_digit())
}

impl PartialEq for FieldName {
    fn eq(&self, other: &Self) -> bool {
        self.normalised() == other.normalised()
    }
}

impl Eq for FieldName {}

impl std::hash::Hash for FieldName {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.normalised().hash(state);
    }
}

impl fmt::Debug for FieldName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FieldName({:?})", self.asked)
    }
}

impl fmt::Display for FieldName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.asked)
    }
}

impl std::str::FromStr for FieldName {
    type Err = FieldNameError;

    fn from_str(text: &str) -> Result<Self, FieldNameError> {
        Self::new(text)
    }
}
