//! What is done, and where that leads: to the basis, to the form once more, or to a problem.

use actix_web::{HttpResponse, web};

use super::{Deed, DeedPage, Typed};
use crate::app::ChangeFailure;
use crate::app::authority::{Authority, Grant, ReadBasis, ReviewBasis, RevokeBasis, StaffFailure, StaffRefusal};
use crate::app::legal_bases::{BasisInFull, HandlingRefused};
use crate::console::counsel::refused::{fault_of, handling, unread};
use crate::console::counsel::typed::first_instant_of;
use crate::console::counsel::{also, id_of};
use crate::console::{Desk, Faults};
use crate::domain::LegalBasisId;
use crate::domain::legal_basis::life::ReviewOutcome;
use crate::http::blocking::off_the_web;
use crate::http::{Problem, Sent, Site};

type Id = web::Path<String>;
type Shown = Result<HttpResponse, Problem>;

pub(in crate::console::counsel) async fn show_revocation(
    site: web::Data<Site>,
    desk: Desk<ReadBasis>,
    id: Id,
) -> Shown {
    show(&site, &desk, &id, Deed::Revocation).await
}

pub(in crate::console::counsel) async fn show_review(site: web::Data<Site>, desk: Desk<ReadBasis>, id: Id) -> Shown {
    show(&site, &desk, &id, Deed::Review).await
}

pub(in crate::console::counsel) async fn show_renewal(site: web::Data<Site>, desk: Desk<ReadBasis>, id: Id) -> Shown {
    show(&site, &desk, &id, Deed::Renewal).await
}

pub(in crate::console::counsel) async fn revoke(
    site: web::Data<Site>,
    desk: Desk<RevokeBasis>,
    id: Id,
    sent: Sent,
) -> Shown {
    let (typed, id) = (Typed::of(&sent), id_of(&id)?);
    if let Some(faults) = typed.too_long(&site, &desk.frame(Deed::Revocation.title())) {
        return show_again(&site, &desk, id, Deed::Revocation, typed, faults).await;
    }
    let (who, reason) = (desk.once(&sent), typed.note.clone());
    let outcome = off_the_web(&site, move |app| Ok(app.revoke_basis(&who, id, reason))).await?;
    settle(&site, &desk, id, Deed::Revocation, typed, outcome.map(|()| "notice-basis-revoked")).await
}

pub(in crate::console::counsel) async fn review(
    site: web::Data<Site>,
    desk: Desk<ReviewBasis>,
    id: Id,
    sent: Sent,
) -> Shown {
    let (typed, id, frame) = (Typed::of(&sent), id_of(&id)?, desk.frame(Deed::Review.title()));
    let mut faults = typed.too_long(&site, &frame).unwrap_or_default();
    let found = typed.outcome.parse::<ReviewOutcome>().ok();
    let Some(found) = found.filter(|_| faults.is_empty()) else {
        if found.is_none() {
            faults.add("outcome", frame.t("counsel-fault-no-outcome"));
        }
        return show_again(&site, &desk, id, Deed::Review, typed, faults).await;
    };
    if !typed.is_said() {
        // A review without a word would be a signature, not a review.
        faults.add("note", frame.t("counsel-fault-no-reason"));
        return show_again(&site, &desk, id, Deed::Review, typed, faults).await;
    }
    let (who, note) = (desk.once(&sent), typed.note.clone());
    let outcome = off_the_web(&site, move |app| Ok(app.review_emergency(&who, id, found, note))).await?;
    match outcome {
        Ok(Some(violation)) => {
            Ok(desk.see_other(&format!("/console/violations/{violation}"), "notice-violation-opened"))
        }
        outcome => settle(&site, &desk, id, Deed::Review, typed, outcome.map(|_| "notice-basis-reviewed")).await,
    }
}

pub(in crate::console::counsel) async fn renew(
    site: web::Data<Site>,
    desk: Desk<ReviewBasis>,
    id: Id,
    sent: Sent,
) -> Shown {
    let (typed, id, frame) = (Typed::of(&sent), id_of(&id)?, desk.frame(Deed::Renewal.title()));
    let mut faults = typed.too_long(&site, &frame).unwrap_or_default();
    let review_by = first_instant_of(&typed.review_by);
    if review_by.is_none() {
        faults.add("review_by", frame.t("counsel-fault-no-day"));
    }
    if !typed.is_said() {
        faults.add("note", frame.t("counsel-fault-no-reason"));
    }
    let Some(review_by) = review_by.filter(|_| faults.is_empty()) else {
        return show_again(&site, &desk, id, Deed::Renewal, typed, faults).await;
    };
    let (who, note) = (desk.once(&sent), typed.note.clone());
    let outcome = off_the_web(&site, move |app| Ok(app.renew_mandate(&who, id, review_by, note))).await?;
    settle(&site, &desk, id, Deed::Renewal, typed, outcome.map(|()| "notice-basis-renewed")).await
}

async fn show(site: &web::Data<Site>, desk: &Desk<ReadBasis>, id: &str, deed: Deed) -> Shown {
    let basis = read(site, desk.who.clone(), id_of(id)?).await?;
    desk.show(&DeedPage::of(desk.frame(deed.title()), &desk.who, deed, &basis, Typed::default(), Faults::default()))
}

/// The form once more.
async fn show_again<P: Grant + Clone>(
    site: &web::Data<Site>,
    desk: &Desk<P>,
    id: LegalBasisId,
    deed: Deed,
    typed: Typed,
    faults: Faults,
) -> Shown {
    let basis = read(site, also::<ReadBasis, _>(&desk.who)?, id).await?;
    desk.show_again(&DeedPage::of(desk.frame(deed.title()), &desk.who, deed, &basis, typed, faults))
}

async fn read(site: &web::Data<Site>, who: Authority<ReadBasis>, id: LegalBasisId) -> Result<BasisInFull, Problem> {
    off_the_web(site, move |app| app.read_basis(&who, id).map_err(unread)).await
}

/// On to the basis when it is done; the form once more when a field can mend it; otherwise the problem.
async fn settle<P: Grant + Clone>(
    site: &web::Data<Site>,
    desk: &Desk<P>,
    id: LegalBasisId,
    deed: Deed,
    typed: Typed,
    outcome: Result<&'static str, StaffFailure<HandlingRefused>>,
) -> Shown {
    let refused = match outcome {
        Ok(notice) => return Ok(desk.see_other(&format!("/console/legal-bases/{id}"), notice)),
        Err(ChangeFailure::Refused(StaffRefusal::Change(refused))) => refused,
        Err(failure) => return Err(handling(failure)),
    };
    let Some((field, key)) = fault_of(&refused) else {
        return Err(handling(ChangeFailure::Refused(StaffRefusal::Change(refused))));
    };
    let mut faults = Faults::default();
    faults.add(field, desk.tongue().say(key));
    show_again(site, desk, id, deed, typed, faults).await
}
