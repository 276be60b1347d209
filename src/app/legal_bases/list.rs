//! Lists of bases: no paper, no residents, and therefore no entries.

use std::convert::Infallible;

use chrono::{DateTime, Utc};

use super::BasisNeeds;
use crate::app::App;
use crate::app::authority::{Authority, ReadBasis, StaffFailure};
use crate::app::noted::Noted;
use crate::domain::legal_basis::life::{BasisState, state_at};
use crate::domain::record::EventKind;
use crate::domain::{LegalBasisId, ResidentId, StoreId};
use crate::storage::StoreError;
use crate::storage::legal_bases::{self, Filter, StoredBasis};

/// A basis on a list.
#[derive(Debug)]
pub struct ListedBasis {
    /// What stands in the clear.
    pub stored: StoredBasis,
    /// Where it stands now.
    pub state: BasisState,
    /// What it waits for.
    pub needs: Option<BasisNeeds>,
}

/// A page of a list.
#[derive(Debug)]
pub struct Page<T, Id> {
    /// Newest first.
    pub items: Vec<T>,
    /// After which to go on; `None` at the end.
    pub next: Option<Id>,
}

impl App {
    /// At most `limit` bases older than `after`, newest first. Blocks.
    ///
    /// # Errors
    /// When the database fails.
    pub fn list_bases(
        &self,
        _: &Authority<ReadBasis>,
        filter: &Filter,
        after: Option<LegalBasisId>,
        limit: usize,
    ) -> Result<Page<ListedBasis, LegalBasisId>, StoreError> {
        let now = self.clock.now();
        let rows = self.store.read(|conn| legal_bases::list(conn, filter, after, one_more(limit), now))?;
        let listed = rows.into_iter().map(|stored| ListedBasis::at(stored, now)).collect();
        Ok(Page::of(listed, limit, |listed: &ListedBasis| listed.stored.basis.id))
    }

    /// The bases that name a resident, as [`App::list_bases`] lists them. The id itself goes nowhere: only its keyed index is
    /// compared. That somebody looked is an entry, which stands before anything is shown. Blocks.
    ///
    /// # Errors
    /// Why there is no answer.
    pub fn list_bases_naming(
        &self,
        who: &Authority<ReadBasis>,
        (store, resident): (StoreId, ResidentId),
        filter: Filter,
        after: Option<LegalBasisId>,
        limit: usize,
    ) -> Result<Page<ListedBasis, LegalBasisId>, StaffFailure<Infallible>> {
        let about = vec![("resident_in", store.to_string())];
        let (kind, actor) = (EventKind::LegalBasesSearched, who.actor().to_owned());
        self.change_by_blocking(who, Noted { kind, actor, about, stamp: self.stamp()? })?;
        let indexes = self.resident_indexes(&store, &resident);
        let filter = Filter { resident: Some((store, indexes)), ..filter };
        Ok(self.list_bases(who, &filter, after, limit)?)
    }

    /// One basis as lists show it. Blocks.
    ///
    /// # Errors
    /// When the database fails.
    pub fn find_basis(&self, _: &Authority<ReadBasis>, id: LegalBasisId) -> Result<Option<ListedBasis>, StoreError> {
        let stored = self.store.read(|conn| legal_bases::find(conn, id))?;
        Ok(stored.map(|stored| ListedBasis::at(stored, self.clock.now())))
    }
}

impl ListedBasis {
    fn at(stored: StoredBasis, now: DateTime<Utc>) -> Self {
        Self { state: state_at(&stored.basis, now), needs: BasisNeeds::of(&stored, now), stored }
    }
}

/// One row more than is shown tells whether there is a next page.
pub(in crate::app) fn one_more(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1)
}

impl<T, Id> Page<T, Id> {
    /// The first `limit` of the rows.
    pub(in crate::app) fn of(mut rows: Vec<T>, limit: usize, id: impl Fn(&T) -> Id) -> Self {
        let is_more = rows.len() > limit;
        rows.truncate(limit);
        let next = rows.last().filter(|_| is_more).map(id);
        Self { items: rows, next }
    }
}
