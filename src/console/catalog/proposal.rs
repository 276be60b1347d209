//! One proposal: what it would do, shown to whoever settles it.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::{DateTime, TimeDelta, Utc};

use super::{ClassNow, may, nothing, path_of};
use crate::app::App;
use crate::app::authority::{Authority, ReadCatalog};
use crate::app::stewardship::{Consequences, ProposalInFull};
use crate::console::{Desk, Faults, Frame, Page, page};
use crate::domain::ProposalId;
use crate::domain::field::{ClassChange, FieldClass};
use crate::domain::staff::Permission;
use crate::domain::stewardship::{MayNotSettle, Proposal, ProposalStatus, Settled, Shift};
use crate::http::blocking::off_the_web;
use crate::http::{Problem, Site};

/// One proposal.
#[derive(Template)]
#[template(path = "console/catalog/proposal.html")]
pub(in crate::console) struct ProposalPage {
    pub(super) frame: Frame,
    pub(super) faults: Faults,
    found: ProposalInFull,
    before: ClassNow,
    after: ClassNow,
    /// Whether whoever looks may approve or decline it.
    may_settle: bool,
    /// Whether it is their own.
    is_own: bool,
    pub(super) reason: String,
}

impl ProposalPage {
    fn of<P>(app: &App, frame: Frame, found: ProposalInFull, who: &Authority<P>) -> Self {
        let (from, to) = (found.proposal.from, found.proposal.to);
        let may_be = found.proposal.may_be_settled_by(who.actor());
        Self {
            before: ClassNow::of(app, from),
            after: ClassNow::of(app, to),
            may_settle: may_be.is_ok() && may(who, Permission::SettleClass),
            is_own: may_be == Err(MayNotSettle::SamePerson),
            frame: frame.titled(found.proposal.field.as_asked()),
            faults: Faults::default(),
            reason: String::new(),
            found,
        }
    }

    /// What it would do to the field's protection.
    pub(super) fn shift(&self) -> Shift {
        self.found.shift
    }

    fn lowers(&self) -> bool {
        self.shift() == Shift::Lowers
    }

    fn is_open(&self) -> bool {
        self.found.proposal.status == ProposalStatus::Open
    }

    fn field_path(&self) -> String {
        path_of(&self.found.proposal.store, &self.found.proposal.field)
    }

    fn path_to(&self, what: &str) -> String {
        format!("/console/catalog/proposals/{}/{what}", self.found.proposal.id)
    }

    fn others(&self) -> &[ClassChange] {
        match &self.found.consequences {
            Consequences::Changes { others } => others,
            Consequences::Outdated | Consequences::Contradiction(_) => &[],
        }
    }

    fn is_outdated(&self) -> bool {
        self.found.consequences == Consequences::Outdated
    }

    fn contradiction(&self) -> Option<&str> {
        match &self.found.consequences {
            Consequences::Contradiction(what) => Some(what),
            Consequences::Changes { .. } | Consequences::Outdated => None,
        }
    }

    fn can_be_approved(&self) -> bool {
        matches!(self.found.consequences, Consequences::Changes { .. })
    }
}

/// Proposals in every state. Everybody in them is plainly fictional.
pub(super) fn sample_proposals(now: DateTime<Utc>) -> Vec<Proposal> {
    let sample = |status: ProposalStatus, to| {
        let by = if status == ProposalStatus::Withdrawn { "d.chavez" } else { "c.montoya" };
        Some(Proposal {
            id: ProposalId::new(uuid::Uuid::from_u128(u128::from(to as u8))),
            store: "utility-billing".parse().ok()?,
            field: "meter_no".parse().ok()?,
            is_new: false,
            from: FieldClass::HomeAddress,
            to,
            reason: "The number of a meter tells nobody where somebody lives.".to_owned(),
            proposed_by: "d.chavez".to_owned(),
            proposed_at: now - TimeDelta::hours(4),
            status,
            settled: (status != ProposalStatus::Open).then(|| Settled {
                by: by.to_owned(),
                at: now,
                reason: (status == ProposalStatus::Declined).then(|| "The meter map is public.".to_owned()),
            }),
        })
    };
    let to = [FieldClass::Unprotected, FieldClass::Contact, FieldClass::Employment, FieldClass::School];
    ProposalStatus::ALL.into_iter().zip(to).filter_map(|(status, to)| sample(status, to)).collect()
}

impl Page for ProposalPage {
    fn samples(frame: &dyn Fn() -> Frame) -> Vec<Self> {
        let now = frame().now;
        let change = |name: &str| ClassChange {
            name: name.to_owned(),
            from: FieldClass::HomeAddress,
            to: FieldClass::Unprotected,
            is_reviewed: false,
        };
        let consequences = [
            Consequences::Changes { others: vec![change("meter")] },
            Consequences::Changes { others: Vec::new() },
            Consequences::Outdated,
            Consequences::Contradiction("`meter` is `unprotected` but holds `meter.place`".to_owned()),
        ];
        let sample = |(proposal, consequences): (Proposal, Consequences), may_settle: bool| {
            let (from, to) = (proposal.from, proposal.to);
            let found = ProposalInFull {
                store: super::store::sample_store()?,
                shift: if to == FieldClass::Unprotected { Shift::Lowers } else { Shift::Exchanges },
                is_withheld_after: to != FieldClass::Unprotected,
                asked: None,
                sha256: "00".repeat(32),
                consequences,
                proposal,
            };
            let mut faults = Faults::default();
            if may_settle {
                faults.add("confirm", frame().t("catalog-confirm-needed"));
            }
            Some(Self {
                frame: frame(),
                before: ClassNow::sample(from, Some("Resolution 26-049")),
                after: ClassNow::sample(to, None),
                is_own: !may_settle && found.proposal.status == ProposalStatus::Open,
                reason: String::new(),
                faults,
                may_settle,
                found,
            })
        };
        let of_each = sample_proposals(now).into_iter().zip(consequences);
        let first = sample_proposals(now).into_iter().next().map(|open| (open, Consequences::Outdated));
        let looked_at = of_each.filter_map(|both| {
            let may_settle = both.0.status == ProposalStatus::Open;
            sample(both, may_settle)
        });
        looked_at.chain(first.and_then(|both| sample(both, false))).collect()
    }
}

/// Shows it.
pub(super) async fn show(
    site: web::Data<Site>,
    desk: Desk<ReadCatalog>,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = id.parse().map_err(|_| nothing())?;
    desk.show(&made(&site, &desk, id).await?)
}

/// The page of a proposal.
pub(super) async fn made(
    site: &web::Data<Site>,
    desk: &Desk<ReadCatalog>,
    id: ProposalId,
) -> Result<ProposalPage, Problem> {
    let who = desk.who.clone();
    let found = off_the_web(site, move |app| Ok(app.find_proposal(&who, id)?)).await?;
    Ok(ProposalPage::of(&site.app, desk.frame("catalog-title"), found.ok_or_else(nothing)?, &desk.who))
}

/// The proposal once more, with what is wrong with the form that was sent.
pub(super) fn again(page: &ProposalPage) -> Result<HttpResponse, Problem> {
    page::answer(StatusCode::UNPROCESSABLE_ENTITY, page)
}
