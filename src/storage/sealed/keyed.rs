//! Sealed columns that go by their row's own key.

use diesel::prelude::*;

use super::{Key, SealedColumn, SealedRow, places, substr};
use crate::domain::LegalBasisId;
use crate::storage::documents::StoredDocument;
use crate::storage::schema::{
    basis_draft, basis_draft_document, legal_basis, legal_basis_check, legal_basis_step, legal_document,
    legal_document_part, one_time_link, referral, retention_hold, staff, violation,
};
use crate::storage::{
    AnyConnection, StoreError, WriteTx, basis_drafts, documents, one_time_links, staff_credentials, word,
};

/// Rows of one column: their key and their sealed bytes.
macro_rules! rows {
    ($conn:expr, $active:expr, $limit:expr, $table:ident . $column:ident by $($key:ident),+) => {
        $table::table
            .filter(substr($table::$column.nullable(), 1, 4).ne($active.as_slice()))
            .order(($($table::$key,)+))
            .select(($($table::$key,)+ $table::$column.assume_not_null()))
            .limit($limit)
            .load($conn)?
    };
}

/// The same where the column is never empty.
macro_rules! full_rows {
    ($conn:expr, $active:expr, $limit:expr, $table:ident . $column:ident by $($key:ident),+) => {
        $table::table
            .filter(substr($table::$column.nullable(), 1, 4).ne($active.as_slice()))
            .order(($($table::$key,)+))
            .select(($($table::$key,)+ $table::$column))
            .limit($limit)
            .load($conn)?
    };
}

type ByText = Vec<(String, Vec<u8>)>;

pub(super) fn list(
    conn: &mut AnyConnection,
    column: SealedColumn,
    active: [u8; 4],
    limit: i64,
) -> Result<Vec<SealedRow>, StoreError> {
    let by_text: ByText = match column {
        SealedColumn::StaffTotp => rows!(conn, active, limit, staff.sealed_totp by id),
        SealedColumn::BasisPaper => rows!(conn, active, limit, legal_basis.sealed_paper by id),
        SealedColumn::ViolationNote => rows!(conn, active, limit, violation.sealed_note by id),
        SealedColumn::ViolationOutcome => rows!(conn, active, limit, violation.sealed_outcome by id),
        SealedColumn::HoldReason => full_rows!(conn, active, limit, retention_hold.sealed_reason by id),
        SealedColumn::BasisDraft => full_rows!(conn, active, limit, basis_draft.sealed_form by id),
        _ => return list_others(conn, column, active, limit),
    };
    let row = |(id, sealed): (String, Vec<u8>)| {
        let place = match column {
            SealedColumn::BasisPaper => places::basis_paper(word(&id, "a legal basis id")?),
            SealedColumn::ViolationNote => places::violation_note(word(&id, "a violation id")?),
            SealedColumn::ViolationOutcome => places::violation_outcome(word(&id, "a violation id")?),
            SealedColumn::HoldReason => places::hold_reason(word(&id, "a hold id")?),
            SealedColumn::BasisDraft => places::basis_draft(word(&id, "a legal basis id")?),
            _ => staff_credentials::totp_place(word(&id, "a staff id")?),
        };
        Ok(SealedRow { sealed, place, resident: None, key: Key::Text(id) })
    };
    by_text.into_iter().map(row).collect()
}

fn list_others(
    conn: &mut AnyConnection,
    column: SealedColumn,
    active: [u8; 4],
    limit: i64,
) -> Result<Vec<SealedRow>, StoreError> {
    let plain = |key, place, sealed| SealedRow { sealed, place, resident: None, key };
    match column {
        SealedColumn::LinkTotp => {
            let rows: Vec<(Vec<u8>, Vec<u8>)> =
                full_rows!(conn, active, limit, one_time_link.sealed_totp by token_hash);
            let row = |(hash, sealed): (Vec<u8>, _)| {
                let known = <[u8; 32]>::try_from(hash.as_slice());
                let known = known.map_err(|_| StoreError::Corrupt("a token's hash of a wrong length"))?;
                Ok(plain(Key::Bytes(hash), one_time_links::totp_place(&known), sealed))
            };
            rows.into_iter().map(row).collect()
        }
        SealedColumn::CheckNote => {
            let rows: Vec<(String, i64, String, Vec<u8>)> =
                rows!(conn, active, limit, legal_basis_check.sealed_note by basis, round, check_id);
            let row = |(basis, round, check, sealed): (String, _, String, _)| {
                let place = places::check_note(basis_id(&basis)?, round, &check);
                Ok(plain(Key::Check(basis, round, check), place, sealed))
            };
            rows.into_iter().map(row).collect()
        }
        SealedColumn::StepNote => {
            let rows: Vec<(String, i64, Vec<u8>)> =
                rows!(conn, active, limit, legal_basis_step.sealed_note by basis, number);
            let row = |(basis, number, sealed): (String, _, _)| {
                let place = places::step_note(basis_id(&basis)?, number);
                Ok(plain(Key::Numbered(basis, number), place, sealed))
            };
            rows.into_iter().map(row).collect()
        }
        SealedColumn::ReferralNote => {
            let rows: Vec<(String, i64, Vec<u8>)> = rows!(conn, active, limit, referral.sealed_note by kind, seq);
            let row = |(kind, seq, sealed): (String, _, _)| {
                let place = places::referral_note(word(&kind, "a kind of referral")?, seq);
                Ok(plain(Key::Numbered(kind, seq), place, sealed))
            };
            rows.into_iter().map(row).collect()
        }
        _ => list_parts(conn, active, limit),
    }
}

/// Parts of scans, of bases first and then of drafts.
fn list_parts(conn: &mut AnyConnection, active: [u8; 4], limit: i64) -> Result<Vec<SealedRow>, StoreError> {
    let of_bases: Vec<PartRow> = legal_document_part::table
        .inner_join(legal_document::table.on(legal_document::upload.eq(legal_document_part::upload)))
        .filter(substr(legal_document_part::sealed.nullable(), 1, 4).ne(active.as_slice()))
        .order((legal_document_part::upload, legal_document_part::number))
        .select((
            legal_document_part::upload,
            legal_document_part::number,
            legal_document_part::sealed,
            legal_document::basis,
        ))
        .limit(limit)
        .load(conn)?;
    if !of_bases.is_empty() {
        return parts_of(conn, of_bases, documents::find);
    }
    let of_drafts: Vec<PartRow> = legal_document_part::table
        .inner_join(basis_draft_document::table.on(basis_draft_document::upload.eq(legal_document_part::upload)))
        .filter(substr(legal_document_part::sealed.nullable(), 1, 4).ne(active.as_slice()))
        .order((legal_document_part::upload, legal_document_part::number))
        .select((
            legal_document_part::upload,
            legal_document_part::number,
            legal_document_part::sealed,
            basis_draft_document::draft,
        ))
        .limit(limit)
        .load(conn)?;
    parts_of(conn, of_drafts, basis_drafts::find_document)
}

/// Upload, number, sealed bytes, and the basis or draft.
type PartRow = (String, i64, Vec<u8>, String);

fn parts_of(
    conn: &mut AnyConnection,
    rows: Vec<PartRow>,
    find: fn(&mut AnyConnection, LegalBasisId) -> Result<Option<StoredDocument>, StoreError>,
) -> Result<Vec<SealedRow>, StoreError> {
    let mut parts = Vec::with_capacity(rows.len());
    for (upload, number, sealed, owner) in rows {
        let Some(document) = find(conn, basis_id(&owner)?)? else { continue };
        let place = u32::try_from(number).map_err(|_| StoreError::Corrupt("the number of a part"))?;
        let place = document.place_of(place).to_bytes();
        parts.push(SealedRow { sealed, place, resident: None, key: Key::Numbered(upload, number) });
    }
    Ok(parts)
}

/// Writes the new text over the old one, if that is still there.
macro_rules! set {
    ($tx:expr, $row:expr, $anew:expr, $table:ident . $column:ident at $key:expr) => {
        diesel::update($table::table.find($key).filter($table::$column.eq(&$row.sealed)))
            .set($table::$column.eq($anew))
            .execute($tx.conn())?
    };
}

pub(super) fn replace(
    tx: &mut WriteTx<'_>,
    column: SealedColumn,
    row: &SealedRow,
    anew: &[u8],
) -> Result<usize, StoreError> {
    Ok(match (column, &row.key) {
        (SealedColumn::StaffTotp, Key::Text(id)) => set!(tx, row, anew, staff.sealed_totp at id),
        (SealedColumn::BasisPaper, Key::Text(id)) => set!(tx, row, anew, legal_basis.sealed_paper at id),
        (SealedColumn::ViolationNote, Key::Text(id)) => set!(tx, row, anew, violation.sealed_note at id),
        (SealedColumn::ViolationOutcome, Key::Text(id)) => set!(tx, row, anew, violation.sealed_outcome at id),
        (SealedColumn::HoldReason, Key::Text(id)) => set!(tx, row, anew, retention_hold.sealed_reason at id),
        (SealedColumn::BasisDraft, Key::Text(id)) => set!(tx, row, anew, basis_draft.sealed_form at id),
        (SealedColumn::LinkTotp, Key::Bytes(hash)) => set!(tx, row, anew, one_time_link.sealed_totp at hash),
        (SealedColumn::CheckNote, Key::Check(basis, round, check)) => {
            set!(tx, row, anew, legal_basis_check.sealed_note at (basis, round, check))
        }
        (SealedColumn::StepNote, Key::Numbered(basis, number)) => {
            set!(tx, row, anew, legal_basis_step.sealed_note at (basis, number))
        }
        (SealedColumn::ReferralNote, Key::Numbered(kind, seq)) => {
            set!(tx, row, anew, referral.sealed_note at (kind, seq))
        }
        (SealedColumn::DocumentPart, Key::Numbered(upload, number)) => {
            set!(tx, row, anew, legal_document_part.sealed at (upload, number))
        }
        _ => 0,
    })
}

fn basis_id(text: &str) -> Result<LegalBasisId, StoreError> {
    word(text, "a legal basis id")
}
