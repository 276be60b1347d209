//! The fourth step: the scan of the paper, looked at before anything is registered.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::step::Step;
use super::text::looked_over;
use super::view::DraftView;
use crate::app::App;
use crate::app::authority::{RegisterBasis, StoreDocument};
use crate::app::documents::StoreFailure;
use crate::console::records::faults::of_file;
use crate::console::records::{id_of, paper, refused};
use crate::console::{Desk, Faults, Frame, Page};
use crate::domain::document::{DocumentFacts, DocumentFault, MediaType};
use crate::domain::legal_basis::registration::TypedForm;
use crate::http::blocking::off_the_web;
use crate::http::{Problem, ProblemKind, Sent, Site};
use crate::storage::documents::StoredDocument;

/// The page.
#[derive(Template)]
#[template(path = "console/records/scan.html")]
pub(in crate::console) struct ScanPage {
    frame: Frame,
    faults: Faults,
    draft: DraftView,
    scan: Option<ScanView>,
}

/// A scan beside a form, or beside a basis.
pub(in crate::console) struct ScanView {
    /// What it is.
    pub(in crate::console) facts: DocumentFacts,
    /// Its length, in kilobytes.
    pub(in crate::console) kilobytes: u64,
    /// Where it can be looked at.
    pub(in crate::console) path: String,
}

impl ScanView {
    /// A scan that is served at that path.
    pub(in crate::console::records) fn of(document: &StoredDocument, path: String) -> Self {
        Self { facts: document.facts, kilobytes: document.bytes.div_ceil(1024), path }
    }

    /// Whether it is shown as an image; else in a frame.
    pub(in crate::console) fn is_image(&self) -> bool {
        self.facts.media_type != MediaType::Pdf
    }

    /// One that is plainly fictional.
    pub(in crate::console::records) fn sample(media_type: MediaType, path: &str) -> Self {
        let facts = DocumentFacts { media_type, pages: 3, has_active_content: media_type == MediaType::Pdf };
        Self { facts, kilobytes: 412, path: path.to_owned() }
    }
}

/// Shows the step.
pub(super) async fn show(
    site: web::Data<Site>,
    desk: Desk<RegisterBasis>,
    path: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let page = page(&site, &desk, &path, None).await?;
    desk.show(&page)
}

/// Stores a scan, in the place of the one before. Without a file there is nothing to store: on to the last look.
pub(super) async fn store(
    site: web::Data<Site>,
    desk: Desk<RegisterBasis>,
    path: web::Path<String>,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    let (who, id) = (desk.authorize::<StoreDocument>(&site).await?.once(&sent), id_of(&path)?);
    let Some(file) = sent.file("file") else {
        let is_going_on = sent.has("on");
        return Ok(
            desk.see_other(&Step::Check.path(id), if is_going_on { "notice-draft-saved" } else { "notice-no-file" })
        );
    };
    paper::demand_small(&site, file.bytes.len())?;
    let bytes = file.bytes.clone();
    let stored = move |app: &App| match app.store_draft_document(&who, id, &bytes) {
        Ok(_) => Ok(None),
        Err(StoreFailure::Document(fault)) => Ok(Some(fault)),
        Err(StoreFailure::Change(failure)) => Err(refused::unstored(failure)),
    };
    match off_the_web(&site, stored).await? {
        None => Ok(desk.see_other(&Step::Document.path(id), "notice-scan-stored")),
        fault => {
            let page = page(&site, &desk, &path, fault).await?;
            desk.show_again(&page)
        }
    }
}

/// The scan itself, for the frame on the page.
pub(super) async fn preview(
    site: web::Data<Site>,
    desk: Desk<RegisterBasis>,
    path: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let (who, id) = (desk.who.clone(), id_of(&path)?);
    let parts = off_the_web(&site, move |app| Ok(app.open_draft_document(&who, id)?)).await?;
    let parts = parts.ok_or_else(|| Problem::new(ProblemKind::NotFound, "there is no scan"))?;
    Ok(paper::inline(parts))
}

async fn page(
    site: &web::Data<Site>,
    desk: &Desk<RegisterBasis>,
    path: &str,
    fault: Option<DocumentFault>,
) -> Result<ScanPage, Problem> {
    let (who, id) = (desk.who.clone(), id_of(path)?);
    let (draft, all) = off_the_web(site, move |app| looked_over(app, &who, id)).await?;
    let frame = desk.frame("records-log-title");
    let mut faults = Faults::default();
    if let Some(fault) = fault {
        faults.add("file", of_file(&frame, fault));
    }
    let scan = draft.document.as_ref().map(|scan| ScanView::of(scan, format!("/console/drafts/{id}/scan")));
    Ok(ScanPage { draft: DraftView::of(&frame, &draft, &all, Step::Document), frame, faults, scan })
}

impl Page for ScanPage {
    fn samples(frame: &dyn Fn() -> Frame) -> Vec<Self> {
        let page = |scan: Option<ScanView>, fault: Option<DocumentFault>| {
            let frame = frame();
            let mut typed = TypedForm::default();
            let values = [("kind", "judicial_warrant"), ("instrument", "search_warrant")];
            typed.put(&["kind", "instrument"], values.map(|(name, value)| (name.to_owned(), value.to_owned())));
            let draft = DraftView::of_typed(&frame, "x", typed, &[], Step::Document);
            let mut faults = Faults::default();
            if let Some(fault) = fault {
                faults.add("file", of_file(&frame, fault));
            }
            Self { frame, faults, draft, scan }
        };
        vec![
            page(None, None),
            page(Some(ScanView::sample(MediaType::Pdf, "/console/drafts/x/scan")), None),
            page(Some(ScanView::sample(MediaType::Png, "/console/drafts/x/scan")), Some(DocumentFault::Encrypted)),
        ]
    }
}
