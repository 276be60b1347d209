//! Which member of staff calls, and that they may: a handler that takes an [`Authorized`] of a permission is reached by
//! nobody without it.

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use futures_core::future::LocalBoxFuture;

use super::auth::bearer_of;
use super::blocking::off_the_web;
use super::{Authenticated, Problem, ProblemKind, Site};
use crate::app::ChangeFailure;
use crate::app::authority::{Authority, AuthorityError, Grant, SESSION_TOKEN_PREFIX, StaffFailure, StaffRefusal};
use crate::app::decisions::DecisionReader;

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
            // The session is in the database.
            Ok(Self(off_the_web(&site, move |app| Ok(app.authorize::<P>(&token)?)).await?))
        })
    }
}

/// Whoever may read decisions: a client its own, and people with the permission all of them.
#[derive(Debug, Clone)]
pub struct Reader(pub DecisionReader);

impl FromRequest for Reader {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        if bearer_of(request).is_some_and(|token| token.starts_with(SESSION_TOKEN_PREFIX)) {
            let authorized = Authorized::from_request(request, payload);
            return Box::pin(async { Ok(Self(DecisionReader::Staff(authorized.await?.0))) });
        }
        let authenticated = Authenticated::from_request(request, payload);
        Box::pin(async { Ok(Self(DecisionReader::Client(authenticated.await?.0))) })
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

impl Problem {
    /// The problem of a failed change by staff; `of_refusal` translates the change's own reason.
    pub fn of_staff<R: std::error::Error>(failure: StaffFailure<R>, of_refusal: impl FnOnce(R) -> Self) -> Self {
        match failure {
            ChangeFailure::Refused(StaffRefusal::Change(reason)) => of_refusal(reason),
            ChangeFailure::Refused(lost @ StaffRefusal::AuthorityLost) => {
                Self::new(ProblemKind::Unauthenticated, lost.to_string())
            }
            ChangeFailure::Refused(done @ StaffRefusal::AlreadyDone) => {
                Self::new(ProblemKind::AlreadyDone, done.to_string())
            }
            failure => Self::unrecorded(&failure),
        }
    }
}
