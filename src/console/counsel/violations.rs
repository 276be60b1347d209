//! `/console/violations`: what a review found that should not have been; open until counsel says what was done about it.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use chrono::{DateTime, Utc};

use super::{PER_PAGE, after, also, id_of, query, refused, typed};
use crate::app::ChangeFailure;
use crate::app::authority::{CloseViolation, ReadViolation, StaffFailure, StaffRefusal};
use crate::app::legal_bases::{ListedViolation, ReadViolationError, ViolationInFull, ViolationRefused};
use crate::console::{Desk, Faults, Frame, Page};
use crate::domain::staff::Permission;
use crate::domain::{LegalBasisId, ViolationId};
use crate::http::blocking::off_the_web;
use crate::http::{Problem, ProblemKind, Sent, Site};

/// The list.
#[derive(Template)]
#[template(path = "console/counsel/violations.html")]
pub(in crate::console) struct ViolationsPage {
    frame: Frame,
    is_open: bool,
    rows: Vec<Facts>,
    next: Option<ViolationId>,
}

/// One violation.
#[derive(Template)]
#[template(path = "console/counsel/violation.html")]
pub(in crate::console) struct ViolationPage {
    frame: Frame,
    faults: Faults,
    facts: Facts,
    /// What the review noted; none once erased.
    note: Option<String>,
    /// What was done about it.
    outcome: Option<String>,
    may_close: bool,
    may_read_basis: bool,
    typed: String,
}

/// What stands in the clear.
struct Facts {
    id: ViolationId,
    basis: LegalBasisId,
    opened_by: String,
    opened_at: DateTime<Utc>,
    closed: Option<(String, DateTime<Utc>)>,
}

impl Facts {
    fn of(stored: &ListedViolation) -> Self {
        let ListedViolation { id, basis, opened_by, opened_at, closed, .. } = stored.clone();
        Self { id, basis, opened_by, opened_at, closed }
    }

    fn sample(frame: &Frame, is_open: bool) -> Self {
        let id = uuid::Uuid::from_u128(9);
        Self {
            id: ViolationId::new(id),
            basis: LegalBasisId::new(id),
            opened_by: "c.sandoval".to_owned(),
            opened_at: frame.now,
            closed: (!is_open).then(|| ("c.sandoval".to_owned(), frame.now)),
        }
    }
}

impl Page for ViolationsPage {
    fn samples(frame: &dyn Fn() -> Frame) -> Vec<Self> {
        let row = |is_open| Facts::sample(&frame(), is_open);
        let next = Some(row(true).id);
        vec![
            Self { frame: frame(), is_open: true, rows: vec![row(true), row(true)], next },
            Self { frame: frame(), is_open: false, rows: vec![row(false)], next: None },
            Self { frame: frame(), is_open: true, rows: Vec::new(), next: None },
        ]
    }
}

impl Page for ViolationPage {
    fn samples(frame: &dyn Fn() -> Frame) -> Vec<Self> {
        let of = |is_open: bool, may_close, faults| Self {
            frame: frame(),
            faults,
            facts: Facts::sample(&frame(), is_open),
            note: is_open.then(|| "F. Review".to_owned()),
            outcome: (!is_open).then(|| "F. Outcome".to_owned()),
            may_close,
            may_read_basis: may_close,
            typed: String::new(),
        };
        let mut faults = Faults::default();
        faults.add("outcome", frame().t("counsel-fault-no-reason"));
        vec![
            of(true, true, Faults::default()),
            of(true, true, faults),
            of(true, false, Faults::default()),
            of(false, true, Faults::default()),
        ]
    }
}

pub(super) async fn list(
    site: web::Data<Site>,
    desk: Desk<ReadViolation>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let given = query(&request);
    let is_open = given.get("state").is_none_or(|state| state != "closed");
    let (who, from) = (desk.who.clone(), after(&given));
    let page = off_the_web(&site, move |app| Ok(app.list_violations(&who, Some(is_open), from, PER_PAGE)?)).await?;
    let (rows, frame) = (page.items.iter().map(Facts::of).collect(), desk.frame("counsel-violations-title"));
    desk.show(&ViolationsPage { frame, is_open, rows, next: page.next })
}

pub(super) async fn show(
    site: web::Data<Site>,
    desk: Desk<ReadViolation>,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let (who, id) = (desk.who.clone(), id_of(&id)?);
    let violation = off_the_web(&site, move |app| app.read_violation(&who, id).map_err(unread)).await?;
    desk.show(&ViolationPage::of(&desk, &violation, String::new(), Faults::default()))
}

/// Says what was done about it.
pub(super) async fn close(
    site: web::Data<Site>,
    desk: Desk<CloseViolation>,
    path: web::Path<String>,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    let (id, outcome): (ViolationId, _) = (id_of(&path)?, sent.value("outcome").to_owned());
    let (limit, mut faults) = (site.settings.limits.text_chars, Faults::default());
    if !outcome.chars().any(char::is_alphanumeric) {
        faults.add("outcome", desk.tongue().say("counsel-fault-no-reason"));
    } else if typed::is_too_long(&outcome, limit) {
        faults.add("outcome", desk.tongue().say_with("counsel-fault-too-long", [("count", limit.into())]));
    }
    if !faults.is_empty() {
        let reader = also::<ReadViolation, _>(&desk.who)?;
        let violation = off_the_web(&site, move |app| app.read_violation(&reader, id).map_err(unread)).await?;
        return desk.show_again(&ViolationPage::of(&desk, &violation, outcome, faults));
    }
    let who = desk.once(&sent);
    off_the_web(&site, move |app| app.close_violation(&who, id, outcome).map_err(unclosed)).await?;
    Ok(desk.see_other(&format!("/console/violations/{id}"), "notice-violation-closed"))
}

impl ViolationPage {
    fn of<P: Clone>(desk: &Desk<P>, violation: &ViolationInFull, typed: String, faults: Faults) -> Self {
        let may = |permission| desk.who.roles().is_some_and(|roles| roles.permit(permission));
        Self {
            frame: desk.frame("counsel-violation-title"),
            faults,
            facts: Facts::of(&violation.stored),
            note: violation.note.clone(),
            outcome: violation.outcome.clone(),
            may_close: may(Permission::CloseViolation),
            may_read_basis: may(Permission::ReadBasis),
            typed,
        }
    }
}

fn unread(error: ReadViolationError) -> Problem {
    match error {
        ReadViolationError::Change(failure) => unclosed(failure),
        ReadViolationError::Read(error) => refused::unread(error),
    }
}

fn unclosed(failure: StaffFailure<ViolationRefused>) -> Problem {
    let is_closed = matches!(failure, ChangeFailure::Refused(StaffRefusal::Change(ViolationRefused::Closed)));
    let kind = if is_closed { ProblemKind::Conflict } else { ProblemKind::NotFound };
    Problem::of_staff(failure, |refused| Problem::new(kind, refused.to_string()))
}
