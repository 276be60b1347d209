//! Whether the process lives, whether it can record, and its figures. None of them says anything about residents.

use actix_web::{HttpResponse, web};
use serde_json::json;

use crate::http::Site;

/// `GET /health/live`: the process answers.
pub(super) async fn live() -> HttpResponse {
    HttpResponse::Ok().json(json!({ "status": "live" }))
}

/// `GET /health/ready`: entries can be written. False from the first entry that could not be, to the next that could.
pub(super) async fn ready(site: web::Data<Site>) -> HttpResponse {
    if site.app.ledger().health().is_writable {
        return HttpResponse::Ok().json(json!({ "status": "ready" }));
    }
    let reason = "the audit log cannot be written, so nothing is released";
    HttpResponse::ServiceUnavailable().json(json!({ "status": "not_ready", "reason": reason }))
}

/// `GET /metrics`: figures in Prometheus' text format.
#[expect(clippy::cast_precision_loss, reason = "a figure for people")]
pub(super) async fn metrics(site: web::Data<Site>) -> HttpResponse {
    ::metrics::gauge!("zaguan_ledger_queue_jobs").set(site.app.ledger().queue_len() as f64);
    HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(site.metrics.render())
}
