//! `PUT` and `GET /api/v1/legal-bases/{id}/document`: the scanned paper of a basis, as raw bytes.

use actix_web::body::SizedStream;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, HeaderName};
use actix_web::{HttpRequest, HttpResponse, web};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;

use super::parts::PartStream;
use crate::app::authority::{ReadDocument, StaffFailure, StaffRefusal, StoreDocument};
use crate::app::documents::{DocumentOutcome, ReadRefused, StoreFailure, StoreRefused};
use crate::app::{App, ChangeFailure};
use crate::domain::LegalBasisId;
use crate::domain::document::DocumentFault;
use crate::domain::record::{hex, instant_text};
use crate::http::blocking::off_the_web;
use crate::http::upload::received;
use crate::http::{Authorized, Problem, ProblemKind, Site};
use crate::storage::documents::StoredDocument;

const REPR_DIGEST: HeaderName = HeaderName::from_static("repr-digest");
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// What was stored.
#[derive(Serialize)]
struct DocumentResponse {
    legal_basis: LegalBasisId,
    media_type: &'static str,
    bytes: u64,
    pages: u32,
    sha256: String,
    has_active_content: bool,
    stored_by: String,
    stored_at: String,
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
    let store = move |app: &App| app.store_document(&who, basis, &bytes).map_err(|failure| unstored(&failure));
    Ok(match off_the_web(&site, store).await? {
        DocumentOutcome::Stored(document) => HttpResponse::Created().json(DocumentResponse::from(document)),
        DocumentOutcome::Unchanged(document) => HttpResponse::Ok().json(DocumentResponse::from(document)),
    })
}

/// Gives the paper out, behind an entry.
pub(in crate::api) async fn show(
    site: web::Data<Site>,
    Authorized(who): Authorized<ReadDocument>,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let basis = id_of(&id)?;
    let open = move |app: &App| app.open_document(&who, basis).map_err(|failure| unread(&failure));
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

/// What is not an id cannot be the id of anything.
fn id_of(text: &str) -> Result<LegalBasisId, Problem> {
    text.parse().map_err(|_| Problem::new(ProblemKind::NotFound, StoreRefused::NoBasis.to_string()))
}

fn unstored(failure: &StoreFailure) -> Problem {
    let kind = match failure {
        StoreFailure::Document(DocumentFault::OtherKind) => ProblemKind::UnsupportedMediaType,
        StoreFailure::Document(_) => ProblemKind::InvalidRequest,
        StoreFailure::Change(ChangeFailure::Refused(StaffRefusal::AuthorityLost)) => ProblemKind::Unauthenticated,
        StoreFailure::Change(ChangeFailure::Refused(StaffRefusal::Change(StoreRefused::NoBasis))) => {
            ProblemKind::NotFound
        }
        StoreFailure::Change(ChangeFailure::Refused(StaffRefusal::Change(_))) => ProblemKind::Conflict,
        StoreFailure::Change(failure) => return Problem::unrecorded(failure),
    };
    Problem::new(kind, failure.to_string())
}

fn unread(failure: &StaffFailure<ReadRefused>) -> Problem {
    let kind = match failure {
        ChangeFailure::Refused(StaffRefusal::AuthorityLost) => ProblemKind::Unauthenticated,
        ChangeFailure::Refused(StaffRefusal::Change(_)) => ProblemKind::NotFound,
        failure => return Problem::unrecorded(failure),
    };
    Problem::new(kind, failure.to_string())
}

impl From<StoredDocument> for DocumentResponse {
    fn from(document: StoredDocument) -> Self {
        Self {
            legal_basis: document.basis,
            media_type: document.facts.media_type.as_str(),
            bytes: document.bytes,
            pages: document.facts.pages,
            sha256: hex(&document.sha256),
            has_active_content: document.facts.has_active_content,
            stored_by: document.stored_by,
            stored_at: instant_text(document.stored_at),
        }
    }
}
