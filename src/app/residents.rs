//! Residents with a confidential address (NMSA 40-13B).

use std::convert::Infallible;

use super::{App, ChangeFailure};
use crate::domain::record::EventKind;
use crate::domain::{ResidentId, ResidentIndex, StoreId};
use crate::ledger::{Change, ChangeError, Stamp, Turn};
use crate::storage::{residents, state};

impl App {
    /// Marks a resident as a participant of the Confidential Substitute Address program, from this instant on. Returns
    /// whether the mark is new. The entry does not say who it is.
    ///
    /// # Errors
    /// Why there is no mark.
    pub fn flag_confidential(
        &self,
        actor: &str,
        store: StoreId,
        resident: &ResidentId,
    ) -> Result<bool, ChangeFailure<Infallible>> {
        let mut nonce = [0; 24];
        self.entropy.fill(&mut nonce)?;
        let indexes = self.resident_indexes(&store, resident);
        // INVARIANT: a key ring has at least its active key, which comes first.
        let index = indexes.first().copied().unwrap_or(ResidentIndex::new([0; 32]));
        let context = [b"zaguan/confidential/v1\0".as_slice(), index.as_bytes()].concat();
        let sealed = self.sealer.seal(nonce, &context, resident.expose().as_bytes());
        let flag = Flag { actor: actor.to_owned(), store, index, sealed, stamp: self.stamp()? };
        self.ledger.change_blocking(flag)?.map_err(ChangeFailure::Refused)
    }
}

struct Flag {
    actor: String,
    store: StoreId,
    index: ResidentIndex,
    sealed: Vec<u8>,
    stamp: Stamp,
}

impl Change for Flag {
    type Output = bool;
    type Refusal = Infallible;

    fn apply(self, turn: &mut Turn<'_, '_>) -> Result<bool, ChangeError<Infallible>> {
        let is_new = residents::insert_confidential(turn.tx, &self.store, &self.index, &self.sealed, turn.now)?;
        if is_new {
            state::raise_revision(turn.tx)?;
            let about = [("store", self.store.to_string())];
            turn.entries.append(self.stamp.event(turn.now, EventKind::ResidentFlagged, &self.actor, about));
        }
        Ok(is_new)
    }
}
