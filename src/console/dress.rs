//! What every answer of the console goes through: a visit begins, problems become pages, headers keep browsers strict.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, LOCATION, REFERRER_POLICY,
};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage as _, HttpRequest, HttpResponse, web};

use super::sign_in;
use super::{Guest, problem_page};
use crate::http::visitor::{NOTICE_COOKIE, NewVisit, SESSION_COOKIE, VISIT_COOKIE, cookie, ended};
use crate::http::{Problem, ProblemKind, Site};

/// Nothing but our own files, no inline style or script, nobody's frame, forms to ourselves only.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; \
    frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Dresses the answer of a page.
pub(super) async fn dress(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let begun = begin_visit(&request)?;
    let had_notice = request.request().cookie(NOTICE_COOKIE).is_some();
    let outcome = next.call(request).await?.map_into_boxed_body();
    let (request, response) = outcome.into_parts();
    let mut response = as_page(&request, response)?;
    if let Some(visit) = begun {
        response.add_cookie(&cookie(VISIT_COOKIE, visit))?;
    }
    // Shown now, so not again.
    if had_notice && response.status().is_success() && is_page(&response) {
        response.add_cookie(&ended(NOTICE_COOKIE))?;
    }
    keep_strict(response.headers_mut());
    Ok(ServiceResponse::new(request, response))
}

/// Whoever brings no visit gets one: their forms are bound to it.
fn begin_visit(request: &ServiceRequest) -> Result<Option<String>, Error> {
    let Some(site) = request.app_data::<web::Data<Site>>() else { return Ok(None) };
    if request.request().cookie(VISIT_COOKIE).is_some() {
        return Ok(None);
    }
    let visit = site.app.draw_visit().map_err(|error| Problem::new(ProblemKind::Unavailable, error.to_string()))?;
    request.extensions_mut().insert(NewVisit(visit.clone()));
    Ok(Some(visit))
}

fn is_page(response: &HttpResponse) -> bool {
    let content = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    content.is_some_and(|content| content.starts_with("text/html"))
}

/// A problem as a page; whoever is not signed in is sent to sign in, and comes back from there.
fn as_page(request: &HttpRequest, response: HttpResponse) -> Result<HttpResponse, Error> {
    let Some(problem) = problem_of(&response) else { return Ok(response) };
    let guest = Guest::of(request)?;
    if problem.kind() == ProblemKind::Unauthenticated && matches!(*request.method(), Method::GET | Method::HEAD) {
        let mut onward = HttpResponse::SeeOther();
        onward.insert_header((LOCATION, sign_in::path_back_to(&guest.visitor.path)));
        onward.insert_header((CACHE_CONTROL, "no-store"));
        if guest.visitor.token.is_some() {
            onward.cookie(ended(SESSION_COOKIE)).cookie(cookie(NOTICE_COOKIE, "notice-session-ended".to_owned()));
        }
        return Ok(onward.finish());
    }
    let mut page = problem_page::answer(&guest, &problem)?;
    if let Some(allowed) = response.headers().get("allow") {
        page.headers_mut().insert(HeaderName::from_static("allow"), allowed.clone());
    }
    Ok(page)
}

/// The problem that a handler answered with, also where actix made one for a method or a path that is not there.
fn problem_of(response: &HttpResponse) -> Option<Problem> {
    if let Some(problem) = response.error().and_then(|error| error.as_error::<Problem>()) {
        return Some(problem.clone());
    }
    let kind = match response.status() {
        StatusCode::METHOD_NOT_ALLOWED => ProblemKind::MethodNotAllowed,
        StatusCode::NOT_FOUND if !is_page(response) => ProblemKind::NotFound,
        // Such as an id in a path that is none.
        StatusCode::BAD_REQUEST if response.error().is_some() => ProblemKind::InvalidRequest,
        _ => return None,
    };
    Some(Problem::new(kind, "the page cannot be shown"))
}

/// What keeps browsers strict, on every page.
pub(super) fn keep_strict(headers: &mut HeaderMap) {
    let set = |headers: &mut HeaderMap, name: HeaderName, value: &'static str| {
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    };
    set(headers, CONTENT_SECURITY_POLICY, POLICY);
    set(headers, REFERRER_POLICY, "same-origin");
    set(headers, HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(headers, HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    set(headers, HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()");
    set(headers, CACHE_CONTROL, "no-store");
}
