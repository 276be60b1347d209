//! What a paper says, member by member, for those who verify it.

use serde::Serialize;

use crate::domain::legal_basis::Paper;
use crate::domain::legal_basis::registration::{EmergencyRequester, Officer, Period};
use crate::domain::record::instant_text;

/// A paper in JSON; the members are those of the registration.
#[derive(Serialize)]
pub(super) struct PaperResponse<'a> {
    court: Option<&'a str>,
    docket: Option<&'a str>,
    citation: Option<&'a str>,
    judge: Option<&'a str>,
    judge_title: Option<&'a str>,
    issued_at: Option<String>,
    execute_by: Option<String>,
    period: Option<PeriodResponse>,
    directed_to: Option<&'a str>,
    identity_match: Option<&'a str>,
    serving_officer: Option<OfficerResponse<'a>>,
    served_at: Option<String>,
    any_time: bool,
    affiant: Option<&'a str>,
    sworn_statement_attached: bool,
    facts: Option<&'a str>,
    person_in_danger: Option<&'a str>,
    why_delay_harms: Option<&'a str>,
    requester: Option<RequesterResponse<'a>>,
    note: Option<&'a str>,
}

#[derive(Serialize)]
struct PeriodResponse {
    from: String,
    until: String,
}

#[derive(Serialize)]
struct OfficerResponse<'a> {
    name: Option<&'a str>,
    agency: Option<&'a str>,
    badge: Option<&'a str>,
    phone: Option<&'a str>,
}

#[derive(Serialize)]
struct RequesterResponse<'a> {
    name: Option<&'a str>,
    agency: Option<&'a str>,
    call_back_number: Option<&'a str>,
}

impl<'a> From<&'a Paper> for PaperResponse<'a> {
    fn from(paper: &'a Paper) -> Self {
        Self {
            court: paper.court.as_deref(),
            docket: paper.docket.as_deref(),
            citation: paper.citation.as_deref(),
            judge: paper.judge.as_deref(),
            judge_title: paper.judge_title.as_deref(),
            issued_at: paper.issued_at.map(instant_text),
            execute_by: paper.execute_by.map(instant_text),
            period: paper.period.map(PeriodResponse::from),
            directed_to: paper.directed_to.as_deref(),
            identity_match: paper.identity_match.as_deref(),
            serving_officer: paper.serving_officer.as_ref().map(OfficerResponse::from),
            served_at: paper.served_at.map(instant_text),
            any_time: paper.any_time,
            affiant: paper.affiant.as_deref(),
            sworn_statement_attached: paper.sworn_statement_attached,
            facts: paper.facts.as_deref(),
            person_in_danger: paper.person_in_danger.as_deref(),
            why_delay_harms: paper.why_delay_harms.as_deref(),
            requester: paper.requester.as_ref().map(RequesterResponse::from),
            note: paper.note.as_deref(),
        }
    }
}

impl From<Period> for PeriodResponse {
    fn from(Period { from, until }: Period) -> Self {
        Self { from: instant_text(from), until: instant_text(until) }
    }
}

impl<'a> From<&'a Officer> for OfficerResponse<'a> {
    fn from(officer: &'a Officer) -> Self {
        let Officer { name, agency, badge, phone } = officer;
        let [name, agency, badge, phone] = [name, agency, badge, phone].map(Option::as_deref);
        Self { name, agency, badge, phone }
    }
}

impl<'a> From<&'a EmergencyRequester> for RequesterResponse<'a> {
    fn from(requester: &'a EmergencyRequester) -> Self {
        let EmergencyRequester { name, agency, call_back_number } = requester;
        let [name, agency, call_back_number] = [name, agency, call_back_number].map(Option::as_deref);
        Self { name, agency, call_back_number }
    }
}
