//! Residents with a confidential address (NMSA 40-13B): marked, looked up, and the mark ended. No entry says who it is.

use std::convert::Infallible;

use super::authority::{Authority, EndConfidential, MarkConfidential, StaffFailure};
use super::noted::Noted;
use super::{App, ChangeFailure};
use crate::domain::record::EventKind;
use crate::domain::{ResidentId, ResidentIndex, StoreId};
use crate::ledger::{Change, ChangeError, Refused, Stamp, Turn};
use crate::storage::residents::{self, NewMark};
use crate::storage::sealed::places;
use crate::storage::{catalog, state};

/// Why a mark was not changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MarkRefused {
    /// A mark in a store that nobody asks about would protect nobody.
    #[error("there is no record store `{0}`")]
    UnknownStore(StoreId),
    /// There is no mark to end.
    #[error("this resident is not marked as confidential in this record store")]
    NotMarked,
}

impl App {
    /// Marks a resident as a participant of the Confidential Substitute Address program, from this instant on. Returns
    /// whether the mark is new.
    ///
    /// # Errors
    /// Why there is no mark.
    pub fn mark_confidential(
        &self,
        who: &Authority<MarkConfidential>,
        store: StoreId,
        resident: &ResidentId,
    ) -> Result<bool, StaffFailure<MarkRefused>> {
        let mut nonce = [0; 24];
        self.entropy.fill(&mut nonce)?;
        let indexes = self.resident_indexes(&store, resident);
        // INVARIANT: a key ring has at least its active key, which comes first.
        let index = indexes.first().copied().unwrap_or(ResidentIndex::new([0; 32]));
        let sealed = self.sealer.seal(nonce, &places::confidential(&index), resident.expose().as_bytes());
        let new = NewMark { store, index, sealed };
        self.change_by_blocking(who, Mark { actor: who.actor().to_owned(), new, indexes, stamp: self.stamp()? })
    }

    /// Ends a resident's mark, from this instant on.
    ///
    /// # Errors
    /// [`MarkRefused::NotMarked`] when there is none; or why it could not be ended.
    pub fn end_confidential(
        &self,
        who: &Authority<EndConfidential>,
        store: StoreId,
        resident: &ResidentId,
    ) -> Result<(), StaffFailure<MarkRefused>> {
        let indexes = self.resident_indexes(&store, resident);
        let actor = who.actor().to_owned();
        self.change_by_blocking(who, End { actor, store, indexes, stamp: self.stamp()? })
    }

    /// Whether a resident is marked. That somebody looked is an entry, which stands before the answer is given.
    ///
    /// # Errors
    /// Why there is no answer.
    pub fn is_confidential(
        &self,
        who: &Authority<MarkConfidential>,
        store: &StoreId,
        resident: &ResidentId,
    ) -> Result<bool, StaffFailure<Infallible>> {
        let indexes = self.resident_indexes(store, resident);
        let (kind, actor) = (EventKind::ResidentLookedUp, who.actor().to_owned());
        let about = vec![("store", store.to_string())];
        self.change_by_blocking(who, Noted { kind, actor, about, stamp: self.stamp()? })?;
        self.store.read(|conn| residents::is_confidential(conn, &indexes)).map_err(ChangeFailure::Store)
    }
}

struct Mark {
    actor: String,
    new: NewMark,
    indexes: Vec<ResidentIndex>,
    stamp: Stamp,
}

impl Change for Mark {
    type Output = bool;
    type Refusal = MarkRefused;

    fn apply(self, turn: &mut Turn<'_, '_>) -> Result<bool, ChangeError<MarkRefused>> {
        let store = &self.new.store;
        if catalog::load(turn.tx.conn())?.find(store).is_none() {
            let reason = MarkRefused::UnknownStore(store.clone());
            return Err(refused(&self.stamp, turn, &self.actor, store, reason));
        }
        if residents::is_confidential(turn.tx.conn(), &self.indexes)? {
            return Ok(false);
        }
        residents::mark_confidential(turn.tx, &self.new, &self.actor, turn.now)?;
        state::raise_revision(turn.tx)?;
        let about = [("store", store.to_string())];
        turn.entries.append(self.stamp.event(turn.now, EventKind::ResidentFlagged, &self.actor, about));
        Ok(true)
    }
}

struct End {
    actor: String,
    store: StoreId,
    indexes: Vec<ResidentIndex>,
    stamp: Stamp,
}

impl Change for End {
    type Output = ();
    type Refusal = MarkRefused;

    fn apply(self, turn: &mut Turn<'_, '_>) -> Result<(), ChangeError<MarkRefused>> {
        if !residents::end_confidential(turn.tx, &self.indexes, &self.actor, turn.now)? {
            return Err(refused(&self.stamp, turn, &self.actor, &self.store, MarkRefused::NotMarked));
        }
        state::raise_revision(turn.tx)?;
        let about = [("store", self.store.to_string())];
        turn.entries.append(self.stamp.event(turn.now, EventKind::ResidentUnflagged, &self.actor, about));
        Ok(())
    }
}

fn refused(
    stamp: &Stamp,
    turn: &Turn<'_, '_>,
    actor: &str,
    store: &StoreId,
    reason: MarkRefused,
) -> ChangeError<MarkRefused> {
    let about = [("change", "confidential".to_owned()), ("reason", reason.to_string()), ("store", store.to_string())];
    let entry = stamp.event(turn.now, EventKind::ChangeRefused, actor, about);
    ChangeError::Refused(Refused { reason, entry: Some(Box::new(entry)) })
}
