//! `POST /oauth/token`: client credentials (RFC 6749 §4.4), by HTTP Basic or in the form.

use actix_web::http::header::{AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE};
use actix_web::{HttpRequest, HttpResponse, web};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::json;
use zeroize::Zeroizing;

use crate::app::{App, ChangeFailure};
use crate::domain::ids::is_slug;
use crate::http::blocking::off_the_web;
use crate::http::body::Body;
use crate::http::peer::address_of;
use crate::http::{Problem, ProblemKind, Site};

/// An id of 64 characters, a secret of 43, and room to spare.
const LONGEST_FORM: usize = 4096;

#[derive(Deserialize)]
struct TokenForm {
    grant_type: Option<String>,
    client_id: Option<String>,
    client_secret: Option<String>,
}

struct Credentials {
    client_id: String,
    secret: Zeroizing<String>,
}

/// Exchanges a client's id and secret for a short-lived access token.
pub(super) async fn token(
    site: web::Data<Site>,
    request: HttpRequest,
    Body(body): Body,
) -> Result<HttpResponse, Problem> {
    let form = read_form(&request, &body)?;
    match form.grant_type.as_deref() {
        Some("client_credentials") => {}
        Some(_) => return Err(invalid("unsupported_grant_type", "grant_type", "expected `client_credentials`")),
        None => return Err(invalid("invalid_request", "grant_type", "is required")),
    }
    let credentials = credentials_of(&request, form)?;
    let address = address_of(&request, &site);
    // The address first: who is slowed down must not be able to fill the memory with ids. What cannot be an id is not
    // remembered at all. The client only from this address: a stranger's guesses must not lock it out.
    let is_allowed = site.throttle.allows(&format!("address {address}"))
        && (!is_slug(&credentials.client_id)
            || site.throttle.allows(&format!("client {} from {address}", credentials.client_id)));
    if !is_allowed {
        return Err(Problem::new(ProblemKind::TooManyAttempts, "too many attempts; wait a minute"));
    }
    // Argon2 takes long on purpose: not on a web thread.
    let issue = move |app: &App| app.issue_token(&credentials.client_id, &credentials.secret).map_err(problem_of);
    let token = off_the_web(&site, issue).await?;
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(json!({
        "access_token": token.token.as_str(), "token_type": "Bearer", "expires_in": token.expires_in,
    })))
}

fn problem_of(failure: ChangeFailure<crate::app::tokens::CredentialsRefused>) -> Problem {
    match failure {
        ChangeFailure::Refused(refused) => invalid_client(refused.to_string()),
        ChangeFailure::Ledger(error) => error.into(),
        ChangeFailure::Store(_) | ChangeFailure::Entropy(_) => {
            Problem::new(ProblemKind::Unavailable, "the credentials cannot be checked")
        }
    }
}

fn read_form(request: &HttpRequest, body: &web::Bytes) -> Result<TokenForm, Problem> {
    let declared = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = declared.split(';').next().unwrap_or_default().trim();
    if !essence.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        let expected = "expected `Content-Type: application/x-www-form-urlencoded`";
        return Err(Problem::new(ProblemKind::UnsupportedMediaType, expected).with_oauth_error("invalid_request"));
    }
    if body.len() > LONGEST_FORM {
        let detail = format!("expected at most {LONGEST_FORM} bytes");
        return Err(Problem::new(ProblemKind::TooLarge, detail).with_oauth_error("invalid_request"));
    }
    let unreadable = || invalid("invalid_request", "", "expected a form, each parameter once");
    let text = std::str::from_utf8(body).map_err(|_| unreadable())?;
    web::Query::<TokenForm>::from_query(text).map(web::Query::into_inner).map_err(|_| unreadable())
}

fn credentials_of(request: &HttpRequest, form: TokenForm) -> Result<Credentials, Problem> {
    let basic = request.headers().get(AUTHORIZATION).map(|value| value.to_str().ok().and_then(read_basic));
    match (basic, form.client_secret) {
        (Some(_), Some(_)) => Err(invalid("invalid_request", "client_secret", "expected either Basic or the form")),
        (Some(Some(credentials)), None) => match form.client_id {
            Some(client_id) if client_id != credentials.client_id => {
                Err(invalid("invalid_request", "client_id", "expected the same id as in Basic, or none"))
            }
            _ => Ok(credentials),
        },
        (Some(None), None) => Err(invalid_client("expected `Authorization: Basic` with id and secret".to_owned())),
        (None, Some(secret)) => match form.client_id {
            Some(client_id) => Ok(Credentials { client_id, secret: Zeroizing::new(secret) }),
            None => Err(invalid("invalid_request", "client_id", "is required")),
        },
        (None, None) => Err(invalid_client("expected the client's id and secret".to_owned())),
    }
}

/// RFC 6749 §2.3.1: id and secret are form-encoded before they are joined.
fn read_basic(header: &str) -> Option<Credentials> {
    let (scheme, encoded) = header.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let joined = Zeroizing::new(String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?);
    let (client_id, secret) = joined.split_once(':')?;
    Some(Credentials { client_id: form_decoded(client_id)?, secret: Zeroizing::new(form_decoded(secret)?) })
}

fn form_decoded(text: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct One {
        v: String,
    }
    web::Query::<One>::from_query(&format!("v={text}")).ok().map(|one| one.into_inner().v)
}

fn invalid(code: &'static str, member: &str, detail: &str) -> Problem {
    Problem::member(member, detail).with_oauth_error(code)
}

fn invalid_client(detail: String) -> Problem {
    Problem::new(ProblemKind::Unauthenticated, detail).with_oauth_error("invalid_client")
}
