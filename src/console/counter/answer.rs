//! The answer to a request at the counter: field by field, with reasons in plain words, and what to do next.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::{DateTime, Utc};

use crate::app::App;
use crate::app::authority::{AskAtCounter, Authority};
use crate::app::decisions::{CounterDecision, DecisionRecord, FindError};
use crate::console::records::options::stores;
use crate::console::{Desk, Frame, Page};
use crate::domain::decision::{Effect, Obligation, Outcome, Reason};
use crate::domain::field::FieldClass;
use crate::domain::language::Language;
use crate::domain::{DecisionId, LegalBasisId, Purpose, RequesterKind};
use crate::http::blocking::off_the_web;
use crate::http::{Problem, ProblemKind, Site};

/// The page.
#[derive(Template)]
#[template(path = "console/counter/answer.html")]
pub(in crate::console) struct AnswerPage {
    frame: Frame,
    said: Said,
}

/// A decision in words.
pub(super) struct Said {
    pub(super) id: String,
    pub(super) index: u64,
    pub(super) at: DateTime<Utc>,
    pub(super) outcome: Outcome,
    pub(super) store: String,
    pub(super) requester_kind: RequesterKind,
    pub(super) purpose: Purpose,
    pub(super) agency: Option<String>,
    /// The requester's name and reference, as far as they were given and not erased.
    pub(super) name: Option<String>,
    pub(super) reference: Option<String>,
    pub(super) fields: Vec<FieldSaid>,
    pub(super) obligations: Vec<Obligation>,
    pub(super) asked_by: String,
}

/// One field.
pub(super) struct FieldSaid {
    pub(super) name: String,
    pub(super) class: FieldClass,
    pub(super) effect: Effect,
    pub(super) reason: Reason,
    pub(super) legal_basis: Option<LegalBasisId>,
}

impl FieldSaid {
    /// What it is called where people read it.
    pub(super) fn called(&self) -> String {
        called(&self.name)
    }

    /// Whether it may be released.
    pub(super) fn is_released(&self) -> bool {
        self.effect == Effect::Permit
    }
}

/// The name of a field as people read it: `phones.home_number` is `phones: home number`.
pub(super) fn called(name: &str) -> String {
    name.replace('_', " ").replace('.', ": ")
}

impl AnswerPage {
    fn sentence(&self, field: &FieldSaid) -> &'static str {
        field.reason.sentence(self.frame.tongue().language())
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates hand over references")]
    fn obligation(&self, obligation: &Obligation) -> &'static str {
        obligation.sentence(self.frame.tongue().language())
    }

    /// What to do now, in sentences.
    fn next(&self) -> Vec<String> {
        let of_outcome = match self.said.outcome {
            Outcome::Denied => "counter-next-denied",
            Outcome::Partial => "counter-next-partial",
            Outcome::Released => "counter-next-released",
        };
        let is_agent = self.said.requester_kind == RequesterKind::FederalImmigration;
        let script = (is_agent && self.said.outcome != Outcome::Released).then_some("counter-next-agent");
        let keys = [Some(of_outcome), script, Some("counter-next-letter")];
        keys.into_iter().flatten().map(|key| self.frame.t(key)).collect()
    }

    /// How the badge of the whole looks.
    fn look(&self) -> &'static str {
        match self.said.outcome {
            Outcome::Denied => "badge-bad",
            Outcome::Partial => "badge-warning",
            Outcome::Released => "badge-good",
        }
    }
}

/// Shows an answer to whoever asked for it.
pub(super) async fn show(
    site: web::Data<Site>,
    desk: Desk<AskAtCounter>,
    path: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let who = desk.who.clone();
    let said = off_the_web(&site, move |app| said(app, &who, &path)).await?;
    desk.show(&AnswerPage { frame: desk.frame("counter-answer-title"), said })
}

/// Reads a decision that this person asked for. Blocks.
pub(super) fn said(app: &App, who: &Authority<AskAtCounter>, id: &str) -> Result<Said, Problem> {
    let absent = || Problem::new(ProblemKind::NotFound, "there is no such decision");
    let id: DecisionId = id.parse().map_err(|_| absent())?;
    let decision = app.find_counter_decision(who, id).map_err(|error| match error {
        FindError::NotFound | FindError::Caller(_) => absent(),
        FindError::Unreadable => Problem::new(ProblemKind::Unavailable, error.to_string()),
        FindError::Store(error) => error.into(),
        FindError::Unrecorded(failure) => Problem::of_staff(failure, |never| match never {}),
    })?;
    let stores = stores(app)?;
    let name = |id: &str| stores.iter().find(|(own, _)| own == id).map(|(_, name)| name.clone());
    let store = name(decision.recorded.record.store.as_str());
    Ok(Said::of(decision, store))
}

impl Said {
    fn of(decision: CounterDecision, store: Option<String>) -> Self {
        let CounterDecision { recorded, details } = decision;
        let details = details.unwrap_or_default();
        let DecisionRecord { id, at, outcome, agency, client, requester_kind, purpose, obligations, fields, .. } =
            recorded.record;
        let field = |field: crate::app::decisions::FieldRecord| FieldSaid {
            name: field.field,
            class: field.class,
            effect: field.effect,
            reason: field.reason,
            legal_basis: field.legal_basis,
        };
        Self {
            id: id.to_string(),
            index: recorded.index,
            at: at.parse().unwrap_or_default(),
            outcome,
            store: store.unwrap_or_else(|| recorded.record.store.to_string()),
            requester_kind,
            purpose,
            agency: agency.map(|agency| agency.to_string()),
            name: details.name,
            reference: details.reference,
            fields: fields.into_iter().map(field).collect(),
            obligations,
            asked_by: client,
        }
    }

    /// One that is plainly fictional.
    pub(super) fn sample(outcome: Outcome, now: DateTime<Utc>) -> Self {
        let field = |name: &str, class, reason: Reason| FieldSaid {
            name: name.to_owned(),
            class,
            effect: reason.effect(),
            reason,
            legal_basis: (reason == Reason::LegalBasis).then(|| LegalBasisId::new(uuid::Uuid::nil())),
        };
        let open = field("account_no", FieldClass::Unprotected, Reason::NotProtected);
        let denied = field("service_address", FieldClass::HomeAddress, Reason::NoLegalBasis);
        let hidden = field("phone", FieldClass::Contact, Reason::ConfidentialAddress);
        let by_basis = field("employer_name", FieldClass::Employment, Reason::LegalBasis);
        let fields = match outcome {
            Outcome::Denied => vec![denied, hidden],
            Outcome::Partial => vec![open, denied, by_basis],
            Outcome::Released => vec![open, by_basis],
        };
        let is_agent = outcome != Outcome::Released;
        Self {
            id: "0197aaaa-bbbb-7ccc-8ddd-eeeeffff0000".to_owned(),
            index: 41,
            at: now,
            outcome,
            store: "Utility billing".to_owned(),
            requester_kind: if is_agent { RequesterKind::FederalImmigration } else { RequesterKind::Court },
            purpose: Purpose::NotStated,
            agency: is_agent.then(|| "ICE ERO El Paso".to_owned()),
            name: Some("Officer A. Example".to_owned()),
            reference: is_agent.then(|| "EX-1".to_owned()),
            fields,
            obligations: Obligation::ALL.to_vec(),
            asked_by: "r.archuleta".to_owned(),
        }
    }

    /// What the letter says to a field's requester. That an address is confidential by law is itself about the resident, so
    /// the letter says what it would say of any other.
    pub(super) fn told(&self, field: &FieldSaid, language: Language) -> &'static str {
        let is_cited = self.fields.iter().any(|field| field.legal_basis.is_some());
        let reason = match field.reason {
            Reason::ConfidentialAddress if is_cited => Reason::BasisClassNotInScope,
            Reason::ConfidentialAddress => Reason::NoLegalBasis,
            reason => reason,
        };
        reason.sentence(language)
    }
}

impl Page for AnswerPage {
    fn samples(frame: &dyn Fn() -> Frame) -> Vec<Self> {
        let page = |outcome| {
            let frame = frame();
            Self { said: Said::sample(outcome, frame.now), frame }
        };
        Outcome::ALL.into_iter().map(page).collect()
    }
}
