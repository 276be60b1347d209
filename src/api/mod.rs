//! JSON for city applications, and what operators and outsiders read: health, metrics, the log's checkpoint.

mod decisions;
mod health;
mod log;
mod oauth;

use actix_web::http::Method;
use actix_web::http::header::ALLOW;
use actix_web::web::{self, ServiceConfig};
use actix_web::{FromRequest, Handler, HttpRequest, HttpResponse, Resource, Responder, guard};

use crate::http::{Problem, ProblemKind};

/// Adds every route of this room.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(posting("/oauth/token", oauth::token))
        .service(posting("/api/v1/decisions", decisions::create::create))
        .service(posting("/api/v1/decisions/batch", decisions::batch::create))
        .service(reading("/api/v1/decisions/{id}", decisions::show::show))
        .service(reading("/api/v1/decisions/{id}/receipt", decisions::receipt::show))
        .service(reading("/log/checkpoint", log::checkpoint))
        .service(reading("/log/vkey", log::vkey))
        .service(reading("/health/live", health::live))
        .service(reading("/health/ready", health::ready))
        .service(reading("/metrics", health::metrics));
}

fn posting<F, Args>(path: &str, handler: F) -> Resource
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    let other = |request| other_method(request, "POST, OPTIONS");
    web::resource(path).route(web::post().to(handler)).default_service(web::to(other))
}

/// Whoever may GET may also HEAD (RFC 9110 §9.3.2): load balancers do.
fn reading<F, Args>(path: &str, handler: F) -> Resource
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    let other = |request| other_method(request, "GET, HEAD, OPTIONS");
    let read = web::route().guard(guard::Any(guard::Get()).or(guard::Head()));
    web::resource(path).route(read.to(handler)).default_service(web::to(other))
}

/// Every other method is told which ones there are (RFC 9110 §15.5.6).
#[expect(clippy::unused_async, reason = "handlers are asynchronous")]
async fn other_method(request: HttpRequest, methods: &'static str) -> Result<HttpResponse, Problem> {
    if request.method() == Method::OPTIONS {
        return Ok(HttpResponse::NoContent().insert_header((ALLOW, methods)).finish());
    }
    Err(Problem::new(ProblemKind::MethodNotAllowed, "this path does not take this method").with_allow(methods))
}
