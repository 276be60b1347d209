//! `/console/legal-bases/{id}/document`: the scan of a basis, to be looked at beside it, and the form that brings one later.

use actix_web::body::SizedStream;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY};
use actix_web::{HttpResponse, web};

use super::{id_of, refused};
use crate::app::App;
use crate::app::authority::{ReadDocument, StoreDocument};
use crate::app::documents::{DocumentParts, StoreFailure};
use crate::console::Desk;
use crate::http::blocking::off_the_web;
use crate::http::part_stream::PartStream;
use crate::http::{Problem, ProblemKind, Sent, Site};

/// A stranger made this file: nothing in it may load or run anything, and only our own pages may show it.
const SHUT_IN: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'";

/// Shows the scan, behind an entry.
pub(super) async fn show(
    site: web::Data<Site>,
    desk: Desk<ReadDocument>,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let (who, id) = (desk.who.clone(), id_of(&id)?);
    let parts = off_the_web(&site, move |app| app.open_document(&who, id).map_err(refused::shut)).await?;
    Ok(inline(parts))
}

/// A scan as a frame or an image of a page shows it.
pub(super) fn inline(parts: DocumentParts) -> HttpResponse {
    let document = parts.document();
    let name = format!("inline; filename=\"{}.{}\"", document.basis, document.facts.media_type.extension());
    let length = document.bytes;
    HttpResponse::Ok()
        .content_type(document.facts.media_type.as_str())
        .insert_header((CONTENT_DISPOSITION, name))
        .insert_header((CONTENT_SECURITY_POLICY, SHUT_IN))
        .body(SizedStream::new(length, PartStream::new(parts)))
}

/// Stores the scan of a basis that was registered without one.
pub(super) async fn store(
    site: web::Data<Site>,
    desk: Desk<StoreDocument>,
    path: web::Path<String>,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    let (who, id) = (desk.once(&sent), id_of(&path)?);
    let here = format!("/console/legal-bases/{id}");
    let Some(file) = sent.file("file") else { return Ok(desk.see_other(&here, "notice-no-file")) };
    demand_small(&site, file.bytes.len())?;
    let bytes = file.bytes.clone();
    let store = move |app: &App| match app.store_document(&who, id, &bytes) {
        Ok(_) => Ok("notice-scan-stored"),
        Err(StoreFailure::Document(_)) => Ok("notice-scan-refused"),
        Err(StoreFailure::Change(failure)) => Err(refused::unstored(failure)),
    };
    let notice = off_the_web(&site, store).await?;
    Ok(desk.see_other(&here, notice))
}

/// A scan larger than the city takes is refused by name.
pub(super) fn demand_small(site: &web::Data<Site>, bytes: usize) -> Result<(), Problem> {
    if bytes <= site.settings.documents.max_bytes {
        return Ok(());
    }
    Err(Problem::new(ProblemKind::TooLarge, "expected a smaller file"))
}
