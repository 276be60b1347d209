//! `POST /api/v1/legal-bases/{id}/verification`: the second person verifies or rejects.

use std::collections::BTreeMap;
use std::fmt;

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error as _, MapAccess, Visitor};
use serde_json::json;

use super::{handling, id_of};
use crate::api::words::{noted, read_json};
use crate::app::authority::VerifyBasis;
use crate::app::legal_bases::Verification;
use crate::domain::legal_basis::check::{Answer, CallBack, CheckId, CheckOutcome};
use crate::http::blocking::off_the_web;
use crate::http::body::Body;
use crate::http::{Authorized, Problem, Site};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VerificationRequest {
    outcome: Outcome,
    #[serde(default)]
    checks: Answers,
    #[serde(default)]
    note: Option<String>,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum Outcome {
    Verified,
    Rejected,
}

/// `{"W01": "pass", "W17": {"outcome": "pass", "note": "…", "call_back": {…}}}`.
#[derive(Default)]
struct Answers(BTreeMap<CheckId, Answer>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AnswerInFull {
    outcome: CheckOutcome,
    #[serde(default)]
    note: Option<String>,
    #[serde(default)]
    call_back: Option<CallBack>,
}

/// One answer, as a word or in full.
struct AnswerRequest(Answer);

/// 200 with the new status; 422 with every open check when it is to be verified and the list is not fulfilled.
pub(in crate::api) async fn verify(
    site: web::Data<Site>,
    Authorized(who): Authorized<VerifyBasis>,
    id: web::Path<String>,
    request: HttpRequest,
    Body(bytes): Body,
) -> Result<HttpResponse, Problem> {
    let id = id_of(&id)?;
    let asked: VerificationRequest = read_json(&site, &request, &bytes)?;
    let verification = asked.checked(site.settings.limits.text_chars)?;
    let status = if verification.is_verified { "verified" } else { "rejected" };
    off_the_web(&site, move |app| app.verify_basis(&who, id, verification).map_err(handling)).await?;
    Ok(HttpResponse::Ok().json(json!({ "id": id, "status": status })))
}

impl VerificationRequest {
    fn checked(self, text_chars: usize) -> Result<Verification, Problem> {
        let note = self.note.map(|note| noted("/note", note, text_chars)).transpose()?;
        let Answers(answers) = self.checks;
        for (id, answer) in &answers {
            let call = answer.call_back.as_ref();
            let texts = [
                ("note", answer.note.as_ref()),
                ("call_back/number", call.map(|call| &call.number)),
                ("call_back/spoken_with", call.map(|call| &call.spoken_with)),
            ];
            for (name, text) in texts.into_iter().filter_map(|(name, text)| Some((name, text?))) {
                noted(&format!("/checks/{id}/{name}"), text.clone(), text_chars)?;
            }
        }
        Ok(Verification { is_verified: self.outcome == Outcome::Verified, answers, note })
    }
}

impl<'de> Deserialize<'de> for Answers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnswersVisitor;
        impl<'de> Visitor<'de> for AnswersVisitor {
            type Value = Answers;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of answers by check: W01 to W20")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Answers, A::Error> {
                let mut answers = BTreeMap::new();
                while let Some((id, AnswerRequest(answer))) = members.next_entry::<CheckId, _>()? {
                    // Of two answers to one check, nobody could say which one counts.
                    if answers.insert(id, answer).is_some() {
                        return Err(A::Error::custom(format_args!("expected one answer to {id}")));
                    }
                }
                Ok(Answers(answers))
            }
        }
        deserializer.deserialize_map(AnswersVisitor)
    }
}

impl<'de> Deserialize<'de> for AnswerRequest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnswerVisitor;
        impl<'de> Visitor<'de> for AnswerVisitor {
            type Value = AnswerRequest;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("pass, fail, not_applicable or unknown, or an object with `outcome`")
            }

            fn visit_str<E: serde::de::Error>(self, word: &str) -> Result<AnswerRequest, E> {
                let outcome = word.parse().map_err(E::custom)?;
                Ok(AnswerRequest(Answer { outcome, note: None, call_back: None }))
            }

            fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<AnswerRequest, A::Error> {
                let AnswerInFull { outcome, note, call_back } =
                    AnswerInFull::deserialize(MapAccessDeserializer::new(members))?;
                Ok(AnswerRequest(Answer { outcome, note, call_back }))
            }
        }
        deserializer.deserialize_any(AnswerVisitor)
    }
}
