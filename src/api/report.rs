//! `GET /api/v1/report`: the council's report over a period, as JSON or CSV.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::NaiveDate;

use crate::app::App;
use crate::app::authority::ReadReport;
use crate::domain::report::Period;
use crate::http::blocking::off_the_web;
use crate::http::{Authorized, Members, Problem, Site};

/// The report. `from` and `to` are its first and last day; `format` is `json`, unless it is `csv`.
pub(super) async fn show(
    site: web::Data<Site>,
    Authorized(who): Authorized<ReadReport>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let mut members = Members::of_query(&request)?;
    let from = members.take::<NaiveDate>("from", "a day, as 2026-01-31");
    let to = members.take::<NaiveDate>("to", "a day, as 2026-12-31");
    let format = members.take::<Format>("format", "json or csv").unwrap_or(Format::Json);
    let period = from.zip(to).map_or(Err(None), |(from, to)| Period::new(from, to).map_err(Some));
    if let Err(error) = period {
        members
            .fault("to", error.map_or_else(|| "both `from` and `to` are needed".to_owned(), |error| error.to_string()));
    }
    members.finish()?;
    let Ok(period) = period else { return Err(Problem::member("to", "expected a day")) };
    let read = move |app: &App| app.report(&who, period).map_err(Problem::from);
    let report = off_the_web(&site, read).await?;
    let (media, body) = match format {
        Format::Json => ("application/json", report.to_json()),
        Format::Csv => ("text/csv; charset=utf-8", report.to_csv()),
    };
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).insert_header((CONTENT_TYPE, media)).body(body))
}

#[derive(Clone, Copy)]
enum Format {
    Json,
    Csv,
}

impl std::str::FromStr for Format {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        match word {
            "json" => Ok(Self::Json),
            "csv" => Ok(Self::Csv),
            _ => Err(()),
        }
    }
}
