//! `PUT` and `GET /api/v1/legal-bases/{id}/document`: the scanned paper of a basis, as raw bytes.

use actix_web::body::SizedStream;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, HeaderName};
use actix_web::{HttpRequest, HttpResponse, web};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;

use super::id_of;
use crate::app::App;
use crate::app::authority::{ReadDocument, StaffFailure, StoreDocument};
use crate::app::documents::{DocumentOutcome, ReadRefused, StoreFailure, StoreRefused};
use crate::domain::document::{DocumentFault, MediaType};
use crate::domain::record::{hex, instant_text};
use crate::http::blocking::off_the_web;
use crate::http::part_stream::PartStream;
use crate::http::upload::received;
use crate::http::{Authorized, Problem, ProblemKind, Site};
use crate::storage::documents::StoredDocument;

const REPR_DIGEST: HeaderName = HeaderName::from_static("repr-digest");
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// What is known of a paper without opening it.
#[derive(Serialize)]
pub(super) struct DocumentResponse<'a> {
    media_type: MediaType,
    bytes: u64,
    pages: u32,
    has_active_content: bool,
    sha256: String,
    stored_by: &'a str,
    stored_at: String,
    erased_at: Option<String>,
}

/// Stores the paper: 201; 200 when it is there already, byte for byte.
pub(in crate::api) async fn store(
    site: web::Data<Site>,
    Authorized(who): Authorized<StoreDocument>,
    request: HttpRequest,
    id: web::Path<String>,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let basis = id_of(&id)?;
    let bytes = received(&request, payload, site.settings.documents.max_bytes).await?;
    let store = move |app: &App| app.store_document(&who, basis, &bytes).map_err(unstored);
    Ok(match off_the_web(&site, store).await? {
        DocumentOutcome::Stored(document) => HttpResponse::Created().json(DocumentResponse::from(&document)),
        DocumentOutcome::Unchanged(document) => HttpResponse::Ok().json(DocumentResponse::from(&document)),
    })
}

/// Gives the paper out, behind an entry.
pub(in crate::api) async fn show(
    site: web::Data<Site>,
    Authorized(who): Authorized<ReadDocument>,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let basis = id_of(&id)?;
    let open = move |app: &App| app.open_document(&who, basis).map_err(unread);
    let parts = off_the_web(&site, open).await?;
    let document = parts.document();
    let media_type = document.facts.media_type;
    let name = format!("attachment; filename=\"{basis}.{}\"", media_type.extension());
    let digest = format!("sha-256=:{}:", STANDARD.encode(document.sha256));
    let mut response = HttpResponse::Ok();
    // A stranger made this file: it is handed over to be kept, and nothing in it may act in this origin.
    response.content_type(media_type.as_str()).insert_header((CONTENT_DISPOSITION, name));
    response.insert_header((CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"));
    response.insert_header((RESOURCE_POLICY, "same-origin"));
    response.insert_header((CACHE_CONTROL, "no-store")).insert_header((REPR_DIGEST, digest));
    let length = document.bytes;
    Ok(response.body(SizedStream::new(length, PartStream::new(parts))))
}

fn unstored(failure: StoreFailure) -> Problem {
    match failure {
        StoreFailure::Document(fault) => {
            let is_other = fault == DocumentFault::OtherKind;
            let kind = if is_other { ProblemKind::UnsupportedMediaType } else { ProblemKind::InvalidRequest };
            Problem::new(kind, fault.to_string())
        }
        StoreFailure::Change(failure) => Problem::of_staff(failure, |reason| {
            let is_unknown = matches!(reason, StoreRefused::NoBasis | StoreRefused::NoDraft);
            let kind = if is_unknown { ProblemKind::NotFound } else { ProblemKind::Conflict };
            Problem::new(kind, reason.to_string())
        }),
    }
}

fn unread(failure: StaffFailure<ReadRefused>) -> Problem {
    Problem::of_staff(failure, |reason| Problem::new(ProblemKind::NotFound, reason.to_string()))
}

impl<'a> From<&'a StoredDocument> for DocumentResponse<'a> {
    fn from(document: &'a StoredDocument) -> Self {
        Self {
            media_type: document.facts.media_type,
            bytes: document.bytes,
            pages: document.facts.pages,
            has_active_content: document.facts.has_active_content,
            sha256: hex(&document.sha256),
            stored_by: &document.stored_by,
            stored_at: instant_text(document.stored_at),
            erased_at: document.erased_at.map(instant_text),
        }
    }
}
