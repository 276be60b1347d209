//! `/console/report/period`: the report over one period. That it was read is an entry.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;

use super::super::{Desk, Frame, Page};
use super::view::{self, Part};
use super::{period_of, summary};
use crate::app::App;
use crate::app::authority::ReadReport;
use crate::domain::report::{Counted, Counts, Day, Period, Range, Report, ReportSecret, Span};
use crate::http::blocking::off_the_web;
use crate::http::{Problem, Site};

/// The report.
#[derive(Template)]
#[template(path = "console/report/report.html")]
pub(in crate::console) struct ReportPage {
    frame: Frame,
    period: Span,
    before: Span,
    nil: Vec<String>,
    summary: Vec<String>,
    parts: Vec<Part>,
    log: Range,
}

impl ReportPage {
    fn new(frame: Frame, report: Report) -> Self {
        let tongue = frame.tongue();
        Self {
            nil: summary::nil(&report, tongue),
            summary: summary::of(&report, tongue),
            parts: view::parts(&report, tongue, &|id| frame.store(id)),
            period: report.period,
            before: report.before,
            log: report.log,
            frame,
        }
    }

    /// What makes the same report again, byte for byte.
    fn command(&self) -> String {
        let Self { period, log, .. } = self;
        let words = format!("--from {} --to {} --at-index {}", period.from, period.to, log.entries);
        format!("zaguan report {words} --format json")
    }

    /// Where the report is downloaded in that format.
    fn download(&self, format: &str) -> String {
        format!("/console/report/download?from={}&to={}&format={format}", self.period.from, self.period.to)
    }
}

impl Page for ReportPage {
    fn samples(frame: &dyn Fn() -> Frame) -> Vec<Self> {
        vec![Self::new(frame(), sample(false)), Self::new(frame(), sample(true))]
    }
}

/// The report of an invented year; or of one in which nothing was asked.
fn sample(is_quiet: bool) -> Report {
    let day = |month, day| NaiveDate::from_ymd_opt(2031, month, day).unwrap_or_default();
    let period = Period::new(day(1, 1), day(12, 31)).unwrap_or_else(|_| Period::twelve_months_to(day(12, 31)));
    let mut counts = Counts::new(period.marks(Day::from(day(12, 31)).plus(3)));
    let basis = "01957a00-0000-7000-8000-000000000001";
    let counted = [
        (Counted::Request, "federal_immigration immigration_enforcement denied", 43),
        (Counted::Request, "city_department service_delivery released", 12_480),
        (Counted::Request, "court court_proceeding partial", 3),
        (Counted::StoreRequest, "utility-billing released under_10_ms", 12_480),
        (Counted::Field, "home_address no_legal_basis 0123456789ab", 61),
        (Counted::ClassRequest, "home_address deny", 43),
        (Counted::Flag, "counsel_review_1373", 12),
        (Counted::Basis, &format!("{basis} emergency_exception none registered"), 1),
        (Counted::Basis, "01957a00-0000-7000-8000-000000000002 judicial_warrant detainer_i247 rejected", 9),
        (Counted::FailedCheck, "W01", 9),
        (Counted::Step, &format!("{basis} justified"), 1),
        (Counted::BasisUse, basis, 1),
        (Counted::Refused, "forbidden", 2),
        (Counted::Account, "counsel", 2),
        (Counted::Entry, "signed_in", 311),
        (Counted::Entry, "violation_opened", 1),
    ];
    for (counted, key, count) in counted.into_iter().filter(|_| !is_quiet) {
        counts.add(counted, key, Day::from(day(5, 4)), count);
    }
    let log = Range {
        entries: 12_900,
        root: "5f".repeat(32),
        last_at: "2032-01-02T17:00:00.000000Z".to_owned(),
        through: day(12, 31),
    };
    Report::new(period, &counts, log, &ReportSecret::of(b"sample"))
}

pub(super) async fn show(
    site: web::Data<Site>,
    desk: Desk<ReadReport>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let period = match period_of(&desk, &request) {
        Ok(period) => period,
        Err(form) => return desk.show_again(&*form),
    };
    let who = desk.who.clone();
    let report = off_the_web(&site, move |app: &App| Ok(app.report(&who, period)?)).await?;
    desk.show(&ReportPage::new(desk.frame("report-title"), report))
}
