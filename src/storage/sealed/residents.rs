//! Sealed columns that hold residents: each has a keyed index beside it, which is made anew together with the text.

use diesel::prelude::*;

use super::{Key, SealedResident, SealedRow, places, substr};
use crate::domain::ResidentIndex;
use crate::storage::schema::{audit_entry, audit_resident, confidential_resident, legal_basis_resident};
use crate::storage::{AnyConnection, StoreError, WriteTx, segments, word};

pub(super) fn list_of_entries(
    conn: &mut AnyConnection,
    active: [u8; 4],
    after: i64,
    limit: i64,
) -> Result<Vec<SealedRow>, StoreError> {
    let rows: Vec<(i64, Vec<u8>, String, Option<String>)> = audit_resident::table
        .inner_join(audit_entry::table.on(audit_entry::seq.eq(audit_resident::seq)))
        .filter(audit_resident::seq.gt(after))
        .filter(substr(audit_resident::sealed.nullable(), 1, 4).ne(active.as_slice()))
        .order(audit_resident::seq)
        .select((audit_resident::seq, audit_resident::sealed, audit_entry::id, audit_entry::store))
        .limit(limit)
        .load(conn)?;
    let row = |(seq, sealed, id, store): (i64, _, String, Option<String>)| {
        let store = store.ok_or(StoreError::Corrupt("an entry about a resident of no store"))?;
        let resident = Some(SealedResident::Member(word(&store, "a store id")?));
        Ok(SealedRow { sealed, place: places::entry(word(&id, "an entry id")?), resident, key: Key::Entry(seq) })
    };
    rows.into_iter().map(row).collect()
}

pub(super) fn list_of_bases(
    conn: &mut AnyConnection,
    active: [u8; 4],
    limit: i64,
) -> Result<Vec<SealedRow>, StoreError> {
    let rows: Vec<(String, String, Vec<u8>, Vec<u8>)> = legal_basis_resident::table
        .filter(substr(legal_basis_resident::sealed.nullable(), 1, 4).ne(active.as_slice()))
        .order((legal_basis_resident::basis, legal_basis_resident::store, legal_basis_resident::resident_index))
        .select((
            legal_basis_resident::basis,
            legal_basis_resident::store,
            legal_basis_resident::resident_index,
            legal_basis_resident::sealed,
        ))
        .limit(limit)
        .load(conn)?;
    let row = |(basis, store, index, sealed): (String, String, _, _)| {
        let place = places::basis_resident(word(&basis, "a legal basis id")?);
        let resident = Some(SealedResident::Id(word(&store, "a store id")?));
        Ok(SealedRow { sealed, place, resident, key: Key::Resident(basis, store, index) })
    };
    rows.into_iter().map(row).collect()
}

pub(super) fn list_confidential(
    conn: &mut AnyConnection,
    active: [u8; 4],
    limit: i64,
) -> Result<Vec<SealedRow>, StoreError> {
    let rows: Vec<(Vec<u8>, String, Vec<u8>)> = confidential_resident::table
        .filter(substr(confidential_resident::sealed.nullable(), 1, 4).ne(active.as_slice()))
        .order(confidential_resident::resident_index)
        .select((confidential_resident::resident_index, confidential_resident::store, confidential_resident::sealed))
        .limit(limit)
        .load(conn)?;
    let row = |(index, store, sealed): (Vec<u8>, String, _)| {
        let known = <[u8; 32]>::try_from(index.as_slice());
        let known = known.map_err(|_| StoreError::Corrupt("a resident index of a wrong length"))?;
        let resident = Some(SealedResident::IdBoundToIndex(word(&store, "a store id")?));
        let place = places::confidential(&ResidentIndex::new(known));
        Ok(SealedRow { sealed, place, resident, key: Key::Bytes(index) })
    };
    rows.into_iter().map(row).collect()
}

pub(super) fn replace_of_entry(
    tx: &mut WriteTx<'_>,
    row: &SealedRow,
    anew: &[u8],
    index: &ResidentIndex,
) -> Result<usize, StoreError> {
    let Key::Entry(seq) = &row.key else { return Ok(0) };
    let old = audit_resident::table.find(seq).filter(audit_resident::sealed.eq(&row.sealed));
    let set = (audit_resident::sealed.eq(anew), audit_resident::resident_index.eq(index.as_bytes().as_slice()));
    let replaced = diesel::update(old).set(set).execute(tx.conn())?;
    if replaced > 0 {
        segments::mark_link(tx, *seq, index)?;
    }
    Ok(replaced)
}

pub(super) fn replace_of_basis(
    tx: &mut WriteTx<'_>,
    row: &SealedRow,
    anew: &[u8],
    index: &ResidentIndex,
) -> Result<usize, StoreError> {
    let Key::Resident(basis, store, known) = &row.key else { return Ok(0) };
    let old = legal_basis_resident::table.find((basis, store, known));
    let set =
        (legal_basis_resident::sealed.eq(anew), legal_basis_resident::resident_index.eq(index.as_bytes().as_slice()));
    Ok(diesel::update(old.filter(legal_basis_resident::sealed.eq(&row.sealed))).set(set).execute(tx.conn())?)
}

/// Somebody may have been marked a second time since the rotation, under the new index. Then one mark is enough, and it counts
/// as long as either of the two does.
pub(super) fn replace_confidential(
    tx: &mut WriteTx<'_>,
    row: &SealedRow,
    anew: &[u8],
    index: &ResidentIndex,
) -> Result<usize, StoreError> {
    let Key::Bytes(known) = &row.key else { return Ok(0) };
    let (conn, index) = (tx.conn(), index.as_bytes().as_slice());
    let old = confidential_resident::table.find(known).filter(confidential_resident::sealed.eq(&row.sealed));
    let is_twice: i64 = confidential_resident::table.find(index).count().get_result(conn)?;
    if is_twice == 0 {
        let set = (confidential_resident::sealed.eq(anew), confidential_resident::resident_index.eq(index));
        return Ok(diesel::update(old).set(set).execute(conn)?);
    }
    let ended: Option<Option<i64>> = old.select(confidential_resident::ended_at).first(conn).optional()?;
    if ended == Some(None) {
        diesel::update(confidential_resident::table.find(index))
            .set((confidential_resident::ended_at.eq(None::<i64>), confidential_resident::ended_by.eq(None::<String>)))
            .execute(conn)?;
    }
    let old = confidential_resident::table.find(known).filter(confidential_resident::sealed.eq(&row.sealed));
    Ok(diesel::delete(old).execute(conn)?)
}
