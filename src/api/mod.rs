//! JSON for city applications, and what operators and outsiders read: health, metrics, the log's checkpoint.

mod decisions;
mod health;
mod log;
mod oauth;

use std::future::{Ready, ready};

use actix_web::http::Method;
use actix_web::http::header::{ALLOW, HeaderValue};
use actix_web::web::{self, ServiceConfig};
use actix_web::{FromRequest, Handler, HttpRequest, HttpResponse, Resource, Responder, ResponseError as _, guard};

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
    let other = |request: HttpRequest| other_method(&request, "POST, OPTIONS");
    web::resource(path).route(web::post().to(handler)).default_service(web::to(other))
}

/// Whoever may GET may also HEAD (RFC 9110 §9.3.2): load balancers do.
fn reading<F, Args>(path: &str, handler: F) -> Resource
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    let other = |request: HttpRequest| other_method(&request, "GET, HEAD, OPTIONS");
    let read = web::route().guard(guard::Any(guard::Get()).or(guard::Head()));
    web::resource(path).route(read.to(handler)).default_service(web::to(other))
}

/// Every other method is told which ones there are (RFC 9110 §15.5.6).
fn other_method(request: &HttpRequest, methods: &'static str) -> Ready<HttpResponse> {
    let mut response = if request.method() == Method::OPTIONS {
        HttpResponse::NoContent().finish()
    } else {
        Problem::new(ProblemKind::MethodNotAllowed, "this path does not take this method").error_response()
    };
    response.headers_mut().insert(ALLOW, HeaderValue::from_static(methods));
    ready(response)
}
