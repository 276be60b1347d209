//! Every column that holds sealed bytes, in one list, so that sealing anew forgets none.
//!
//! A test compares the list with the tables. Parts of uploads that are not complete are left out: nobody with older keys can
//! complete them, and housekeeping deletes them.

mod keyed;
pub mod places;
mod residents;

use diesel::RunQueryDsl as _;
use diesel::sql_types::{Binary, Integer, Nullable};

use super::connection::on_either;
use super::{AnyConnection, StoreError, WriteTx};
use crate::domain::{ResidentIndex, StoreId};

diesel::define_sql_function! {
    /// The first bytes of a sealed text are the id of its key.
    fn substr(sealed: Nullable<Binary>, from: Integer, length: Integer) -> Nullable<Binary>;
}

/// A column of sealed bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SealedColumn {
    /// Beside decisions: the resident, and free text.
    EntryResident,
    /// Residents whom a basis names.
    BasisResident,
    /// Residents with a confidential address.
    Confidential,
    /// Second factors of accounts.
    StaffTotp,
    /// Second factors that come with links.
    LinkTotp,
    /// What papers say beyond the columns.
    BasisPaper,
    /// Notes to checks.
    CheckNote,
    /// Notes to steps.
    StepNote,
    /// What violations were.
    ViolationNote,
    /// What became of them.
    ViolationOutcome,
    /// Why referrals were closed as they were.
    ReferralNote,
    /// Why holds were placed.
    HoldReason,
    /// What was typed into drafts of bases.
    BasisDraft,
    /// Scanned papers.
    DocumentPart,
}

impl SealedColumn {
    /// Every column, the small ones first.
    pub const ALL: [Self; 14] = [
        Self::StaffTotp,
        Self::LinkTotp,
        Self::HoldReason,
        Self::ReferralNote,
        Self::BasisDraft,
        Self::ViolationNote,
        Self::ViolationOutcome,
        Self::BasisPaper,
        Self::CheckNote,
        Self::StepNote,
        Self::BasisResident,
        Self::Confidential,
        Self::DocumentPart,
        Self::EntryResident,
    ];

    /// `table.column`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::EntryResident => "audit_resident.sealed",
            Self::BasisResident => "legal_basis_resident.sealed",
            Self::Confidential => "confidential_resident.sealed",
            Self::StaffTotp => "staff.sealed_totp",
            Self::LinkTotp => "one_time_link.sealed_totp",
            Self::BasisPaper => "legal_basis.sealed_paper",
            Self::CheckNote => "legal_basis_check.sealed_note",
            Self::StepNote => "legal_basis_step.sealed_note",
            Self::ViolationNote => "violation.sealed_note",
            Self::ViolationOutcome => "violation.sealed_outcome",
            Self::ReferralNote => "referral.sealed_note",
            Self::HoldReason => "retention_hold.sealed_reason",
            Self::BasisDraft => "basis_draft.sealed_form",
            Self::DocumentPart => "legal_document_part.sealed",
        }
    }
}

/// A sealed text with its place.
pub struct SealedRow {
    /// The text.
    pub sealed: Vec<u8>,
    /// What it is bound to.
    pub place: Vec<u8>,
    /// What stands in it, where that is a resident: the keyed index beside it must be made anew, too.
    pub resident: Option<SealedResident>,
    key: Key,
}

/// How a resident stands in a sealed text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SealedResident {
    /// The bare id.
    Id(StoreId),
    /// The bare id, in a place that the keyed index is part of.
    IdBoundToIndex(StoreId),
    /// As the member `resident` of a JSON object.
    Member(StoreId),
}

/// A text sealed anew, with the index that goes with it.
pub struct Resealed {
    /// The text.
    pub sealed: Vec<u8>,
    /// The resident's keyed index.
    pub index: Option<ResidentIndex>,
}

/// How a row is found again.
enum Key {
    Text(String),
    Bytes(Vec<u8>),
    Numbered(String, i64),
    Check(String, i64, String),
    Resident(String, String, Vec<u8>),
    Entry(i64),
}

/// Rows that another key than `active` sealed, `limit` at most. Of the entries' residents only those behind the last row of
/// the previous answer: there may be millions.
///
/// # Errors
/// [`StoreError::Corrupt`] on a row that this program did not write; or when the database fails.
pub fn list_under_others(
    conn: &mut AnyConnection,
    column: SealedColumn,
    active: [u8; 4],
    after: Option<&SealedRow>,
    limit: i64,
) -> Result<Vec<SealedRow>, StoreError> {
    match column {
        SealedColumn::EntryResident => residents::list_of_entries(conn, active, seq_of(after), limit),
        SealedColumn::BasisResident => residents::list_of_bases(conn, active, limit),
        SealedColumn::Confidential => residents::list_confidential(conn, active, limit),
        _ => keyed::list(conn, column, active, limit),
    }
}

/// How many rows another key than `active` sealed.
///
/// # Errors
/// When the database fails.
pub fn count_under_others(conn: &mut AnyConnection, column: SealedColumn, active: [u8; 4]) -> Result<i64, StoreError> {
    let Some((table, name)) = column.name().split_once('.') else { return Ok(0) };
    let id = format!("{:08x}", u32::from_be_bytes(active));
    let id =
        if matches!(conn, AnyConnection::Sqlite(_)) { format!("x'{id}'") } else { format!("decode('{id}', 'hex')") };
    let complete = if column == SealedColumn::DocumentPart { COMPLETE } else { "" };
    let query = diesel::sql_query(format!(
        "SELECT count(*) AS rows FROM {table} WHERE substr({name}, 1, 4) <> {id} {complete}"
    ));
    let count: Count = on_either!(conn, conn => query.get_result(conn))?;
    Ok(count.rows)
}

/// The parts that somebody can read: of a basis, or of a draft.
const COMPLETE: &str = "AND (upload IN (SELECT upload FROM legal_document) \
                        OR upload IN (SELECT upload FROM basis_draft_document))";

#[derive(diesel::QueryableByName)]
struct Count {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    rows: i64,
}

/// Puts a text that was sealed anew in the place of the old one, unless that has changed or was erased since.
///
/// # Errors
/// When the database fails.
pub fn replace(
    tx: &mut WriteTx<'_>,
    column: SealedColumn,
    row: &SealedRow,
    anew: &Resealed,
) -> Result<bool, StoreError> {
    let replaced = match (column, &anew.index) {
        (SealedColumn::EntryResident, Some(index)) => residents::replace_of_entry(tx, row, &anew.sealed, index)?,
        (SealedColumn::BasisResident, Some(index)) => residents::replace_of_basis(tx, row, &anew.sealed, index)?,
        (SealedColumn::Confidential, Some(index)) => residents::replace_confidential(tx, row, &anew.sealed, index)?,
        _ => keyed::replace(tx, column, row, &anew.sealed)?,
    };
    Ok(replaced > 0)
}

fn seq_of(row: Option<&SealedRow>) -> i64 {
    match row.map(|row| &row.key) {
        Some(Key::Entry(seq)) => *seq,
        _ => -1,
    }
}
