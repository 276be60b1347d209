//! What a paper says about people and courts: read by those who verify it, sealed at rest.
//!
//! Must never be printed or logged. It is serialised only to be sealed.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Everything about a basis that is sealed at rest. Absent members were not on the paper, or do not belong to its kind.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Paper {
    /// The court, as the paper names it.
    pub court: Option<String>,
    /// The docket number, as the paper writes it.
    pub docket: Option<String>,
    /// The law or agreement.
    pub citation: Option<String>,
    /// The judge who signed.
    pub judge: Option<String>,
    /// The judge's title.
    pub judge_title: Option<String>,
    /// When it was issued.
    pub issued_at: Option<DateTime<Utc>>,
    /// The end of its execution as it states it.
    pub execute_by: Option<DateTime<Utc>>,
    /// The period it asks about.
    pub period: Option<Period>,
    /// To whom it is directed.
    pub directed_to: Option<String>,
    /// How the residents were matched.
    pub identity_match: Option<String>,
    /// Who served it.
    pub serving_officer: Option<Officer>,
    /// When it was served.
    pub served_at: Option<DateTime<Utc>>,
    /// Whether it may be served at any hour.
    pub any_time: bool,
    /// Who swore to the facts.
    pub affiant: Option<String>,
    /// Whether the sworn statement is attached.
    pub sworn_statement_attached: bool,
    /// What happened, in an emergency.
    pub facts: Option<String>,
    /// Who is in danger.
    pub person_in_danger: Option<String>,
    /// Why delay harms.
    pub why_delay_harms: Option<String>,
    /// Who asks, in an emergency.
    pub requester: Option<EmergencyRequester>,
    /// Anything else.
    pub note: Option<String>,
}

/// A span of time that a paper asks about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// First instant.
    pub from: DateTime<Utc>,
    /// First instant that is out.
    pub until: DateTime<Utc>,
}

/// Who served a paper.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Officer {
    /// Their name.
    pub name: Option<String>,
    /// Their agency.
    pub agency: Option<String>,
    /// Badge number.
    pub badge: Option<String>,
    /// The phone number they gave.
    pub phone: Option<String>,
}

/// Who asks, in an emergency.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct EmergencyRequester {
    /// Their name.
    pub name: Option<String>,
    /// Their agency.
    pub agency: Option<String>,
    /// The number they gave.
    pub call_back_number: Option<String>,
}

impl Paper {
    /// The phone numbers that came with the paper. Nobody is called back on one of them: whoever forges a paper answers it.
    pub fn numbers(&self) -> impl Iterator<Item = &str> {
        let officer = self.serving_officer.as_ref().and_then(|officer| officer.phone.as_deref());
        let requester = self.requester.as_ref().and_then(|requester| requester.call_back_number.as_deref());
        officer.into_iter().chain(requester)
    }

    /// The texts in which the name of an authority or the number of a form may stand.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        [&self.court, &self.docket, &self.judge, &self.judge_title, &self.citation, &self.directed_to, &self.note]
            .into_iter()
            .filter_map(|text| text.as_deref())
    }
}

impl fmt::Debug for Paper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Paper(hidden)")
    }
}

impl fmt::Debug for Officer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Officer(hidden)")
    }
}

impl fmt::Debug for EmergencyRequester {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EmergencyRequester(hidden)")
    }
}
