//! What waits for people, counted up to a bound: a home page asks this each time, and nothing here walks a whole table, nor
//! the log.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::schema::{class_proposal, legal_basis, legal_document, referral, unknown_field, violation};
use super::{AnyConnection, StoreError, instant};
use crate::domain::legal_basis::BasisKind;
use crate::domain::referral::ReferralKind;
use crate::domain::stewardship::ProposalStatus;

/// From here on counts are not exact: there are more than anybody does today.
pub const BOUND: usize = 100;

/// Work that has a due time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dated {
    /// How many, up to [`BOUND`].
    pub count: usize,
    /// When the first of them is due.
    pub first_due_at: Option<DateTime<Utc>>,
}

/// Counts rows up to the bound, by a column that is there.
macro_rules! counted {
    ($conn:expr, $column:expr, $query:expr) => {{
        let rows: Vec<String> = $query.select($column).limit(limit()).load($conn)?;
        Ok(rows.len())
    }};
}

/// Bases of a kind that wait for a second person who is not `reader`.
///
/// # Errors
/// When the database fails.
pub fn count_to_verify(conn: &mut AnyConnection, kind: BasisKind, reader: &str) -> Result<usize, StoreError> {
    let waiting = legal_basis::table
        .filter(legal_basis::status.eq("registered").and(legal_basis::kind.eq(kind.as_str())))
        .filter(legal_basis::registrar.ne(reader));
    counted!(conn, legal_basis::id, waiting)
}

/// Papers that `registrar` has logged and of which no scan is stored yet. An emergency has no paper.
///
/// # Errors
/// When the database fails.
pub fn count_without_scan(conn: &mut AnyConnection, registrar: &str) -> Result<usize, StoreError> {
    let scanned = legal_document::table.select(legal_document::basis);
    let waiting = legal_basis::table
        .filter(legal_basis::status.eq("registered").and(legal_basis::registrar.eq(registrar)))
        .filter(legal_basis::kind.ne(BasisKind::EmergencyException.as_str()))
        .filter(legal_basis::id.ne_all(scanned));
    counted!(conn, legal_basis::id, waiting)
}

/// Emergencies that owe a review from somebody other than `reader`, and are not late yet.
///
/// # Errors
/// [`StoreError::Corrupt`] on a row that this program did not write; or when the database fails.
pub fn reviews_owed(conn: &mut AnyConnection, reader: &str, now: DateTime<Utc>) -> Result<Dated, StoreError> {
    let owed = legal_basis::table
        .filter(legal_basis::reviewed_at.is_null().and(legal_basis::verified_at.is_not_null()))
        .filter(legal_basis::review_due_at.gt(now.timestamp_micros()))
        .filter(legal_basis::registrar.ne(reader))
        .order(legal_basis::review_due_at);
    dated(&owed.select(legal_basis::review_due_at).limit(limit()).load(conn)?)
}

/// Emergencies whose review is late.
///
/// # Errors
/// As [`reviews_owed`].
pub fn reviews_overdue(conn: &mut AnyConnection, now: DateTime<Utc>) -> Result<Dated, StoreError> {
    let late = legal_basis::table
        .filter(legal_basis::reviewed_at.is_null().and(legal_basis::verified_at.is_not_null()))
        .filter(legal_basis::review_due_at.le(now.timestamp_micros()))
        .order(legal_basis::review_due_at);
    dated(&late.select(legal_basis::review_due_at).limit(limit()).load(conn)?)
}

/// Standing mandates in force that end by `until` unless somebody other than their registrar looks at them again.
///
/// # Errors
/// As [`reviews_owed`].
pub fn renewals_due(
    conn: &mut AnyConnection,
    reader: &str,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Dated, StoreError> {
    let is_in_force =
        legal_basis::valid_until.is_null().or(legal_basis::valid_until.gt(now.timestamp_micros()).assume_not_null());
    let due = legal_basis::table
        .filter(legal_basis::status.eq("verified").and(legal_basis::is_standing.eq(true)))
        .filter(is_in_force)
        .filter(legal_basis::review_by.le(until.timestamp_micros()))
        .filter(legal_basis::registrar.ne(reader))
        .order(legal_basis::review_by);
    dated(&due.select(legal_basis::review_by).limit(limit()).load(conn)?)
}

/// Referrals that nobody has closed.
///
/// # Errors
/// When the database fails.
pub fn count_referrals(conn: &mut AnyConnection, kind: ReferralKind) -> Result<usize, StoreError> {
    let open = referral::table.filter(referral::kind.eq(kind.as_str()).and(referral::closed_at.is_null()));
    counted!(conn, referral::kind, open)
}

/// Violations that nobody has closed.
///
/// # Errors
/// When the database fails.
pub fn count_violations(conn: &mut AnyConnection) -> Result<usize, StoreError> {
    counted!(conn, violation::id, violation::table.filter(violation::closed_at.is_null()))
}

/// Fields that were asked for and that no catalogue names.
///
/// # Errors
/// When the database fails.
pub fn count_unknown_fields(conn: &mut AnyConnection) -> Result<usize, StoreError> {
    counted!(conn, unknown_field::field, unknown_field::table)
}

/// Proposed classes that somebody other than `reader` proposed, and nobody has settled.
///
/// # Errors
/// When the database fails.
pub fn count_proposals(conn: &mut AnyConnection, reader: &str) -> Result<usize, StoreError> {
    let open = class_proposal::status.eq(ProposalStatus::Open.as_str());
    let waiting = class_proposal::table.filter(open.and(class_proposal::proposed_by.ne(reader)));
    counted!(conn, class_proposal::id, waiting)
}

fn limit() -> i64 {
    i64::try_from(BOUND).unwrap_or(i64::MAX)
}

fn dated(due: &[Option<i64>]) -> Result<Dated, StoreError> {
    let first_due_at = due.first().copied().flatten().map(instant).transpose()?;
    Ok(Dated { count: due.len(), first_due_at })
}
