//! Proposals about the classes of fields.

use diesel::prelude::*;

use super::schema::class_proposal::{self, dsl};
use super::{AnyConnection, StoreError, WriteTx, instant, word};
use crate::domain::field::FieldName;
use crate::domain::stewardship::{Proposal, ProposalStatus, Settled};
use crate::domain::{ProposalId, StoreId};

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = class_proposal)]
struct ProposalRow {
    id: String,
    store: String,
    field: String,
    name: String,
    is_new: bool,
    class_before: String,
    class_after: String,
    reason: String,
    proposed_by: String,
    proposed_at: i64,
    status: String,
    settled_by: Option<String>,
    settled_at: Option<i64>,
    settled_reason: Option<String>,
}

/// Which proposals. What is `None` does not narrow.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Where they stand.
    pub status: Option<ProposalStatus>,
    /// About fields of this store.
    pub store: Option<StoreId>,
}

/// Adds a proposal.
///
/// # Errors
/// A unique violation when another one about the field is open; or when the database fails.
pub fn insert(tx: &mut WriteTx<'_>, new: &Proposal) -> Result<(), StoreError> {
    diesel::insert_into(class_proposal::table).values(&row_of(new)).execute(tx.conn())?;
    Ok(())
}

/// Notes what became of a proposal.
///
/// # Errors
/// When the table's own rules refuse it (nobody settles what they proposed), or the database fails.
pub fn settle(
    tx: &mut WriteTx<'_>,
    id: ProposalId,
    status: ProposalStatus,
    settled: &Settled,
) -> Result<(), StoreError> {
    diesel::update(class_proposal::table.find(id.to_string()))
        .set((
            dsl::status.eq(status.as_str()),
            dsl::settled_by.eq(&settled.by),
            dsl::settled_at.eq(settled.at.timestamp_micros()),
            dsl::settled_reason.eq(&settled.reason),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// One proposal.
///
/// # Errors
/// [`StoreError::Corrupt`] on a row that this program did not write; or when the database fails.
pub fn find(conn: &mut AnyConnection, id: ProposalId) -> Result<Option<Proposal>, StoreError> {
    let query = class_proposal::table.find(id.to_string()).select(ProposalRow::as_select());
    query.first(conn).optional()?.map(proposal_of).transpose()
}

/// Every proposal about one field, the newest first.
///
/// # Errors
/// As [`find`].
pub fn list_of_field(
    conn: &mut AnyConnection,
    store: &StoreId,
    field: &FieldName,
) -> Result<Vec<Proposal>, StoreError> {
    let rows: Vec<ProposalRow> = class_proposal::table
        .filter(dsl::store.eq(store.as_str()).and(dsl::field.eq(field.normalised())))
        .select(ProposalRow::as_select())
        .order((dsl::proposed_at.desc(), dsl::id.desc()))
        .load(conn)?;
    rows.into_iter().map(proposal_of).collect()
}

/// At most `limit` proposals older than `after`, the newest first.
///
/// # Errors
/// As [`find`].
pub fn list(
    conn: &mut AnyConnection,
    filter: &Filter,
    after: Option<ProposalId>,
    limit: i64,
) -> Result<Vec<Proposal>, StoreError> {
    let mut query = class_proposal::table
        .select(ProposalRow::as_select())
        .order((dsl::proposed_at.desc(), dsl::id.desc()))
        .limit(limit)
        .into_boxed();
    if let Some(after) = after {
        let after = after.to_string();
        let at: Option<i64> = class_proposal::table.find(&after).select(dsl::proposed_at).first(conn).optional()?;
        let Some(at) = at else { return Ok(Vec::new()) };
        query = query.filter(dsl::proposed_at.lt(at).or(dsl::proposed_at.eq(at).and(dsl::id.lt(after))));
    }
    if let Some(status) = filter.status {
        query = query.filter(dsl::status.eq(status.as_str()));
    }
    if let Some(store) = &filter.store {
        query = query.filter(dsl::store.eq(store.as_str()));
    }
    let rows: Vec<ProposalRow> = query.load(conn)?;
    rows.into_iter().map(proposal_of).collect()
}

/// Every proposal that waits for somebody. There are few: one for each field at most.
///
/// # Errors
/// As [`find`].
pub fn list_open(conn: &mut AnyConnection) -> Result<Vec<Proposal>, StoreError> {
    let open = Filter { status: Some(ProposalStatus::Open), store: None };
    list(conn, &open, None, i64::MAX)
}

fn row_of(proposal: &Proposal) -> ProposalRow {
    let settled = proposal.settled.as_ref();
    ProposalRow {
        id: proposal.id.to_string(),
        store: proposal.store.to_string(),
        field: proposal.field.normalised().to_owned(),
        name: proposal.field.as_asked().to_owned(),
        is_new: proposal.is_new,
        class_before: proposal.from.to_string(),
        class_after: proposal.to.to_string(),
        reason: proposal.reason.clone(),
        proposed_by: proposal.proposed_by.clone(),
        proposed_at: proposal.proposed_at.timestamp_micros(),
        status: proposal.status.to_string(),
        settled_by: settled.map(|settled| settled.by.clone()),
        settled_at: settled.map(|settled| settled.at.timestamp_micros()),
        settled_reason: settled.and_then(|settled| settled.reason.clone()),
    }
}

fn proposal_of(row: ProposalRow) -> Result<Proposal, StoreError> {
    let settled = match (row.settled_by, row.settled_at) {
        (Some(by), Some(at)) => Some(Settled { by, at: instant(at)?, reason: row.settled_reason }),
        _ => None,
    };
    Ok(Proposal {
        id: word(&row.id, "a proposal id")?,
        store: word(&row.store, "a store id")?,
        field: word(&row.name, "a field name")?,
        is_new: row.is_new,
        from: word(&row.class_before, "a field class")?,
        to: word(&row.class_after, "a field class")?,
        reason: row.reason,
        proposed_by: row.proposed_by,
        proposed_at: instant(row.proposed_at)?,
        status: word(&row.status, "a proposal status")?,
        settled,
    })
}
