//! Erasing what is about people, by rule, unless a hold stops it.
//!
//! What is due is looked for beforehand, and judged once more inside each erasing transaction: a hold that was placed, or a
//! violation that was opened, in between still counts. Entries say what kind was erased, how much and up to when, never whose.

mod erase;
mod holds;

use chrono::{DateTime, Utc};

use super::{App, ChangeFailure};
use crate::domain::LegalBasisId;
use crate::domain::retention::{Holds, RetentionKind};
use crate::storage::retention::{self, LinkedEntry};
use crate::storage::{StoreError, audit, basis_drafts, retention_holds};

use erase::{EraseBasis, EraseEnded, EraseLinks, is_held};
pub use holds::{HoldRefused, ShownHold};

/// Why not everything that is due was erased. What was erased is.
type RunFailure = ChangeFailure<std::convert::Infallible>;

/// What is due, or was erased, of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// The kind.
    pub kind: RetentionKind,
    /// What ended before this is due; `None` when the kind is kept for ever.
    pub before: Option<DateTime<Utc>>,
    /// Rows or texts; of the kinds that go by basis, bases.
    pub count: u64,
    /// As many more that are due and that a hold keeps.
    pub held: u64,
}

impl App {
    /// What the rules would erase now. Changes nothing. Blocks.
    ///
    /// # Errors
    /// When the database fails.
    pub fn preview_retention(&self) -> Result<Vec<Due>, StoreError> {
        let now = self.now();
        RetentionKind::ALL
            .into_iter()
            .map(|kind| {
                let before = self.retention_rules.due_before(kind, now);
                let (count, held) = before.map_or(Ok((0, 0)), |before| self.count_due(kind, before))?;
                Ok(Due { kind, before, count, held })
            })
            .collect()
    }

    /// Erases what is due now, slice by slice. Blocks.
    ///
    /// # Errors
    /// Why not everything was erased.
    pub fn run_retention(&self, actor: &str) -> Result<Vec<Due>, RunFailure> {
        let now = self.now();
        let mut erased = Vec::new();
        for kind in RetentionKind::ALL {
            let before = self.retention_rules.due_before(kind, now);
            let count = before.map_or(Ok(0), |before| self.erase(actor, kind, before))?;
            let held = before.map_or(Ok((0, 0)), |before| self.count_due(kind, before))?.1;
            erased.push(Due { kind, before, count, held });
        }
        Ok(erased)
    }

    fn erase(&self, actor: &str, kind: RetentionKind, before: DateTime<Utc>) -> Result<u64, RunFailure> {
        match kind {
            RetentionKind::DecisionResidents => self.erase_links(actor, before),
            RetentionKind::BasisResidents | RetentionKind::BasisPapers | RetentionKind::Documents => {
                let mut erased = 0;
                for basis in self.due_bases(kind, before)? {
                    let change = EraseBasis { actor: actor.to_owned(), kind, basis, before, stamp: self.stamp()? };
                    erased += u64::from(self.change(change)?);
                }
                Ok(erased)
            }
            RetentionKind::ConfidentialEnded
            | RetentionKind::Sessions
            | RetentionKind::OneTimeLinks
            | RetentionKind::BasisDrafts => {
                self.change(EraseEnded { actor: actor.to_owned(), kind, before, stamp: self.stamp()? })
            }
        }
    }

    fn erase_links(&self, actor: &str, before: DateTime<Utc>) -> Result<u64, RunFailure> {
        let (mut erased, mut after) = (0, Some(-1));
        while let Some(behind) = after {
            let slice = EraseLinks { actor: actor.to_owned(), before, after: behind, stamp: self.stamp()? };
            let (count, last) = self.change(slice)?;
            erased += count;
            after = last;
        }
        Ok(erased)
    }

    fn change<C>(&self, change: C) -> Result<C::Output, RunFailure>
    where
        C: crate::ledger::Change<Refusal = std::convert::Infallible>,
    {
        self.ledger.change_blocking(change)?.map_err(ChangeFailure::Refused)
    }

    /// Bases of which something of this kind is due, held or not.
    fn due_bases(&self, kind: RetentionKind, before: DateTime<Utc>) -> Result<Vec<LegalBasisId>, StoreError> {
        self.store.read(|conn| {
            let mut due = Vec::new();
            for basis in retention::list_bases_with(conn, kind)? {
                if retention::find_life(conn, basis)?.is_some_and(|life| life.is_due(before)) {
                    due.push(basis);
                }
            }
            Ok(due)
        })
    }

    /// How many are due and free, and how many are due and held.
    fn count_due(&self, kind: RetentionKind, before: DateTime<Utc>) -> Result<(u64, u64), StoreError> {
        let holds = self.store.read(retention_holds::load)?;
        let counted = |count: i64| u64::try_from(count).unwrap_or(0);
        let all_or_none = |count: i64| if holds.cover_everything() { (0, counted(count)) } else { (counted(count), 0) };
        match kind {
            RetentionKind::DecisionResidents => self.count_due_links(&holds, before),
            RetentionKind::Sessions => {
                self.store.read(|conn| retention::count_ended_sessions(conn, before)).map(all_or_none)
            }
            RetentionKind::OneTimeLinks => {
                self.store.read(|conn| retention::count_spent_links(conn, before)).map(all_or_none)
            }
            RetentionKind::BasisDrafts => {
                self.store.read(|conn| basis_drafts::count_saved_before(conn, before)).map(all_or_none)
            }
            RetentionKind::ConfidentialEnded => {
                let marks = self.store.read(|conn| retention::count_ended_marks(conn, before))?;
                Ok(split(marks.into_iter().map(|(store, count)| (holds.cover_store(&store), counted(count)))))
            }
            RetentionKind::BasisResidents | RetentionKind::BasisPapers | RetentionKind::Documents => {
                let mut due = Vec::new();
                for basis in self.due_bases(kind, before)? {
                    let life = self.store.read(|conn| retention::find_life(conn, basis))?;
                    due.push((life.is_none_or(|life| holds.cover_basis(&life)), 1));
                }
                Ok(split(due))
            }
        }
    }

    fn count_due_links(&self, holds: &Holds, before: DateTime<Utc>) -> Result<(u64, u64), StoreError> {
        let end = self.store.read(|conn| audit::first_entry_since(conn, before))?;
        if *holds == Holds::default() {
            let count = self.store.read(|conn| retention::count_links(conn, end))?;
            return Ok((u64::try_from(count).unwrap_or(0), 0));
        }
        let (mut free, mut held, mut after) = (0, 0, -1);
        loop {
            let page =
                self.store.read(|conn| retention::list_linked_entries(conn, after, end, erase::LINKS_PER_SLICE))?;
            let Some(last) = page.last().map(|entry: &LinkedEntry| entry.seq) else { return Ok((free, held)) };
            let (more_free, more_held) = split(page.iter().map(|entry| (is_held(holds, entry), 1)));
            (free, held, after) = (free + more_free, held + more_held, last);
        }
    }
}

fn split(counts: impl IntoIterator<Item = (bool, u64)>) -> (u64, u64) {
    counts.into_iter().fold(
        (0, 0),
        |(free, held), (is_held, count)| {
            if is_held { (free, held + count) } else { (free + count, held) }
        },
    )
}
