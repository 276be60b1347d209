//! Free text of staff: notes and reasons.

use crate::http::Problem;

/// A text that must say something.
pub(super) fn said(member: &str, text: String, most_chars: usize) -> Result<String, Problem> {
    if text.chars().any(char::is_alphanumeric) {
        return noted(member, text, most_chars);
    }
    Err(Problem::member(member, "expected a few words"))
}

/// A text that may be empty: of bounded length, and without control characters save line breaks and tabs.
pub(super) fn noted(member: &str, text: String, most_chars: usize) -> Result<String, Problem> {
    if text.chars().count() > most_chars {
        return Err(Problem::member(member, format!("expected at most {most_chars} characters")));
    }
    if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        return Err(Problem::member(member, "expected text without control characters"));
    }
    Ok(text)
}
