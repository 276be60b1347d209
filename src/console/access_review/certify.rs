//! Somebody says that this access is still needed. Nobody says it of themselves.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use super::{Filter, read};
use crate::app::ChangeFailure;
use crate::app::authority::{CertifyAccess, ReadAccessReview, StaffFailure, StaffRefusal};
use crate::app::staff::CertifyError;
use crate::console::{Desk, page};
use crate::domain::{ClientId, StaffId};
use crate::http::blocking::off_the_web;
use crate::http::{Problem, ProblemKind, Sent, Site};

const REVIEW: &str = "/console/access-review";

/// Certifies an account.
pub(super) async fn account(
    site: web::Data<Site>,
    desk: Desk<CertifyAccess>,
    id: web::Path<String>,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    let id: StaffId = id.parse().map_err(|_| nobody())?;
    let who = desk.once(&sent);
    match off_the_web(&site, move |app| Ok(app.certify_staff(&who, id))).await? {
        Ok(()) => Ok(desk.see_other(REVIEW, "notice-review-certified")),
        Err(ChangeFailure::Refused(StaffRefusal::Change(CertifyError::Oneself))) => {
            oneself(&site, &desk.authorize::<ReadAccessReview>(&site).await?).await
        }
        Err(failure) => Err(problem_of(failure)),
    }
}

/// Certifies a client.
pub(super) async fn client(
    site: web::Data<Site>,
    desk: Desk<CertifyAccess>,
    id: web::Path<String>,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    let id: ClientId = id.parse().map_err(|_| nobody())?;
    let who = desk.once(&sent);
    off_the_web(&site, move |app| app.certify_client(&who, id).map_err(problem_of)).await?;
    Ok(desk.see_other(REVIEW, "notice-review-certified"))
}

/// The review once more, with a sentence about why another person is needed.
async fn oneself(site: &web::Data<Site>, reader: &Desk<ReadAccessReview>) -> Result<HttpResponse, Problem> {
    let mut review = read(site, reader, Filter::default()).await?;
    let sentence = review.frame.t("review-oneself");
    review.faults.add("accounts", sentence);
    page::answer(StatusCode::UNPROCESSABLE_ENTITY, &review)
}

fn problem_of(failure: StaffFailure<CertifyError>) -> Problem {
    Problem::of_staff(failure, |_| nobody())
}

fn nobody() -> Problem {
    Problem::new(ProblemKind::NotFound, CertifyError::Unknown.to_string())
}
