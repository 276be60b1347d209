//! The scan of a draft: the same parts as a registered basis has, under a row of their own until it is registered.

use diesel::prelude::*;

use super::registrar_of;
use crate::domain::LegalBasisId;
use crate::domain::document::{DocumentFacts, MediaType};
use crate::storage::documents::{self, StoredDocument};
use crate::storage::schema::basis_draft_document;
use crate::storage::{AnyConnection, StoreError, WriteTx, instant, word};

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = basis_draft_document)]
struct DocumentRow {
    draft: String,
    upload: String,
    media_type: String,
    bytes: i64,
    pages: i64,
    is_active: bool,
    sha256: Vec<u8>,
    parts: i64,
    stored_at: i64,
}

/// The scan of a draft.
///
/// # Errors
/// [`StoreError::Corrupt`] on a row that this program did not write; or when the database fails.
pub fn find_document(conn: &mut AnyConnection, draft: LegalBasisId) -> Result<Option<StoredDocument>, StoreError> {
    let key = draft.to_string();
    let query = basis_draft_document::table.find(&key).select(DocumentRow::as_select());
    let Some(row) = query.first(conn).optional()? else { return Ok(None) };
    let stored_by = registrar_of(conn, &key)?.ok_or(StoreError::Corrupt("a scan of no draft"))?;
    document_of(row, stored_by).map(Some)
}

/// Makes the scan of a draft of an upload that is complete.
///
/// # Errors
/// When the draft has one, or the database fails.
pub fn insert_document(tx: &mut WriteTx<'_>, document: &StoredDocument) -> Result<(), StoreError> {
    let row = DocumentRow {
        draft: document.basis.to_string(),
        upload: document.upload.to_string(),
        media_type: document.facts.media_type.to_string(),
        bytes: i64::try_from(document.bytes).map_err(|_| StoreError::Corrupt("a length out of range"))?,
        pages: document.facts.pages.into(),
        is_active: document.facts.has_active_content,
        sha256: document.sha256.to_vec(),
        parts: document.parts.into(),
        stored_at: document.stored_at.timestamp_micros(),
    };
    diesel::insert_into(basis_draft_document::table).values(&row).execute(tx.conn())?;
    documents::end_upload(tx, document.upload)
}

/// Takes the scan of a draft away, and leaves its parts where they are.
///
/// # Errors
/// As [`find_document`].
pub fn take_document(tx: &mut WriteTx<'_>, draft: LegalBasisId) -> Result<Option<StoredDocument>, StoreError> {
    let document = find_document(tx.conn(), draft)?;
    diesel::delete(basis_draft_document::table.find(draft.to_string())).execute(tx.conn())?;
    Ok(document)
}

fn document_of(row: DocumentRow, stored_by: String) -> Result<StoredDocument, StoreError> {
    let out_of_range = |_| StoreError::Corrupt("a number of a document");
    let media_type: MediaType = word(&row.media_type, "a media type")?;
    let pages = u32::try_from(row.pages).map_err(out_of_range)?;
    Ok(StoredDocument {
        basis: word(&row.draft, "a legal basis id")?,
        upload: word(&row.upload, "an upload id")?,
        facts: DocumentFacts { media_type, pages, has_active_content: row.is_active },
        bytes: u64::try_from(row.bytes).map_err(out_of_range)?,
        sha256: row.sha256.try_into().map_err(|_| StoreError::Corrupt("a digest of a wrong length"))?,
        parts: u32::try_from(row.parts).map_err(out_of_range)?,
        stored_by,
        stored_at: instant(row.stored_at)?,
        erased_at: None,
    })
}
