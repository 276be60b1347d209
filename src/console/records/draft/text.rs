//! The steps that are typed in: shown, saved, and told what is wrong with them.

use std::collections::BTreeMap;

use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::begin::{PaperChoices, typed_of_paper};
use super::step::Step;
use super::view::DraftView;
use crate::app::App;
use crate::app::authority::{Authority, RegisterBasis};
use crate::app::legal_bases::{Draft, SentStep};
use crate::console::records::faults::{at_fields, field, sentence};
use crate::console::records::id_of;
use crate::console::records::options::{Choice, ScopeChoices, stores};
use crate::console::records::refused::{unchanged_draft, unread_draft};
use crate::console::{Desk, Faults, Frame, Page};
use crate::domain::LegalBasisId;
use crate::domain::legal_basis::registration::{Fault, FormFault, TypedForm};
use crate::http::blocking::off_the_web;
use crate::http::{Problem, ProblemKind, Sent, Site};

/// Empty rows for residents.
const EMPTY_ROWS: usize = 2;

/// The first step of a draft that was begun.
#[derive(Template)]
#[template(path = "console/records/paper.html")]
pub(in crate::console) struct PaperPage {
    frame: Frame,
    faults: Faults,
    draft: DraftView,
    choices: PaperChoices,
    chosen: String,
}

/// The second: what it says.
#[derive(Template)]
#[template(path = "console/records/court.html")]
pub(in crate::console) struct CourtPage {
    frame: Frame,
    faults: Faults,
    draft: DraftView,
    courts: Vec<String>,
}

/// The third: what it covers.
#[derive(Template)]
#[template(path = "console/records/scope.html")]
pub(in crate::console) struct ScopePage {
    frame: Frame,
    faults: Faults,
    draft: DraftView,
    choices: ScopeChoices,
    rows: Vec<(String, String)>,
}

/// A draft with what is wrong with it.
pub(super) fn looked_over(
    app: &App,
    who: &Authority<RegisterBasis>,
    id: LegalBasisId,
) -> Result<(Draft, Vec<FormFault>), Problem> {
    let draft = app.find_draft(who, id).map_err(unread_draft)?;
    let faults = app.check_typed(who, &draft.typed)?;
    Ok((draft, faults))
}

/// Shows a step as it was saved. Faults are shown where something was typed; what is still empty is not wrong yet.
pub(super) async fn show(
    site: web::Data<Site>,
    desk: Desk<RegisterBasis>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (id, step) = read_path(&path)?;
    let who = desk.who.clone();
    let (draft, faults) = off_the_web(&site, move |app| looked_over(app, &who, id)).await?;
    let frame = desk.frame("records-log-title");
    let shown =
        at_fields(&frame, faults.iter().filter(|fault| Step::of(&fault.member) == step && is_typed(fault.fault)));
    answer(&site, &desk, frame, (&draft, &faults), (step, shown)).await
}

/// Saves a step. On to the next one, unless something is wrong here.
pub(super) async fn save(
    site: web::Data<Site>,
    desk: Desk<RegisterBasis>,
    path: web::Path<(String, String)>,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    let (id, step) = read_path(&path)?;
    let values = sent_by(step, &sent);
    let who = desk.who.clone();
    let (draft, faults) = off_the_web(&site, move |app| {
        app.save_draft(&who, id, SentStep { fields: step.fields(), sent: values }).map_err(unchanged_draft)?;
        looked_over(app, &who, id)
    })
    .await?;
    let frame = desk.frame("records-log-title");
    let here = || faults.iter().filter(|fault| Step::of(&fault.member) == step);
    if sent.has("live") {
        return Ok(live(&frame, here().filter(|fault| is_typed(fault.fault))));
    }
    if sent.has("more") {
        return Ok(desk.see_other(&step.path(id), "notice-draft-saved"));
    }
    if sent.has("later") {
        return Ok(desk.see_other("/console/legal-bases/new", "notice-draft-saved"));
    }
    if here().next().is_none() {
        return Ok(desk.see_other(&step.next().path(id), "notice-draft-saved"));
    }
    let shown = at_fields(&frame, here());
    answer(&site, &desk, frame, (&draft, &faults), (step, shown)).await
}

/// The faults of a step, for the script that shows them while somebody types.
fn live<'a>(frame: &Frame, faults: impl Iterator<Item = &'a FormFault>) -> HttpResponse {
    let mut shown: BTreeMap<String, String> = BTreeMap::new();
    for FormFault { member, fault } in faults {
        shown.entry(field(member)).or_insert_with(|| sentence(frame, *fault));
    }
    HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(serde_json::json!({ "faults": shown }))
}

/// What is only missing is no fault before somebody wants to go on.
const fn is_typed(fault: Fault) -> bool {
    !matches!(fault, Fault::Missing { .. } | Fault::EmptyList | Fault::NoResidents | Fault::NoReview | Fault::NoKind)
}

fn read_path(path: &(String, String)) -> Result<(LegalBasisId, Step), Problem> {
    let absent = || Problem::new(ProblemKind::NotFound, "there is no such step");
    Ok((id_of(&path.0)?, Step::typed(&path.1).ok_or_else(absent)?))
}

/// The values of a step. The first asks one question, which answers two members.
fn sent_by(step: Step, sent: &Sent) -> Vec<(String, String)> {
    if step == Step::Paper {
        return typed_of_paper(sent.value("paper"));
    }
    sent.all().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

async fn answer(
    site: &web::Data<Site>,
    desk: &Desk<RegisterBasis>,
    frame: Frame,
    (draft, all): (&Draft, &[FormFault]),
    (step, faults): (Step, Faults),
) -> Result<HttpResponse, Problem> {
    let is_fine = faults.is_empty();
    let view = DraftView::of(&frame, draft, all, step);
    match step {
        Step::Paper => {
            let (choices, chosen) = (PaperChoices::of(&frame), PaperChoices::chosen(&draft.typed));
            rendered(desk, is_fine, &PaperPage { frame, faults, draft: view, choices, chosen })
        }
        Step::Scope => {
            let stores = off_the_web(site, |app| Ok(stores(app)?)).await?;
            let (choices, rows) = (ScopeChoices::of(&frame, stores), view.resident_rows(EMPTY_ROWS));
            rendered(desk, is_fine, &ScopePage { frame, faults, draft: view, choices, rows })
        }
        _ => rendered(desk, is_fine, &CourtPage { frame, faults, draft: view, courts: courts(&site.app) }),
    }
}

fn rendered(desk: &Desk<RegisterBasis>, is_fine: bool, page: &impl Template) -> Result<HttpResponse, Problem> {
    if is_fine { desk.show(page) } else { desk.show_again(page) }
}

fn courts(app: &App) -> Vec<String> {
    app.courts().courts().map(|court| court.name.clone()).collect()
}

/// A form with these values, as samples show it.
fn sample_typed(values: &[(&str, &str)]) -> TypedForm {
    let mut typed = TypedForm::default();
    let names: Vec<&str> = values.iter().map(|(name, _)| *name).collect();
    typed.put(&names, values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    typed
}

const SAMPLES: [&[(&str, &str)]; 5] = [
    &[("kind", "judicial_warrant"), ("instrument", "search_warrant"), ("court", "Third Judicial District Court")],
    &[("kind", "legal_mandate"), ("instrument", "statute"), ("citation", "NMSA 1978, 40-13B")],
    &[("kind", "legal_mandate"), ("instrument", "judicial_subpoena")],
    &[("kind", "emergency_exception"), ("facts", "A child is missing since noon.")],
    &[("kind", "judicial_warrant"), ("instrument", "ice_i200")],
];

fn sample_faults(frame: &Frame, members: &[(&str, Fault)]) -> Faults {
    let faults = members.iter().map(|(member, fault)| FormFault { member: (*member).to_owned(), fault: *fault });
    at_fields(frame, &faults.collect::<Vec<_>>())
}

impl Page for PaperPage {
    fn samples(frame: &dyn Fn() -> Frame) -> Vec<Self> {
        let frame = frame();
        let typed = sample_typed(&[("kind", "judicial_warrant"), ("instrument", "court_order")]);
        let draft = DraftView::of_typed(&frame, "x", typed, &[], Step::Paper);
        let choices = PaperChoices::of(&frame);
        vec![Self { frame, faults: Faults::default(), draft, choices, chosen: "court_order".to_owned() }]
    }
}

impl Page for CourtPage {
    fn samples(frame: &dyn Fn() -> Frame) -> Vec<Self> {
        let courts = vec!["Third Judicial District Court".to_owned()];
        let page = |values: &[(&str, &str)], faults: &[(&str, Fault)]| {
            let frame = frame();
            let draft = DraftView::of_typed(&frame, "x", sample_typed(values), &[], Step::Court);
            Self { faults: sample_faults(&frame, faults), frame, draft, courts: courts.clone() }
        };
        let faults = [
            ("/court", Fault::Missing { member: "court", sort: "" }),
            ("/issued_at", Fault::NotADate),
            ("/judge", Fault::TooLong(200)),
        ];
        let faulty = page(SAMPLES[0], &faults);
        SAMPLES.into_iter().map(|values| page(values, &[])).chain([faulty]).collect()
    }
}

impl Page for ScopePage {
    fn samples(frame: &dyn Fn() -> Frame) -> Vec<Self> {
        let stores: Vec<Choice> = vec![("utility-billing".to_owned(), "Utility billing".to_owned())];
        let page = |values: &[(&str, &str)], faults: &[(&str, Fault)]| {
            let frame = frame();
            let draft = DraftView::of_typed(&frame, "x", sample_typed(values), &[], Step::Scope);
            let (choices, rows) = (ScopeChoices::of(&frame, stores.clone()), draft.resident_rows(EMPTY_ROWS));
            Self { faults: sample_faults(&frame, faults), frame, draft, choices, rows }
        };
        let faults = [("/scope/residents", Fault::NoResidents), ("/scope/classes", Fault::EmptyList)];
        let faulty = page(SAMPLES[0], &faults);
        SAMPLES.into_iter().map(|values| page(values, &[])).chain([faulty]).collect()
    }
}
