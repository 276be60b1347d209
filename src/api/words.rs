//! What staff write: bodies read as JSON, notes and reasons.

use actix_web::{HttpRequest, web};
use serde::Deserialize;

use crate::http::{Problem, ProblemKind, Site, body};

/// Reads a JSON object of the usual size.
pub(super) fn read_json<'b, T: Deserialize<'b>>(
    site: &Site,
    request: &HttpRequest,
    bytes: &'b web::Bytes,
) -> Result<T, Problem> {
    body::demand_json(request, bytes, site.settings.server.body_limit_bytes)?;
    body::parse(bytes, "")
}

/// The database did not answer, or not with what it was given.
pub(super) fn unavailable() -> Problem {
    Problem::new(ProblemKind::Unavailable, "the records cannot be read")
}

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
