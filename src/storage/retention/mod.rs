//! What the rules of retention look for, and its erasure: here of legal bases, beside it of decisions and of what ended.

mod ended;
mod entries;

use std::collections::BTreeSet;

use diesel::prelude::*;

use super::schema::{
    legal_basis, legal_basis_check, legal_basis_resident, legal_basis_scope, legal_basis_step, legal_document,
    violation,
};
use super::{AnyConnection, StoreError, WriteTx, instant, word};
use crate::domain::retention::{BasisLife, RetentionKind};
use crate::domain::{LegalBasisId, StoreId};

pub use ended::{
    count_ended_marks, count_ended_sessions, count_spent_links, erase_ended_marks, erase_ended_sessions,
    erase_spent_links,
};
pub use entries::{LinkedEntry, count_links, erase_links, list_linked_entries};

#[derive(Queryable, Selectable)]
#[diesel(table_name = legal_basis)]
struct LifeRow {
    status: String,
    registered_at: i64,
    verified_at: Option<i64>,
    ended_at: Option<i64>,
    valid_until: Option<i64>,
    review_due_at: Option<i64>,
    reviewed_at: Option<i64>,
}

/// The bases that still hold something of this kind.
///
/// # Errors
/// [`StoreError::Corrupt`] on a row that this program did not write; or when the database fails.
pub fn list_bases_with(conn: &mut AnyConnection, kind: RetentionKind) -> Result<Vec<LegalBasisId>, StoreError> {
    let mut ids: BTreeSet<String> = BTreeSet::new();
    match kind {
        RetentionKind::BasisResidents => {
            let rows: Vec<String> =
                legal_basis_resident::table.select(legal_basis_resident::basis).distinct().load(conn)?;
            ids.extend(rows);
        }
        RetentionKind::Documents => {
            let kept = legal_document::table.filter(legal_document::erased_at.is_null());
            let rows: Vec<String> = kept.select(legal_document::basis).load(conn)?;
            ids.extend(rows);
        }
        RetentionKind::BasisPapers => {
            let papers = legal_basis::table.filter(legal_basis::sealed_paper.is_not_null());
            let papers: Vec<String> = papers.select(legal_basis::id).load(conn)?;
            let checks = legal_basis_check::table.filter(legal_basis_check::sealed_note.is_not_null());
            let checks: Vec<String> = checks.select(legal_basis_check::basis).distinct().load(conn)?;
            let steps = legal_basis_step::table.filter(legal_basis_step::sealed_note.is_not_null());
            let steps: Vec<String> = steps.select(legal_basis_step::basis).distinct().load(conn)?;
            ids.extend(papers.into_iter().chain(checks).chain(steps));
        }
        _ => {}
    }
    ids.iter().map(|id| word(id, "a legal basis id")).collect()
}

/// When and how a basis ended, if it did.
///
/// # Errors
/// As [`list_bases_with`].
pub fn find_life(conn: &mut AnyConnection, id: LegalBasisId) -> Result<Option<BasisLife>, StoreError> {
    let key = id.to_string();
    let row: Option<LifeRow> = legal_basis::table.find(&key).select(LifeRow::as_select()).first(conn).optional()?;
    let Some(row) = row else { return Ok(None) };
    let violations = violation::table.filter(violation::basis.eq(&key).and(violation::closed_at.is_null()));
    let open: i64 = violations.count().get_result(conn)?;
    // What the rules themselves did begins no period anew.
    let steps =
        legal_basis_step::table.filter(legal_basis_step::basis.eq(&key).and(legal_basis_step::kind.ne("erased")));
    let last_step: Option<i64> = steps.select(diesel::dsl::max(legal_basis_step::at)).first(conn)?;
    let is_review_owed = row.review_due_at.is_some() && row.reviewed_at.is_none();
    let handled = [Some(row.registered_at), row.verified_at, row.ended_at, row.reviewed_at, last_step];
    let handled = handled.into_iter().flatten().max().unwrap_or(row.registered_at);
    Ok(Some(BasisLife {
        id,
        is_open: matches!(row.status.as_str(), "registered" | "verified"),
        valid_until: row.valid_until.map(instant).transpose()?,
        handled_at: instant(handled)?,
        is_unsettled: is_review_owed || open > 0,
        stores: stores_of(conn, &key)?,
    }))
}

fn stores_of(conn: &mut AnyConnection, basis: &str) -> Result<BTreeSet<StoreId>, StoreError> {
    let scope = legal_basis_scope::table
        .filter(legal_basis_scope::basis.eq(basis).and(legal_basis_scope::dimension.eq("store")));
    let scope: Vec<String> = scope.select(legal_basis_scope::value).load(conn)?;
    let named = legal_basis_resident::table.filter(legal_basis_resident::basis.eq(basis));
    let named: Vec<String> = named.select(legal_basis_resident::store).load(conn)?;
    scope.iter().chain(&named).map(|store| word(store, "a store id")).collect()
}

/// Erases whom a basis names. Returns how many they were.
///
/// # Errors
/// When the database fails.
pub fn erase_basis_residents(tx: &mut WriteTx<'_>, basis: LegalBasisId) -> Result<usize, StoreError> {
    let named = legal_basis_resident::table.filter(legal_basis_resident::basis.eq(basis.to_string()));
    Ok(diesel::delete(named).execute(tx.conn())?)
}

/// Erases what the paper of a basis and the notes about it say. Returns how many texts they were.
///
/// # Errors
/// When the database fails.
pub fn erase_basis_papers(tx: &mut WriteTx<'_>, basis: LegalBasisId) -> Result<usize, StoreError> {
    let (conn, key, none) = (tx.conn(), basis.to_string(), None::<Vec<u8>>);
    let paper = legal_basis::table.find(&key).filter(legal_basis::sealed_paper.is_not_null());
    let papers = diesel::update(paper).set(legal_basis::sealed_paper.eq(&none)).execute(conn)?;
    let checks = legal_basis_check::table
        .filter(legal_basis_check::basis.eq(&key).and(legal_basis_check::sealed_note.is_not_null()));
    let checks = diesel::update(checks).set(legal_basis_check::sealed_note.eq(&none)).execute(conn)?;
    let steps = legal_basis_step::table
        .filter(legal_basis_step::basis.eq(&key).and(legal_basis_step::sealed_note.is_not_null()));
    Ok(papers + checks + diesel::update(steps).set(legal_basis_step::sealed_note.eq(&none)).execute(conn)?)
}
