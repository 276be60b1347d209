//! What every answer carries, and what the service notes about it: never a path, a query or a body, because those may
//! say who was asked about.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use ::metrics::{Counter, Histogram};
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue, X_CONTENT_TYPE_OPTIONS};
use actix_web::middleware::Next;
use actix_web::{Error, web};
use uuid::Uuid;

use super::Site;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const TRACE_PARENT: HeaderName = HeaderName::from_static("traceparent");

/// Numbers the requests that bring no id of their own.
static NUMBER: AtomicU64 = AtomicU64::new(1);

/// Echoes or makes the request id, counts and times, and logs what failed.
///
/// # Errors
/// What the handler's own error is.
pub async fn observe(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let begun = Instant::now();
    let given = request.headers().get(REQUEST_ID).and_then(|id| is_acceptable(id).then(|| id.clone()));
    let trace = trace_id(request.headers());
    let route = request.match_pattern();
    let method = request.method().clone();
    let own = own_id(&request);
    let mut response = next.call(request).await?;
    let status = response.status();
    let echoed = given.clone().unwrap_or_else(|| own.clone());
    response.headers_mut().insert(REQUEST_ID, echoed);
    response.headers_mut().insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    let route = route.as_deref().unwrap_or("unmatched");
    count(route, status, begun.elapsed().as_secs_f64());
    let request_id = given.as_ref().and_then(loggable).unwrap_or_else(|| own.to_str().unwrap_or_default().to_owned());
    log(status, &method, route, &request_id, trace.as_deref(), response.response().error());
    Ok(response)
}

thread_local! {
    /// The meters of each route and status. Looking them up by name for every request would cost more than counting.
    static METERS: RefCell<HashMap<u16, HashMap<String, Meters>>> = RefCell::default();
}

struct Meters {
    requests: Counter,
    seconds: Histogram,
}

fn count(route: &str, status: StatusCode, seconds: f64) {
    METERS.with_borrow_mut(|meters| {
        let of_status = meters.entry(status.as_u16()).or_default();
        if !of_status.contains_key(route) {
            of_status.insert(route.to_owned(), Meters::of(route, status));
        }
        if let Some(meters) = of_status.get(route) {
            meters.requests.increment(1);
            meters.seconds.record(seconds);
        }
    });
}

impl Meters {
    /// Routes are the patterns of this program and statuses are few, so that the labels stay few, too.
    fn of(route: &str, status: StatusCode) -> Self {
        let (route, status) = (route.to_owned(), status.as_str().to_owned());
        Self {
            requests: ::metrics::counter!("zaguan_http_requests_total", "route" => route.clone(), "status" => status),
            seconds: ::metrics::histogram!("zaguan_http_request_seconds", "route" => route),
        }
    }
}

/// An id for a request that brings none: the start of this process, and a number.
fn own_id(request: &ServiceRequest) -> HeaderValue {
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let prefix = request.app_data::<web::Data<Site>>().map_or("", |site| site.request_prefix.as_str());
    HeaderValue::from_str(&format!("{prefix}-{number}")).unwrap_or_else(|_| HeaderValue::from(number))
}

fn log(
    status: StatusCode,
    method: &actix_web::http::Method,
    route: &str,
    request_id: &str,
    trace_id: Option<&str>,
    error: Option<&Error>,
) {
    let status = status.as_u16();
    // A problem's `Display` is its title: nothing of the request.
    let error = error.map(ToString::to_string);
    match status {
        500.. => tracing::error!(status, %method, route, request_id, trace_id, error, "request failed"),
        400.. => tracing::info!(status, %method, route, request_id, trace_id, error, "request refused"),
        _ => tracing::debug!(status, %method, route, request_id, trace_id, "request answered"),
    }
}

/// Ids of up to 128 harmless characters are echoed.
fn is_acceptable(id: &HeaderValue) -> bool {
    let allowed = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.".contains(byte);
    (1..=128).contains(&id.len()) && id.as_bytes().iter().all(allowed)
}

/// Only ids that are UUIDs are logged: anything else might be an account number.
fn loggable(id: &HeaderValue) -> Option<String> {
    Uuid::try_parse_ascii(id.as_bytes()).ok().map(|id| id.to_string())
}

/// The trace id of a W3C `traceparent` header: 32 hex digits, not all zero.
fn trace_id(headers: &HeaderMap) -> Option<String> {
    let header = headers.get(TRACE_PARENT)?.to_str().ok()?;
    let mut parts = header.split('-');
    let (version, trace) = (parts.next()?, parts.next()?);
    let is_hex = |text: &str| text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_sound = version.len() == 2 && is_hex(version) && trace.len() == 32 && is_hex(trace);
    (is_sound && trace.bytes().any(|byte| byte != b'0')).then(|| trace.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_id_is_echoed_only_if_harmless_and_logged_only_if_a_uuid() {
        let header = |text: &str| HeaderValue::from_str(text).unwrap();
        assert!(is_acceptable(&header("abc-123_x.y")));
        assert!(!is_acceptable(&header("a b")));
        assert!(!is_acceptable(&header(&"a".repeat(129))));
        assert_eq!(loggable(&header("ACCT-0048213")), None);
        let uuid = "0197aaaa-bbbb-7ccc-8ddd-eeeeffff0000";
        assert_eq!(loggable(&header(uuid)).as_deref(), Some(uuid));
    }

    #[test]
    fn a_trace_parent_is_read_as_w3c_defines_it() {
        let trace = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(TRACE_PARENT, HeaderValue::from_str(text).unwrap());
            trace_id(&headers)
        };
        let id = "4bf92f3577b34da6a3ce929d0e0e4736";
        assert_eq!(trace(&format!("00-{id}-00f067aa0ba902b7-01")).as_deref(), Some(id));
        assert_eq!(trace("00-00000000000000000000000000000000-00f067aa0ba902b7-01"), None);
        assert_eq!(trace("ACCT-0048213"), None);
    }
}
