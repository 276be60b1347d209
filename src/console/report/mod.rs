//! `/console/report`: the council's report over any period, to read, to print, and to take along.

mod chart;
mod download;
mod said;
mod show;
mod summary;
mod view;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use chrono::{Datelike as _, Days, NaiveDate};

use super::{Desk, Faults, Frame, Page};
use crate::app::authority::ReadReport;
use crate::domain::legal_basis::window::on_the_wall;
use crate::domain::report::{Period, PeriodError};
use crate::http::{Problem, Table};

pub(super) use show::ReportPage;
pub use view::text;

pub(super) fn routes(table: Table) -> Table {
    table
        .get("/console/report", choose)
        .get("/console/report/period", show::show)
        .get("/console/report/download", download::download)
}

/// Which period.
#[derive(Template)]
#[template(path = "console/report/choose.html")]
pub(super) struct ChoosePage {
    frame: Frame,
    faults: Faults,
    from: String,
    to: String,
    usual: Vec<Usual>,
}

/// A period that is often asked for.
struct Usual {
    key: &'static str,
    period: Period,
}

impl Usual {
    /// Where the report about it stands.
    fn path(&self) -> String {
        format!("/console/report/period?from={}&to={}", self.period.from(), self.period.to())
    }
}

impl Page for ChoosePage {
    fn samples(frame: &dyn Fn() -> Frame) -> Vec<Self> {
        let today = on_the_wall(frame().now).date();
        let empty = Self::new(frame(), Faults::default(), String::new(), String::new(), today);
        let mut faults = Faults::default();
        faults.add("to", empty.frame.t("report-backwards"));
        vec![empty, Self::new(frame(), faults, "2031-03-04".to_owned(), "2031-02-01".to_owned(), today)]
    }
}

impl ChoosePage {
    fn new(frame: Frame, faults: Faults, from: String, to: String, today: NaiveDate) -> Self {
        Self { frame, faults, from, to, usual: usual(today) }
    }
}

/// Periods that end on a day that is over: the figures of a day still change while it lasts.
fn usual(today: NaiveDate) -> Vec<Usual> {
    let first = |date: NaiveDate| date.with_day(1).unwrap_or(date);
    let eve = |date: NaiveDate| date.checked_sub_days(Days::new(1)).unwrap_or(date);
    let yesterday = eve(today);
    let month_end = eve(first(today));
    let year = |year: i32| NaiveDate::from_ymd_opt(year, 1, 1).zip(NaiveDate::from_ymd_opt(year, 12, 31));
    let last_year = year(today.year() - 1).and_then(|(from, to)| Period::new(from, to).ok());
    let known = [
        ("report-twelve-months", Some(Period::twelve_months_to(month_end))),
        ("report-last-month", Period::new(first(month_end), month_end).ok()),
        (
            "report-this-year",
            NaiveDate::from_ymd_opt(today.year(), 1, 1).and_then(|from| Period::new(from, yesterday).ok()),
        ),
        ("report-last-year", last_year),
    ];
    known.into_iter().filter_map(|(key, period)| Some(Usual { key, period: period? })).collect()
}

async fn choose(desk: Desk<ReadReport>) -> Result<HttpResponse, Problem> {
    let frame = desk.frame("report-title");
    let today = on_the_wall(frame.now).date();
    desk.show(&ChoosePage::new(frame, Faults::default(), String::new(), String::new(), today))
}

/// The period of a request's query; or the form again, with what is wrong with it.
fn period_of(desk: &Desk<ReadReport>, request: &HttpRequest) -> Result<Period, Box<ChoosePage>> {
    let query = web::Query::<Vec<(String, String)>>::from_query(request.query_string());
    let query = query.map(web::Query::into_inner).unwrap_or_default();
    let given = |name: &str| query.iter().find(|(given, _)| given == name).map_or("", |(_, value)| value.as_str());
    let (from, to) = (given("from"), given("to"));
    let mut faults = Faults::default();
    let frame = desk.frame("report-title");
    let mut day = |name: &str, text: &str| {
        let day = text.parse::<NaiveDate>().ok();
        if day.is_none() {
            faults.add(name, frame.t("report-no-day"));
        }
        day
    };
    let days = (day("from", from), day("to", to));
    if let (Some(from), Some(to)) = days {
        match Period::new(from, to) {
            Ok(period) => return Ok(period),
            Err(PeriodError::Backwards) => faults.add("to", frame.t("report-backwards")),
            Err(PeriodError::TooLong) => faults.add("to", frame.t("report-too-long")),
        }
    }
    let today = on_the_wall(frame.now).date();
    let cut = |text: &str| text.chars().take(10).collect();
    Err(Box::new(ChoosePage::new(frame, faults, cut(from), cut(to), today)))
}
