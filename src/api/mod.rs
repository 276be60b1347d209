//! JSON for city applications, and what operators and outsiders read: health, metrics, the log's checkpoint.

mod decisions;
mod health;
mod log;
mod oauth;

use actix_web::HttpResponse;
use actix_web::web::{self, ServiceConfig};

use crate::http::{Problem, ProblemKind};

/// Adds every route of this room.
pub fn routes(config: &mut ServiceConfig) {
    let only = |resource: actix_web::Resource| resource.default_service(web::to(other_method));
    config
        .service(only(web::resource("/oauth/token").route(web::post().to(oauth::token))))
        .service(only(web::resource("/api/v1/decisions").route(web::post().to(decisions::create::create))))
        .service(only(web::resource("/api/v1/decisions/batch").route(web::post().to(decisions::batch::create))))
        .service(only(web::resource("/api/v1/decisions/{id}").route(web::get().to(decisions::show::show))))
        .service(only(web::resource("/api/v1/decisions/{id}/receipt").route(web::get().to(decisions::receipt::show))))
        .service(only(web::resource("/log/checkpoint").route(web::get().to(log::checkpoint))))
        .service(only(web::resource("/log/vkey").route(web::get().to(log::vkey))))
        .service(only(web::resource("/health/live").route(web::get().to(health::live))))
        .service(only(web::resource("/health/ready").route(web::get().to(health::ready))))
        .service(only(web::resource("/metrics").route(web::get().to(health::metrics))));
}

async fn other_method() -> Result<HttpResponse, Problem> {
    Err(Problem::new(ProblemKind::MethodNotAllowed, "this path does not take this method"))
}
