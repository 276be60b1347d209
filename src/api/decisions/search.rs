//! `GET /api/v1/decisions` and `POST /api/v1/decisions/search`: decisions, for people who may read all of them.
//!
//! Whom a decision is about can be asked for in a body only, and is never answered.

use std::fmt;

use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::de::{Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};

use super::answer::DecisionResponse;
use crate::api::words::read_json;
use crate::app::App;
use crate::app::authority::{Authority, ReadDecision};
use crate::app::decisions::{DecisionRecord, FoundPage, Recorded, Search};
use crate::domain::decision::DecisionFilter;
use crate::domain::{Agency, LegalBasisId, RequesterKind, ResidentId, StoreId};
use crate::http::blocking::off_the_web;
use crate::http::body::Body;
use crate::http::{Authorized, Members, Problem, Site};

#[derive(Serialize)]
struct PageResponse<'a> {
    decisions: Vec<FoundResponse<'a>>,
    next: Option<String>,
    as_of: u64,
}

/// A decision with what a client knows of its own, and a reader does not.
#[derive(Serialize)]
struct FoundResponse<'a> {
    #[serde(flatten)]
    decision: DecisionResponse<'a>,
    client: &'a str,
    /// Whether `client` is a member of staff, who asked at the counter.
    at_counter: bool,
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
    let mut members = Members::of_query(&request)?;
    if members.take::<String>("resident", "").is_some() {
        members.fault("resident", "is asked for by `POST /api/v1/decisions/search`, never in a URL");
    }
    answer(&site, who, members).await
}

/// By body, which may name a resident.
pub(in crate::api) async fn search(
    site: web::Data<Site>,
    Authorized(who): Authorized<ReadDecision>,
    request: HttpRequest,
    Body(bytes): Body,
) -> Result<HttpResponse, Problem> {
    let FlatObject(given) = read_json(&site, &request, &bytes)?;
    answer(&site, who, Members::of_body(given)).await
}

async fn answer(
    site: &web::Data<Site>,
    who: Authority<ReadDecision>,
    mut members: Members,
) -> Result<HttpResponse, Problem> {
    let filter = filter_of(&mut members);
    let search = Search {
        resident: resident_of(&mut members, filter.store.as_ref()),
        filter,
        before: members.take("cursor", "`next` of the page before"),
        limit: members.take_limit(),
        reach: site.settings.limits.searched_entries,
    };
    members.finish()?;
    let find = move |app: &App| {
        app.search_decisions(&who, &search).map_err(|failure| Problem::of_staff(failure, |never| match never {}))
    };
    let page = off_the_web(site, find).await?;
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(PageResponse::from(&page)))
}

fn filter_of(members: &mut Members) -> DecisionFilter {
    let instant = "an instant such as 2026-11-28T00:00:00Z";
    DecisionFilter {
        from: members.take("from", instant),
        until: members.take("until", instant),
        client: members.take("client", "the id of a client"),
        store: members.take("store", "the id of a record store"),
        requester_kind: members.take("requester_kind", "a kind of requester"),
        agency: members.take("agency", "the name of an agency"),
        purpose: members.take("purpose", "a purpose"),
        outcome: members.take("outcome", "an outcome"),
        class: members.take("class", "a class of field"),
        reason: members.take("reason", "a reason"),
        legal_basis: members.take("legal_basis", "the id of a legal basis"),
    }
}

/// Ids are those of one store: the store that is named is also the one in which the resident is known.
fn resident_of(members: &mut Members, store: Option<&StoreId>) -> Option<(StoreId, ResidentId)> {
    let id = ResidentId::new(&members.take::<String>("resident", "a resident's id")?);
    match (id, store) {
        (Ok(id), Some(store)) => return Some((store.clone(), id)),
        (Ok(_), None) => members.fault("store", "is required with `resident`: ids are those of one store"),
        (Err(error), _) => members.fault("resident", error.to_string()),
    }
    None
}

impl<'a> From<&'a FoundPage> for PageResponse<'a> {
    fn from(page: &'a FoundPage) -> Self {
        let decisions = page.decisions.iter().map(FoundResponse::from).collect();
        Self { decisions, next: page.next.map(|next| next.to_string()), as_of: page.as_of.entries }
    }
}

impl<'a> From<&'a Recorded> for FoundResponse<'a> {
    fn from(found: &'a Recorded) -> Self {
        let DecisionRecord { client, at_counter, store, requester_kind, agency, cited, .. } = &found.record;
        Self {
            decision: found.into(),
            client,
            at_counter: *at_counter,
            store,
            requester_kind: *requester_kind,
            agency: agency.as_ref(),
            legal_bases: cited,
        }
    }
}

/// The members of an object whose values are texts or numbers, repetitions included.
struct FlatObject(Vec<(String, String)>);

#[derive(Deserialize)]
#[serde(untagged, expecting = "a text or a number")]
enum Flat {
    Text(String),
    Number(u64),
}

impl<'de> Deserialize<'de> for FlatObject {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct FlatVisitor;
        impl<'de> Visitor<'de> for FlatVisitor {
            type Value = FlatObject;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of filters")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<FlatObject, A::Error> {
                let mut given = Vec::new();
                while let Some((name, value)) = members.next_entry()? {
                    given.push((
                        name,
                        match value {
                            Flat::Text(text) => text,
                            Flat::Number(number) => number.to_string(),
                        },
                    ));
                }
                Ok(FlatObject(given))
            }
        }
        deserializer.deserialize_map(FlatVisitor)
    }
}
