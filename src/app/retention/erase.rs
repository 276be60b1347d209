//! The erasing transactions. Each reads the holds itself.

use std::convert::Infallible;

use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::domain::LegalBasisId;
use crate::domain::record::{EventKind, instant_text};
use crate::domain::retention::{Holds, RetentionKind};
use crate::ledger::{Change, ChangeError, Stamp, Turn};
use crate::storage::legal_bases::append_step;
use crate::storage::retention::{self, LinkedEntry};
use crate::storage::{StoreError, audit, basis_drafts, documents, referrals, retention_holds, state};

/// Links in one change.
pub(super) const LINKS_PER_SLICE: i64 = 500;

/// The part of a decision's record that a hold on a basis looks at.
#[derive(Deserialize)]
struct Cited {
    cited: Vec<LegalBasisId>,
}

/// Whether a hold keeps the link of this decision. What cannot be read is kept.
pub(super) fn is_held(holds: &Holds, entry: &LinkedEntry) -> bool {
    let Some(store) = &entry.store else { return true };
    if holds.cover_store(store) {
        return true;
    }
    holds.name_bases()
        && serde_json::from_slice(&entry.record)
            .map_or(true, |Cited { cited }| cited.into_iter().any(|basis| holds.cover_cited(basis)))
}

/// One slice of links from decisions to people.
pub(super) struct EraseLinks {
    pub(super) actor: String,
    pub(super) before: DateTime<Utc>,
    /// The last entry that an earlier slice looked at.
    pub(super) after: i64,
    pub(super) stamp: Stamp,
}

impl Change for EraseLinks {
    /// How many were erased, and the last entry that was looked at; `None` at the end.
    type Output = (u64, Option<i64>);
    type Refusal = Infallible;

    fn apply(self, turn: &mut Turn<'_, '_>) -> Result<Self::Output, ChangeError<Infallible>> {
        let conn = turn.tx.conn();
        let holds = retention_holds::load(conn)?;
        let end = audit::first_entry_since(conn, self.before)?;
        let linked = retention::list_linked_entries(conn, self.after, end, LINKS_PER_SLICE)?;
        let free: Vec<i64> = linked.iter().filter(|entry| !is_held(&holds, entry)).map(|entry| entry.seq).collect();
        let erased = retention::erase_links(turn.tx, &free)?;
        let texts = erased + erase_notes(turn, &holds, end)?;
        note(turn, &self.stamp, &self.actor, RetentionKind::DecisionResidents, texts, self.before, None);
        Ok((erased as u64, linked.last().map(|entry| entry.seq)))
    }
}

/// What was noted when a decision's referral was closed goes with the link to the person, also when it was noted later.
fn erase_notes(turn: &mut Turn<'_, '_>, holds: &Holds, end: i64) -> Result<usize, StoreError> {
    let noted = referrals::list_unlinked_notes(turn.tx.conn(), end, LINKS_PER_SLICE)?;
    let free: Vec<i64> = noted.iter().filter(|entry| !is_held(holds, entry)).map(|entry| entry.seq).collect();
    referrals::erase_notes(turn.tx, &free)
}

/// What one basis still holds of one kind.
pub(super) struct EraseBasis {
    pub(super) actor: String,
    pub(super) kind: RetentionKind,
    pub(super) basis: LegalBasisId,
    pub(super) before: DateTime<Utc>,
    pub(super) stamp: Stamp,
}

impl Change for EraseBasis {
    /// Whether anything was erased.
    type Output = bool;
    type Refusal = Infallible;

    fn apply(self, turn: &mut Turn<'_, '_>) -> Result<bool, ChangeError<Infallible>> {
        let holds = retention_holds::load(turn.tx.conn())?;
        let life = retention::find_life(turn.tx.conn(), self.basis)?;
        if !life.is_some_and(|life| life.is_due(self.before) && !holds.cover_basis(&life)) {
            return Ok(false);
        }
        let erased = self.erase(turn)?;
        if erased > 0 {
            append_step(turn.tx, self.basis, "erased", &self.actor, turn.now, |_| None)?;
        }
        note(turn, &self.stamp, &self.actor, self.kind, erased, self.before, Some(self.basis));
        Ok(erased > 0)
    }
}

impl EraseBasis {
    fn erase(&self, turn: &mut Turn<'_, '_>) -> Result<usize, StoreError> {
        match self.kind {
            RetentionKind::BasisResidents => retention::erase_basis_residents(turn.tx, self.basis),
            RetentionKind::BasisPapers => retention::erase_basis_papers(turn.tx, self.basis),
            RetentionKind::Documents => documents::erase(turn.tx, self.basis, turn.now),
            _ => Ok(0),
        }
    }
}

/// What ended by itself and goes by no basis.
pub(super) struct EraseEnded {
    pub(super) actor: String,
    pub(super) kind: RetentionKind,
    pub(super) before: DateTime<Utc>,
    pub(super) stamp: Stamp,
}

impl Change for EraseEnded {
    /// How many were erased.
    type Output = u64;
    type Refusal = Infallible;

    fn apply(self, turn: &mut Turn<'_, '_>) -> Result<u64, ChangeError<Infallible>> {
        let holds = retention_holds::load(turn.tx.conn())?;
        if holds.cover_everything() {
            return Ok(0);
        }
        let erased = match self.kind {
            RetentionKind::Sessions => retention::erase_ended_sessions(turn.tx, self.before)?,
            RetentionKind::OneTimeLinks => retention::erase_spent_links(turn.tx, self.before)?,
            RetentionKind::BasisDrafts => basis_drafts::discard_saved_before(turn.tx, self.before)?,
            RetentionKind::ConfidentialEnded => self.erase_marks(turn, &holds)?,
            _ => 0,
        };
        note(turn, &self.stamp, &self.actor, self.kind, erased, self.before, None);
        Ok(erased as u64)
    }
}

impl EraseEnded {
    fn erase_marks(&self, turn: &mut Turn<'_, '_>, holds: &Holds) -> Result<usize, StoreError> {
        let mut erased = 0;
        for (store, _) in retention::count_ended_marks(turn.tx.conn(), self.before)? {
            if !holds.cover_store(&store) {
                erased += retention::erase_ended_marks(turn.tx, &store, self.before)?;
            }
        }
        if erased > 0 {
            state::raise_revision(turn.tx)?;
        }
        Ok(erased)
    }
}

/// The entry about an erasure, if anything was erased.
fn note(
    turn: &mut Turn<'_, '_>,
    stamp: &Stamp,
    actor: &str,
    kind: RetentionKind,
    erased: usize,
    before: DateTime<Utc>,
    basis: Option<LegalBasisId>,
) {
    if erased == 0 {
        return;
    }
    let about = [("count", erased.to_string()), ("ended_before", instant_text(before)), ("kind", kind.to_string())];
    let about = about.into_iter().chain(basis.map(|basis| ("legal_basis", basis.to_string())));
    turn.entries.append(stamp.event(turn.now, EventKind::Erased, actor, about));
}
