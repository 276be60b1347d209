//! What records staff type when a paper, a law or an emergency reaches the city.
//!
//! The members are those of the JSON contract. Words of closed sets come in as texts, so that every fault can be shown at
//! once. Must never be printed: it is full of people.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::BasisKind;

/// A legal basis as it is typed in. Which members belong to which kind, [`RegistrationForm::validate`] says.
#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RegistrationForm {
    /// `judicial_warrant`, `legal_mandate` or `emergency_exception`.
    pub kind: Option<BasisKind>,
    /// The paper, as a word of [`super::Instrument`]. An emergency has none.
    pub instrument: Option<String>,
    /// The court, as the paper names it.
    pub court: Option<String>,
    /// The docket number, as the paper writes it.
    pub docket: Option<String>,
    /// The judge who signed.
    pub judge: Option<String>,
    /// The judge's title.
    pub judge_title: Option<String>,
    /// When the paper was issued.
    pub issued_at: Option<DateTime<Utc>>,
    /// First instant at which it counts, when that is later than its issue.
    pub valid_from: Option<DateTime<Utc>>,
    /// First instant at which it may no longer be executed, as the paper states it.
    pub execute_by: Option<DateTime<Utc>>,
    /// The law or agreement that obliges the city.
    pub citation: Option<String>,
    /// Whether it covers every resident.
    pub standing: Option<bool>,
    /// By when a mandate is looked at again; it then counts no more unless it was renewed.
    pub review_by: Option<DateTime<Utc>>,
    /// What happened, in an emergency.
    pub facts: Option<String>,
    /// Who is in danger.
    pub person_in_danger: Option<String>,
    /// Why delay harms.
    pub why_delay_harms: Option<String>,
    /// The attestation that the emergency is not for immigration enforcement.
    pub not_for_immigration_enforcement: Option<bool>,
    /// When the emergency ends.
    pub expires_at: Option<DateTime<Utc>>,
    /// Who asks, in an emergency.
    pub requester: Option<RequesterForm>,
    /// What is covered.
    pub scope: Option<ScopeForm>,
    /// To whom the paper is directed: custodian or premises.
    pub directed_to: Option<String>,
    /// How the residents were matched with those whom the paper names.
    pub identity_match: Option<String>,
    /// Who served it.
    pub serving_officer: Option<OfficerForm>,
    /// When it was served.
    pub served_at: Option<DateTime<Utc>>,
    /// Whether it may be served at any hour.
    pub any_time: Option<bool>,
    /// Who swore to the facts.
    pub affiant: Option<String>,
    /// Whether the sworn statement is attached.
    pub sworn_statement_attached: Option<bool>,
    /// Whether one decision uses it up.
    pub single_use: Option<bool>,
    /// How many decisions may use it.
    pub max_uses: Option<u32>,
    /// The basis that this one corrects.
    pub supersedes: Option<String>,
    /// Anything else.
    pub note: Option<String>,
}

/// Who asks, in an emergency.
#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RequesterForm {
    /// Their name.
    pub name: Option<String>,
    /// Their agency.
    pub agency: Option<String>,
    /// The number they gave.
    pub call_back_number: Option<String>,
}

/// Who served a paper.
#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OfficerForm {
    /// Their name.
    pub name: Option<String>,
    /// Their agency.
    pub agency: Option<String>,
    /// Badge number.
    pub badge: Option<String>,
    /// The phone number they gave.
    pub phone: Option<String>,
}

/// What is covered, as it is typed in.
#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ScopeForm {
    /// Whose data.
    pub residents: Vec<ResidentForm>,
    /// Words of `FieldClass`.
    pub classes: Vec<String>,
    /// Ids of record stores.
    pub stores: Vec<String>,
    /// Words of `RequesterKind`.
    pub requester_kinds: Vec<String>,
    /// The one agency that may ask; absent is any of those kinds.
    pub requester_agency: Option<String>,
    /// Words of `Purpose`.
    pub purposes: Vec<String>,
    /// The period that the paper asks about.
    pub period: Option<PeriodForm>,
}

/// One resident, in the store that knows them.
#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ResidentForm {
    /// Id of the store.
    pub store: String,
    /// Id of the resident in that store.
    pub resident: String,
}

/// A span of time that a paper asks about.
#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PeriodForm {
    /// First instant.
    pub from: Option<DateTime<Utc>>,
    /// First instant that is out.
    pub until: Option<DateTime<Utc>>,
}
