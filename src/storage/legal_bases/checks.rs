//! The check list as it stood each time somebody answered it.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::domain::LegalBasisId;
use crate::storage::schema::legal_basis_check;
use crate::storage::{AnyConnection, StoreError, WriteTx, instant};

/// One check in one round. Its words are those of the domain's closed sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredCheck {
    /// Which time it was answered, from 1.
    pub round: i64,
    /// `W01` to `W20`.
    pub check: String,
    /// `blocks`, `holds` or `warns`.
    pub severity: String,
    /// `pass`, `fail`, `not_applicable` or `unknown`.
    pub outcome: String,
    /// `program` or `person`.
    pub judged_by: String,
    /// Who answered the round.
    pub answered_by: String,
    /// When.
    pub answered_at: DateTime<Utc>,
    /// How the program judged, the person's note, the call-back; sealed.
    pub sealed_note: Option<Vec<u8>>,
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = legal_basis_check)]
struct CheckRow {
    basis: String,
    round: i64,
    check_id: String,
    severity: String,
    outcome: String,
    judged_by: String,
    answered_by: String,
    answered_at: i64,
    sealed_note: Option<Vec<u8>>,
}

/// The number of the newest round; 0 before the first.
///
/// # Errors
/// When the database fails.
pub fn last_round(conn: &mut AnyConnection, basis: LegalBasisId) -> Result<i64, StoreError> {
    let rounds = legal_basis_check::table.filter(legal_basis_check::basis.eq(basis.to_string()));
    let newest = rounds.order(legal_basis_check::round.desc()).select(legal_basis_check::round);
    Ok(newest.first(conn).optional()?.unwrap_or(0))
}

/// Keeps a round.
///
/// # Errors
/// When the round is there already, or the database fails.
pub fn insert_checks(tx: &mut WriteTx<'_>, basis: LegalBasisId, checks: &[StoredCheck]) -> Result<(), StoreError> {
    for check in checks {
        let row = CheckRow {
            basis: basis.to_string(),
            round: check.round,
            check_id: check.check.clone(),
            severity: check.severity.clone(),
            outcome: check.outcome.clone(),
            judged_by: check.judged_by.clone(),
            answered_by: check.answered_by.clone(),
            answered_at: check.answered_at.timestamp_micros(),
            sealed_note: check.sealed_note.clone(),
        };
        diesel::insert_into(legal_basis_check::table).values(&row).execute(tx.conn())?;
    }
    Ok(())
}

/// All rounds of a basis, in order.
///
/// # Errors
/// [`StoreError::Corrupt`] on a row that this program did not write; or when the database fails.
pub fn list_checks(conn: &mut AnyConnection, basis: LegalBasisId) -> Result<Vec<StoredCheck>, StoreError> {
    let rows: Vec<CheckRow> = legal_basis_check::table
        .filter(legal_basis_check::basis.eq(basis.to_string()))
        .order((legal_basis_check::round, legal_basis_check::check_id))
        .select(CheckRow::as_select())
        .load(conn)?;
    rows.into_iter().map(check_of).collect()
}

fn check_of(row: CheckRow) -> Result<StoredCheck, StoreError> {
    Ok(StoredCheck {
        round: row.round,
        check: row.check_id,
        severity: row.severity,
        outcome: row.outcome,
        judged_by: row.judged_by,
        answered_by: row.answered_by,
        answered_at: instant(row.answered_at)?,
        sealed_note: row.sealed_note,
    })
}
