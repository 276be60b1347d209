//! In which decisions a basis opened something. An index beside the log, written with the entry: the log itself goes by
//! position, and looking through all of it for one basis would take longer the longer the city uses it.

use diesel::prelude::*;

use crate::domain::LegalBasisId;
use crate::storage::audit::EntryRow;
use crate::storage::schema::{audit_entry, legal_basis_use};
use crate::storage::{AnyConnection, StoreError, WriteTx};

/// Notes that the entry at this position rests on a basis.
///
/// # Errors
/// When it is noted already, or the database fails.
pub fn insert_use(tx: &mut WriteTx<'_>, basis: LegalBasisId, seq: i64) -> Result<(), StoreError> {
    diesel::insert_into(legal_basis_use::table)
        .values((legal_basis_use::basis.eq(basis.to_string()), legal_basis_use::seq.eq(seq)))
        .execute(tx.conn())?;
    Ok(())
}

/// The entries that rest on a basis, before a position, newest first, `limit` at most.
///
/// # Errors
/// When the database fails.
pub fn list_uses(
    conn: &mut AnyConnection,
    basis: LegalBasisId,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<EntryRow>, StoreError> {
    Ok(legal_basis_use::table
        .inner_join(audit_entry::table.on(audit_entry::seq.eq(legal_basis_use::seq)))
        .filter(legal_basis_use::basis.eq(basis.to_string()))
        .filter(legal_basis_use::seq.lt(before.unwrap_or(i64::MAX)))
        .order(legal_basis_use::seq.desc())
        .select(EntryRow::as_select())
        .limit(limit)
        .load(conn)?)
}

/// Which entries from `first` up to, and without, `end` rest on which basis.
///
/// # Errors
/// When the database fails.
pub fn list_uses_between(conn: &mut AnyConnection, first: i64, end: i64) -> Result<Vec<(i64, String)>, StoreError> {
    Ok(legal_basis_use::table
        .filter(legal_basis_use::seq.ge(first).and(legal_basis_use::seq.lt(end)))
        .select((legal_basis_use::seq, legal_basis_use::basis))
        .load(conn)?)
}
