//! JSON bodies, read strictly: what is wrong is named by its member, and no value is ever repeated.

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{FromRequest, HttpRequest, web};
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_path_to_error::{Path, Segment};

use super::{Problem, ProblemKind};

/// A body as it was sent. Like actix's own extractor, but one that is too large, or stops coming, is answered with a
/// problem document.
pub struct Body(pub web::Bytes);

/// A body that is being received.
pub struct Receiving(<web::Bytes as FromRequest>::Future);

impl FromRequest for Body {
    type Error = Problem;
    type Future = Receiving;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Receiving {
        Receiving(web::Bytes::from_request(request, payload))
    }
}

impl Future for Receiving {
    type Output = Result<Body, Problem>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.0).poll(context).map(|received| received.map(Body).map_err(|error| unreceived(&error)))
    }
}

fn unreceived(error: &actix_web::Error) -> Problem {
    match error.as_response_error().status_code() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::new(ProblemKind::TooLarge, "expected a smaller body"),
        _ => Problem::new(ProblemKind::InvalidRequest, "the body could not be read to its end"),
    }
}

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

/// The largest body of a call that holds no more than a few words.
const SMALL_BYTES: usize = 16 * 1024;

/// Reads a small JSON object: a few words, as somebody fills in a form.
///
/// # Errors
/// The problem to answer with.
pub fn read_small<'de, T: Deserialize<'de>>(request: &HttpRequest, body: &'de web::Bytes) -> Result<T, Problem> {
    demand_json(request, body, SMALL_BYTES)?;
    parse(body, "")
}

/// Reads a value, quickly when it is right, and once more with care when it is not.
///
/// # Errors
/// Which member is wrong and what was expected there.
pub fn parse<'de, T: Deserialize<'de>>(json: &'de [u8], at: &str) -> Result<T, Problem> {
    if let Ok(Object(value)) = serde_json::from_slice(json) {
        return Ok(value);
    }
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    let parsed = serde_path_to_error::deserialize::<_, Object<T>>(&mut deserializer);
    match parsed {
        Err(error) => Err(problem_of(at, &pointer(at, error.path()), error.inner())),
        // The value is right, so what follows it is not.
        Ok(_) => Err(Problem::new(ProblemKind::MalformedJson, "expected nothing after the JSON value")),
    }
}

fn problem_of(at: &str, pointer: &str, error: &serde_json::Error) -> Problem {
    if !error.is_data() {
        let detail = format!("not valid JSON at line {}, column {}", error.line(), error.column());
        let problem = Problem::new(ProblemKind::MalformedJson, detail.clone());
        // A whole body has no place to point at; an item of a batch has.
        return if at.is_empty() { problem } else { problem.with_member(at, detail) };
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
    let expected = || message.rsplit_once("expected ").map_or("another value", |(_, expected)| expected);
    // So does an unknown word of a closed set; its name is what was expected.
    if let Some((set, _)) = message.strip_prefix("unknown ").and_then(|rest| rest.split_once(" `"))
        && set != "field"
    {
        return Problem::member(pointer.to_owned(), format!("is not a known {set}"));
    }
    if message.starts_with("unknown field ") {
        return Problem::member(pointer.to_owned(), format!("is not known here: expected {}", expected()));
    }
    if ["invalid type: ", "invalid value: ", "invalid length "].iter().any(|prefix| message.starts_with(prefix)) {
        return Problem::member(pointer.to_owned(), format!("expected {}", expected()));
    }
    Problem::member(pointer.to_owned(), message.to_owned())
}

/// A JSON object. Without it, serde would also take a list of the members' values in the order of our struct.
pub struct Object<T>(pub T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ObjectVisitor<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for ObjectVisitor<T> {
            type Value = Object<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a JSON object")
            }

            fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Object<T>, A::Error> {
                T::deserialize(MapAccessDeserializer::new(members)).map(Object)
            }
        }
        deserializer.deserialize_map(ObjectVisitor(PhantomData))
    }
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
