//! `GET /api/v1/legal-bases`: bases by state, kind, paper, court, docket, registrar, and by what they wait for.

use std::str::FromStr;

use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;

use super::answer::BasisResponse;
use crate::api::words::unavailable;
use crate::app::App;
use crate::app::authority::ReadBasis;
use crate::app::legal_bases::RENEWAL_NOTICE;
use crate::domain::LegalBasisId;
use crate::domain::court::Docket;
use crate::domain::staff::Username;
use crate::http::blocking::off_the_web;
use crate::http::{Authorized, Members, Problem, Site};
use crate::storage::legal_bases::{Filter, Needs};

#[derive(Serialize)]
struct BasesResponse<'a> {
    legal_bases: Vec<BasisResponse<'a>>,
    next: Option<LegalBasisId>,
}

/// A page, newest first.
pub(in crate::api) async fn list(
    site: web::Data<Site>,
    Authorized(who): Authorized<ReadBasis>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let mut members = Members::of_query(&request)?;
    let limit = members.take_limit();
    let after = members.take("cursor", "the `next` of an earlier answer");
    let filter = filter_of(&site.app, &mut members);
    members.finish()?;
    let list = move |app: &App| app.list_bases(&who, &filter, after, limit).map_err(|_| unavailable());
    let page = off_the_web(&site, list).await?;
    let legal_bases = page.items.iter().map(|listed| BasisResponse::of_listed(&site.app, listed)).collect();
    let response = BasesResponse { legal_bases, next: page.next };
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(response))
}

fn filter_of(app: &App, members: &mut Members) -> Filter {
    let court = members.take::<String>("court", "the name or the id of a court").and_then(|name| {
        let found = app.courts().find(&name).map(|court| court.id.to_string());
        if found.is_none() {
            members.fault("court", "the registry knows no such court");
        }
        found
    });
    let registrar = members.take::<Username>("registrar", "a username");
    let needs = members.take::<NeedsWord>("needs", "one of verification, review, renewal");
    Filter {
        state: members.take("status", "a status of a legal basis"),
        kind: members.take("kind", "a kind of legal basis"),
        instrument: members.take("instrument", "an instrument"),
        court,
        docket: members.take::<DocketText>("docket", "a well-formed docket number").map(|docket| docket.0),
        registrar: registrar.map(|name| name.as_str().to_owned()),
        needs: needs.map(|needs| match needs {
            NeedsWord::Verification => Needs::Verification,
            NeedsWord::Review => Needs::Review,
            NeedsWord::Renewal => Needs::Renewal { before: app.now() + RENEWAL_NOTICE },
        }),
        ..Filter::default()
    }
}

/// The words of [`crate::app::legal_bases::BasisNeeds`].
enum NeedsWord {
    Verification,
    Review,
    Renewal,
}

impl FromStr for NeedsWord {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        match word {
            "verification" => Ok(Self::Verification),
            "review" => Ok(Self::Review),
            "renewal" => Ok(Self::Renewal),
            _ => Err(()),
        }
    }
}

/// A docket number in the court's own spelling.
struct DocketText(String);

impl FromStr for DocketText {
    type Err = crate::domain::court::DocketFault;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Docket::parse(text).map(|docket| Self(docket.to_string()))
    }
}
