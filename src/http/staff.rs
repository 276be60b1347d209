//! Which member of staff calls, and that they may: a handler that takes an [`Authorized`] of a permission is reached by
//! nobody without it.

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use futures_core::future::LocalBoxFuture;

use super::auth::bearer_of;
use super::{Problem, ProblemKind, Site};
use crate::app::authority::{Authority, AuthorityError, Grant};

/// A member of staff who is signed in and may do what `P` stands for.
#[derive(Debug, Clone)]
pub struct Authorized<P>(pub Authority<P>);

impl<P: Grant> FromRequest for Authorized<P> {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let called = called_with(request);
        Box::pin(async move {
            let (site, token) = called?;
            // The session is in the database: not on a web thread.
            let authorized = web::block(move || site.app.authorize::<P>(&token)).await;
            let busy = |_| Problem::new(ProblemKind::Overloaded, "too many calls are being checked");
            Ok(Self(authorized.map_err(busy)?.map_err(Problem::from)?))
        })
    }
}

fn called_with(request: &HttpRequest) -> Result<(web::Data<Site>, String), Problem> {
    let site = request
        .app_data::<web::Data<Site>>()
        .ok_or_else(|| Problem::new(ProblemKind::Unavailable, "the service is not set up"))?;
    let token = bearer_of(request).ok_or_else(|| {
        Problem::new(
            ProblemKind::Unauthenticated,
            "expected `Authorization: Bearer` with a token from /api/v1/sessions",
        )
    })?;
    Ok((site.clone(), token.to_owned()))
}

impl From<AuthorityError> for Problem {
    fn from(error: AuthorityError) -> Self {
        match error {
            AuthorityError::NoSession | AuthorityError::NoAccount => {
                Self::new(ProblemKind::Unauthenticated, error.to_string())
            }
            AuthorityError::Forbidden => Self::new(ProblemKind::Forbidden, error.to_string()),
            AuthorityError::Store(_) => Self::new(ProblemKind::Unavailable, "the session cannot be looked up"),
            AuthorityError::Unrecorded(failure) => Self::unrecorded(&failure),
        }
    }
}
