//! `/console/enrol/{token}`: setting up an account by a one-time link. An unknown, used or old link is not told apart.

mod page;
mod qr;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use zeroize::Zeroizing;

use super::account::fault_of_password;
use super::{Faults, Frame, Guest, page as pages};
use crate::app::ChangeFailure;
use crate::app::staff::{EnrolError, Enrolment, NewCredentials};
use crate::http::blocking::off_the_web;
use crate::http::peer::address_of;
use crate::http::{Problem, ProblemKind, Sent, Site, Table};

pub(super) use page::{EnrolPage, EnrolledPage, LinkEndedPage};

use page::Typed;

pub(super) fn routes(table: Table) -> Table {
    table.get("/console/enrol/{token}", show).post("/console/enrol/{token}", enrol)
}

async fn show(
    site: web::Data<Site>,
    guest: Guest,
    request: HttpRequest,
    token: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    slow_down(&site, &request)?;
    let found = find(&site, &token).await?;
    let Some(enrolment) = found else { return ended(&guest) };
    guest.show(&EnrolPage::of(guest.frame("enrol-title"), &enrolment, Typed::default(), Faults::default())?)
}

async fn enrol(
    site: web::Data<Site>,
    guest: Guest,
    request: HttpRequest,
    token: web::Path<String>,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    slow_down(&site, &request)?;
    let Some(enrolment) = find(&site, &token).await? else { return ended(&guest) };
    let (new, typed) = (credentials(&sent, &enrolment), Typed::of(&sent));
    let frame = guest.frame("enrol-title");
    let mut faults = Faults::default();
    if sent.exact("password") != sent.exact("password-again") {
        faults.add("password-again", frame.t("account-passwords-differ"));
        return guest.show_again(&EnrolPage::of(frame, &enrolment, typed, faults)?);
    }
    let token = token.into_inner();
    let enrolled = off_the_web(&site, move |app| Ok(app.enrol(&token, &new))).await?;
    match enrolled {
        Ok(enrolled) => guest.show(&EnrolledPage::of(guest.frame("enrol-done-title"), &enrolled)),
        Err(ChangeFailure::Refused(EnrolError::NoLink)) => ended(&guest),
        Err(ChangeFailure::Refused(error)) => {
            let (field, text) = fault_of(&frame, &error)?;
            faults.add(field, text);
            guest.show_again(&EnrolPage::of(frame, &enrolment, typed, faults)?)
        }
        Err(failure) => Err(Problem::unrecorded(&failure)),
    }
}

async fn find(site: &web::Data<Site>, token: &str) -> Result<Option<Enrolment>, Problem> {
    let token = token.to_owned();
    off_the_web(site, move |app| Ok(app.find_enrolment(&token)?)).await
}

/// One page for every link that is not good: which of the reasons it is, is not said.
fn ended(guest: &Guest) -> Result<HttpResponse, Problem> {
    pages::answer(StatusCode::NOT_FOUND, &LinkEndedPage { frame: guest.frame("enrol-ended-title") })
}

fn slow_down(site: &Site, request: &HttpRequest) -> Result<(), Problem> {
    if site.throttle.allows(&format!("enrolment from {}", address_of(request, site))) {
        return Ok(());
    }
    Err(Problem::new(ProblemKind::TooManyAttempts, "too many attempts; wait a minute"))
}

/// The first admin chooses a name; everybody else has one.
fn credentials(sent: &Sent, enrolment: &Enrolment) -> NewCredentials {
    let chosen = |name: &str| enrolment.holder.is_none().then(|| sent.value(name).to_owned());
    NewCredentials {
        password: Zeroizing::new(sent.exact("password").to_owned()),
        code: Zeroizing::new(sent.value("code").chars().filter(char::is_ascii_digit).collect()),
        username: chosen("username"),
        name: chosen("name"),
    }
}

/// Which field is at fault, and what is wrong with it.
fn fault_of(frame: &Frame, error: &EnrolError) -> Result<(&'static str, String), Problem> {
    Ok(match error {
        EnrolError::Code | EnrolError::NoLink => ("code", frame.t("enrol-code-wrong")),
        EnrolError::Password(error) => ("password", frame.t(fault_of_password(*error))),
        EnrolError::NameNeeded | EnrolError::NameGiven | EnrolError::Username(_) => {
            ("username", frame.t("staff-username-refused"))
        }
        EnrolError::Name => ("name", frame.t("staff-name-refused")),
        EnrolError::Taken => ("username", frame.t("staff-username-taken")),
        EnrolError::Secret(_) => return Err(Problem::new(ProblemKind::Unavailable, "the password cannot be hashed")),
    })
}
