//! From one status to the next. Whether that may be is judged above this floor, in the same transaction.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::domain::LegalBasisId;
use crate::storage::schema::legal_basis;
use crate::storage::{StoreError, WriteTx};

/// Sets columns of one basis.
macro_rules! set {
    ($tx:expr, $id:expr, $($change:expr),+ $(,)?) => {{
        diesel::update(legal_basis::table.find($id.to_string())).set(($($change,)+)).execute($tx.conn())?;
        Ok(())
    }};
}

/// Verified, for the first time or again.
///
/// # Errors
/// When the verifier is the registrar, or the database fails.
pub fn set_verified(
    tx: &mut WriteTx<'_>,
    id: LegalBasisId,
    verifier: &str,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    set!(
        tx,
        id,
        legal_basis::status.eq("verified"),
        legal_basis::verifier.eq(verifier),
        legal_basis::verified_at.eq(at.timestamp_micros()),
    )
}

/// Rejected, for good.
///
/// # Errors
/// When the verifier is the registrar, or the database fails.
pub fn set_rejected(tx: &mut WriteTx<'_>, id: LegalBasisId, verifier: &str) -> Result<(), StoreError> {
    set!(tx, id, legal_basis::status.eq("rejected"), legal_basis::verifier.eq(verifier))
}

/// Withdrawn. When it was verified stays known.
///
/// # Errors
/// When the database fails.
pub fn set_revoked(tx: &mut WriteTx<'_>, id: LegalBasisId, at: DateTime<Utc>) -> Result<(), StoreError> {
    set!(tx, id, legal_basis::status.eq("revoked"), legal_basis::ended_at.eq(at.timestamp_micros()))
}

/// Replaced by a corrected basis.
///
/// # Errors
/// When the database fails.
pub fn set_superseded(tx: &mut WriteTx<'_>, id: LegalBasisId, at: DateTime<Utc>) -> Result<(), StoreError> {
    set!(tx, id, legal_basis::status.eq("superseded"), legal_basis::ended_at.eq(at.timestamp_micros()))
}

/// Reviewed after the fact: `outcome` is `justified` or `not_justified`.
///
/// # Errors
/// When the outcome is another word, or the database fails.
pub fn set_reviewed(
    tx: &mut WriteTx<'_>,
    id: LegalBasisId,
    outcome: &str,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    set!(tx, id, legal_basis::review_outcome.eq(outcome), legal_basis::reviewed_at.eq(at.timestamp_micros()))
}

/// Looked at again: a standing mandate has a new review date, and counts until `valid_until`.
///
/// # Errors
/// When the database fails.
pub fn set_renewed(
    tx: &mut WriteTx<'_>,
    id: LegalBasisId,
    review_by: DateTime<Utc>,
    valid_until: DateTime<Utc>,
) -> Result<(), StoreError> {
    set!(
        tx,
        id,
        legal_basis::review_by.eq(review_by.timestamp_micros()),
        legal_basis::valid_until.eq(valid_until.timestamp_micros()),
    )
}
