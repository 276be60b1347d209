//! The decisions in which a legal basis opened something.

use super::judge::Recorded;
use super::search::{FoundPage, recorded_of};
use crate::app::App;
use crate::app::authority::{Authority, ReadBasis};
use crate::domain::LegalBasisId;
use crate::storage::{StoreError, legal_bases};

impl App {
    /// At most `limit` decisions that rest on a basis, newest first, before an index. They name nobody; whoever shows them
    /// has read the basis in full, which is an entry. Blocks.
    ///
    /// # Errors
    /// When the database fails.
    pub fn list_decisions_on(
        &self,
        _: &Authority<ReadBasis>,
        basis: LegalBasisId,
        before: Option<u64>,
        limit: usize,
    ) -> Result<FoundPage, StoreError> {
        let before = before.and_then(|before| i64::try_from(before).ok());
        let rows = i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1);
        let (rows, as_of) = self.read_fresh(|conn| legal_bases::list_uses(conn, basis, before, rows))?;
        let is_more = rows.len() > limit;
        let decisions = rows.iter().take(limit).map(recorded_of).collect::<Result<Vec<Recorded>, _>>()?;
        let next = decisions.last().filter(|_| is_more).map(|last| last.index);
        Ok(FoundPage { decisions, next, as_of })
    }
}
