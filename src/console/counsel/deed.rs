//! `/console/legal-bases/{id}/revocation`, `…/review`, `…/renewal`: three things that are done to a basis with a reason.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::{DateTime, Utc};

use super::paper::{self, Line};
use super::refused::{barred, fault_of, handling, unread};
use super::summary::Summary;
use super::{id_of, typed};
use crate::app::ChangeFailure;
use crate::app::authority::{Authority, Grant, ReadBasis, ReviewBasis, RevokeBasis, StaffFailure, StaffRefusal};
use crate::app::legal_bases::{BasisInFull, HandlingRefused};
use crate::console::{Desk, Faults, Frame, Page};
use crate::domain::LegalBasisId;
use crate::domain::legal_basis::BasisKind;
use crate::domain::legal_basis::life::{Actor, LifeError, ReviewOutcome, may_renew, may_review, may_revoke};
use crate::domain::legal_basis::window::latest_review;
use crate::http::blocking::off_the_web;
use crate::http::{Problem, ProblemKind, Sent, Site};

/// What is done.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Deed {
    Revocation,
    Review,
    Renewal,
}

/// The form for one of them.
#[derive(Template)]
#[template(path = "console/counsel/deed.html")]
pub(in crate::console) struct DeedPage {
    frame: Frame,
    faults: Faults,
    deed: Deed,
    basis: Summary,
    lines: Vec<Line>,
    /// Why this person may not do it; then there is no form.
    barred: Option<String>,
    note: String,
    /// What the review found.
    outcome: String,
    outcomes: Vec<(String, String)>,
    /// The new review date.
    review_by: String,
    /// At most twelve months ahead: the limit, as an attribute of its field.
    latest_review: String,
}

/// What was typed.
#[derive(Default)]
struct Typed {
    note: String,
    outcome: String,
    review_by: String,
}

impl Deed {
    /// The last part of its address.
    const fn slug(self) -> &'static str {
        match self {
            Self::Revocation => "revocation",
            Self::Review => "review",
            Self::Renewal => "renewal",
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::Revocation => "counsel-revocation-title",
            Self::Review => "counsel-review-title",
            Self::Renewal => "counsel-renewal-title",
        }
    }

    const fn lead(self) -> &'static str {
        match self {
            Self::Revocation => "counsel-revocation-lead",
            Self::Review => "counsel-review-lead",
            Self::Renewal => "counsel-renewal-lead",
        }
    }

    const fn button(self) -> &'static str {
        match self {
            Self::Revocation => "counsel-revoke",
            Self::Review => "counsel-review",
            Self::Renewal => "counsel-renew",
        }
    }

    /// Whether this person may do it to this basis, apart from what they have still to type.
    fn may(self, basis: &BasisInFull, actor: Actor<'_>, now: DateTime<Utc>) -> Result<(), LifeError> {
        let (stored, registrar) = (&basis.stored.basis, basis.stored.people.registrar.as_str());
        match self {
            Self::Revocation => may_revoke(stored, actor, "a reason"),
            Self::Review => may_review(stored, registrar, actor, basis.stored.particulars.reviewed_at),
            Self::Renewal => may_renew(stored, registrar, actor, latest_review(now), now),
        }
    }
}

impl Page for DeedPage {
    fn samples(frame: &dyn Fn() -> Frame) -> Vec<Self> {
        let of = |deed: Deed, barred: Option<&str>, faults: Faults| {
            let frame = frame().titled(frame().t(deed.title()));
            Self {
                basis: Summary::sample(&frame, BasisKind::EmergencyException),
                lines: paper::samples(&frame),
                barred: barred.map(|key| frame.t1(key, "registrar", "r.archuleta")),
                note: String::new(),
                outcome: String::new(),
                outcomes: outcomes(&frame),
                review_by: String::new(),
                latest_review: format!("required max=\"{}\"", typed::day(latest_review(frame.now))),
                deed,
                faults,
                frame,
            }
        };
        let mut faults = Faults::default();
        for field in ["outcome", "review_by", "note"] {
            faults.add(field, frame().t("counsel-fault-no-reason"));
        }
        let deeds = [Deed::Revocation, Deed::Review, Deed::Renewal];
        let open = deeds.into_iter().map(|deed| of(deed, None, Faults::default()));
        let faulty = [Deed::Review, Deed::Renewal].into_iter().map(|deed| {
            let concerns = |field: &str| (field == "outcome") == (deed == Deed::Review) || field == "note";
            let mut own = Faults::default();
            for fault in faults.all().iter().filter(|fault| concerns(&fault.field)) {
                own.add(fault.field.clone(), fault.text.clone());
            }
            of(deed, None, own)
        });
        let kept_out = of(Deed::Review, Some("counsel-barred-same-person"), Faults::default());
        open.chain(faulty).chain([kept_out]).collect()
    }
}

impl DeedPage {
    fn of<P>(frame: Frame, who: &Authority<P>, deed: Deed, basis: &BasisInFull, typed: Typed, faults: Faults) -> Self {
        let actor = who.roles().map(|roles| Actor { name: who.actor(), roles }).ok_or(LifeError::WrongRole);
        let judged = actor.and_then(|actor| deed.may(basis, actor, frame.now));
        let why_not = |error| frame.t1(barred(error), "registrar", basis.stored.people.registrar.as_str());
        Self {
            basis: Summary::of(&frame, &basis.stored, basis.state),
            lines: paper::lines(&frame, basis),
            barred: judged.err().map(why_not),
            outcomes: outcomes(&frame),
            latest_review: format!("required max=\"{}\"", typed::day(latest_review(frame.now))),
            note: typed.note,
            outcome: typed.outcome,
            review_by: typed.review_by,
            deed,
            faults,
            frame,
        }
    }

    fn is_review(&self) -> bool {
        self.deed == Deed::Review
    }

    fn is_renewal(&self) -> bool {
        self.deed == Deed::Renewal
    }
}

fn outcomes(frame: &Frame) -> Vec<(String, String)> {
    ReviewOutcome::ALL.into_iter().map(|outcome| (outcome.to_string(), frame.word(outcome))).collect()
}

type Id = web::Path<String>;
type Shown = Result<HttpResponse, Problem>;

pub(super) async fn show_revocation(site: web::Data<Site>, desk: Desk<ReadBasis>, id: Id) -> Shown {
    show(&site, &desk, &id, Deed::Revocation).await
}

pub(super) async fn show_review(site: web::Data<Site>, desk: Desk<ReadBasis>, id: Id) -> Shown {
    show(&site, &desk, &id, Deed::Review).await
}

pub(super) async fn show_renewal(site: web::Data<Site>, desk: Desk<ReadBasis>, id: Id) -> Shown {
    show(&site, &desk, &id, Deed::Renewal).await
}

pub(super) async fn revoke(site: web::Data<Site>, desk: Desk<RevokeBasis>, id: Id, sent: Sent) -> Shown {
    let (typed, id) = (Typed::of(&sent), id_of(&id)?);
    if let Some(faults) = typed.too_long(&site, &desk.frame(Deed::Revocation.title())) {
        return show_again(&site, &desk, id, Deed::Revocation, typed, faults).await;
    }
    let (who, reason) = (desk.once(&sent), typed.note.clone());
    let outcome = off_the_web(&site, move |app| Ok(app.revoke_basis(&who, id, reason))).await?;
    settle(&site, &desk, id, Deed::Revocation, typed, outcome.map(|()| "notice-basis-revoked")).await
}

pub(super) async fn review(site: web::Data<Site>, desk: Desk<ReviewBasis>, id: Id, sent: Sent) -> Shown {
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

pub(super) async fn renew(site: web::Data<Site>, desk: Desk<ReviewBasis>, id: Id, sent: Sent) -> Shown {
    let (typed, id, frame) = (Typed::of(&sent), id_of(&id)?, desk.frame(Deed::Renewal.title()));
    let mut faults = typed.too_long(&site, &frame).unwrap_or_default();
    let review_by = typed::first_instant_of(&typed.review_by);
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

impl Typed {
    fn of(sent: &Sent) -> Self {
        let value = |name| sent.value(name).to_owned();
        Self { note: value("note"), outcome: value("outcome"), review_by: value("review_by") }
    }

    fn is_said(&self) -> bool {
        self.note.chars().any(char::is_alphanumeric)
    }

    fn too_long(&self, site: &Site, frame: &Frame) -> Option<Faults> {
        let limit = site.settings.limits.text_chars;
        typed::is_too_long(&self.note, limit).then(|| {
            let mut faults = Faults::default();
            faults.add("note", frame.t1("counsel-fault-too-long", "count", limit));
            faults
        })
    }
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
    let reader = desk.who.also::<ReadBasis>();
    let reader = reader.ok_or_else(|| Problem::new(ProblemKind::Forbidden, "none of your roles permits this"))?;
    let basis = read(site, reader, id).await?;
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
