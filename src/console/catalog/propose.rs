//! A steward proposes a class for a field: for one that is catalogued, one that was asked for, or one that is to come.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::{nothing, store_of};
use crate::app::ChangeFailure;
use crate::app::authority::{ProposeClass, StaffRefusal};
use crate::app::stewardship::{NewProposal, ProposeError};
use crate::console::choices::{Choice, choices};
use crate::console::{Desk, Faults, Frame, Page};
use crate::domain::StoreId;
use crate::domain::field::{FieldClass, FieldName};
use crate::domain::stewardship::ReasonError;
use crate::http::blocking::off_the_web;
use crate::http::{Problem, Sent, Site};

/// The form.
#[derive(Template)]
#[template(path = "console/catalog/propose.html")]
pub(in crate::console) struct ProposePage {
    frame: Frame,
    faults: Faults,
    store: StoreId,
    field: String,
    class: String,
    classes: Vec<Choice>,
    reason: String,
}

impl ProposePage {
    fn of(frame: Frame, faults: Faults, store: StoreId, sent: Option<&Sent>) -> Self {
        let value = |name| sent.map_or("", |sent| sent.value(name)).to_owned();
        let (field, class, reason) = (value("field"), value("class"), value("reason"));
        Self { classes: class_choices(&frame), frame, faults, store, field, class, reason }
    }
}

impl Page for ProposePage {
    fn samples(frame: &dyn Fn() -> Frame) -> Vec<Self> {
        let Ok(store) = "utility-billing".parse::<StoreId>() else { return Vec::new() };
        let mut faults = Faults::default();
        faults.add("class", frame().t("catalog-class-needed"));
        faults.add("reason", frame().t("catalog-reason-length"));
        let empty = Self::of(frame(), Faults::default(), store.clone(), None);
        vec![empty, Self { field: "visa_no".to_owned(), ..Self::of(frame(), faults, store, None) }]
    }
}

/// Every class that a steward may choose.
pub(super) fn class_choices(frame: &Frame) -> Vec<Choice> {
    choices(frame, FieldClass::ALL)
}

/// The form, empty.
pub(super) async fn show(desk: Desk<ProposeClass>, id: web::Path<String>) -> Result<HttpResponse, Problem> {
    desk.show(&ProposePage::of(desk.frame("catalog-propose-title"), Faults::default(), store_of(&id)?, None))
}

/// Proposes.
pub(super) async fn propose(
    site: web::Data<Site>,
    desk: Desk<ProposeClass>,
    id: web::Path<String>,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    let (store, frame) = (store_of(&id)?, desk.frame("catalog-propose-title"));
    let new = match read(&frame, &store, &sent) {
        Ok(new) => new,
        Err(faults) => return desk.show_again(&ProposePage::of(frame, faults, store, Some(&sent))),
    };
    let who = desk.once(&sent);
    match off_the_web(&site, move |app| Ok(app.propose_class(&who, new))).await? {
        Ok(id) => Ok(desk.see_other(&format!("/console/catalog/proposals/{id}"), "notice-catalog-proposed")),
        Err(ChangeFailure::Refused(StaffRefusal::Change(error))) => {
            let mut faults = Faults::default();
            let (field, text) = fault_of(&frame, error)?;
            faults.add(field, text);
            desk.show_again(&ProposePage::of(frame, faults, store, Some(&sent)))
        }
        Err(failure) => Err(Problem::of_staff(failure, |_| nothing())),
    }
}

fn read(frame: &Frame, store: &StoreId, sent: &Sent) -> Result<NewProposal, Faults> {
    let mut faults = Faults::default();
    let field = FieldName::new(sent.value("field"));
    if field.is_err() {
        faults.add("field", frame.t("catalog-field-refused"));
    }
    let class: Result<FieldClass, _> = sent.value("class").parse();
    if class.is_err() {
        faults.add("class", frame.t("catalog-class-needed"));
    }
    match (field, class) {
        (Ok(field), Ok(class)) => {
            Ok(NewProposal { store: store.clone(), field, class, reason: sent.value("reason").to_owned() })
        }
        _ => Err(faults),
    }
}

fn fault_of(frame: &Frame, error: ProposeError) -> Result<(&'static str, String), Problem> {
    Ok(match error {
        ProposeError::UnknownStore(_) => return Err(nothing()),
        ProposeError::Pattern => ("field", frame.t("catalog-field-pattern")),
        ProposeError::AlreadyOpen => ("field", frame.t("catalog-already-open")),
        ProposeError::Same(class) => ("class", frame.t1("catalog-same-class", "class", frame.word(class))),
        ProposeError::Contradiction(what) => ("class", frame.t1("catalog-contradiction", "what", what)),
        ProposeError::Reason(error) => ("reason", fault_of_reason(frame, error)),
    })
}

/// What is wrong with a reason.
pub(super) fn fault_of_reason(frame: &Frame, error: ReasonError) -> String {
    match error {
        ReasonError::Length => frame.t("catalog-reason-length"),
        ReasonError::Unseen => frame.t("catalog-reason-unseen"),
    }
}
