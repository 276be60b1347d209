//! `/console/report/download`: the report as a file, JSON or CSV.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::{HttpRequest, HttpResponse, web};

use super::super::Desk;
use super::period_of;
use crate::app::App;
use crate::app::authority::ReadReport;
use crate::http::blocking::off_the_web;
use crate::http::{Problem, Site};

pub(super) async fn download(
    site: web::Data<Site>,
    desk: Desk<ReadReport>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let period = match period_of(&desk, &request) {
        Ok(period) => period,
        Err(form) => return desk.show_again(&*form),
    };
    let is_csv = request.query_string().split('&').any(|member| member == "format=csv");
    let who = desk.who.clone();
    let report = off_the_web(&site, move |app: &App| Ok(app.report(&who, period)?)).await?;
    let (ending, media, body) = if is_csv {
        ("csv", "text/csv; charset=utf-8", report.to_csv())
    } else {
        ("json", "application/json", report.to_json())
    };
    let name = format!("attachment; filename=\"report-{}-{}.{ending}\"", period.from(), period.to());
    Ok(HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((CONTENT_TYPE, media))
        .insert_header((CONTENT_DISPOSITION, name))
        .body(body))
}
