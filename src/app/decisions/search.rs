//! Searching decisions, for people who may: newest first, a bounded stretch at a time. The search itself is an entry,
//! which stands before anything is shown.

use std::convert::Infallible;

use super::judge::Recorded;
use super::record::DecisionRecord;
use crate::app::authority::{Authority, ReadDecision, StaffFailure};
use crate::app::find::{Page, find};
use crate::app::noted::Noted;
use crate::app::{App, AsOf, ChangeFailure};
use crate::domain::decision::DecisionFilter;
use crate::domain::record::EventKind;
use crate::domain::segment::Wanted;
use crate::domain::{ResidentId, ResidentIndex, StoreId};
use crate::storage::audit::{EntryRow, Stretch};
use crate::storage::{AnyConnection, StoreError};

/// What somebody is looking for, and how much of it.
#[derive(Clone)]
pub struct Search {
    /// What decisions must be like.
    pub filter: DecisionFilter,
    /// About whom. The id itself goes nowhere: only its keyed index is compared.
    pub resident: Option<(StoreId, ResidentId)>,
    /// Only entries before this position: where the page before ended.
    pub before: Option<u64>,
    /// Decisions on one page.
    pub limit: usize,
    /// Entries that are read for one page. Then it is given out as it is, with the place to go on from.
    pub reach: u32,
}

/// One page of decisions.
pub struct FoundPage {
    /// The decisions, newest first.
    pub decisions: Vec<Recorded>,
    /// Where the next page begins; none when everything was looked at. A page may be short, or empty, and still go on.
    pub next: Option<u64>,
    /// How far the log reached that was searched.
    pub as_of: AsOf,
}

impl App {
    /// One page of the decisions that fit.
    ///
    /// # Errors
    /// When the entry about the search could not be made, or the log cannot be read: then nothing is shown.
    pub fn search_decisions(
        &self,
        who: &Authority<ReadDecision>,
        search: &Search,
    ) -> Result<FoundPage, StaffFailure<Infallible>> {
        let mut about = search.filter.given();
        about.extend(search.before.map(|before| ("before", before.to_string())));
        about.extend(search.resident.as_ref().map(|(store, _)| ("resident_in", store.to_string())));
        let (kind, actor) = (EventKind::DecisionsSearched, who.actor().to_owned());
        self.change_by_blocking(who, Noted { kind, actor, about, stamp: self.stamp()? })?;
        let residents = search.resident.as_ref().map(|(store, resident)| self.resident_indexes(store, resident));
        let query = |conn: &mut AnyConnection| page(conn, search, residents.clone());
        // Links that were erased may still stand in a replica.
        let is_about_somebody = search.resident.is_some();
        let read = if is_about_somebody {
            self.read_fresh(query)
        } else {
            self.read_maybe_old(search.before.unwrap_or(0), query)
        };
        let ((decisions, next), as_of) = read.map_err(ChangeFailure::Store)?;
        Ok(FoundPage { decisions, next, as_of })
    }
}

fn page(
    conn: &mut AnyConnection,
    search: &Search,
    residents: Option<Vec<ResidentIndex>>,
) -> Result<(Vec<Recorded>, Option<u64>), StoreError> {
    let (from, until) = (search.filter.from, search.filter.until);
    let stretch = Stretch::between(conn, from, until, search.before)?;
    let wanted = Wanted::decisions(&search.filter, residents);
    let page = Page { limit: search.limit, reach: i64::from(search.reach) };
    let found = find(conn, stretch, &wanted, page, |row| fitting(row, &search.filter))?;
    let next = found.next(stretch);
    Ok((found.items, next))
}

pub(super) fn recorded_of(row: &EntryRow) -> Result<Recorded, StoreError> {
    let unreadable = StoreError::Corrupt("a decision that cannot be read");
    let record = serde_json::from_slice(&row.record).map_err(|_| unreadable)?;
    let index = u64::try_from(row.seq).map_err(|_| StoreError::Corrupt("a negative index"))?;
    Ok(Recorded { record, index, is_replay: true })
}

/// The decision of an entry, if it is one and fits.
pub(super) fn fitting(row: &EntryRow, filter: &DecisionFilter) -> Result<Option<Recorded>, StoreError> {
    if row.kind != EventKind::Decision.as_str() {
        return Ok(None);
    }
    let found = recorded_of(row)?;
    Ok(fits(&found.record, filter).then_some(found))
}

/// Whether a decision is what is looked for, by its record: columns only say where to look.
fn fits(record: &DecisionRecord, filter: &DecisionFilter) -> bool {
    let is_by_client = filter.client.as_ref().is_none_or(|client| record.client == client.as_str());
    let is_of_store = filter.store.as_ref().is_none_or(|store| record.store == *store);
    let is_of_kind = filter.requester_kind.is_none_or(|kind| record.requester_kind == kind);
    let is_of_agency = filter.agency.as_ref().is_none_or(|agency| record.agency.as_ref() == Some(agency));
    let is_for_purpose = filter.purpose.is_none_or(|purpose| record.purpose == purpose);
    let has_outcome = filter.outcome.is_none_or(|outcome| record.outcome == outcome);
    let is_cited = filter.legal_basis.as_ref().is_none_or(|basis| record.cited.contains(basis));
    let has_answer = record.fields.iter().any(|field| {
        filter.class.is_none_or(|class| field.class == class)
            && filter.reason.is_none_or(|reason| field.reason == reason)
    });
    let is_answered = has_answer || (filter.class.is_none() && filter.reason.is_none());
    is_by_client
        && is_of_store
        && is_of_kind
        && is_of_agency
        && is_for_purpose
        && has_outcome
        && is_cited
        && is_answered
}
