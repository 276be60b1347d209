//! The first page: what kind of paper is it? One question, because kind and instrument are one thing to whoever holds the
//! paper in their hands.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::step::Step;
use crate::app::authority::RegisterBasis;
use crate::app::legal_bases::Draft;
use crate::console::records::options::{Choice, words};
use crate::console::records::refused::{unchanged_draft, unread_draft};
use crate::console::{Desk, Faults, Frame, Page};
use crate::domain::LegalBasisId;
use crate::domain::legal_basis::registration::TypedForm;
use crate::domain::legal_basis::{BasisKind, Instrument};
use crate::http::blocking::off_the_web;
use crate::http::{Problem, Sent, Site};

/// The answer that stands for no paper at all.
const EMERGENCY: &str = "emergency";

/// What can be answered, in groups.
pub(in crate::console) struct PaperChoices {
    /// The key of each group's heading, and its papers.
    pub(in crate::console) groups: Vec<(&'static str, Vec<Choice>)>,
}

/// The page.
#[derive(Template)]
#[template(path = "console/records/begin.html")]
pub(in crate::console) struct BeginPage {
    frame: Frame,
    faults: Faults,
    choices: PaperChoices,
    chosen: String,
    /// The basis that is to be corrected.
    supersedes: String,
    drafts: Vec<DraftLine>,
}

/// A draft on the list.
struct DraftLine {
    path: String,
    name: String,
    docket: String,
    saved_at: chrono::DateTime<chrono::Utc>,
}

impl PaperChoices {
    pub(super) fn of(frame: &Frame) -> Self {
        let of = |group: Group| words(frame, Instrument::ALL.into_iter().filter(|paper| Group::of(*paper) == group));
        let emergency = vec![(EMERGENCY.to_owned(), frame.word(BasisKind::EmergencyException))];
        Self {
            groups: vec![
                ("records-papers-judge", of(Group::Judge)),
                ("records-papers-mandate", of(Group::Mandate)),
                ("records-papers-never", of(Group::Never)),
                ("records-papers-emergency", emergency),
            ],
        }
    }

    /// What a draft answers.
    pub(super) fn chosen(typed: &TypedForm) -> String {
        match typed.kind() {
            Some(BasisKind::EmergencyException) => EMERGENCY.to_owned(),
            _ => typed.first("instrument").to_owned(),
        }
    }
}

/// Papers that belong together.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    /// A judge signs them.
    Judge,
    /// A court, a law or an agreement obliges the city by them.
    Mandate,
    /// They never unlock anything.
    Never,
}

impl Group {
    fn of(paper: Instrument) -> Self {
        if paper.can_unlock(BasisKind::JudicialWarrant) {
            Self::Judge
        } else if paper.can_unlock(BasisKind::LegalMandate) {
            Self::Mandate
        } else {
            Self::Never
        }
    }
}

/// The two members that one answer stands for. A paper that can never unlock is counted as the warrant that it is not.
pub(super) fn typed_of_paper(answer: &str) -> Vec<(String, String)> {
    let kind = match answer.parse() {
        Ok(paper) if Group::of(paper) == Group::Mandate => BasisKind::LegalMandate.as_str(),
        Ok(_) => BasisKind::JudicialWarrant.as_str(),
        Err(_) if answer == EMERGENCY => return vec![("kind".into(), BasisKind::EmergencyException.to_string())],
        Err(_) => "",
    };
    vec![("kind".to_owned(), kind.to_owned()), ("instrument".to_owned(), answer.to_owned())]
}

/// Shows the question, and what this person has begun before.
pub(in crate::console::records) async fn show(
    site: web::Data<Site>,
    desk: Desk<RegisterBasis>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let query = web::Query::<Vec<(String, String)>>::from_query(request.query_string());
    let query = query.map(web::Query::into_inner).unwrap_or_default();
    let supersedes = query.iter().find(|(name, _)| name == "supersedes").map(|(_, id)| id.clone());
    let page = page(&site, &desk, String::new(), supersedes.unwrap_or_default()).await?;
    desk.show(&page)
}

/// Begins a draft.
pub(in crate::console::records) async fn begin(
    site: web::Data<Site>,
    desk: Desk<RegisterBasis>,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    let mut values = typed_of_paper(sent.value("paper"));
    values.push(("supersedes".to_owned(), sent.value("supersedes").to_owned()));
    let mut typed = TypedForm::default();
    typed.put(&["kind", "instrument", "supersedes"], values);
    if typed.kind().is_none() {
        let mut page = page(&site, &desk, sent.value("paper").to_owned(), sent.value("supersedes").to_owned()).await?;
        let text = page.frame.t("records-fault-no-kind");
        page.faults.add("paper", text);
        return desk.show_again(&page);
    }
    let (who, form) = (desk.who.clone(), sent.form);
    let begin = move |app: &crate::app::App| app.begin_draft(&who, form, typed).map_err(unchanged_draft);
    let id: LegalBasisId = off_the_web(&site, begin).await?;
    Ok(desk.see_other(&Step::Court.path(id), "notice-draft-begun"))
}

async fn page(
    site: &web::Data<Site>,
    desk: &Desk<RegisterBasis>,
    chosen: String,
    supersedes: String,
) -> Result<BeginPage, Problem> {
    let who = desk.who.clone();
    let drafts = off_the_web(site, move |app| app.list_drafts(&who).map_err(unread_draft)).await?;
    let frame = desk.frame("records-log-title");
    let drafts = drafts.iter().map(|draft| DraftLine::of(&frame, draft)).collect();
    let (choices, faults) = (PaperChoices::of(&frame), Faults::default());
    Ok(BeginPage { frame, faults, choices, chosen, supersedes, drafts })
}

impl DraftLine {
    fn of(frame: &Frame, draft: &Draft) -> Self {
        let name = match (draft.typed.instrument(), draft.typed.kind()) {
            (Some(instrument), _) => frame.word(instrument),
            (None, Some(kind)) => frame.word(kind),
            (None, None) => frame.t("records-draft-unnamed"),
        };
        let docket = draft.typed.first("docket").to_owned();
        Self { path: Step::Check.path(draft.id), name, docket, saved_at: draft.saved_at }
    }
}

impl Page for BeginPage {
    fn samples(frame: &dyn Fn() -> Frame) -> Vec<Self> {
        let page = |drafts: Vec<DraftLine>, faults: Faults| {
            let frame = frame();
            let choices = PaperChoices::of(&frame);
            Self { frame, faults, choices, chosen: String::new(), supersedes: String::new(), drafts }
        };
        let line = DraftLine {
            path: "/console/drafts/x/check".to_owned(),
            name: frame().word(Instrument::SearchWarrant),
            docket: "2:31-mj-00417".to_owned(),
            saved_at: frame().now,
        };
        let mut faults = Faults::default();
        faults.add("paper", frame().t("records-fault-no-kind"));
        vec![page(Vec::new(), Faults::default()), page(vec![line], faults)]
    }
}
