//! Lists of bases: no paper, no residents, and therefore no entries.

use chrono::{DateTime, Utc};

use super::BasisNeeds;
use crate::app::App;
use crate::app::authority::{Authority, ReadBasis};
use crate::domain::LegalBasisId;
use crate::domain::legal_basis::life::{BasisState, state_at};
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
