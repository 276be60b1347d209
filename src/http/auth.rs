//! Who calls. A handler that takes an [`Authenticated`] is reached by nobody else.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::AUTHORIZATION;
use actix_web::{FromRequest, HttpRequest, web};

use super::{Problem, ProblemKind, Site};
use crate::app::tokens::Caller;

/// A client with a valid access token (RFC 6750, in the `Authorization` header only).
#[derive(Debug, Clone)]
pub struct Authenticated(pub Caller);

impl FromRequest for Authenticated {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(caller_of(request).map(Self))
    }
}

fn caller_of(request: &HttpRequest) -> Result<Caller, Problem> {
    let site = request
        .app_data::<web::Data<Site>>()
        .ok_or_else(|| Problem::new(ProblemKind::Unavailable, "the service is not set up"))?;
    let token = bearer_of(request).ok_or_else(|| {
        Problem::new(ProblemKind::Unauthenticated, "expected `Authorization: Bearer` with a token from /oauth/token")
    })?;
    site.app.caller(token).map_err(|error| Problem::new(ProblemKind::Unauthenticated, error.to_string()))
}

/// The token of the `Authorization` header.
pub(super) fn bearer_of(request: &HttpRequest) -> Option<&str> {
    request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok()).and_then(bearer)
}

/// The scheme's name is compared case-insensitively (RFC 9110 §11.1).
fn bearer(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}
