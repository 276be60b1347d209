//! The `Idempotency-Key` header.

use actix_web::HttpRequest;
use sha2::{Digest, Sha256};

use crate::app::decisions::IdempotencyKey;
use crate::http::Problem;

const HEADER: &str = "Idempotency-Key";

/// The key of this request, bound to its body.
pub(super) fn key_of(request: &HttpRequest, body: &[u8]) -> Result<Option<IdempotencyKey>, Problem> {
    let mut values = request.headers().get_all(HEADER);
    let Some(value) = values.next() else { return Ok(None) };
    let is_sound = (1..=255).contains(&value.len()) && value.as_bytes().iter().all(u8::is_ascii_graphic);
    match value.to_str() {
        Ok(key) if is_sound && values.next().is_none() => {
            Ok(Some(IdempotencyKey { key: key.to_owned(), body: Sha256::digest(body).into() }))
        }
        _ => Err(Problem::member(HEADER, "expected one key of 1 to 255 visible ASCII characters")),
    }
}
