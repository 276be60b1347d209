//! The last step: everything once more, what is wrong, what is alike, what will be checked; and then it is registered.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::{NaiveDate, NaiveTime};

use super::step::Step;
use super::view::DraftView;
use crate::app::authority::RegisterBasis;
use crate::app::legal_bases::{Draft, DraftCheck, RegisterError};
use crate::console::records::faults::{field, sentence};
use crate::console::records::options::stores;
use crate::console::records::refused::{unchanged_draft, unread_draft, unregistered};
use crate::console::records::seen::{Finding, findings};
use crate::console::records::{id_of, options::Choice};
use crate::console::{Desk, Frame, Page};
use crate::domain::LegalBasisId;
use crate::domain::legal_basis::life::BasisState;
use crate::domain::legal_basis::registration::{FormFault, TypedForm};
use crate::http::blocking::off_the_web;
use crate::http::{Problem, Sent, Site};

/// The page.
#[derive(Template)]
#[template(path = "console/records/check.html")]
pub(in crate::console) struct CheckPage {
    frame: Frame,
    draft: DraftView,
    revision: i64,
    faults: Vec<LinkedFault>,
    findings: Vec<Finding>,
    /// From when until when it would count, in words.
    validity: Option<(String, Option<String>)>,
    same_docket: Vec<LegalBasisId>,
    same_document: Vec<LegalBasisId>,
    has_scan: bool,
    /// What was typed, by step: its key, its path, and its rows.
    parts: Vec<Part>,
}

/// A fault with the way to its field on another page.
struct LinkedFault {
    path: String,
    label: String,
    text: String,
}

/// What was typed in one step.
struct Part {
    key: &'static str,
    path: String,
    /// Key of the label, and what was typed.
    rows: Vec<(String, String)>,
}

/// Shows it.
pub(super) async fn show(
    site: web::Data<Site>,
    desk: Desk<RegisterBasis>,
    path: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let page = page(&site, &desk, &path).await?;
    desk.show(&page)
}

/// Registers it. The same form again leads to what it registered the first time.
pub(super) async fn register(
    site: web::Data<Site>,
    desk: Desk<RegisterBasis>,
    path: web::Path<String>,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    let (who, id) = (desk.who.clone(), id_of(&path)?);
    let revision = sent.value("revision").parse().unwrap_or_default();
    let registered = off_the_web(&site, move |app| match app.register_draft(&who, id, revision) {
        Ok(registered) => Ok(Some(registered)),
        Err(RegisterError::Faults(_)) => Ok(None),
        Err(RegisterError::Change(failure)) => Err(unregistered(failure)),
    })
    .await?;
    let Some(registered) = registered else {
        let page = page(&site, &desk, &path).await?;
        return desk.show_again(&page);
    };
    let is_counted = registered.state == BasisState::Rejected;
    let notice = if is_counted { "notice-basis-counted" } else { "notice-basis-registered" };
    Ok(desk.see_other(&format!("/console/legal-bases/{id}"), notice))
}

/// Throws the draft away.
pub(super) async fn discard(
    site: web::Data<Site>,
    desk: Desk<RegisterBasis>,
    path: web::Path<String>,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    let (who, id) = (desk.once(&sent), id_of(&path)?);
    off_the_web(&site, move |app| app.discard_draft(&who, id).map_err(unchanged_draft)).await?;
    Ok(desk.see_other("/console/legal-bases/new", "notice-draft-discarded"))
}

async fn page(site: &web::Data<Site>, desk: &Desk<RegisterBasis>, path: &str) -> Result<CheckPage, Problem> {
    let (who, id) = (desk.who.clone(), id_of(path)?);
    let (draft, check, stores) = off_the_web(site, move |app| {
        let draft = app.find_draft(&who, id).map_err(unread_draft)?;
        let check = app.check_draft(&who, &draft)?;
        Ok((draft, check, stores(app)?))
    })
    .await?;
    Ok(CheckPage::of(desk.frame("records-check-title"), &draft, check, &stores))
}

impl CheckPage {
    fn of(frame: Frame, draft: &Draft, check: DraftCheck, stores: &[Choice]) -> Self {
        let DraftCheck { faults, findings: found, validity, same_docket, same_document } = check;
        let validity = validity.map(|(from, until)| (frame.instant(from), until.map(|until| frame.instant(until))));
        Self {
            draft: DraftView::of(&frame, draft, &faults, Step::Check),
            revision: draft.revision,
            faults: faults.iter().map(|fault| LinkedFault::of(&frame, &draft.id.to_string(), fault)).collect(),
            findings: found.map(|found| findings(frame.tongue(), &found)).unwrap_or_default(),
            validity,
            same_docket,
            same_document,
            has_scan: draft.document.is_some(),
            parts: parts(&frame, &draft.id.to_string(), &draft.typed, stores),
            frame,
        }
    }
}

impl LinkedFault {
    fn of(frame: &Frame, draft: &str, FormFault { member, fault }: &FormFault) -> Self {
        let field = field(member);
        let path = format!("{}#{field}", Step::of(member).path(draft));
        Self { path, label: frame.t(&label(&field)), text: sentence(frame, *fault) }
    }
}

/// The key of a field's label. Rows of residents share theirs.
fn label(field: &str) -> String {
    let name = field.trim_end_matches(|c: char| c == '-' || c.is_ascii_digit());
    format!("records-{}", name.replace('_', "-"))
}

/// What was typed, as far as this kind of paper asks for it.
fn parts(frame: &Frame, draft: &str, typed: &TypedForm, stores: &[Choice]) -> Vec<Part> {
    let part = |step: Step, key: &'static str| {
        let rows = step.fields().iter().filter(|field| **field != "kind" && is_asked(typed, field));
        let rows = rows.map(|field| (label(field), shown(frame, typed, field, stores)));
        Part { key, path: step.path(draft), rows: rows.filter(|(_, text)| !text.is_empty()).collect() }
    };
    vec![
        part(Step::Paper, "records-step-paper"),
        part(Step::Court, "records-step-court"),
        part(Step::Scope, "records-step-scope"),
    ]
}

fn is_asked(typed: &TypedForm, field: &str) -> bool {
    use crate::domain::legal_basis::registration::Asked;
    let member = match field {
        "instrument" => return typed.instrument().is_some(),
        "resident_store" => return false,
        "resident" | "classes" | "stores" | "requester_kinds" | "requester_agency" | "purposes" | "period_from"
        | "period_until" => "scope",
        field if field.starts_with("officer_") => "serving_officer",
        field if field.starts_with("asker_") => "requester",
        field if field.starts_with("issued_") => "issued_at",
        field if field.starts_with("valid_") => "valid_from",
        field if field.starts_with("execute_") => "execute_by",
        field if field.starts_with("review_") => "review_by",
        field if field.starts_with("expires_") => "expires_at",
        field if field.starts_with("served_") => "served_at",
        field => field,
    };
    typed.asks(member) != Asked::No
}

/// What a field holds, in words where it holds words of closed sets.
fn shown(frame: &Frame, typed: &TypedForm, field: &str, stores: &[Choice]) -> String {
    let store =
        |id: &str| stores.iter().find(|(own, _)| own == id).map_or_else(|| id.to_owned(), |(_, name)| name.clone());
    let words =
        |word: &dyn Fn(&str) -> String| typed.all(field).iter().map(|own| word(own)).collect::<Vec<_>>().join("; ");
    match field {
        "instrument" => typed.instrument().map_or_else(String::new, |paper| frame.word(paper)),
        "resident" => typed.residents().map(|(of, id)| format!("{id} ({})", store(of))).collect::<Vec<_>>().join("; "),
        "stores" => words(&store),
        "classes" => words(&|word| said::<crate::domain::field::FieldClass>(frame, word)),
        "requester_kinds" => words(&|word| said::<crate::domain::RequesterKind>(frame, word)),
        "purposes" => words(&|word| said::<crate::domain::Purpose>(frame, word)),
        "standing" | "not_for_immigration_enforcement" | "any_time" | "sworn_statement_attached" | "single_use" => {
            if typed.first(field).is_empty() {
                String::new()
            } else {
                frame.t("records-yes")
            }
        }
        field => said_of_time(frame, field, typed.first(field)),
    }
}

/// A day or a time of day as people read it; anything else as it was typed, and a time that is none, too.
fn said_of_time(frame: &Frame, field: &str, typed: &str) -> String {
    let is_day = field.ends_with("_on") || field.starts_with("period_");
    let day = || typed.parse::<NaiveDate>().ok().map(|day| frame.day(day));
    let time = || NaiveTime::parse_from_str(typed, "%H:%M").ok().map(|time| frame.tongue().time_of_day(time));
    let said = if is_day { day() } else { field.ends_with("_time").then(time).flatten() };
    said.unwrap_or_else(|| typed.to_owned())
}

fn said<W: crate::console::words::Word + std::str::FromStr>(frame: &Frame, word: &str) -> String {
    word.parse::<W>().map_or_else(|_| word.to_owned(), |word| frame.word(word))
}

impl Page for CheckPage {
    fn samples(frame: &dyn Fn() -> Frame) -> Vec<Self> {
        use crate::domain::legal_basis::registration::Fault;
        let page = |values: &[(&str, &str)], faults: &[FormFault], findings: Vec<Finding>, same: Vec<LegalBasisId>| {
            let frame = frame();
            let mut typed = TypedForm::default();
            let names: Vec<&str> = values.iter().map(|(name, _)| *name).collect();
            typed.put(&names, values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
            Self {
                draft: DraftView::of_typed(&frame, "x", typed.clone(), faults, Step::Check),
                revision: 4,
                faults: faults.iter().map(|fault| LinkedFault::of(&frame, "x", fault)).collect(),
                validity: faults.is_empty().then(|| (frame.instant(frame.now), Some(frame.instant(frame.now)))),
                findings,
                same_docket: same.clone(),
                same_document: same,
                has_scan: faults.is_empty(),
                parts: parts(&frame, "x", &typed, &[]),
                frame,
            }
        };
        let warrant = [
            ("kind", "judicial_warrant"),
            ("instrument", "search_warrant"),
            ("court", "Third Judicial District Court"),
            ("docket", "D-307-CR-2031-00042"),
            ("issued_on", "2031-03-03"),
            ("resident_store", "utility-billing"),
            ("resident", "ACCT-0000001"),
            ("classes", "home_address"),
            ("purposes", "criminal_investigation"),
        ];
        let counted = [("kind", "judicial_warrant"), ("instrument", "ice_i200")];
        let missing = FormFault { member: "/judge".to_owned(), fault: Fault::Missing { member: "judge", sort: "" } };
        let date = FormFault { member: "/issued_at".to_owned(), fault: Fault::NotADate };
        vec![
            page(&warrant, &[], Finding::samples(frame().tongue()), vec![LegalBasisId::new(uuid::Uuid::nil())]),
            page(&warrant, &[missing, date], Vec::new(), Vec::new()),
            page(&counted, &[], Vec::new(), Vec::new()),
        ]
    }
}
