//! Whoever looks at a page without being signed in.

use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use askama::Template;
use futures_core::future::LocalBoxFuture;

use super::{Frame, page};
use crate::app::App;
use crate::http::{Problem, ProblemKind, Site, Visitor};

/// Somebody at the door.
#[derive(Clone)]
pub(super) struct Guest {
    /// What their cookies say.
    pub(super) visitor: Visitor,
    app: Arc<App>,
}

impl Guest {
    /// Whoever sent this request.
    pub(super) fn of(request: &HttpRequest) -> Result<Self, Problem> {
        let site = request.app_data::<web::Data<Site>>();
        let site = site.ok_or_else(|| Problem::new(ProblemKind::Unavailable, "the service is not set up"))?;
        Ok(Self { visitor: Visitor::of(request), app: Arc::clone(&site.app) })
    }

    /// A frame with the title of that key.
    pub(super) fn frame(&self, title: &str) -> Frame {
        Frame::of_guest(&self.app, &self.visitor, title)
    }

    /// Shows a page.
    #[expect(clippy::unused_self, reason = "reads as the other answers do")]
    pub(super) fn show(&self, page: &impl Template) -> Result<HttpResponse, Problem> {
        page::answer(StatusCode::OK, page)
    }

    /// Shows a form once more, with what is wrong with it.
    #[expect(clippy::unused_self, reason = "reads as the other answers do")]
    pub(super) fn show_again(&self, page: &impl Template) -> Result<HttpResponse, Problem> {
        page::answer(StatusCode::UNPROCESSABLE_ENTITY, page)
    }
}

impl FromRequest for Guest {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let guest = Self::of(request);
        Box::pin(async { guest })
    }
}
