//! Pages of bases, newest first. A page costs a fixed number of queries, however many bases are on it.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::StoredBasis;
use super::judged::LegalBasisRow;
use super::particulars::ParticularsRow;
use super::read::stored;
use crate::domain::legal_basis::life::BasisState;
use crate::domain::legal_basis::{BasisKind, Instrument};
use crate::domain::{LegalBasisId, ResidentIndex, StoreId};
use crate::storage::schema::legal_basis::{self, dsl};
use crate::storage::schema::{legal_basis_resident, legal_basis_scope};
use crate::storage::{AnyConnection, StoreError};

/// Which bases. What is `None` does not narrow.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// In this state at the instant of asking.
    pub state: Option<BasisState>,
    /// Of this kind.
    pub kind: Option<BasisKind>,
    /// Resting on this paper.
    pub instrument: Option<Instrument>,
    /// From the court with this id.
    pub court: Option<String>,
    /// With this docket number, in the court's own spelling.
    pub docket: Option<String>,
    /// Registered by this person.
    pub registrar: Option<String>,
    /// Registered at this instant or later.
    pub from: Option<DateTime<Utc>>,
    /// Registered before this instant.
    pub until: Option<DateTime<Utc>>,
    /// Covering this store.
    pub store: Option<StoreId>,
    /// Naming this resident of that store, under one of these indexes.
    pub resident: Option<(StoreId, Vec<ResidentIndex>)>,
    /// On which somebody has to act.
    pub needs: Option<Needs>,
    /// The longest waiting first, instead of the newest.
    pub is_oldest_first: bool,
}

/// What somebody has to do about a basis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Verify or reject it.
    Verification,
    /// Review the emergency: it was verified, and nobody has said since whether it was justified.
    Review,
    /// Renew the standing mandate: it ends soon.
    Renewal {
        /// Only those that are due by then.
        before: DateTime<Utc>,
    },
}

/// At most `limit` bases that come behind `after`, newest first unless the filter says otherwise, as of `now`.
///
/// # Errors
/// [`StoreError::Corrupt`] on a row that this program did not write; or when the database fails.
pub fn list(
    conn: &mut AnyConnection,
    filter: &Filter,
    after: Option<LegalBasisId>,
    limit: i64,
    now: DateTime<Utc>,
) -> Result<Vec<StoredBasis>, StoreError> {
    let mut query =
        legal_basis::table.select((LegalBasisRow::as_select(), ParticularsRow::as_select())).limit(limit).into_boxed();
    query = if filter.is_oldest_first {
        query.order((dsl::registered_at.asc(), dsl::id.asc()))
    } else {
        query.order((dsl::registered_at.desc(), dsl::id.desc()))
    };
    if let Some(after) = after {
        let after = after.to_string();
        let Some(at) = registered_at(conn, &after)? else { return Ok(Vec::new()) };
        query = if filter.is_oldest_first {
            query.filter(dsl::registered_at.gt(at).or(dsl::registered_at.eq(at).and(dsl::id.gt(after))))
        } else {
            query.filter(dsl::registered_at.lt(at).or(dsl::registered_at.eq(at).and(dsl::id.lt(after))))
        };
    }
    if let Some(kind) = filter.kind {
        query = query.filter(dsl::kind.eq(kind.as_str()));
    }
    if let Some(instrument) = filter.instrument {
        query = query.filter(dsl::instrument.eq(instrument.as_str()));
    }
    if let Some(court) = &filter.court {
        query = query.filter(dsl::court.eq(court));
    }
    if let Some(docket) = &filter.docket {
        query = query.filter(dsl::docket.eq(docket));
    }
    if let Some(registrar) = &filter.registrar {
        query = query.filter(dsl::registrar.eq(registrar));
    }
    if let Some(from) = filter.from {
        query = query.filter(dsl::registered_at.ge(from.timestamp_micros()));
    }
    if let Some(until) = filter.until {
        query = query.filter(dsl::registered_at.lt(until.timestamp_micros()));
    }
    if let Some(store) = &filter.store {
        let covering = legal_basis_scope::dimension.eq("store").and(legal_basis_scope::value.eq(store.as_str()));
        let covering = legal_basis_scope::table.filter(covering).select(legal_basis_scope::basis);
        query = query.filter(dsl::id.eq_any(covering));
    }
    if let Some((store, indexes)) = &filter.resident {
        let indexes: Vec<&[u8]> = indexes.iter().map(|index| index.as_bytes().as_slice()).collect();
        let naming = legal_basis_resident::store.eq(store.as_str());
        let naming = naming.and(legal_basis_resident::resident_index.eq_any(indexes));
        let naming = legal_basis_resident::table.filter(naming).select(legal_basis_resident::basis);
        query = query.filter(dsl::id.eq_any(naming));
    }
    let now = now.timestamp_micros();
    let is_over = dsl::valid_until.is_not_null().and(dsl::valid_until.assume_not_null().le(now));
    let is_spent = dsl::max_uses.is_not_null().and(dsl::uses.nullable().ge(dsl::max_uses));
    query = match filter.state {
        None => query,
        Some(BasisState::Registered) => query.filter(dsl::status.eq("registered")),
        Some(BasisState::Rejected) => query.filter(dsl::status.eq("rejected")),
        Some(BasisState::Revoked) => query.filter(dsl::status.eq("revoked")),
        Some(BasisState::Superseded) => query.filter(dsl::status.eq("superseded")),
        Some(BasisState::Expired) => query.filter(dsl::status.eq("verified").and(is_over)),
        Some(BasisState::UsedUp) => query.filter(dsl::status.eq("verified").and(not_true(is_over)).and(is_spent)),
        Some(BasisState::Verified) => {
            query.filter(dsl::status.eq("verified").and(not_true(is_over)).and(not_true(is_spent)))
        }
    };
    query = match filter.needs {
        None => query,
        Some(Needs::Verification) => query.filter(dsl::status.eq("registered")),
        Some(Needs::Review) => query
            .filter(dsl::review_due_at.is_not_null())
            .filter(dsl::verified_at.is_not_null())
            .filter(dsl::reviewed_at.is_null()),
        Some(Needs::Renewal { before }) => {
            let until = before.timestamp_micros();
            query
                .filter(dsl::status.eq("verified").and(dsl::is_standing.eq(true)).and(not_true(is_over)))
                .filter(dsl::review_by.le(until))
        }
    };
    let rows = query.load(conn)?;
    stored(conn, rows)
}

fn not_true<E: diesel::expression::Expression>(condition: E) -> diesel::dsl::not<E>
where
    E::SqlType: diesel::sql_types::BoolOrNullableBool + diesel::sql_types::SqlType,
{
    diesel::dsl::not(condition)
}

fn registered_at(conn: &mut AnyConnection, id: &str) -> Result<Option<i64>, StoreError> {
    Ok(legal_basis::table.find(id).select(dsl::registered_at).first(conn).optional()?)
}
