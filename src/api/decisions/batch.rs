//! `POST /api/v1/decisions/batch`: many requests, one commit; one that is wrong fails alone.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::answer::{DecisionResponse, json, problem_of, recorded_of};
use super::{ask, key};
use crate::app::decisions::{Answer, Recorded};
use crate::http::blocking::in_time;
use crate::http::body::Body;
use crate::http::{Authenticated, Problem, Site, body};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BatchRequest<'a> {
    #[serde(borrow)]
    decisions: Vec<&'a RawValue>,
}

#[derive(Serialize)]
struct BatchResponse<'a> {
    decisions: Vec<ItemResponse<'a>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum ItemResponse<'a> {
    Decision(DecisionResponse<'a>),
    Error { error: &'a Problem },
}

/// Decides all that can be read, in one commit, and answers in the same order.
pub(in crate::api) async fn create(
    site: web::Data<Site>,
    Authenticated(caller): Authenticated,
    request: HttpRequest,
    Body(bytes): Body,
) -> Result<HttpResponse, Problem> {
    body::demand_json(&request, &bytes, site.settings.server.batch_body_limit_bytes)?;
    let limits = &site.settings.limits;
    let batch: BatchRequest<'_> = body::parse(&bytes, "")?;
    if batch.decisions.is_empty() || batch.decisions.len() > limits.batch {
        return Err(Problem::member("/decisions", format!("expected 1 to {} requests", limits.batch)));
    }
    site.pace.take(&caller.client, batch.decisions.len())?;
    let key = key::key_of(&request, &bytes)?;
    let mut asks = Vec::with_capacity(batch.decisions.len());
    let mut items: Vec<Option<Result<Recorded, Problem>>> = Vec::with_capacity(batch.decisions.len());
    for (number, json) in batch.decisions.iter().enumerate() {
        let parsed = ask::parse(json.get().as_bytes(), &format!("/decisions/{number}"), limits);
        items.push(parsed.map(|ask| asks.push((number, ask))).err().map(Err));
    }
    let answers = if asks.is_empty() {
        Vec::new()
    } else {
        in_time(&site, site.app.decide_all(caller, asks, key)).await?.map_err(problem_of)?
    };
    json(&BatchResponse { decisions: responses(&mut items, answers)? })
}

/// Puts the answers where their requests stood.
fn responses(
    items: &mut [Option<Result<Recorded, Problem>>],
    answers: Vec<Answer>,
) -> Result<Vec<ItemResponse<'_>>, Problem> {
    let mut answers = answers.into_iter();
    for item in items.iter_mut().filter(|item| item.is_none()) {
        *item = answers.next().map(recorded_of);
    }
    // INVARIANT: the ledger answers every request it was given.
    let missing = || Problem::from(crate::ledger::LedgerError::Closed);
    items
        .iter()
        .map(|item| match item.as_ref().ok_or_else(missing)? {
            Ok(recorded) => Ok(ItemResponse::Decision(recorded.into())),
            Err(error) => Ok(ItemResponse::Error { error }),
        })
        .collect()
}
