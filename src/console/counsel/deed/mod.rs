//! `/console/legal-bases/{id}/revocation`, `…/review`, `…/renewal`: three things that are done to a basis with a reason.

mod done;

pub(super) use done::{renew, review, revoke, show_renewal, show_review, show_revocation};

use askama::Template;
use chrono::{DateTime, Utc};

use super::paper::{self, Line};
use super::refused::barred;
use super::summary::Summary;
use super::typed;
use crate::app::authority::Authority;
use crate::app::legal_bases::BasisInFull;
use crate::console::{Faults, Frame, Page};
use crate::domain::legal_basis::BasisKind;
use crate::domain::legal_basis::life::{Actor, LifeError, ReviewOutcome, may_renew, may_review, may_revoke};
use crate::domain::legal_basis::window::latest_review;
use crate::http::{Sent, Site};

/// What is done.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Deed {
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
