//! `/console/legal-bases/{id}/verification`: the paper beside the check list. What the program judged and how, what is left
//! to a person, who may answer and who may not.

mod checks;
mod decide;
mod form;

pub(super) use decide::decide;

use actix_web::{HttpResponse, web};
use askama::Template;

use checks::CheckList;
use form::Form;

use super::paper::{self, Line};
use super::refused::{barred, unread};
use super::summary::Summary;
use super::{id_of, typed};
use crate::app::authority::{Authority, ReadBasis};
use crate::app::legal_bases::BasisInFull;
use crate::console::{Desk, Faults, Frame, Page};
use crate::domain::LegalBasisId;
use crate::domain::document::MediaType;
use crate::domain::legal_basis::BasisKind;
use crate::domain::legal_basis::check::{CheckId, NumberSource};
use crate::domain::legal_basis::life::{Actor, BasisState, LifeError, may_verify};
use crate::domain::legal_basis::registration::Paper;
use crate::http::blocking::off_the_web;
use crate::http::{Problem, Site};

/// The page.
#[derive(Template)]
#[template(path = "console/counsel/verification.html")]
pub(in crate::console) struct VerificationPage {
    frame: Frame,
    faults: Faults,
    basis: Summary,
    lines: Vec<Line>,
    /// Why this person may not answer; then there is no form.
    barred: Option<String>,
    /// Whether it is verified already, and would be verified again.
    is_again: bool,
    scan: Option<Scan>,
    /// Whether there was a scan that a retention rule has erased.
    is_scan_erased: bool,
    checks: CheckList,
    form: Form,
    /// The numbers that came with the paper: nobody is called back on one of them.
    numbers: Vec<String>,
    /// Where a number was found, to choose from.
    sources: Vec<(String, String)>,
    /// No call was made in the future: the limit, as an attribute of its field.
    latest_call: String,
    /// Others from the same court with the same docket number.
    duplicates: Vec<LegalBasisId>,
}

/// The scan, as far as the page must know it.
struct Scan {
    is_pdf: bool,
    pages: u32,
    has_active_content: bool,
}

impl Page for VerificationPage {
    fn samples(frame: &dyn Fn() -> Frame) -> Vec<Self> {
        let of = |kind, barred: Option<&str>, faults: Faults| {
            let frame = frame();
            Self {
                basis: Summary::sample(&frame, kind),
                lines: paper::samples(&frame),
                barred: barred.map(|key| frame.t1(key, "registrar", "r.archuleta")),
                is_again: kind == BasisKind::LegalMandate,
                scan: (kind == BasisKind::JudicialWarrant).then_some(Scan {
                    is_pdf: faults.is_empty(),
                    pages: 3,
                    has_active_content: true,
                }),
                is_scan_erased: kind == BasisKind::LegalMandate,
                checks: CheckList::sample(&frame),
                form: Form::default(),
                numbers: vec!["+1 915 555 0100".to_owned()],
                sources: sources(&frame),
                latest_call: format!("max=\"{}\"", typed::minute(frame.now)),
                duplicates: vec![LegalBasisId::new(uuid::Uuid::from_u128(8))],
                faults,
                frame,
            }
        };
        let mut faults = Faults::default();
        faults.add("W04", frame().t("counsel-answer-no-note"));
        faults.add("note", frame().t("counsel-fault-no-reason"));
        vec![
            of(BasisKind::JudicialWarrant, None, Faults::default()),
            of(BasisKind::JudicialWarrant, None, faults),
            of(BasisKind::LegalMandate, None, Faults::default()),
            of(BasisKind::EmergencyException, Some("counsel-barred-same-person"), Faults::default()),
        ]
    }
}

/// Everybody who may see bases may see this; who may answer is said on the page.
pub(super) async fn show(
    site: web::Data<Site>,
    desk: Desk<ReadBasis>,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let basis = read(&site, desk.who.clone(), id_of(&id)?).await?;
    let frame = desk.frame("counsel-verification-title");
    desk.show(&VerificationPage::of(frame, &desk.who, &basis, Form::default(), Faults::default()))
}

async fn read(site: &web::Data<Site>, who: Authority<ReadBasis>, id: LegalBasisId) -> Result<BasisInFull, Problem> {
    off_the_web(site, move |app| app.read_basis(&who, id).map_err(unread)).await
}

impl VerificationPage {
    fn of<P>(frame: Frame, who: &Authority<P>, basis: &BasisInFull, form: Form, faults: Faults) -> Self {
        let stored = &basis.stored;
        let actor = who.roles().map(|roles| Actor { name: who.actor(), roles }).ok_or(LifeError::WrongRole);
        let judged = actor.and_then(|actor| may_verify(&stored.basis, &stored.people.registrar, actor, frame.now));
        let why_not = |error| frame.t1(barred(error), "registrar", stored.people.registrar.as_str());
        // What can never be verified, or no longer, can still be rejected, by the second person.
        let kept_out = judged.err().filter(|error| !may_still_reject(*error, basis.state));
        let scan = basis.document.as_ref().filter(|document| document.erased_at.is_none());
        let is_counsel = who.has_role(crate::domain::staff::Role::Counsel);
        Self {
            basis: Summary::of(&frame, stored, basis.state),
            lines: paper::lines(&frame, basis),
            barred: kept_out.map(why_not),
            is_again: basis.state == BasisState::Verified,
            scan: scan.map(|scan| Scan {
                is_pdf: scan.facts.media_type == MediaType::Pdf,
                pages: scan.facts.pages,
                has_active_content: scan.facts.has_active_content,
            }),
            is_scan_erased: basis.document.is_some() && scan.is_none(),
            checks: CheckList::of(&frame, basis.list.as_ref(), &form, &faults, is_counsel),
            numbers: basis.paper.iter().flat_map(Paper::numbers).map(str::to_owned).collect(),
            sources: sources(&frame),
            latest_call: format!("max=\"{}\"", typed::minute(frame.now)),
            duplicates: basis.duplicates.clone(),
            form,
            faults,
            frame,
        }
    }

    /// Whether nobody has verified it yet: only then it can be rejected.
    fn may_reject(&self) -> bool {
        self.basis.state == BasisState::Registered
    }

    /// Whether the call to the clerk is to be written down.
    fn asks_for_call(&self) -> bool {
        self.checks.asks(CheckId::W17)
    }
}

/// Whether what keeps somebody from verifying leaves them free to reject.
fn may_still_reject(error: LifeError, state: BasisState) -> bool {
    state == BasisState::Registered && matches!(error, LifeError::Expired | LifeError::NeverVerifiable)
}

fn sources(frame: &Frame) -> Vec<(String, String)> {
    NumberSource::ALL.into_iter().map(|source| (source.to_string(), frame.word(source))).collect()
}
