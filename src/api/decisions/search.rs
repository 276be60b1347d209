//! `GET /api/v1/decisions` and `POST /api/v1/decisions/search`: decisions, for people who may read all of them.
//!
//! Whom a decision is about can be asked for in a body only, and is never answered.

use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::answer::DecisionResponse;
use super::show::unavailable;
use crate::app::authority::{Authority, ReadDecision};
use crate::app::decisions::{DecisionRecord, FoundPage, Recorded, Search};
use crate::domain::decision::DecisionFilter;
use crate::domain::{Agency, LegalBasisId, RequesterKind, ResidentId, StoreId};
use crate::http::body::Body;
use crate::http::{Authorized, Problem, Site, body};

/// Decisions on one page, when nobody says how many, and at most.
const PAGE: usize = 100;

/// The filters as they are sent: words that are checked one by one, so that each fault is named.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SearchRequest {
    from: Option<String>,
    until: Option<String>,
    client: Option<String>,
    store: Option<String>,
    requester_kind: Option<String>,
    agency: Option<String>,
    purpose: Option<String>,
    outcome: Option<String>,
    class: Option<String>,
    reason: Option<String>,
    legal_basis: Option<String>,
    resident: Option<String>,
    cursor: Option<String>,
    limit: Option<usize>,
}

#[derive(Serialize)]
struct PageResponse<'a> {
    decisions: Vec<FoundResponse<'a>>,
    next: Option<String>,
}

/// A decision with what a client knows of its own, and a reader does not.
#[derive(Serialize)]
struct FoundResponse<'a> {
    #[serde(flatten)]
    decision: DecisionResponse<'a>,
    client: &'a str,
    store: &'a StoreId,
    requester_kind: RequesterKind,
    agency: Option<&'a Agency>,
    legal_bases: &'a [LegalBasisId],
}

/// By query.
pub(in crate::api) async fn list(
    site: web::Data<Site>,
    Authorized(who): Authorized<ReadDecision>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let query = web::Query::<SearchRequest>::from_query(request.query_string());
    let query = query.map_err(|_| Problem::member("query", "expected known filters, each once"))?.into_inner();
    if query.resident.is_some() {
        return Err(Problem::member("resident", "is asked for by `POST /api/v1/decisions/search`, never in a URL"));
    }
    let search = query.into_search("", site.settings.limits.searched_entries)?;
    answer(site, who, search).await
}

/// By body, which may name a resident.
pub(in crate::api) async fn search(
    site: web::Data<Site>,
    Authorized(who): Authorized<ReadDecision>,
    request: HttpRequest,
    Body(bytes): Body,
) -> Result<HttpResponse, Problem> {
    body::demand_json(&request, &bytes, site.settings.server.body_limit_bytes)?;
    let search = body::parse::<SearchRequest>(&bytes, "")?.into_search("/", site.settings.limits.searched_entries)?;
    answer(site, who, search).await
}

async fn answer(site: web::Data<Site>, who: Authority<ReadDecision>, search: Search) -> Result<HttpResponse, Problem> {
    let found = web::block(move || site.app.search_decisions(&who, &search)).await.map_err(|_| unavailable())?;
    let page = found.map_err(|failure| Problem::of_staff(failure, |never| match never {}))?;
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(PageResponse::from(&page)))
}

impl SearchRequest {
    /// `at` begins the names of members in messages: `/` in a body, nothing in a query.
    fn into_search(self, at: &str, reach: u32) -> Result<Search, Problem> {
        let wrong = |member: &str, detail: &str| Problem::member(format!("{at}{member}"), detail);
        let word = |member: &'static str| move |_| wrong(member, "is not one of the words that stand here");
        let filter = DecisionFilter {
            from: self.from.map(|text| instant(&text).map_err(|detail| wrong("from", detail))).transpose()?,
            until: self.until.map(|text| instant(&text).map_err(|detail| wrong("until", detail))).transpose()?,
            client: parsed(self.client.as_ref(), |_| wrong("client", "expected the id of a client"))?,
            store: parsed(self.store.as_ref(), |_| wrong("store", "expected the id of a record store"))?,
            requester_kind: parsed(self.requester_kind.as_ref(), word("requester_kind"))?,
            agency: self
                .agency
                .map(|text| Agency::new(&text))
                .transpose()
                .map_err(|error| wrong("agency", &error.to_string()))?,
            purpose: parsed(self.purpose.as_ref(), word("purpose"))?,
            outcome: parsed(self.outcome.as_ref(), word("outcome"))?,
            class: parsed(self.class.as_ref(), word("class"))?,
            reason: parsed(self.reason.as_ref(), word("reason"))?,
            legal_basis: parsed(self.legal_basis.as_ref(), |_| {
                wrong("legal_basis", "expected the id of a legal basis")
            })?,
        };
        let resident = match (self.resident, &filter.store) {
            (Some(_), None) => return Err(wrong("store", "is required with `resident`: ids are those of one store")),
            (Some(id), Some(store)) => {
                let id = ResidentId::new(&id).map_err(|error| wrong("resident", &error.to_string()))?;
                Some((store.clone(), id))
            }
            (None, _) => None,
        };
        let limit = self.limit.unwrap_or(PAGE);
        if !(1..=PAGE).contains(&limit) {
            return Err(wrong("limit", "expected 1 to 100"));
        }
        let before = parsed(self.cursor.as_ref(), |_| wrong("cursor", "expected `next` of the page before"))?;
        Ok(Search { filter, resident, before, limit, reach })
    }
}

fn parsed<T: std::str::FromStr>(
    text: Option<&String>,
    wrong: impl FnOnce(T::Err) -> Problem,
) -> Result<Option<T>, Problem> {
    text.map(|text| text.parse()).transpose().map_err(wrong)
}

fn instant(text: &str) -> Result<DateTime<Utc>, &'static str> {
    let expected = "expected an instant such as 2026-11-28T00:00:00Z";
    DateTime::parse_from_rfc3339(text).map(|at| at.to_utc()).map_err(|_| expected)
}

impl<'a> From<&'a FoundPage> for PageResponse<'a> {
    fn from(page: &'a FoundPage) -> Self {
        let decisions = page.decisions.iter().map(FoundResponse::from).collect();
        Self { decisions, next: page.next.map(|next| next.to_string()) }
    }
}

impl<'a> From<&'a Recorded> for FoundResponse<'a> {
    fn from(found: &'a Recorded) -> Self {
        let DecisionRecord { client, store, requester_kind, agency, cited, .. } = &found.record;
        Self {
            decision: found.into(),
            client,
            store,
            requester_kind: *requester_kind,
            agency: agency.as_ref(),
            legal_bases: cited,
        }
    }
}
