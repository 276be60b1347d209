//! A member of staff at their desk: signed in by cookie, permitted what `P` stands for, reading in their language.

use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use askama::Template;
use futures_core::future::LocalBoxFuture;

use super::{Frame, page};
use crate::app::App;
use crate::app::authority::{Authority, Grant};
use crate::http::blocking::off_the_web;
use crate::http::visitor::{NOTICE_COOKIE, cookie};
use crate::http::{Problem, ProblemKind, Sent, Site, Visitor};
use crate::i18n::Tongue;

/// Somebody at work.
pub(super) struct Desk<P> {
    /// Their authority: what every operation asks for.
    pub(super) who: Authority<P>,
    visitor: Visitor,
    app: Arc<App>,
}

impl<P: Clone> Desk<P> {
    /// The same person with another authority of theirs, asked of the database as the first one was: a refusal leaves an
    /// entry. Asked for after the first one, so that whoever has neither leaves one.
    pub(super) async fn authorize<Q: Grant>(&self, site: &web::Data<Site>) -> Result<Desk<Q>, Problem> {
        let visitor = self.visitor.clone();
        let token = visitor.token.clone();
        let token = token.ok_or_else(|| Problem::new(ProblemKind::Unauthenticated, "nobody is signed in"))?;
        let who = off_the_web(site, move |app| Ok(app.authorize::<Q>(&token)?)).await?;
        Ok(Desk { who, visitor, app: Arc::clone(&self.app) })
    }

    /// A frame with the title of that key.
    pub(super) fn frame(&self, title: &str) -> Frame {
        Frame::of_holder(&self.app, &self.visitor, &self.who, title)
    }

    /// Speaks the reader's language.
    pub(super) fn tongue(&self) -> Tongue {
        Tongue::of(self.visitor.language)
    }

    /// The authority to do what this form asks, once.
    pub(super) fn once(&self, sent: &Sent) -> Authority<P> {
        self.who.clone().for_form(sent.form)
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

    /// Sends the browser to the page that shows what was done. The page says the sentence of the key `notice`.
    #[expect(clippy::unused_self, reason = "reads as the other answers do")]
    pub(super) fn see_other(&self, path: &str, notice: &str) -> HttpResponse {
        HttpResponse::SeeOther()
            .insert_header((LOCATION, path))
            .cookie(cookie(NOTICE_COOKIE, notice.to_owned()))
            .finish()
    }
}

impl<P: Grant> FromRequest for Desk<P> {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let (visitor, site) = (Visitor::of(request), request.app_data::<web::Data<Site>>().cloned());
        Box::pin(async move {
            let site = site.ok_or_else(|| Problem::new(ProblemKind::Unavailable, "the service is not set up"))?;
            let token = visitor.token.clone();
            let token = token.ok_or_else(|| Problem::new(ProblemKind::Unauthenticated, "nobody is signed in"))?;
            let who = off_the_web(&site, move |app| Ok(app.authorize::<P>(&token)?)).await?;
            Ok(Self { who, visitor, app: Arc::clone(&site.app) })
        })
    }
}
