//! Bodies that are files: taken in piece by piece, counted while they come, and never logged.

use std::future::poll_fn;
use std::pin::pin;
use std::time::Duration;

use actix_web::http::header::CONTENT_LENGTH;
use actix_web::{HttpRequest, web};
use futures_core::Stream as _;

use super::{Problem, ProblemKind};

/// Who sends more slowly than this does not hold memory for it.
const LONGEST: Duration = Duration::from_secs(600);

/// The whole body, of at most `limit` bytes. One that says that it is longer is refused unread.
///
/// # Errors
/// The problem to answer with.
pub async fn received(request: &HttpRequest, payload: web::Payload, limit: usize) -> Result<Vec<u8>, Problem> {
    let declared = request.headers().get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if declared.is_some_and(|length| length > limit) {
        return Err(too_large(limit));
    }
    let whole = actix_web::rt::time::timeout(LONGEST, collected(payload, limit)).await;
    whole.unwrap_or_else(|_| Err(Problem::new(ProblemKind::InvalidRequest, "the body took too long to come")))
}

async fn collected(payload: web::Payload, limit: usize) -> Result<Vec<u8>, Problem> {
    let mut payload = pin!(payload);
    let mut whole = Vec::new();
    while let Some(piece) = poll_fn(|context| payload.as_mut().poll_next(context)).await {
        let unread = |_| Problem::new(ProblemKind::InvalidRequest, "the body could not be read to its end");
        let piece = piece.map_err(unread)?;
        if whole.len() + piece.len() > limit {
            return Err(too_large(limit));
        }
        whole.extend_from_slice(&piece);
    }
    Ok(whole)
}

fn too_large(limit: usize) -> Problem {
    Problem::new(ProblemKind::TooLarge, format!("expected at most {limit} bytes"))
}
