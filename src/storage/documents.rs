//! Scanned papers of legal bases: a row that describes each, and its sealed parts.
//!
//! Parts are written in slices, before the row: what has no row yet is an upload under way, or one that broke off. Only parts
//! with a row are ever read.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use super::schema::{legal_basis, legal_document, legal_document_part, legal_upload};
use super::{AnyConnection, StoreError, WriteTx, instant, word};
use crate::domain::LegalBasisId;
use crate::domain::document::{DocumentFacts, MediaType, PartPlace};

/// A paper as it is described.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredDocument {
    /// The basis that it belongs to.
    pub basis: LegalBasisId,
    /// The upload that brought it; its parts go by this id.
    pub upload: Uuid,
    /// What it is.
    pub facts: DocumentFacts,
    /// Its length in the clear.
    pub bytes: u64,
    /// SHA-256 of it in the clear.
    pub sha256: [u8; 32],
    /// How many parts it has.
    pub parts: u32,
    /// Who stored it.
    pub stored_by: String,
    /// When.
    pub stored_at: DateTime<Utc>,
    /// When its parts were erased.
    pub erased_at: Option<DateTime<Utc>>,
}

impl StoredDocument {
    /// Where one of its parts belongs.
    #[must_use]
    pub const fn place_of(&self, number: u32) -> PartPlace {
        PartPlace { document: self.upload, basis: self.basis, number, is_last: number + 1 == self.parts }
    }
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = legal_document, treat_none_as_default_value = false)]
struct DocumentRow {
    basis: String,
    upload: String,
    media_type: String,
    bytes: i64,
    pages: i64,
    is_active: bool,
    sha256: Vec<u8>,
    parts: i64,
    stored_by: String,
    stored_at: i64,
    erased_at: Option<i64>,
}

/// The paper of a basis, erased or not.
///
/// # Errors
/// [`StoreError::Corrupt`] on a row that this program did not write; or when the database fails.
pub fn find(conn: &mut AnyConnection, basis: LegalBasisId) -> Result<Option<StoredDocument>, StoreError> {
    let query = legal_document::table.find(basis.to_string()).select(DocumentRow::as_select());
    query.first(conn).optional()?.map(document_of).transpose()
}

/// Whether a basis still waits for its second person: only then may it get a paper. `None` when there is no such basis.
///
/// # Errors
/// When the database fails.
pub fn find_is_registered(conn: &mut AnyConnection, basis: LegalBasisId) -> Result<Option<bool>, StoreError> {
    let status: Option<String> =
        legal_basis::table.find(basis.to_string()).select(legal_basis::status).first(conn).optional()?;
    Ok(status.map(|status| status == "registered"))
}

/// Notes that an upload has begun.
///
/// # Errors
/// When the database fails.
pub fn begin_upload(tx: &mut WriteTx<'_>, upload: Uuid, at: DateTime<Utc>) -> Result<(), StoreError> {
    diesel::insert_into(legal_upload::table)
        .values((legal_upload::id.eq(upload.to_string()), legal_upload::begun_at.eq(at.timestamp_micros())))
        .execute(tx.conn())?;
    Ok(())
}

/// Whether an upload is still under way: it is not, once it was given up for broken off.
///
/// # Errors
/// When the database fails.
pub fn is_under_way(conn: &mut AnyConnection, upload: Uuid) -> Result<bool, StoreError> {
    let found: i64 = legal_upload::table.filter(legal_upload::id.eq(upload.to_string())).count().get_result(conn)?;
    Ok(found > 0)
}

/// Adds sealed parts, numbered from `first` on.
///
/// # Errors
/// When the database fails.
pub fn insert_parts(tx: &mut WriteTx<'_>, upload: Uuid, first: u32, parts: &[Vec<u8>]) -> Result<(), StoreError> {
    let upload = upload.to_string();
    for (number, sealed) in (i64::from(first)..).zip(parts) {
        diesel::insert_into(legal_document_part::table)
            .values((
                legal_document_part::upload.eq(&upload),
                legal_document_part::number.eq(number),
                legal_document_part::sealed.eq(sealed),
            ))
            .execute(tx.conn())?;
    }
    Ok(())
}

/// Makes a document of an upload: from here on its parts can be read.
///
/// # Errors
/// A unique violation when the basis has one; or when the database fails.
pub fn complete(tx: &mut WriteTx<'_>, document: &StoredDocument) -> Result<(), StoreError> {
    let out_of_range = |_| StoreError::Corrupt("a length out of range");
    let row = DocumentRow {
        basis: document.basis.to_string(),
        upload: document.upload.to_string(),
        media_type: document.facts.media_type.to_string(),
        bytes: i64::try_from(document.bytes).map_err(out_of_range)?,
        pages: document.facts.pages.into(),
        is_active: document.facts.has_active_content,
        sha256: document.sha256.to_vec(),
        parts: document.parts.into(),
        stored_by: document.stored_by.clone(),
        stored_at: document.stored_at.timestamp_micros(),
        erased_at: None,
    };
    diesel::insert_into(legal_document::table).values(&row).execute(tx.conn())?;
    end_upload(tx, document.upload)
}

/// Notes that an upload is under way no more: something else describes its parts now.
pub(super) fn end_upload(tx: &mut WriteTx<'_>, upload: Uuid) -> Result<(), StoreError> {
    diesel::delete(legal_upload::table.find(upload.to_string())).execute(tx.conn())?;
    Ok(())
}

/// One sealed part.
///
/// # Errors
/// When the database fails.
pub fn find_part(conn: &mut AnyConnection, upload: Uuid, number: u32) -> Result<Option<Vec<u8>>, StoreError> {
    let key = (upload.to_string(), i64::from(number));
    Ok(legal_document_part::table.find(key).select(legal_document_part::sealed).first(conn).optional()?)
}

/// Erases the parts of a document, and leaves the row that describes it. Returns how many parts there were.
///
/// # Errors
/// When the database fails.
pub fn erase(tx: &mut WriteTx<'_>, basis: LegalBasisId, at: DateTime<Utc>) -> Result<usize, StoreError> {
    let Some(document) = find(tx.conn(), basis)? else { return Ok(0) };
    diesel::update(legal_document::table.find(basis.to_string()))
        .set(legal_document::erased_at.eq(at.timestamp_micros()))
        .execute(tx.conn())?;
    delete_parts(tx, &document.upload.to_string())
}

/// Deletes an upload that will not be completed.
///
/// # Errors
/// When the database fails.
pub fn discard_upload(tx: &mut WriteTx<'_>, upload: Uuid) -> Result<(), StoreError> {
    if is_under_way(tx.conn(), upload)? {
        delete_upload(tx, &upload.to_string())?;
    }
    Ok(())
}

/// Deletes one upload that began before this instant and was never completed, if there is one. One at a time: what calls
/// this is in the way of decisions.
///
/// # Errors
/// When the database fails.
pub fn delete_broken_upload(tx: &mut WriteTx<'_>, before: DateTime<Utc>) -> Result<(), StoreError> {
    let broken: Option<String> = legal_upload::table
        .filter(legal_upload::begun_at.lt(before.timestamp_micros()))
        .select(legal_upload::id)
        .order(legal_upload::begun_at)
        .first(tx.conn())
        .optional()?;
    broken.map_or(Ok(()), |upload| delete_upload(tx, &upload))
}

fn delete_upload(tx: &mut WriteTx<'_>, upload: &str) -> Result<(), StoreError> {
    delete_parts(tx, upload)?;
    diesel::delete(legal_upload::table.find(upload)).execute(tx.conn())?;
    Ok(())
}

pub(super) fn delete_parts(tx: &mut WriteTx<'_>, upload: &str) -> Result<usize, StoreError> {
    let parts = legal_document_part::table.filter(legal_document_part::upload.eq(upload));
    Ok(diesel::delete(parts).execute(tx.conn())?)
}

fn document_of(row: DocumentRow) -> Result<StoredDocument, StoreError> {
    let out_of_range = |_| StoreError::Corrupt("a number of a document");
    let media_type: MediaType = word(&row.media_type, "a media type")?;
    let pages = u32::try_from(row.pages).map_err(out_of_range)?;
    Ok(StoredDocument {
        basis: word(&row.basis, "a legal basis id")?,
        upload: word(&row.upload, "an upload id")?,
        facts: DocumentFacts { media_type, pages, has_active_content: row.is_active },
        bytes: u64::try_from(row.bytes).map_err(out_of_range)?,
        sha256: row.sha256.try_into().map_err(|_| StoreError::Corrupt("a digest of a wrong length"))?,
        parts: u32::try_from(row.parts).map_err(out_of_range)?,
        stored_by: row.stored_by,
        stored_at: instant(row.stored_at)?,
        erased_at: row.erased_at.map(instant).transpose()?,
    })
}
