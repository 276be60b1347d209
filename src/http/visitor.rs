//! Who looks at pages, as their cookies say: which language, which session, which visit. Nothing here is trusted: a
//! session's token is judged by [`App::authorize`](crate::app::App::authorize), and a visit only binds forms.

use std::convert::Infallible;
use std::future::{Ready, ready};

use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::dev::Payload;
use actix_web::http::header::ACCEPT_LANGUAGE;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest};
use zeroize::Zeroizing;

use crate::domain::language::Language;

/// Holds a session's token. The prefix makes browsers refuse it from other hosts and without `Secure` (RFC 6265bis §4.1.3).
pub const SESSION_COOKIE: &str = "__Host-zaguan-session";
/// Tells visitors without a session apart.
pub const VISIT_COOKIE: &str = "__Host-zaguan-visit";
/// The language that somebody chose.
pub const LANGUAGE_COOKIE: &str = "__Host-zaguan-language";
/// The key of a sentence that the next page shows once.
pub const NOTICE_COOKIE: &str = "__Host-zaguan-notice";

/// Whoever looks at a page.
#[derive(Clone)]
pub struct Visitor {
    /// The language they read.
    pub language: Language,
    /// The token of their session, if they sent one.
    pub token: Option<Zeroizing<String>>,
    /// What their visit goes by; empty before the first page has set it.
    pub visit: String,
    /// The path and query of this request, to come back to.
    pub path: String,
    /// The key of a sentence to show once.
    pub notice: Option<String>,
}

/// The visit that was begun with this very request, for those who brought none.
#[derive(Clone)]
pub struct NewVisit(pub String);

impl Visitor {
    /// Reads the cookies of a request.
    #[must_use]
    pub fn of(request: &HttpRequest) -> Self {
        let cookie = |name| request.cookie(name).map(|cookie| cookie.value().to_owned());
        let begun = request.extensions().get::<NewVisit>().map(|visit| visit.0.clone());
        Self {
            language: cookie(LANGUAGE_COOKIE).and_then(|tag| tag.parse().ok()).unwrap_or_else(|| accepted(request)),
            token: cookie(SESSION_COOKIE).map(Zeroizing::new),
            visit: cookie(VISIT_COOKIE).or(begun).unwrap_or_default(),
            path: request.uri().path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string),
            notice: cookie(NOTICE_COOKIE),
        }
    }

    /// What this visitor's forms are bound to: the session, or the visit of who has none.
    #[must_use]
    pub fn binding(&self) -> &str {
        self.token.as_ref().map_or(self.visit.as_str(), |token| token.as_str())
    }
}

impl FromRequest for Visitor {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self::of(request)))
    }
}

/// A cookie that no script reads, no other site sends along, and no plain connection carries.
#[must_use]
pub fn cookie(name: &'static str, value: String) -> Cookie<'static> {
    Cookie::build(name, value).path("/").secure(true).http_only(true).same_site(SameSite::Strict).finish()
}

/// A cookie that is kept for a year.
#[must_use]
pub fn lasting(name: &'static str, value: String) -> Cookie<'static> {
    let mut cookie = cookie(name, value);
    cookie.set_max_age(Duration::days(365));
    cookie
}

/// A cookie's end.
#[must_use]
pub fn ended(name: &'static str) -> Cookie<'static> {
    let mut cookie = cookie(name, String::new());
    cookie.make_removal();
    cookie
}

/// The language that `Accept-Language` ranks first among ours (RFC 9110 §12.5.4).
fn accepted(request: &HttpRequest) -> Language {
    let header = request.headers().get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let ranked = header.split(',').filter_map(|range| {
        let (tag, quality) = range.split_once(";q=").unwrap_or((range, "1"));
        let language: Language = tag.trim().split('-').next()?.to_ascii_lowercase().parse().ok()?;
        let quality: f32 = quality.trim().parse().ok()?;
        (quality > 0.0).then_some((language, quality))
    });
    // Of equals the first stays.
    let best = ranked.reduce(|best, next| if next.1 > best.1 { next } else { best });
    best.map_or(Language::default(), |(language, _)| language)
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn read_as(header: &str) -> Language {
        accepted(&TestRequest::default().insert_header((ACCEPT_LANGUAGE, header)).to_http_request())
    }

    #[test]
    fn the_language_that_is_ranked_first_among_ours_is_spoken() {
        assert_eq!(read_as("es-MX,es;q=0.9,en;q=0.8"), Language::Spanish);
        assert_eq!(read_as("en-US,en;q=0.9,es;q=0.8"), Language::English);
        assert_eq!(read_as("fr, es;q=0.2, en;q=0.1"), Language::Spanish);
        assert_eq!(read_as("es;q=0, de"), Language::English);
        assert_eq!(read_as(""), Language::English);
    }
}
