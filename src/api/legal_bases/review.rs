//! `POST /api/v1/legal-bases/{id}/review`: an emergency after the fact, or a standing mandate before it ends.

use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::json;

use super::{handling, id_of};
use crate::api::words::{read_json, said};
use crate::app::App;
use crate::app::authority::ReviewBasis;
use crate::domain::legal_basis::life::ReviewOutcome;
use crate::domain::record::instant_text;
use crate::http::blocking::off_the_web;
use crate::http::body::Body;
use crate::http::{Authorized, Problem, Site};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReviewRequest {
    /// Of an emergency.
    #[serde(default)]
    outcome: Option<ReviewOutcome>,
    /// Of a standing mandate.
    #[serde(default)]
    review_by: Option<DateTime<Utc>>,
    note: String,
}

/// What was not justified opens a violation, whose id is answered.
pub(in crate::api) async fn review(
    site: web::Data<Site>,
    Authorized(who): Authorized<ReviewBasis>,
    id: web::Path<String>,
    request: HttpRequest,
    Body(bytes): Body,
) -> Result<HttpResponse, Problem> {
    let id = id_of(&id)?;
    let ReviewRequest { outcome, review_by, note } = read_json(&site, &request, &bytes)?;
    let note = said("/note", note, site.settings.limits.text_chars)?;
    match (outcome, review_by) {
        (Some(outcome), None) => {
            let review = move |app: &App| app.review_emergency(&who, id, outcome, note).map_err(handling);
            let violation = off_the_web(&site, review).await?;
            Ok(HttpResponse::Ok().json(json!({ "id": id, "review_outcome": outcome, "violation": violation })))
        }
        (None, Some(review_by)) => {
            let renew = move |app: &App| app.renew_mandate(&who, id, review_by, note).map_err(handling);
            off_the_web(&site, renew).await?;
            Ok(HttpResponse::Ok().json(json!({ "id": id, "review_by": instant_text(review_by) })))
        }
        (None, None) => {
            Err(Problem::member("/outcome", "expected `outcome` for an emergency, `review_by` for a mandate"))
        }
        (Some(_), Some(_)) => {
            Err(Problem::member("/review_by", "a review has an `outcome` or a `review_by`, not both"))
        }
    }
}
