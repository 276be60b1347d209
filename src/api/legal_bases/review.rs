//! `POST /api/v1/legal-bases/{id}/review`: an emergency after the fact, or a standing mandate before it ends.

use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::json;

use super::{handling, id_of};
use crate::api::blocking::{blocking, json_body};
use crate::api::words::said;
use crate::app::authority::ReviewBasis;
use crate::domain::legal_basis::life::ReviewOutcome;
use crate::domain::record::instant_text;
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
    let ReviewRequest { outcome, review_by, note } = json_body(&site, &request, &bytes)?;
    let note = said("/note", note, site.settings.limits.text_chars)?;
    match (outcome, review_by) {
        (Some(outcome), None) => {
            let reviewed = blocking(&site, move |app| app.review_emergency(&who, id, outcome, note)).await?;
            let violation = reviewed.map_err(handling)?;
            Ok(HttpResponse::Ok().json(json!({ "id": id, "review_outcome": outcome, "violation": violation })))
        }
        (None, Some(review_by)) => {
            blocking(&site, move |app| app.renew_mandate(&who, id, review_by, note)).await?.map_err(handling)?;
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
