//! `/console/decisions`: the form, and what was found, a page at a time.

use actix_web::http::header::LOCATION;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::filters::{Filters, Offered};
use super::rows::DecisionRow;
use super::{Desk, Faults, Frame, Page};
use crate::app::AsOf;
use crate::app::authority::ReadDecision;
use crate::app::decisions::Search;
use crate::http::blocking::off_the_web;
use crate::http::{Problem, ProblemKind, Sent, Site};

/// Decisions on one page.
const PER_PAGE: usize = 25;

/// The form, and one page of what was found.
#[derive(Template)]
#[template(path = "console/decisions/search.html")]
pub(in crate::console) struct SearchPage {
    frame: Frame,
    faults: Faults,
    filters: Filters,
    offered: Offered,
    found: Option<FoundRows>,
}

/// One page of what was found.
struct FoundRows {
    rows: Vec<DecisionRow>,
    /// Where the next page begins.
    next: Option<u64>,
    /// Whether pages stand before this one.
    is_later: bool,
    as_of: AsOf,
}

impl Page for SearchPage {
    fn samples(frame: &dyn Fn() -> Frame) -> Vec<Self> {
        let page = |filters, found| {
            let frame = frame();
            Self { offered: Offered::sample(&frame), frame, faults: Faults::default(), filters, found }
        };
        let as_of = |is_replica| AsOf { entries: 1_600_000, is_replica };
        let none = || Some(FoundRows { rows: Vec::new(), next: None, is_later: false, as_of: as_of(true) });
        let some = |next: Option<u64>| {
            Some(FoundRows { rows: DecisionRow::samples(), next, is_later: next.is_some(), as_of: as_of(false) })
        };
        let given =
            || Filters::of([("store", "utility-billing"), ("outcome", "denied"), ("agency", "ICE ERO El Paso")]);
        let about = || given().about("ACCT-0000001");
        let mut faulty = page(about(), None);
        faulty.faults.add("resident", faulty.frame.t("audit-fault-resident"));
        let unfinished =
            Some(FoundRows { rows: Vec::new(), next: Some(1_200_000), is_later: true, as_of: as_of(true) });
        vec![
            page(Filters::default(), None),
            page(given(), some(Some(12))),
            page(about(), some(Some(12))),
            page(given(), none()),
            page(given(), unfinished),
            faulty,
        ]
    }
}

/// The form by itself; what was found, once something was looked for.
pub(super) async fn show(
    site: web::Data<Site>,
    desk: Desk<ReadDecision>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let query = web::Query::<Vec<(String, String)>>::from_query(request.query_string());
    let query = query.map(web::Query::into_inner).unwrap_or_default();
    let value = |wanted: &str| query.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
    if value("resident").is_some() {
        return Err(Problem::new(ProblemKind::InvalidRequest, "a resident is asked for by the form, never in a URL"));
    }
    let filters = Filters::of(query.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    let before = value("before").and_then(|before| before.parse().ok());
    if filters.is_empty() && value("all").is_none() && before.is_none() {
        return desk.show(&page(&site, &desk, filters, Faults::default(), None));
    }
    find(&site, desk, filters, before).await
}

/// What was chosen. Only a search that names a resident is answered here; any other gets a URL that can be kept.
pub(super) async fn search(
    site: web::Data<Site>,
    desk: Desk<ReadDecision>,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    let filters = Filters::of(sent.all()).about(sent.value("resident"));
    if filters.resident().is_empty() {
        let query = if filters.is_empty() { "all=yes".to_owned() } else { filters.query() };
        let to = format!("/console/decisions?{query}#found");
        return Ok(HttpResponse::SeeOther().insert_header((LOCATION, to)).finish());
    }
    let before = sent.value("before").parse().ok();
    find(&site, desk, filters, before).await
}

async fn find(
    site: &web::Data<Site>,
    desk: Desk<ReadDecision>,
    filters: Filters,
    before: Option<u64>,
) -> Result<HttpResponse, Problem> {
    let mut faults = Faults::default();
    let Some(meant) = filters.read(desk.tongue(), &mut faults) else {
        return desk.show_again(&page(site, &desk, filters, faults, None));
    };
    let reach = site.settings.limits.searched_entries;
    let search = Search { filter: meant.filter, resident: meant.resident, before, limit: PER_PAGE, reach };
    let who = desk.who.clone();
    let found = off_the_web(site, move |app| {
        app.search_decisions(&who, &search).map_err(|failure| Problem::of_staff(failure, |never| match never {}))
    })
    .await?;
    let rows = found.decisions.iter().map(DecisionRow::of).collect();
    let found = FoundRows { rows, next: found.next, is_later: before.is_some(), as_of: found.as_of };
    desk.show(&page(site, &desk, filters, faults, Some(found)))
}

fn page(
    site: &Site,
    desk: &Desk<ReadDecision>,
    filters: Filters,
    faults: Faults,
    found: Option<FoundRows>,
) -> SearchPage {
    let frame = desk.frame("audit-decisions-title");
    let offered = Offered::by(&site.app, &frame);
    SearchPage { frame, faults, filters, offered, found }
}
