//! `POST /api/v1/sessions`: a password and a second factor for a bearer token.

use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use serde_json::json;
use zeroize::Zeroizing;

use crate::app::ChangeFailure;
use crate::app::staff::{SecondFactor, SignIn, SignInError};
use crate::domain::record::instant_text;
use crate::http::blocking::off_the_web;
use crate::http::body::{Body, read_small};
use crate::http::peer::address_of;
use crate::http::{Problem, ProblemKind, Site};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SessionRequest {
    username: String,
    password: String,
    totp: Option<String>,
    recovery_code: Option<String>,
}

/// Signs somebody in.
pub(in crate::api) async fn create(
    site: web::Data<Site>,
    request: HttpRequest,
    Body(body): Body,
) -> Result<HttpResponse, Problem> {
    let asked: SessionRequest = read_small(&request, &body)?;
    let second = second_factor(asked.totp, asked.recovery_code)?;
    let address = address_of(&request, &site);
    if !site.throttle.allows(&format!("sign-in from {address}")) {
        return Err(Problem::new(ProblemKind::TooManyAttempts, "too many attempts; wait a minute"));
    }
    let attempt = SignIn { username: asked.username, password: Zeroizing::new(asked.password), second, address };
    let signed_in = off_the_web(&site, move |app| app.sign_in(&attempt).map_err(problem_of)).await?;
    let mut answer = json!({
        "access_token": signed_in.token.as_str(), "expires_at": instant_text(signed_in.expires_at),
    });
    if let (Some(at), Some(answer)) = (signed_in.suspended_at, answer.as_object_mut()) {
        let overdue = json!({ "state": "overdue", "suspended_at": instant_text(at) });
        answer.insert("certification".to_owned(), overdue);
    }
    Ok(HttpResponse::Created().insert_header((CACHE_CONTROL, "no-store")).json(answer))
}

fn second_factor(totp: Option<String>, recovery_code: Option<String>) -> Result<SecondFactor, Problem> {
    match (totp, recovery_code) {
        (Some(code), None) => Ok(SecondFactor::Totp(Zeroizing::new(code))),
        (None, Some(code)) => Ok(SecondFactor::RecoveryCode(Zeroizing::new(code))),
        (None, None) => Err(Problem::member("/totp", "is required, or a `recovery_code` in its place")),
        (Some(_), Some(_)) => Err(Problem::member("/recovery_code", "expected either `totp` or `recovery_code`")),
    }
}

fn problem_of(failure: ChangeFailure<SignInError>) -> Problem {
    match failure {
        ChangeFailure::Refused(error @ SignInError::Refused) => {
            Problem::new(ProblemKind::Unauthenticated, error.to_string())
        }
        ChangeFailure::Refused(error @ SignInError::Wait { seconds }) => {
            Problem::new(ProblemKind::TooManyAttempts, error.to_string()).with_retry_after(seconds)
        }
        other => Problem::unrecorded(&other),
    }
}
