//! `/console/decisions/export`: what a search finds as a file of any size, and how far it is.
//!
//! Must never hold more than a few parts of a file in memory: the next is made when the browser has taken the last.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use futures_core::Stream;
use tokio::sync::mpsc;

use super::filters::{Filters, Offered};
use super::{Desk, Faults, Frame, Page};
use crate::app::authority::ReadDecision;
use crate::app::decisions::{Export, ExportProgress, Search};
use crate::console::choices::{Choice, choices};
use crate::domain::decision::ExportFormat;
use crate::http::blocking::off_the_web;
use crate::http::{Problem, ProblemKind, Sent, Site};

/// Parts of a file that wait for the browser.
const PARTS_WAITING: usize = 2;

/// Entries that are read before a part of the file must be there.
const REACH: u32 = 100_000;

/// The form.
#[derive(Template)]
#[template(path = "console/decisions/export.html")]
pub(in crate::console) struct ExportPage {
    frame: Frame,
    faults: Faults,
    filters: Filters,
    offered: Offered,
    formats: Vec<Choice>,
    format: String,
    /// What the progress of the file goes by.
    ticket: String,
}

impl Page for ExportPage {
    fn samples(frame: &dyn Fn() -> Frame) -> Vec<Self> {
        let page = |filters| {
            let frame = frame();
            let (offered, formats) = (Offered::sample(&frame), formats(&frame));
            let (format, ticket) = ("csv".to_owned(), "0197aaaa-bbbb-7ccc-8ddd-eeeeffff0000".to_owned());
            Self { frame, faults: Faults::default(), filters, offered, formats, format, ticket }
        };
        let mut faulty = page(Filters::of([("from", "2031-02-30")]));
        faulty.faults.add("from", faulty.frame.t("audit-fault-day"));
        vec![page(Filters::of([("outcome", "denied")])), faulty]
    }
}

/// How far a file is.
#[derive(Template)]
#[template(path = "console/decisions/export_progress.html")]
pub(in crate::console) struct ExportProgressPage {
    frame: Frame,
    decisions: u64,
    percent: i64,
    /// Whether the form was sent: the page may be opened before.
    is_begun: bool,
    is_done: bool,
}

impl ExportProgressPage {
    fn of(frame: Frame, progress: &ExportProgress) -> Self {
        let (decisions, percent) = (progress.decisions(), progress.percent());
        Self { frame, decisions, percent, is_begun: true, is_done: progress.is_done() }
    }

    fn not_begun(frame: Frame) -> Self {
        Self { frame, decisions: 0, percent: 0, is_begun: false, is_done: false }
    }
}

impl Page for ExportProgressPage {
    fn samples(frame: &dyn Fn() -> Frame) -> Vec<Self> {
        let page = |decisions, percent, is_done| Self { frame: frame(), decisions, percent, is_begun: true, is_done };
        vec![Self::not_begun(frame()), page(0, 0, false), page(1, 40, false), page(120_000, 100, true)]
    }
}

fn formats(frame: &Frame) -> Vec<Choice> {
    choices(frame, ExportFormat::ALL)
}

/// The form, filled in with the search it was reached from.
pub(super) async fn show(
    site: web::Data<Site>,
    desk: Desk<ReadDecision>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let query = web::Query::<Vec<(String, String)>>::from_query(request.query_string());
    let query = query.map(web::Query::into_inner).unwrap_or_default();
    let filters = Filters::of(query.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    desk.show(&page(&site, &desk, filters, Faults::default(), "csv")?)
}

fn page(
    site: &Site,
    desk: &Desk<ReadDecision>,
    filters: Filters,
    faults: Faults,
    format: &str,
) -> Result<ExportPage, Problem> {
    let frame = desk.frame("audit-export-title");
    let ticket = site.app.export_ticket();
    let ticket = ticket.map_err(|_| Problem::new(ProblemKind::Unavailable, "there are no random bytes"))?;
    let (offered, formats) = (Offered::by(&site.app, &frame), formats(&frame));
    Ok(ExportPage { frame, faults, filters, offered, formats, format: format.to_owned(), ticket })
}

/// The file. It leaves while it is made, so that the first bytes come at once, whatever its size.
pub(super) async fn export(
    site: web::Data<Site>,
    desk: Desk<ReadDecision>,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    let filters = Filters::of(sent.all()).about(sent.value("resident"));
    let mut faults = Faults::default();
    let format = sent.value("format").parse::<ExportFormat>();
    if format.is_err() {
        faults.add("format", desk.tongue().say("audit-fault-choice"));
    }
    let (Some(meant), Ok(format)) = (filters.read(desk.tongue(), &mut faults), format) else {
        return desk.show_again(&page(&site, &desk, filters, faults, sent.value("format"))?);
    };
    let search = Search { filter: meant.filter, resident: meant.resident, before: None, limit: 0, reach: REACH };
    let (app, who, ticket) = (Arc::clone(&site.app), desk.who.clone(), sent.value("ticket").to_owned());
    let begun = off_the_web(&site, move |_| {
        let begun = app.begin_export(&who, search, format, &ticket);
        begun.map_err(|failure| Problem::of_staff(failure, |never| match never {}))
    });
    let name = format!("decisions-{}.{format}", site.app.now().format("%Y-%m-%d"));
    Ok(HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .content_type(media_type(format))
        .streaming(Parts::of(begun.await?)))
}

const fn media_type(format: ExportFormat) -> &'static str {
    match format {
        ExportFormat::Csv => "text/csv; charset=utf-8; header=present",
        ExportFormat::JsonLines => "application/jsonl; charset=utf-8",
    }
}

/// How far a file is. It may be asked for as often as somebody likes, and before the form was sent, beside which it opens.
pub(super) async fn progress(
    site: web::Data<Site>,
    desk: Desk<ReadDecision>,
    ticket: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let frame = desk.frame("audit-export-progress-title");
    match site.app.export_progress(&ticket) {
        Some(progress) => desk.show(&ExportProgressPage::of(frame, &progress)),
        None if site.app.may_begin_export(&ticket) => desk.show(&ExportProgressPage::not_begun(frame)),
        None => Err(Problem::new(ProblemKind::NotFound, "no file was begun with this ticket")),
    }
}

/// The parts of a file, made on a thread of their own. A browser that goes away stops it before the next part; a log that
/// cannot be read breaks the connection off, so that nobody takes half a file for a whole one.
struct Parts(mpsc::Receiver<io::Result<web::Bytes>>);

impl Parts {
    fn of(mut export: Export) -> Self {
        let (sender, receiver) = mpsc::channel(PARTS_WAITING);
        let write = move || {
            while !sender.is_closed() {
                let part = match export.next_part() {
                    Ok(None) => return,
                    Ok(Some(part)) if part.is_empty() => continue,
                    Ok(Some(part)) => Ok(part.into()),
                    Err(error) => {
                        tracing::error!(%error, "a file of decisions was broken off");
                        Err(io::Error::other("the log cannot be read"))
                    }
                };
                let is_over = part.is_err();
                if sender.blocking_send(part).is_err() || is_over {
                    return;
                }
            }
        };
        drop(actix_web::rt::task::spawn_blocking(write));
        Self(receiver)
    }
}

impl Stream for Parts {
    type Item = io::Result<web::Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(context)
    }
}
