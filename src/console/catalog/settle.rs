//! Another person approves or declines; whoever proposed it may take it back.

use actix_web::{HttpResponse, web};

use super::propose::fault_of_reason;
use super::{nothing, proposal};
use crate::app::ChangeFailure;
use crate::app::authority::{ProposeClass, ReadCatalog, SettleClass, StaffFailure, StaffRefusal};
use crate::app::stewardship::{SettleError, Verdict};
use crate::console::{Desk, Frame};
use crate::domain::ProposalId;
use crate::domain::stewardship::{MayNotSettle, Shift};
use crate::http::blocking::off_the_web;
use crate::http::{Problem, Sent, Site};

/// The catalogue says so from now on. What lowers protection is confirmed once more.
pub(super) async fn approve(
    site: web::Data<Site>,
    desk: Desk<SettleClass>,
    id: web::Path<String>,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    let id: ProposalId = id.parse().map_err(|_| nothing())?;
    let reader = desk.authorize::<ReadCatalog>(&site).await?;
    let mut page = proposal::made(&site, &reader, id).await?;
    if page.shift() == Shift::Lowers && !sent.has("confirm") {
        let sentence = page.frame.t("catalog-confirm-needed");
        page.faults.add("confirm", sentence);
        return proposal::again(&page);
    }
    let verdict = Verdict::Approve { seen: sent.value("seen").to_owned() };
    settle(&site, &desk, &reader, id, &sent, verdict, "notice-catalog-approved").await
}

/// The catalogue stays as it is.
pub(super) async fn decline(
    site: web::Data<Site>,
    desk: Desk<SettleClass>,
    id: web::Path<String>,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    let id: ProposalId = id.parse().map_err(|_| nothing())?;
    let reader = desk.authorize::<ReadCatalog>(&site).await?;
    let verdict = Verdict::Decline { reason: sent.value("reason").to_owned() };
    settle(&site, &desk, &reader, id, &sent, verdict, "notice-catalog-declined").await
}

/// Takes one's own back.
pub(super) async fn withdraw(
    site: web::Data<Site>,
    desk: Desk<ProposeClass>,
    id: web::Path<String>,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    let id: ProposalId = id.parse().map_err(|_| nothing())?;
    let reader = desk.authorize::<ReadCatalog>(&site).await?;
    let who = desk.once(&sent);
    let withdrawn = off_the_web(&site, move |app| Ok(app.withdraw_proposal(&who, id))).await?;
    answer(&site, &reader, id, &sent, withdrawn, "notice-catalog-withdrawn").await
}

async fn settle(
    site: &web::Data<Site>,
    desk: &Desk<SettleClass>,
    reader: &Desk<ReadCatalog>,
    id: ProposalId,
    sent: &Sent,
    verdict: Verdict,
    notice: &str,
) -> Result<HttpResponse, Problem> {
    let who = desk.once(sent);
    let settled = off_the_web(site, move |app| Ok(app.settle_proposal(&who, id, verdict))).await?;
    answer(site, reader, id, sent, settled, notice).await
}

async fn answer(
    site: &web::Data<Site>,
    reader: &Desk<ReadCatalog>,
    id: ProposalId,
    sent: &Sent,
    done: Result<(), StaffFailure<SettleError>>,
    notice: &str,
) -> Result<HttpResponse, Problem> {
    let error = match done {
        Ok(()) => return Ok(reader.see_other(&format!("/console/catalog/proposals/{id}"), notice)),
        Err(ChangeFailure::Refused(StaffRefusal::Change(error))) => error,
        Err(failure) => return Err(Problem::of_staff(failure, |_| nothing())),
    };
    let mut page = proposal::made(site, reader, id).await?;
    let (field, text) = fault_of(&page.frame, error)?;
    page.faults.add(field, text);
    sent.value("reason").clone_into(&mut page.reason);
    proposal::again(&page)
}

fn fault_of(frame: &Frame, error: SettleError) -> Result<(&'static str, String), Problem> {
    Ok(match error {
        SettleError::Unknown => return Err(nothing()),
        SettleError::MayNot(MayNotSettle::SamePerson) => ("state", frame.t("catalog-same-person")),
        SettleError::MayNot(MayNotSettle::NotYours) => ("state", frame.t("catalog-not-yours")),
        SettleError::MayNot(MayNotSettle::Settled(_)) => ("state", frame.t("catalog-settled-already")),
        SettleError::Outdated => ("state", frame.t("catalog-outdated")),
        SettleError::Contradiction(what) => ("state", frame.t1("catalog-contradiction", "what", what)),
        SettleError::Reason(error) => ("reason", fault_of_reason(frame, error)),
    })
}
