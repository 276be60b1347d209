//! `GET /api/v1/legal-bases/{id}/checks`: the check list as the program sees it now, for the person who will answer it.

use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpResponse, web};
use serde::Serialize;

use super::{handling, id_of};
use crate::app::authority::ReadBasis;
use crate::app::legal_bases::CheckList;
use crate::domain::language::Language;
use crate::domain::legal_basis::check::{CheckId, CheckOutcome, Judge, Judgement, Severity};
use crate::http::blocking::off_the_web;
use crate::http::{Authorized, Problem, Site};

#[derive(Serialize)]
struct ChecksResponse {
    checks: Vec<CheckResponse>,
}

/// One check: what it asks, who can judge it, and what the program found.
#[derive(Serialize)]
pub(super) struct CheckResponse {
    id: CheckId,
    title: &'static str,
    title_es: &'static str,
    help: &'static str,
    help_es: &'static str,
    severity: Severity,
    judge: &'static str,
    outcome: CheckOutcome,
    how: &'static str,
    how_es: &'static str,
}

/// Shows no paper and no residents, so that reading it is no entry.
pub(in crate::api) async fn show(
    site: web::Data<Site>,
    Authorized(who): Authorized<ReadBasis>,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = id_of(&id)?;
    let list = off_the_web(&site, move |app| app.check_list(&who, id).map_err(handling)).await?;
    let response = ChecksResponse { checks: responses(&list) };
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(response))
}

/// All checks of a list, in order.
pub(super) fn responses(list: &CheckList) -> Vec<CheckResponse> {
    list.iter().map(|(id, judgement)| CheckResponse::of(*id, *judgement)).collect()
}

impl CheckResponse {
    fn of(id: CheckId, Judgement { outcome, severity, how }: Judgement) -> Self {
        Self {
            id,
            title: id.title(Language::English),
            title_es: id.title(Language::Spanish),
            help: id.help(Language::English),
            help_es: id.help(Language::Spanish),
            severity,
            judge: match id.judge() {
                Judge::Program => "program",
                Judge::Person => "person",
                Judge::Both => "both",
            },
            outcome,
            how: how.sentence(Language::English),
            how_es: how.sentence(Language::Spanish),
        }
    }
}
