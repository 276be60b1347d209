//! A problem as a page: what happened, whether anything was lost, and a way on.

use actix_web::http::header::RETRY_AFTER;
use actix_web::{HttpResponse, ResponseError as _};
use askama::Template;

use super::{Frame, Guest, Page, page};
use crate::http::{Problem, ProblemKind};

/// The page of a problem.
#[derive(Template)]
#[template(path = "console/problem.html")]
pub(super) struct ProblemPage {
    frame: Frame,
    /// The slug of the problem's kind, which its sentences go by.
    slug: &'static str,
    is_unauthenticated: bool,
}

impl ProblemPage {
    fn of(frame: Frame, kind: ProblemKind) -> Self {
        let slug = kind.parts().0;
        let title = frame.t(&format!("problem-{slug}"));
        Self { frame: frame.titled(title), slug, is_unauthenticated: kind == ProblemKind::Unauthenticated }
    }

    fn advice(&self) -> String {
        self.frame.t(&format!("problem-{}-advice", self.slug))
    }
}

impl Page for ProblemPage {
    fn samples(frame: &dyn Fn() -> Frame) -> Vec<Self> {
        ProblemKind::ALL.into_iter().map(|kind| Self::of(frame(), kind)).collect()
    }
}

/// The page of a problem, with the problem's status.
pub(super) fn answer(guest: &Guest, problem: &Problem) -> Result<HttpResponse, Problem> {
    let frame = guest.frame("problem-title");
    let mut response = page::answer(problem.status_code(), &ProblemPage::of(frame, problem.kind()))?;
    if let Some(seconds) = problem.retry_after() {
        response.headers_mut().insert(RETRY_AFTER, seconds.into());
    }
    Ok(response)
}
