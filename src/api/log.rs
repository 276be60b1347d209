//! The public log: the newest published checkpoint, the key to verify it, and the tiles and bundles beneath it (C2SP
//! tlog-checkpoint, signed-note, tlog-tiles).

use std::sync::Arc;

use actix_web::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, ResponseError as _, web};

use crate::app::public_log::PublicLogError;
use crate::http::blocking::off_the_web;
use crate::http::{Problem, ProblemKind, Site};
use crate::tlog::Piece;

/// What was published never changes.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// `GET /log/checkpoint`
pub(super) async fn checkpoint(site: web::Data<Site>) -> HttpResponse {
    let found = off_the_web(&site, |app| app.published().map_err(problem_of)).await;
    let none = || Problem::new(ProblemKind::NotFound, "no checkpoint has been published yet");
    to_anyone(found.and_then(|found| found.ok_or_else(none)).map(|published| text("max-age=5", published.note.clone())))
}

/// `GET /log/vkey`: the verifier key in force, one line.
pub(super) async fn vkey(site: web::Data<Site>) -> HttpResponse {
    let key = site.app.verifiers().first();
    let none = || Problem::new(ProblemKind::Unavailable, "the log has no key");
    to_anyone(key.ok_or_else(none).map(|key| text("max-age=3600", format!("{key}\n"))))
}

/// `GET /log/tile/<L>/<N>[.p/<W>]` and `GET /log/tile/entries/<N>[.p/<W>]`
pub(super) async fn piece(site: web::Data<Site>, request: HttpRequest) -> HttpResponse {
    // As it was sent, not decoded: a path that is spelled with percent signs is another one, and caches would keep both.
    let path = request.path().strip_prefix("/log/").unwrap_or_default();
    let not_there = || Problem::new(ProblemKind::NotFound, "the published log has no such tile or bundle");
    let found = match Piece::parse(path) {
        Ok(piece) => found(&site, piece).await.and_then(|content| content.ok_or_else(not_there)),
        Err(_) => Err(not_there()),
    };
    to_anyone(found.map(|content| {
        let mut response = HttpResponse::Ok();
        response.content_type("application/octet-stream").insert_header((CACHE_CONTROL, FOR_EVER));
        response.body(content.to_vec())
    }))
}

async fn found(site: &web::Data<Site>, piece: Piece) -> Result<Option<Arc<[u8]>>, Problem> {
    if let Some(content) = site.app.held_piece(piece) {
        return Ok(Some(content));
    }
    off_the_web(site, move |app| app.read_piece(piece).map_err(problem_of)).await
}

fn problem_of(error: PublicLogError) -> Problem {
    match error {
        PublicLogError::Busy => Problem::new(ProblemKind::Overloaded, error.to_string()),
        PublicLogError::Store(error) => error.into(),
    }
}

fn text(caching: &'static str, body: String) -> HttpResponse {
    let mut response = HttpResponse::Ok();
    response.content_type("text/plain; charset=utf-8").insert_header((CACHE_CONTROL, caching)).body(body)
}

/// Anyone, from anywhere, may read the public log: pages of others, too, and also that something is not there.
fn to_anyone(answer: Result<HttpResponse, Problem>) -> HttpResponse {
    let mut response = answer.unwrap_or_else(|problem| problem.error_response());
    response.headers_mut().insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    response
}
