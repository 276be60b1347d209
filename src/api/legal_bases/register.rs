//! `POST /api/v1/legal-bases`: records staff log a paper, a law or an emergency.

use actix_web::http::header::LOCATION;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;

use super::problems::life;
use crate::api::words::read_json;
use crate::app::authority::RegisterBasis;
use crate::app::legal_bases::{RegisterError, RegisterRefused, Registered};
use crate::domain::LegalBasisId;
use crate::domain::decision::Reason;
use crate::domain::language::Language;
use crate::domain::legal_basis::RegistrationForm;
use crate::domain::legal_basis::life::BasisState;
use crate::domain::legal_basis::registration::FormFault;
use crate::http::blocking::off_the_web;
use crate::http::body::Body;
use crate::http::problem::MemberError;
use crate::http::{Authorized, Problem, ProblemKind, Site};

#[derive(Serialize)]
struct RegisteredResponse {
    id: LegalBasisId,
    status: BasisState,
    #[serde(skip_serializing_if = "Option::is_none")]
    rejection: Option<RejectionResponse>,
    duplicates: Vec<LegalBasisId>,
}

/// Why a paper was rejected as soon as it was registered.
#[derive(Serialize)]
struct RejectionResponse {
    reason: Reason,
    message: &'static str,
    message_es: &'static str,
}

/// 201 also for what can never unlock: it is registered so that it is counted, and comes out rejected.
pub(in crate::api) async fn register(
    site: web::Data<Site>,
    Authorized(who): Authorized<RegisterBasis>,
    request: HttpRequest,
    Body(bytes): Body,
) -> Result<HttpResponse, Problem> {
    let form: RegistrationForm = read_json(&site, &request, &bytes)?;
    let registered = off_the_web(&site, move |app| app.register_basis(&who, form).map_err(problem_of)).await?;
    let location = format!("/api/v1/legal-bases/{}", registered.id);
    Ok(HttpResponse::Created().insert_header((LOCATION, location)).json(RegisteredResponse::from(registered)))
}

impl From<Registered> for RegisteredResponse {
    fn from(Registered { id, state, duplicates }: Registered) -> Self {
        let reason = Reason::InstrumentNotAccepted;
        let rejection = (state == BasisState::Rejected).then(|| RejectionResponse {
            reason,
            message: reason.sentence(Language::English),
            message_es: reason.sentence(Language::Spanish),
        });
        Self { id, status: state, rejection, duplicates }
    }
}

fn problem_of(error: RegisterError) -> Problem {
    match error {
        RegisterError::Faults(faults) => {
            let member = |FormFault { member, fault }| MemberError { member, detail: fault.to_string() };
            let faults = faults.into_iter().map(member).collect();
            // INVARIANT: a form that was refused has a fault.
            Problem::of_members(faults)
                .unwrap_or_else(|| Problem::new(ProblemKind::InvalidRequest, "the form is not in order"))
        }
        RegisterError::Change(failure) => Problem::of_staff(failure, |refused| match refused {
            RegisterRefused::NothingToSupersede => Problem::member("/supersedes", refused.to_string()),
            RegisterRefused::Life(error) => life(error),
            // Drafts are the console's: none comes this way.
            RegisterRefused::Draft(_) | RegisterRefused::DraftChanged => {
                Problem::new(ProblemKind::Conflict, refused.to_string())
            }
        }),
    }
}
