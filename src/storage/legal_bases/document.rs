//! What is known of a basis's scanned paper without opening it.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::domain::LegalBasisId;
use crate::storage::schema::legal_document;
use crate::storage::{AnyConnection, StoreError, instant};

/// A stored document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredDocument {
    /// As it was sniffed: `application/pdf`, `image/png`, `image/jpeg`.
    pub media_type: String,
    /// Its size.
    pub bytes: u64,
    /// Its pages.
    pub pages: u32,
    /// Whether it holds scripts or the like.
    pub is_active: bool,
    /// SHA-256 of its bytes.
    pub sha256: Vec<u8>,
    /// Who stored it.
    pub stored_by: String,
    /// When.
    pub stored_at: DateTime<Utc>,
    /// When it was erased; then only these facts are left.
    pub erased_at: Option<DateTime<Utc>>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = legal_document)]
struct DocumentRow {
    media_type: String,
    bytes: i64,
    pages: i64,
    is_active: bool,
    sha256: Vec<u8>,
    stored_by: String,
    stored_at: i64,
    erased_at: Option<i64>,
}

/// The document of a basis, if one was stored.
///
/// # Errors
/// [`StoreError::Corrupt`] on a row that this program did not write; or when the database fails.
pub fn find_document(conn: &mut AnyConnection, basis: LegalBasisId) -> Result<Option<StoredDocument>, StoreError> {
    let query = legal_document::table.find(basis.to_string()).select(DocumentRow::as_select());
    query.first(conn).optional()?.map(document_of).transpose()
}

fn document_of(row: DocumentRow) -> Result<StoredDocument, StoreError> {
    Ok(StoredDocument {
        media_type: row.media_type,
        bytes: u64::try_from(row.bytes).map_err(|_| StoreError::Corrupt("a document of negative size"))?,
        pages: u32::try_from(row.pages).map_err(|_| StoreError::Corrupt("a number of pages"))?,
        is_active: row.is_active,
        sha256: row.sha256,
        stored_by: row.stored_by,
        stored_at: instant(row.stored_at)?,
        erased_at: row.erased_at.map(instant).transpose()?,
    })
}
