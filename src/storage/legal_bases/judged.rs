//! The part of a legal basis that a decision is judged by.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::str::FromStr;

use diesel::prelude::*;

use super::{NamedResident, Particulars, People};
use crate::domain::legal_basis::{LegalBasis, ResidentScope, Scope, Status};
use crate::domain::{Agency, LegalBasisId, ResidentIndex, StoreId};
use crate::storage::schema::{legal_basis, legal_basis_resident, legal_basis_scope};
use crate::storage::{AnyConnection, StoreError, WriteTx, instant, word};

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = legal_basis)]
pub(super) struct LegalBasisRow {
    pub(super) id: String,
    kind: String,
    instrument: Option<String>,
    status: String,
    pub(super) registrar: String,
    pub(super) registered_at: i64,
    pub(super) verifier: Option<String>,
    pub(super) verified_at: Option<i64>,
    ended_at: Option<i64>,
    valid_from: i64,
    valid_until: Option<i64>,
    max_uses: Option<i64>,
    uses: i64,
    is_standing: bool,
    requester_agency: Option<String>,
}

/// The cited bases that exist.
///
/// # Errors
/// [`StoreError::Corrupt`] on a row that cannot be judged; or when the database fails.
#[expect(clippy::implicit_hasher, reason = "the ledger collects ids in a set of its own")]
pub fn load(
    conn: &mut AnyConnection,
    ids: &HashSet<LegalBasisId>,
) -> Result<HashMap<LegalBasisId, LegalBasis>, StoreError> {
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let mut found = HashMap::new();
    for ids in ids.chunks(IDS_PER_QUERY) {
        found.extend(load_some(conn, ids)?);
    }
    Ok(found)
}

/// SQLite takes at most 32,766 values in one query; the requests of one commit may cite more bases than that.
const IDS_PER_QUERY: usize = 10_000;

fn load_some(conn: &mut AnyConnection, ids: &[String]) -> Result<HashMap<LegalBasisId, LegalBasis>, StoreError> {
    let rows: Vec<LegalBasisRow> =
        legal_basis::table.filter(legal_basis::id.eq_any(ids)).select(LegalBasisRow::as_select()).load(conn)?;
    let bases = with_scopes(conn, &rows)?;
    Ok(bases.into_iter().map(|basis| (basis.id, basis)).collect())
}

/// The bases of these rows, in their order.
pub(super) fn with_scopes(conn: &mut AnyConnection, rows: &[LegalBasisRow]) -> Result<Vec<LegalBasis>, StoreError> {
    let ids: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
    let words: Vec<(String, String, String)> = legal_basis_scope::table
        .filter(legal_basis_scope::basis.eq_any(&ids))
        .select((legal_basis_scope::basis, legal_basis_scope::dimension, legal_basis_scope::value))
        .load(conn)?;
    let residents: Vec<(String, String, Vec<u8>)> = legal_basis_resident::table
        .filter(legal_basis_resident::basis.eq_any(&ids))
        .select((legal_basis_resident::basis, legal_basis_resident::store, legal_basis_resident::resident_index))
        .load(conn)?;
    rows.iter().map(|row| basis_of(row, scope_of(row, &words, &residents)?)).collect()
}

/// Records a basis with everything it covers.
///
/// # Errors
/// When the table's own rules refuse it (verified without a second person), or the database fails.
pub fn insert(
    tx: &mut WriteTx<'_>,
    basis: &LegalBasis,
    people: &People,
    particulars: &Particulars,
    residents: &[NamedResident],
) -> Result<(), StoreError> {
    let row = row_of(basis, people);
    let conn = tx.conn();
    diesel::insert_into(legal_basis::table)
        .values((&row, particulars.row(), legal_basis::sealed_paper.eq(&particulars.sealed_paper)))
        .execute(conn)?;
    for (dimension, value) in scope_words(&basis.scope) {
        diesel::insert_into(legal_basis_scope::table)
            .values((
                legal_basis_scope::basis.eq(&row.id),
                legal_basis_scope::dimension.eq(dimension),
                legal_basis_scope::value.eq(value),
            ))
            .execute(conn)?;
    }
    for resident in residents {
        diesel::insert_into(legal_basis_resident::table)
            .values((
                legal_basis_resident::basis.eq(&row.id),
                legal_basis_resident::store.eq(resident.store.as_str()),
                legal_basis_resident::resident_index.eq(resident.index.as_bytes().as_slice()),
                legal_basis_resident::sealed.eq(&resident.sealed),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Sets how often a basis has been used.
///
/// # Errors
/// When that is more than its terms allow, or the database fails.
pub fn set_uses(tx: &mut WriteTx<'_>, id: LegalBasisId, uses: u32) -> Result<(), StoreError> {
    diesel::update(legal_basis::table.find(id.to_string()))
        .set(legal_basis::uses.eq(i64::from(uses)))
        .execute(tx.conn())?;
    Ok(())
}

fn row_of(basis: &LegalBasis, people: &People) -> LegalBasisRow {
    let (status, verified_at, ended_at) = match basis.status {
        Status::Registered => ("registered", None, None),
        Status::Rejected => ("rejected", None, None),
        Status::Verified { at } => ("verified", Some(at), None),
        Status::Revoked { at } => ("revoked", None, Some(at)),
        Status::Superseded { at } => ("superseded", None, Some(at)),
    };
    LegalBasisRow {
        id: basis.id.to_string(),
        kind: basis.kind.to_string(),
        instrument: basis.instrument.map(|instrument| instrument.to_string()),
        status: status.to_owned(),
        registrar: people.registrar.clone(),
        registered_at: people.registered_at.timestamp_micros(),
        verifier: people.verifier.clone(),
        verified_at: verified_at.map(|at| at.timestamp_micros()),
        ended_at: ended_at.map(|at| at.timestamp_micros()),
        valid_from: basis.valid_from.timestamp_micros(),
        valid_until: basis.valid_until.map(|at| at.timestamp_micros()),
        max_uses: basis.max_uses.map(i64::from),
        uses: i64::from(basis.uses),
        is_standing: basis.scope.residents == ResidentScope::Standing,
        requester_agency: basis.scope.requester_agency.as_ref().map(|agency| agency.as_str().to_owned()),
    }
}

fn scope_words(scope: &Scope) -> Vec<(&'static str, String)> {
    let classes = scope.classes.iter().map(|class| ("class", class.to_string()));
    let stores = scope.stores.iter().map(|store| ("store", store.to_string()));
    let kinds = scope.requester_kinds.iter().map(|kind| ("requester_kind", kind.to_string()));
    let purposes = scope.purposes.iter().map(|purpose| ("purpose", purpose.to_string()));
    classes.chain(stores).chain(kinds).chain(purposes).collect()
}

fn scope_of(
    row: &LegalBasisRow,
    words: &[(String, String, String)],
    residents: &[(String, String, Vec<u8>)],
) -> Result<Scope, StoreError> {
    let residents = if row.is_standing {
        ResidentScope::Standing
    } else {
        let named = residents.iter().filter(|(basis, ..)| *basis == row.id);
        ResidentScope::Listed(named.map(|(_, store, index)| named_of(store, index)).collect::<Result<_, _>>()?)
    };
    let agency = row.requester_agency.as_deref().map(Agency::new).transpose();
    Ok(Scope {
        residents,
        classes: of_dimension(&row.id, words, "class")?,
        stores: of_dimension(&row.id, words, "store")?,
        requester_kinds: of_dimension(&row.id, words, "requester_kind")?,
        requester_agency: agency.map_err(|_| StoreError::Corrupt("an agency"))?,
        purposes: of_dimension(&row.id, words, "purpose")?,
    })
}

fn named_of(store: &str, index: &[u8]) -> Result<(StoreId, ResidentIndex), StoreError> {
    let index = index.try_into().map_err(|_| StoreError::Corrupt("a resident index of a wrong length"))?;
    Ok((word(store, "a store id")?, ResidentIndex::new(index)))
}

fn of_dimension<T: FromStr + Ord>(
    basis: &str,
    words: &[(String, String, String)],
    dimension: &str,
) -> Result<BTreeSet<T>, StoreError> {
    words
        .iter()
        .filter(|(of, named, _)| of == basis && named == dimension)
        .map(|(.., value)| word(value, "a word in the scope of a legal basis"))
        .collect()
}

fn basis_of(row: &LegalBasisRow, scope: Scope) -> Result<LegalBasis, StoreError> {
    let count = |count: i64| u32::try_from(count).map_err(|_| StoreError::Corrupt("a number of uses"));
    Ok(LegalBasis {
        id: word(&row.id, "a legal basis id")?,
        kind: word(&row.kind, "a kind of legal basis")?,
        instrument: row.instrument.as_deref().map(|name| word(name, "an instrument")).transpose()?,
        status: status_of(row)?,
        valid_from: instant(row.valid_from)?,
        valid_until: row.valid_until.map(instant).transpose()?,
        max_uses: row.max_uses.map(count).transpose()?,
        uses: count(row.uses)?,
        scope,
    })
}

fn status_of(row: &LegalBasisRow) -> Result<Status, StoreError> {
    let at = |at: Option<i64>| at.ok_or(StoreError::Corrupt("a status without its instant")).and_then(instant);
    match row.status.as_str() {
        "registered" => Ok(Status::Registered),
        "rejected" => Ok(Status::Rejected),
        "verified" => Ok(Status::Verified { at: at(row.verified_at)? }),
        "revoked" => Ok(Status::Revoked { at: at(row.ended_at)? }),
        "superseded" => Ok(Status::Superseded { at: at(row.ended_at)? }),
        _ => Err(StoreError::Corrupt("a status")),
    }
}
