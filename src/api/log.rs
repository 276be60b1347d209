//! The public log: the newest published checkpoint and the key to verify it (C2SP tlog-checkpoint, signed-note).

use actix_web::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL};
use actix_web::{HttpResponse, web};

use crate::app::App;
use crate::http::blocking::off_the_web;
use crate::http::{Problem, ProblemKind, Site};
use crate::storage::StoreError;
use crate::storage::audit::find_last_checkpoint;

/// `GET /log/checkpoint`
pub(super) async fn checkpoint(site: web::Data<Site>) -> Result<HttpResponse, Problem> {
    let read = |app: &App| app.store().read::<_, StoreError>(find_last_checkpoint).map_err(Problem::from);
    let row = off_the_web(&site, read).await?;
    let row = row.ok_or_else(|| Problem::new(ProblemKind::NotFound, "no checkpoint has been published yet"))?;
    Ok(text().insert_header((CACHE_CONTROL, "max-age=5")).body(row.note))
}

/// `GET /log/vkey`: the verifier key in force, one line.
pub(super) async fn vkey(site: web::Data<Site>) -> Result<HttpResponse, Problem> {
    let key = site.app.verifiers().first();
    let key = key.ok_or_else(|| Problem::new(ProblemKind::Unavailable, "the log has no key"))?;
    Ok(text().insert_header((CACHE_CONTROL, "max-age=3600")).body(format!("{key}\n")))
}

/// Anyone, from anywhere, may read the public log.
fn text() -> actix_web::HttpResponseBuilder {
    let mut response = HttpResponse::Ok();
    response.content_type("text/plain; charset=utf-8");
    response.insert_header((ACCESS_CONTROL_ALLOW_ORIGIN, "*"));
    response
}
