//! The second person verifies or rejects; what still stands in the way is named, check by check.

use actix_web::{HttpResponse, web};

use super::checks::named;
use super::form::Form;
use super::{VerificationPage, read};
use crate::app::ChangeFailure;
use crate::app::authority::{ReadBasis, StaffRefusal, VerifyBasis};
use crate::app::legal_bases::{HandlingRefused, OpenCheck};
use crate::console::counsel::refused::{answer_fault, fault_of, handling};
use crate::console::counsel::{also, id_of};
use crate::console::{Desk, Faults, Frame};
use crate::domain::LegalBasisId;
use crate::http::blocking::off_the_web;
use crate::http::{Problem, Sent, Site};

pub(in crate::console::counsel) async fn decide(
    site: web::Data<Site>,
    desk: Desk<VerifyBasis>,
    path: web::Path<String>,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    let id: LegalBasisId = id_of(&path)?;
    let (form, frame) = (Form::of(&sent), desk.frame("counsel-verification-title"));
    let verification = match form.read(&frame, site.settings.limits.text_chars) {
        Ok(verification) => verification,
        Err(faults) => return show_again(&site, &desk, id, form, faults).await,
    };
    let (who, is_verified) = (desk.once(&sent), verification.is_verified);
    let outcome = off_the_web(&site, move |app| Ok(app.verify_basis(&who, id, verification))).await?;
    let faults = match outcome {
        Ok(()) => {
            let notice = if is_verified { "notice-basis-verified" } else { "notice-basis-rejected" };
            return Ok(desk.see_other(&format!("/console/legal-bases/{id}"), notice));
        }
        Err(ChangeFailure::Refused(StaffRefusal::Change(refused))) => faults_of(&frame, &refused)
            .ok_or_else(|| handling(ChangeFailure::Refused(StaffRefusal::Change(refused))))?,
        Err(failure) => return Err(handling(failure)),
    };
    show_again(&site, &desk, id, form, faults).await
}

/// The form once more, with the check list as it stands by now.
async fn show_again(
    site: &web::Data<Site>,
    desk: &Desk<VerifyBasis>,
    id: LegalBasisId,
    form: Form,
    faults: Faults,
) -> Result<HttpResponse, Problem> {
    let basis = read(site, also::<ReadBasis, _>(&desk.who)?, id).await?;
    let frame = desk.frame("counsel-verification-title");
    desk.show_again(&VerificationPage::of(frame, &desk.who, &basis, form, faults))
}

/// What is wrong with the form; none when no answer would mend it.
fn faults_of(frame: &Frame, refused: &HandlingRefused) -> Option<Faults> {
    let mut faults = Faults::default();
    match refused {
        HandlingRefused::ChecksOpen(open) => {
            for check in open {
                faults.add(check.id.as_str(), told(frame, *check));
            }
        }
        refused => {
            let (field, key) = fault_of(refused)?;
            faults.add(field, frame.t(key));
        }
    }
    Some(faults)
}

/// Which check, and why it stands in the way: the answer to it, or that nobody gave one. What the program found stands
/// beside the check.
fn told(frame: &Frame, check: OpenCheck) -> String {
    let why = check.fault.map_or_else(|| frame.word(check.outcome), |fault| frame.t(answer_fault(fault)));
    format!("{}{why}", named(check.id, frame.tongue().language()))
}
