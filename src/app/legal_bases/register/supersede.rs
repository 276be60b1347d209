//! A corrected basis takes the place of the old one, in the transaction that registers it.

use super::{Register, RegisterRefused};
use crate::app::refusal::Refusal;
use crate::domain::legal_basis::LegalBasis;
use crate::domain::legal_basis::life::may_supersede;
use crate::domain::record::EventKind;
use crate::ledger::{ChangeError, Turn};
use crate::storage::{StoreError, legal_bases};

impl Register {
    /// Whether the old basis may be replaced, before anything is written.
    pub(super) fn check_superseded(
        &self,
        turn: &mut Turn<'_, '_>,
        new: &LegalBasis,
    ) -> Result<(), ChangeError<RegisterRefused>> {
        let Some(id) = self.registration.supersedes() else { return Ok(()) };
        let old = legal_bases::find(turn.tx.conn(), id)?;
        let judged = old.ok_or(RegisterRefused::NothingToSupersede).and_then(|old| Ok(may_supersede(&old.basis, new)?));
        judged.map_err(|reason| {
            let refusal = Refusal {
                stamp: &self.stamp,
                now: turn.now,
                actor: &self.actor,
                change: EventKind::LegalBasisRegistered,
            };
            refusal.because(reason, [("supersedes", id.to_string())])
        })
    }

    /// Ends the old basis. The new one inherits nothing of its verification.
    pub(super) fn supersede(&self, turn: &mut Turn<'_, '_>) -> Result<(), StoreError> {
        let Some(old) = self.registration.supersedes() else { return Ok(()) };
        legal_bases::set_superseded(turn.tx, old, turn.now)?;
        legal_bases::append_step(turn.tx, old, "superseded", &self.actor, turn.now, |_| None)?;
        let about = [("legal_basis", old.to_string()), ("superseded_by", self.id.to_string())];
        let kind = EventKind::LegalBasisSuperseded;
        turn.entries.append(self.supersede_stamp.event(turn.now, kind, &self.actor, about));
        Ok(())
    }
}
