//! Legal bases that are being typed in: a sealed form for each, and perhaps a scan. Each belongs to one person.

mod document;

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::schema::basis_draft;
use super::{AnyConnection, StoreError, WriteTx, instant, word};
use crate::domain::LegalBasisId;

pub use document::{find_document, insert_document, take_document};

/// A draft as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredDraft {
    /// Its id, under which the basis will be registered.
    pub id: LegalBasisId,
    /// Whose it is.
    pub registrar: String,
    /// When it was begun.
    pub begun_at: DateTime<Utc>,
    /// When it was saved last.
    pub saved_at: DateTime<Utc>,
    /// How often it was saved.
    pub revision: i64,
    /// What was typed, sealed.
    pub sealed_form: Vec<u8>,
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = basis_draft)]
struct DraftRow {
    id: String,
    registrar: String,
    begun_at: i64,
    saved_at: i64,
    revision: i64,
    sealed_form: Vec<u8>,
}

/// Adds a draft.
///
/// # Errors
/// When the id is taken, or the database fails.
pub fn insert(tx: &mut WriteTx<'_>, draft: &StoredDraft) -> Result<(), StoreError> {
    let row = DraftRow {
        id: draft.id.to_string(),
        registrar: draft.registrar.clone(),
        begun_at: draft.begun_at.timestamp_micros(),
        saved_at: draft.saved_at.timestamp_micros(),
        revision: draft.revision,
        sealed_form: draft.sealed_form.clone(),
    };
    diesel::insert_into(basis_draft::table).values(&row).execute(tx.conn())?;
    Ok(())
}

/// The draft of this person with this id. Whose it is, is part of the question: nobody finds another's.
///
/// # Errors
/// [`StoreError::Corrupt`] on a row that this program did not write; or when the database fails.
pub fn find(conn: &mut AnyConnection, id: LegalBasisId, registrar: &str) -> Result<Option<StoredDraft>, StoreError> {
    let own = basis_draft::table.find(id.to_string()).filter(basis_draft::registrar.eq(registrar));
    own.select(DraftRow::as_select()).first(conn).optional()?.map(draft_of).transpose()
}

/// The drafts of a person, those that were saved last first, `limit` at most.
///
/// # Errors
/// As [`find`].
pub fn list(conn: &mut AnyConnection, registrar: &str, limit: i64) -> Result<Vec<StoredDraft>, StoreError> {
    let rows: Vec<DraftRow> = basis_draft::table
        .filter(basis_draft::registrar.eq(registrar))
        .order((basis_draft::saved_at.desc(), basis_draft::id.desc()))
        .limit(limit)
        .select(DraftRow::as_select())
        .load(conn)?;
    rows.into_iter().map(draft_of).collect()
}

/// Puts a new form in the place of the old one, and counts that it was saved.
///
/// # Errors
/// When the database fails.
pub fn save(tx: &mut WriteTx<'_>, id: LegalBasisId, sealed_form: &[u8], at: DateTime<Utc>) -> Result<(), StoreError> {
    diesel::update(basis_draft::table.find(id.to_string()))
        .set((
            basis_draft::sealed_form.eq(sealed_form),
            basis_draft::saved_at.eq(at.timestamp_micros()),
            basis_draft::revision.eq(basis_draft::revision + 1),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Counts that a draft was saved, when what was typed stays as it is.
///
/// # Errors
/// When the database fails.
pub fn touch(tx: &mut WriteTx<'_>, id: LegalBasisId, at: DateTime<Utc>) -> Result<(), StoreError> {
    diesel::update(basis_draft::table.find(id.to_string()))
        .set((basis_draft::saved_at.eq(at.timestamp_micros()), basis_draft::revision.eq(basis_draft::revision + 1)))
        .execute(tx.conn())?;
    Ok(())
}

/// Deletes the scan of a draft, if there is one.
///
/// # Errors
/// When the database fails.
pub fn drop_document(tx: &mut WriteTx<'_>, id: LegalBasisId) -> Result<(), StoreError> {
    if let Some(document) = take_document(tx, id)? {
        super::documents::delete_parts(tx, &document.upload.to_string())?;
    }
    Ok(())
}

/// Deletes a draft whose scan is gone already. Returns whether there was one.
///
/// # Errors
/// When its scan is still there, or the database fails.
pub fn delete(tx: &mut WriteTx<'_>, id: LegalBasisId) -> Result<bool, StoreError> {
    Ok(diesel::delete(basis_draft::table.find(id.to_string())).execute(tx.conn())? > 0)
}

/// Deletes a draft with its scan. Returns whether there was one.
///
/// # Errors
/// When the database fails.
pub fn discard(tx: &mut WriteTx<'_>, id: LegalBasisId) -> Result<bool, StoreError> {
    drop_document(tx, id)?;
    delete(tx, id)
}

/// How many drafts were saved last before an instant.
///
/// # Errors
/// When the database fails.
pub fn count_saved_before(conn: &mut AnyConnection, before: DateTime<Utc>) -> Result<i64, StoreError> {
    Ok(basis_draft::table.filter(basis_draft::saved_at.lt(before.timestamp_micros())).count().get_result(conn)?)
}

/// Deletes the drafts that were saved last before an instant, with their scans. Returns how many they were.
///
/// # Errors
/// When the database fails.
pub fn discard_saved_before(tx: &mut WriteTx<'_>, before: DateTime<Utc>) -> Result<usize, StoreError> {
    let due = basis_draft::table.filter(basis_draft::saved_at.lt(before.timestamp_micros())).select(basis_draft::id);
    let due: Vec<String> = due.load(tx.conn())?;
    for id in &due {
        discard(tx, word(id, "a legal basis id")?)?;
    }
    Ok(due.len())
}

fn draft_of(row: DraftRow) -> Result<StoredDraft, StoreError> {
    Ok(StoredDraft {
        id: word(&row.id, "a legal basis id")?,
        registrar: row.registrar,
        begun_at: instant(row.begun_at)?,
        saved_at: instant(row.saved_at)?,
        revision: row.revision,
        sealed_form: row.sealed_form,
    })
}

/// The registrar of a draft.
pub(super) fn registrar_of(conn: &mut AnyConnection, draft: &str) -> Result<Option<String>, StoreError> {
    Ok(basis_draft::table.find(draft).select(basis_draft::registrar).first(conn).optional()?)
}
