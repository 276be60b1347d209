//! What happened to a legal basis, in order.

use chrono::{DateTime, Utc};
use diesel::dsl::max;
use diesel::prelude::*;

use super::schema::legal_basis_step;
use super::{StoreError, WriteTx};
use crate::domain::LegalBasisId;

/// Appends a step. `kind` is a word of the table's own list.
///
/// # Errors
/// When there is no such basis, the word is none of the list, or the database fails.
pub fn append(
    tx: &mut WriteTx<'_>,
    basis: LegalBasisId,
    kind: &'static str,
    actor: &str,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let basis = basis.to_string();
    let steps = legal_basis_step::table.filter(legal_basis_step::basis.eq(&basis));
    let last: Option<i64> = steps.select(max(legal_basis_step::number)).first(tx.conn())?;
    diesel::insert_into(legal_basis_step::table)
        .values((
            legal_basis_step::basis.eq(&basis),
            legal_basis_step::number.eq(last.unwrap_or(0) + 1),
            legal_basis_step::kind.eq(kind),
            legal_basis_step::actor.eq(actor),
            legal_basis_step::at.eq(at.timestamp_micros()),
        ))
        .execute(tx.conn())?;
    Ok(())
}
