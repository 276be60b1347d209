//! What happened to a basis, in order.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::domain::LegalBasisId;
use crate::storage::schema::legal_basis_step;
use crate::storage::{AnyConnection, StoreError, WriteTx, instant};

/// One step. Steps are added, never changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredStep {
    /// Its place in the life of the basis, from 1.
    pub number: i64,
    /// `registered`, `verified`, …
    pub kind: String,
    /// Who took it.
    pub actor: String,
    /// When.
    pub at: DateTime<Utc>,
    /// What was noted with it; sealed.
    pub sealed_note: Option<Vec<u8>>,
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = legal_basis_step)]
struct StepRow {
    basis: String,
    number: i64,
    kind: String,
    actor: String,
    at: i64,
    sealed_note: Option<Vec<u8>>,
}

/// Adds a step. `seal` is told the step's number, to which its note is bound.
///
/// # Errors
/// When the kind is no kind of step, or the database fails.
pub fn append_step(
    tx: &mut WriteTx<'_>,
    basis: LegalBasisId,
    kind: &str,
    actor: &str,
    at: DateTime<Utc>,
    seal: impl FnOnce(i64) -> Option<Vec<u8>>,
) -> Result<(), StoreError> {
    let steps = legal_basis_step::table.filter(legal_basis_step::basis.eq(basis.to_string()));
    let newest = steps.order(legal_basis_step::number.desc()).select(legal_basis_step::number);
    let number = newest.first::<i64>(tx.conn()).optional()?.unwrap_or(0) + 1;
    let row = StepRow {
        basis: basis.to_string(),
        number,
        kind: kind.to_owned(),
        actor: actor.to_owned(),
        at: at.timestamp_micros(),
        sealed_note: seal(number),
    };
    diesel::insert_into(legal_basis_step::table).values(&row).execute(tx.conn())?;
    Ok(())
}

/// All steps of a basis, in order.
///
/// # Errors
/// [`StoreError::Corrupt`] on a row that this program did not write; or when the database fails.
pub fn list_steps(conn: &mut AnyConnection, basis: LegalBasisId) -> Result<Vec<StoredStep>, StoreError> {
    let rows: Vec<StepRow> = legal_basis_step::table
        .filter(legal_basis_step::basis.eq(basis.to_string()))
        .order(legal_basis_step::number)
        .select(StepRow::as_select())
        .load(conn)?;
    let step = |row: StepRow| {
        Ok(StoredStep {
            number: row.number,
            kind: row.kind,
            actor: row.actor,
            at: instant(row.at)?,
            sealed_note: row.sealed_note,
        })
    };
    rows.into_iter().map(step).collect()
}
