//! Violations: what a review found that should not have been.

use super::list::{Page, one_more};
use super::read::{ReadError, opened};
use crate::app::App;
use crate::app::authority::{Authority, CloseViolation, ReadViolation, StaffFailure};
use crate::app::refusal::Refusal;
use crate::app::sealing::Notes;
use crate::domain::ViolationId;
use crate::domain::record::EventKind;
use crate::ledger::{Change, ChangeError, Stamp, Turn};
use crate::storage::StoreError;
use crate::storage::sealed::places;
use crate::storage::violations::{self, StoredViolation};

/// A violation on a list: without what was noted.
pub type ListedViolation = StoredViolation;

/// A violation with what was noted.
pub struct ViolationInFull {
    /// What stands in the clear.
    pub stored: StoredViolation,
    /// Why it was opened; `None` once erased.
    pub note: Option<String>,
    /// What was done about it.
    pub outcome: Option<String>,
}

/// Why nothing was done about a violation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ViolationRefused {
    /// There is none with this id.
    #[error("there is no such violation")]
    NotFound,
    /// It was closed before.
    #[error("the violation is closed")]
    Closed,
}

/// Why a violation was not read.
#[derive(Debug, thiserror::Error)]
pub enum ReadViolationError {
    /// The entry about the reading could not be written, or there is none with this id.
    #[error(transparent)]
    Change(#[from] StaffFailure<ViolationRefused>),
    /// What was noted cannot be opened.
    #[error(transparent)]
    Read(#[from] ReadError),
}

impl App {
    /// At most `limit` violations older than `after`, newest first. Blocks.
    ///
    /// # Errors
    /// When the database fails.
    pub fn list_violations(
        &self,
        _: &Authority<ReadViolation>,
        is_open: Option<bool>,
        after: Option<ViolationId>,
        limit: usize,
    ) -> Result<Page<ListedViolation, ViolationId>, StoreError> {
        let rows = self.store.read(|conn| violations::list(conn, is_open, after, one_more(limit)))?;
        Ok(Page::of(rows, limit, |violation| violation.id))
    }

    /// Reads a violation with its notes. That it was read is an entry, durable before the answer. Blocks.
    ///
    /// # Errors
    /// Why there is no answer.
    pub fn read_violation(
        &self,
        who: &Authority<ReadViolation>,
        id: ViolationId,
    ) -> Result<ViolationInFull, ReadViolationError> {
        let stamp = self.stamp().map_err(StaffFailure::from)?;
        let stored = self.change_by_blocking(who, Read { actor: who.actor().to_owned(), id, stamp })?;
        let notes = self.notes().map_err(StaffFailure::from)?;
        let note = stored.sealed_note.as_ref().map(|note| opened(&notes, &places::violation_note(id), note));
        let outcome = stored.sealed_outcome.as_ref().map(|text| opened(&notes, &places::violation_outcome(id), text));
        Ok(ViolationInFull { note: note.transpose()?, outcome: outcome.transpose()?, stored })
    }

    /// Closes a violation: says what was done about it. Blocks.
    ///
    /// # Errors
    /// Why it was not closed. Each refusal is an entry.
    pub fn close_violation(
        &self,
        who: &Authority<CloseViolation>,
        id: ViolationId,
        outcome: String,
    ) -> Result<(), StaffFailure<ViolationRefused>> {
        let actor = who.actor().to_owned();
        self.change_by_blocking(who, Close { actor, id, outcome, notes: self.notes()?, stamp: self.stamp()? })
    }
}

/// That somebody reads a violation.
struct Read {
    actor: String,
    id: ViolationId,
    stamp: Stamp,
}

impl Change for Read {
    type Output = StoredViolation;
    type Refusal = ViolationRefused;

    fn apply(self, turn: &mut Turn<'_, '_>) -> Result<StoredViolation, ChangeError<ViolationRefused>> {
        let Self { actor, id, stamp } = self;
        let about = [("violation", id.to_string())];
        let Some(stored) = violations::find(turn.tx.conn(), id)? else {
            let refusal = Refusal { stamp: &stamp, now: turn.now, actor: &actor, change: EventKind::ViolationRead };
            return Err(refusal.because(ViolationRefused::NotFound, about));
        };
        let about = about.into_iter().chain([("legal_basis", stored.basis.to_string())]);
        turn.entries.append(stamp.event(turn.now, EventKind::ViolationRead, &actor, about));
        Ok(stored)
    }
}

struct Close {
    actor: String,
    id: ViolationId,
    outcome: String,
    notes: Notes,
    stamp: Stamp,
}

impl Change for Close {
    type Output = ();
    type Refusal = ViolationRefused;

    fn apply(self, turn: &mut Turn<'_, '_>) -> Result<(), ChangeError<ViolationRefused>> {
        let Self { actor, id, outcome, mut notes, stamp } = self;
        let about = [("violation", id.to_string())];
        let refusal = Refusal { stamp: &stamp, now: turn.now, actor: &actor, change: EventKind::ViolationClosed };
        let Some(stored) = violations::find(turn.tx.conn(), id)? else {
            return Err(refusal.because(ViolationRefused::NotFound, about));
        };
        if stored.closed.is_some() {
            return Err(refusal.because(ViolationRefused::Closed, about));
        }
        let sealed = notes.seal(&places::violation_outcome(id), outcome.as_bytes());
        violations::close(turn.tx, id, &actor, turn.now, &sealed)?;
        let about = about.into_iter().chain([("legal_basis", stored.basis.to_string())]);
        turn.entries.append(stamp.event(turn.now, EventKind::ViolationClosed, &actor, about));
        Ok(())
    }
}

impl std::fmt::Debug for ViolationInFull {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ViolationInFull(hidden)")
    }
}
