//! Decisions that were handed to a person. A row holds only where the decision stands in the log, and what became of it;
//! everything else is read from the entry.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::connection::on_either;
use super::retention::LinkedEntry;
use super::schema::{audit_entry, audit_resident, referral};
use super::{AnyConnection, StoreError, WriteTx, instant, word};
use crate::domain::referral::{ReferralKind, ReferralOutcome};
use crate::domain::{DecisionId, RequesterKind, StoreId};

/// Rows in one statement: as many as any database takes parameters for.
const ROWS_PER_STATEMENT: usize = 400;

/// A referral as it is stored, with what its entry says in columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredReferral {
    /// For what.
    pub kind: ReferralKind,
    /// The position of the decision's entry.
    pub seq: i64,
    /// The decision.
    pub decision: DecisionId,
    /// When it was decided.
    pub opened_at: DateTime<Utc>,
    /// Where the data is.
    pub store: Option<StoreId>,
    /// Who asked.
    pub requester_kind: Option<RequesterKind>,
    /// For which agency.
    pub agency: Option<String>,
    /// What became of it.
    pub closing: Option<Closing>,
    /// Why; sealed, and absent once erased.
    pub sealed_note: Option<Vec<u8>>,
}

/// Who closed a referral, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closing {
    /// Who.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// What came of it.
    pub outcome: ReferralOutcome,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = referral)]
struct ReferralRow {
    seq: i64,
    closed_by: Option<String>,
    closed_at: Option<i64>,
    outcome: Option<String>,
    sealed_note: Option<Vec<u8>>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = audit_entry)]
struct EntryColumns {
    id: String,
    at: i64,
    store: Option<String>,
    requester_kind: Option<String>,
    agency: Option<String>,
}

/// Hands decisions over, by the positions of their entries.
///
/// # Errors
/// When one was handed over before, or the database fails.
pub fn insert(tx: &mut WriteTx<'_>, handed_over: &[(ReferralKind, i64)]) -> Result<(), StoreError> {
    for chunk in handed_over.chunks(ROWS_PER_STATEMENT) {
        let row = |(kind, seq): &(ReferralKind, i64)| (referral::kind.eq(kind.as_str()), referral::seq.eq(*seq));
        let rows: Vec<_> = chunk.iter().map(row).collect();
        on_either!(tx.conn(), conn => diesel::insert_into(referral::table).values(rows).execute(conn))?;
    }
    Ok(())
}

/// The referral of this kind from the entry at this position.
///
/// # Errors
/// [`StoreError::Corrupt`] on a row that this program did not write; or when the database fails.
pub fn find(conn: &mut AnyConnection, kind: ReferralKind, seq: i64) -> Result<Option<StoredReferral>, StoreError> {
    let query = referral::table
        .inner_join(audit_entry::table.on(audit_entry::seq.eq(referral::seq)))
        .filter(referral::kind.eq(kind.as_str()).and(referral::seq.eq(seq)))
        .select((ReferralRow::as_select(), EntryColumns::as_select()));
    let found: Option<(ReferralRow, EntryColumns)> = query.first(conn).optional()?;
    found.map(|(row, entry)| referral_of(kind, row, entry)).transpose()
}

/// At most `limit` open referrals behind `after`, the longest waiting first.
///
/// # Errors
/// As [`find`].
pub fn list_open(
    conn: &mut AnyConnection,
    kind: ReferralKind,
    after: Option<i64>,
    limit: i64,
) -> Result<Vec<StoredReferral>, StoreError> {
    let rows: Vec<(ReferralRow, EntryColumns)> = referral::table
        .inner_join(audit_entry::table.on(audit_entry::seq.eq(referral::seq)))
        .filter(referral::kind.eq(kind.as_str()).and(referral::closed_at.is_null()))
        .filter(referral::seq.gt(after.unwrap_or(-1)))
        .order(referral::seq)
        .limit(limit)
        .select((ReferralRow::as_select(), EntryColumns::as_select()))
        .load(conn)?;
    rows.into_iter().map(|(row, entry)| referral_of(kind, row, entry)).collect()
}

/// At most `limit` closed referrals before `after`, the newest decision first.
///
/// # Errors
/// As [`find`].
pub fn list_closed(
    conn: &mut AnyConnection,
    kind: ReferralKind,
    after: Option<i64>,
    limit: i64,
) -> Result<Vec<StoredReferral>, StoreError> {
    let rows: Vec<(ReferralRow, EntryColumns)> = referral::table
        .inner_join(audit_entry::table.on(audit_entry::seq.eq(referral::seq)))
        .filter(referral::kind.eq(kind.as_str()).and(referral::closed_at.is_not_null()))
        .filter(referral::seq.lt(after.unwrap_or(i64::MAX)))
        .order(referral::seq.desc())
        .limit(limit)
        .select((ReferralRow::as_select(), EntryColumns::as_select()))
        .load(conn)?;
    rows.into_iter().map(|(row, entry)| referral_of(kind, row, entry)).collect()
}

/// Closes a referral.
///
/// # Errors
/// When the database fails.
pub fn close(
    tx: &mut WriteTx<'_>,
    kind: ReferralKind,
    seq: i64,
    closing: &Closing,
    sealed_note: &[u8],
) -> Result<(), StoreError> {
    diesel::update(referral::table.find((kind.as_str(), seq)))
        .set((
            referral::closed_by.eq(&closing.by),
            referral::closed_at.eq(closing.at.timestamp_micros()),
            referral::outcome.eq(closing.outcome.as_str()),
            referral::sealed_note.eq(sealed_note),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Notes on decisions before the entry `end` whose link to a person is gone, `limit` at most: they go with it.
///
/// # Errors
/// As [`find`].
pub fn list_unlinked_notes(conn: &mut AnyConnection, end: i64, limit: i64) -> Result<Vec<LinkedEntry>, StoreError> {
    let rows: Vec<(i64, Option<String>, Vec<u8>)> = referral::table
        .inner_join(audit_entry::table.on(audit_entry::seq.eq(referral::seq)))
        .left_join(audit_resident::table.on(audit_resident::seq.eq(referral::seq)))
        .filter(referral::seq.lt(end).and(referral::sealed_note.is_not_null()))
        .filter(audit_resident::seq.nullable().is_null())
        .order(referral::seq)
        .limit(limit)
        .select((referral::seq, audit_entry::store, audit_entry::record))
        .load(conn)?;
    let linked = |(seq, store, record): (i64, Option<String>, _)| {
        let store = store.map(|store| word(&store, "a store id")).transpose()?;
        Ok(LinkedEntry { seq, store, record })
    };
    rows.into_iter().map(linked).collect()
}

/// Erases the notes on these decisions. Returns how many there were.
///
/// # Errors
/// When the database fails.
pub fn erase_notes(tx: &mut WriteTx<'_>, entries: &[i64]) -> Result<usize, StoreError> {
    let noted = referral::table.filter(referral::seq.eq_any(entries).and(referral::sealed_note.is_not_null()));
    Ok(diesel::update(noted).set(referral::sealed_note.eq(None::<Vec<u8>>)).execute(tx.conn())?)
}

fn referral_of(kind: ReferralKind, row: ReferralRow, entry: EntryColumns) -> Result<StoredReferral, StoreError> {
    let closing = match (row.closed_by, row.closed_at, row.outcome) {
        (Some(by), Some(at), Some(outcome)) => {
            Some(Closing { by, at: instant(at)?, outcome: word(&outcome, "the outcome of a referral")? })
        }
        _ => None,
    };
    Ok(StoredReferral {
        kind,
        seq: row.seq,
        decision: word(&entry.id, "a decision id")?,
        opened_at: instant(entry.at)?,
        store: entry.store.map(|store| word(&store, "a store id")).transpose()?,
        requester_kind: entry.requester_kind.map(|kind| word(&kind, "a requester kind")).transpose()?,
        agency: entry.agency,
        closing,
        sealed_note: row.sealed_note,
    })
}

/// Which entries from `first` up to, and without, `end` were handed over, and for what.
///
/// # Errors
/// When the database fails.
pub fn list_between(conn: &mut AnyConnection, first: i64, end: i64) -> Result<Vec<(i64, String)>, StoreError> {
    Ok(referral::table
        .filter(referral::kind.eq_any(ReferralKind::ALL.map(ReferralKind::as_str)))
        .filter(referral::seq.ge(first).and(referral::seq.lt(end)))
        .select((referral::seq, referral::kind))
        .load(conn)?)
}
