//! One basis, as people read it.

use diesel::prelude::*;

use super::judged::{LegalBasisRow, with_scopes};
use super::particulars::ParticularsRow;
use super::{NamedResident, People, StoredBasis};
use crate::domain::{LegalBasisId, ResidentIndex};
use crate::storage::schema::{legal_basis, legal_basis_resident, legal_document};
use crate::storage::{AnyConnection, StoreError, instant, word};

/// The basis with this id.
///
/// # Errors
/// [`StoreError::Corrupt`] on a row that this program did not write; or when the database fails.
pub fn find(conn: &mut AnyConnection, id: LegalBasisId) -> Result<Option<StoredBasis>, StoreError> {
    let query = legal_basis::table.find(id.to_string());
    let row = query.select((LegalBasisRow::as_select(), ParticularsRow::as_select())).first(conn).optional()?;
    Ok(stored(conn, row.into_iter().collect())?.pop())
}

/// The sealed paper of a basis; `None` once it was erased.
///
/// # Errors
/// When the database fails.
pub fn find_paper(conn: &mut AnyConnection, id: LegalBasisId) -> Result<Option<Vec<u8>>, StoreError> {
    let query = legal_basis::table.find(id.to_string()).select(legal_basis::sealed_paper);
    Ok(query.first::<Option<Vec<u8>>>(conn).optional()?.flatten())
}

/// The residents whom a basis names, in the order of their stores.
///
/// # Errors
/// As [`find`].
pub fn list_residents(conn: &mut AnyConnection, id: LegalBasisId) -> Result<Vec<NamedResident>, StoreError> {
    let rows: Vec<(String, Vec<u8>, Vec<u8>)> = legal_basis_resident::table
        .filter(legal_basis_resident::basis.eq(id.to_string()))
        .order((legal_basis_resident::store, legal_basis_resident::resident_index))
        .select((legal_basis_resident::store, legal_basis_resident::resident_index, legal_basis_resident::sealed))
        .load(conn)?;
    rows.into_iter()
        .map(|(store, index, sealed)| {
            let index = index.try_into().map_err(|_| StoreError::Corrupt("a resident index of a wrong length"))?;
            Ok(NamedResident { store: word(&store, "a store id")?, index: ResidentIndex::new(index), sealed })
        })
        .collect()
}

/// Other bases from the same court with the same docket number, newest first.
///
/// # Errors
/// As [`find`].
pub fn list_duplicates(
    conn: &mut AnyConnection,
    of: LegalBasisId,
    court: &str,
    docket: &str,
) -> Result<Vec<LegalBasisId>, StoreError> {
    let same = legal_basis::court.eq(court).and(legal_basis::docket.eq(docket)).and(legal_basis::id.ne(of.to_string()));
    let ids: Vec<String> = legal_basis::table
        .filter(same)
        .order((legal_basis::registered_at.desc(), legal_basis::id.desc()))
        .limit(MOST_DUPLICATES)
        .select(legal_basis::id)
        .load(conn)?;
    ids.iter().map(|id| word(id, "a legal basis id")).collect()
}

/// Other bases with the same scan, byte for byte, newest first. One that was erased still counts: its digest is kept.
///
/// # Errors
/// As [`find`].
pub fn list_alike(
    conn: &mut AnyConnection,
    of: LegalBasisId,
    sha256: &[u8; 32],
) -> Result<Vec<LegalBasisId>, StoreError> {
    let same = legal_document::sha256.eq(sha256.as_slice()).and(legal_document::basis.ne(of.to_string()));
    let ids: Vec<String> = legal_document::table
        .filter(same)
        .order((legal_document::stored_at.desc(), legal_document::basis.desc()))
        .limit(MOST_DUPLICATES)
        .select(legal_document::basis)
        .load(conn)?;
    ids.iter().map(|id| word(id, "a legal basis id")).collect()
}

/// The basis that replaced this one.
///
/// # Errors
/// As [`find`].
pub fn find_successor(conn: &mut AnyConnection, of: LegalBasisId) -> Result<Option<LegalBasisId>, StoreError> {
    let query = legal_basis::table.filter(legal_basis::supersedes.eq(of.to_string())).select(legal_basis::id);
    query.first::<String>(conn).optional()?.map(|id| word(&id, "a legal basis id")).transpose()
}

/// More of the same are not told: a docket of a long case may stand on many papers.
const MOST_DUPLICATES: i64 = 100;

/// Rows with their scopes, in their order.
pub(super) fn stored(
    conn: &mut AnyConnection,
    rows: Vec<(LegalBasisRow, ParticularsRow)>,
) -> Result<Vec<StoredBasis>, StoreError> {
    let (rows, rest): (Vec<LegalBasisRow>, Vec<ParticularsRow>) = rows.into_iter().unzip();
    let bases = with_scopes(conn, &rows)?;
    let rows = rows.into_iter().zip(rest);
    bases
        .into_iter()
        .zip(rows)
        .map(|(basis, (row, rest))| {
            Ok(StoredBasis {
                basis,
                people: People {
                    registrar: row.registrar,
                    registered_at: instant(row.registered_at)?,
                    verifier: row.verifier,
                },
                verified_at: row.verified_at.map(instant).transpose()?,
                particulars: rest.try_into()?,
            })
        })
        .collect()
}
