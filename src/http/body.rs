//! JSON bodies, read strictly: what is wrong is named by its member, and no value is ever repeated.

use actix_web::http::header::CONTENT_TYPE;
use actix_web::{HttpRequest, web};
use serde::Deserialize;
use serde_path_to_error::{Path, Segment};

use super::{Problem, ProblemKind};

/// Checks the declared type and the size of a body.
///
/// # Errors
/// The problem to answer with.
pub fn demand_json(request: &HttpRequest, body: &web::Bytes, limit: usize) -> Result<(), Problem> {
    if body.len() > limit {
        return Err(Problem::new(ProblemKind::TooLarge, format!("expected at most {limit} bytes")));
    }
    let declared = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = declared.split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case("application/json") {
        return Ok(());
    }
    Err(Problem::new(ProblemKind::UnsupportedMediaType, "expected `Content-Type: application/json`"))
}

/// Reads a value, quickly when it is right, and once more with care when it is not.
///
/// # Errors
/// Which member is wrong and what was expected there.
pub fn parse<'de, T: Deserialize<'de>>(json: &'de [u8], at: &str) -> Result<T, Problem> {
    if let Ok(value) = serde_json::from_slice(json) {
        return Ok(value);
    }
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    let parsed = serde_path_to_error::deserialize::<_, T>(&mut deserializer);
    match parsed {
        Err(error) => Err(problem_of(&pointer(at, error.path()), error.inner())),
        // The value is right, so what follows it is not.
        Ok(_) => Err(Problem::new(ProblemKind::MalformedJson, "expected nothing after the JSON value")),
    }
}

fn problem_of(pointer: &str, error: &serde_json::Error) -> Problem {
    if !error.is_data() {
        let detail = format!("not valid JSON at line {}, column {}", error.line(), error.column());
        return Problem::new(ProblemKind::MalformedJson, detail);
    }
    let message = error.to_string();
    let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(message, _)| message);
    if let Some(name) = quoted(message, "missing field `") {
        return Problem::member(format!("{pointer}/{name}"), "is required");
    }
    if let Some(name) = quoted(message, "duplicate field `") {
        return Problem::member(format!("{pointer}/{name}"), "stands here twice");
    }
    // serde's own messages repeat the value they found before they say what they expected.
    let foreign = ["invalid type: ", "invalid value: ", "invalid length ", "unknown field "];
    if foreign.iter().any(|prefix| message.starts_with(prefix)) {
        let expected = message.rsplit_once("expected ").map_or("another value", |(_, expected)| expected);
        return Problem::member(pointer.to_owned(), format!("expected {expected}"));
    }
    Problem::member(pointer.to_owned(), message.to_owned())
}

fn quoted<'m>(message: &'m str, prefix: &str) -> Option<&'m str> {
    message.strip_prefix(prefix)?.strip_suffix('`')
}

/// The path as a JSON pointer (RFC 6901).
fn pointer(at: &str, path: &Path) -> String {
    path.iter().fold(at.to_owned(), |pointer, segment| match segment {
        Segment::Seq { index } => format!("{pointer}/{index}"),
        Segment::Map { key } => format!("{pointer}/{}", escape(key)),
        Segment::Enum { variant } => format!("{pointer}/{}", escape(variant)),
        Segment::Unknown => pointer,
    })
}

fn escape(key: &str) -> String {
    key.chars().take(64).collect::<String>().replace('~', "~0").replace('/', "~1")
}
