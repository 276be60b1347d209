//! Errors as problem documents (RFC 9457) with stable types.

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use actix_web::{HttpResponse, ResponseError};
use serde::{Serialize, Serializer};

use crate::app::ChangeFailure;
use crate::app::report::ReportError;
use crate::ledger::LedgerError;
use crate::storage::StoreError;

/// What kind of problem. The slug never changes its meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProblemKind {
    /// The body is not JSON.
    MalformedJson,
    /// A member is missing, unknown or not as expected.
    InvalidRequest,
    /// The body is too large.
    TooLarge,
    /// The body did not come in time.
    TooSlow,
    /// The body is not of the type this call takes.
    UnsupportedMediaType,
    /// No access token, or not a valid one.
    Unauthenticated,
    /// The client is not registered for what it asks.
    NotRegistered,
    /// The role of whoever is signed in does not permit this.
    Forbidden,
    /// What is asked for cannot be done in the present state.
    Conflict,
    /// The person who did the first half may not do the second.
    SamePerson,
    /// A form was sent that was carried out before.
    AlreadyDone,
    /// A form was sent that was not handed out to this visitor.
    ForeignForm,
    /// A check that must pass did not.
    ChecksOpen,
    /// There is nothing here, or nothing the caller may know of.
    NotFound,
    /// The call exists, but not with this method.
    MethodNotAllowed,
    /// The idempotency key was used with another body.
    IdempotencyKeyReused,
    /// What the idempotency key stands for would not be released today.
    IdempotencyKeyOutdated,
    /// Too many attempts.
    TooManyAttempts,
    /// One client asks more than its share.
    TooManyRequests,
    /// Too many requests are waiting.
    Overloaded,
    /// The audit log cannot be written, so nothing is released.
    AuditLogUnwritable,
    /// The audit log cannot prove what it says.
    Unproven,
    /// The records cannot be read.
    Unavailable,
}

impl ProblemKind {
    /// Every kind.
    pub const ALL: [Self; 23] = [
        Self::MalformedJson,
        Self::InvalidRequest,
        Self::TooLarge,
        Self::TooSlow,
        Self::UnsupportedMediaType,
        Self::Unauthenticated,
        Self::NotRegistered,
        Self::Forbidden,
        Self::Conflict,
        Self::SamePerson,
        Self::AlreadyDone,
        Self::ForeignForm,
        Self::ChecksOpen,
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::IdempotencyKeyReused,
        Self::IdempotencyKeyOutdated,
        Self::TooManyAttempts,
        Self::TooManyRequests,
        Self::Overloaded,
        Self::AuditLogUnwritable,
        Self::Unproven,
        Self::Unavailable,
    ];

    /// The stable slug, the status, and the title.
    #[must_use]
    pub const fn parts(self) -> (&'static str, StatusCode, &'static str) {
        match self {
            Self::MalformedJson => ("malformed-json", StatusCode::BAD_REQUEST, "The body is not valid JSON"),
            Self::InvalidRequest => ("invalid-request", StatusCode::BAD_REQUEST, "The request is not as expected"),
            Self::TooLarge => ("too-large", StatusCode::PAYLOAD_TOO_LARGE, "The body is too large"),
            Self::TooSlow => ("too-slow", StatusCode::REQUEST_TIMEOUT, "The body did not come in time"),
            Self::UnsupportedMediaType => {
                ("unsupported-media-type", StatusCode::UNSUPPORTED_MEDIA_TYPE, "The body is of another type")
            }
            Self::Unauthenticated => ("unauthenticated", StatusCode::UNAUTHORIZED, "A valid access token is needed"),
            Self::NotRegistered => ("not-registered", StatusCode::FORBIDDEN, "The client is not registered for this"),
            Self::Forbidden => ("forbidden", StatusCode::FORBIDDEN, "None of your roles permits this"),
            Self::Conflict => ("conflict", StatusCode::CONFLICT, "It cannot be done in the present state"),
            Self::SamePerson => ("same-person", StatusCode::CONFLICT, "Another person must do this"),
            Self::AlreadyDone => ("already-done", StatusCode::CONFLICT, "This was done before"),
            Self::ForeignForm => ("foreign-form", StatusCode::FORBIDDEN, "The form is not from this session"),
            Self::ChecksOpen => ("checks-open", StatusCode::UNPROCESSABLE_ENTITY, "The check list is not fulfilled"),
            Self::NotFound => ("not-found", StatusCode::NOT_FOUND, "There is nothing here"),
            Self::MethodNotAllowed => ("method-not-allowed", StatusCode::METHOD_NOT_ALLOWED, "Not with this method"),
            Self::IdempotencyKeyReused => {
                ("idempotency-key-reused", StatusCode::CONFLICT, "The idempotency key was used with another body")
            }
            Self::IdempotencyKeyOutdated => (
                "idempotency-key-outdated",
                StatusCode::CONFLICT,
                "The earlier answer to this idempotency key no longer holds",
            ),
            Self::TooManyAttempts => ("too-many-attempts", StatusCode::TOO_MANY_REQUESTS, "Too many attempts"),
            Self::TooManyRequests => {
                ("too-many-requests", StatusCode::TOO_MANY_REQUESTS, "This client asks more than its share")
            }
            Self::Overloaded => ("overloaded", StatusCode::SERVICE_UNAVAILABLE, "Too many requests are waiting"),
            Self::AuditLogUnwritable => (
                "audit-log-unwritable",
                StatusCode::SERVICE_UNAVAILABLE,
                "The audit log cannot be written, so nothing is released",
            ),
            Self::Unproven => ("unproven", StatusCode::INTERNAL_SERVER_ERROR, "The audit log cannot prove this entry"),
            Self::Unavailable => ("unavailable", StatusCode::SERVICE_UNAVAILABLE, "The records cannot be read"),
        }
    }

    /// The stable `type` URI.
    #[must_use]
    pub fn uri(self) -> String {
        format!("urn:zaguan:problem:{}", self.parts().0)
    }

    const fn retry_after_seconds(self) -> Option<u32> {
        match self {
            Self::Overloaded | Self::TooManyRequests => Some(1),
            Self::AuditLogUnwritable | Self::Unavailable => Some(5),
            Self::TooManyAttempts => Some(60),
            _ => None,
        }
    }
}

/// A problem as it goes to the caller.
#[derive(Debug, Clone)]
pub struct Problem {
    kind: ProblemKind,
    detail: String,
    errors: Vec<MemberError>,
    /// The OAuth 2 error code (RFC 6749 §5.2), at the token endpoint only.
    error: Option<&'static str>,
    /// Seconds to wait, where the kind's own are not the true ones.
    retry_after: Option<u32>,
}

/// The members of a problem document, in the order of the specification.
#[derive(Serialize)]
struct ProblemDocument<'a> {
    #[serde(rename = "type")]
    uri: String,
    title: &'static str,
    status: u16,
    detail: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [MemberError],
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error_description: Option<&'a str>,
}

impl Serialize for Problem {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (_, status, title) = self.kind.parts();
        let document = ProblemDocument {
            uri: self.kind.uri(),
            title,
            status: status.as_u16(),
            detail: &self.detail,
            errors: &self.errors,
            error: self.error,
            error_description: self.error.map(|_| self.detail.as_str()),
        };
        document.serialize(serializer)
    }
}

/// Which member is not as expected.
#[derive(Debug, Clone, Serialize)]
pub struct MemberError {
    /// A JSON pointer (RFC 6901) or a header's name.
    pub member: String,
    /// What was expected.
    pub detail: String,
}

impl Problem {
    /// A problem with a sentence about it.
    #[must_use]
    pub fn new(kind: ProblemKind, detail: impl Into<String>) -> Self {
        Self { kind, detail: detail.into(), errors: Vec::new(), error: None, retry_after: None }
    }

    /// A member that is not as expected.
    #[must_use]
    pub fn member(member: impl Into<String>, detail: impl Into<String>) -> Self {
        let (member, detail) = (member.into(), detail.into());
        Self::new(ProblemKind::InvalidRequest, format!("`{member}`: {detail}")).with_member(member, detail)
    }

    /// Names the member that is at fault.
    #[must_use]
    pub fn with_member(mut self, member: impl Into<String>, detail: impl Into<String>) -> Self {
        self.errors.push(MemberError { member: member.into(), detail: detail.into() });
        self
    }

    /// Members that are not as expected, all of them; nothing when there is none.
    #[must_use]
    pub fn of_members(faults: Vec<MemberError>) -> Option<Self> {
        let first = faults.first()?;
        let detail = format!("`{}`: {}", first.member, first.detail);
        Some(Self { errors: faults, ..Self::new(ProblemKind::InvalidRequest, detail) })
    }

    /// Adds the OAuth 2 error code.
    #[must_use]
    pub fn with_oauth_error(mut self, code: &'static str) -> Self {
        self.error = Some(code);
        self
    }

    /// Says truly how long to wait, in seconds.
    #[must_use]
    pub fn with_retry_after(mut self, seconds: u32) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// A change, or the entry about its refusal, that could not be written.
    #[must_use]
    pub fn unrecorded<R: std::error::Error>(failure: &ChangeFailure<R>) -> Self {
        match failure {
            ChangeFailure::Ledger(error) => error.clone().into(),
            ChangeFailure::Refused(_) | ChangeFailure::Store(_) | ChangeFailure::Entropy(_) => {
                Self::new(ProblemKind::Unavailable, "the records cannot be read")
            }
        }
    }

    /// The members that are at fault.
    #[must_use]
    pub fn errors(&self) -> &[MemberError] {
        &self.errors
    }

    /// Seconds to wait before another attempt, where that helps.
    #[must_use]
    pub fn retry_after(&self) -> Option<u32> {
        self.retry_after.or(self.kind.retry_after_seconds())
    }

    /// What kind it is.
    #[must_use]
    pub const fn kind(&self) -> ProblemKind {
        self.kind
    }
}

impl From<ReportError> for Problem {
    fn from(error: ReportError) -> Self {
        match error {
            ReportError::Noted(failure) => Self::of_staff(failure, |never| match never {}),
            ReportError::Behind { .. } | ReportError::Beyond { .. } | ReportError::Empty => {
                Self::new(ProblemKind::Unavailable, error.to_string())
            }
            ReportError::Head(_) | ReportError::Store(_) => {
                Self::new(ProblemKind::Unavailable, "the records cannot be read")
            }
        }
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Only the title: a detail may repeat a word of the request, and errors are logged.
        f.write_str(self.kind.parts().2)
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.kind.parts().1
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status_code());
        response.insert_header((CONTENT_TYPE, "application/problem+json"));
        response.insert_header((CACHE_CONTROL, "no-store"));
        if let Some(seconds) = self.retry_after() {
            response.insert_header((RETRY_AFTER, seconds));
        }
        if self.kind == ProblemKind::Unauthenticated {
            let scheme = if self.error.is_some() { "Basic realm=\"zaguan\"" } else { "Bearer realm=\"zaguan\"" };
            response.insert_header((WWW_AUTHENTICATE, scheme));
        }
        response.body(serde_json::to_vec(self).unwrap_or_default())
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "the records cannot be read");
        Self::new(ProblemKind::Unavailable, "the records cannot be read")
    }
}

impl From<LedgerError> for Problem {
    fn from(error: LedgerError) -> Self {
        match error {
            LedgerError::Overloaded => Self::new(ProblemKind::Overloaded, error.to_string()),
            LedgerError::Crowded => Self::new(ProblemKind::TooManyRequests, error.to_string()),
            LedgerError::Late => Self::new(
                ProblemKind::AuditLogUnwritable,
                "the audit log did not answer in time, so nothing may be released",
            ),
            // The database's own words stay in the log of the service.
            LedgerError::Unwritable(_)
            | LedgerError::Undone(_)
            | LedgerError::Closed
            | LedgerError::ForeignKey
            | LedgerError::ForeignEpoch => {
                let detail = "no entry could be written, so nothing was decided and nothing may be released";
                Self::new(ProblemKind::AuditLogUnwritable, detail)
            }
        }
    }
}
