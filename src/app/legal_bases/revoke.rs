//! Withdrawing a basis. It takes effect with its entry, also for requests that were waiting: changes come before the
//! judgements of their batch, and every batch reads the bases that it cites anew.

use super::HandlingRefused;
use super::about;
use crate::app::App;
use crate::app::authority::{Authority, RevokeBasis, StaffFailure};
use crate::app::refusal::Refusal;
use crate::app::sealing::Notes;
use crate::domain::legal_basis::life::{Actor, LifeError, may_revoke};
use crate::domain::record::EventKind;
use crate::domain::{LegalBasisId, StaffId};
use crate::ledger::{Change, ChangeError, Stamp, Turn};
use crate::storage::legal_bases;
use crate::storage::sealed::places;

impl App {
    /// Withdraws a basis, for good. Blocks.
    ///
    /// # Errors
    /// Why it was not withdrawn. Each refusal is an entry.
    pub fn revoke_basis(
        &self,
        who: &Authority<RevokeBasis>,
        id: LegalBasisId,
        reason: String,
    ) -> Result<(), StaffFailure<HandlingRefused>> {
        let (actor, staff) = (who.actor().to_owned(), who.staff());
        let change = Revoke { actor, staff, id, reason, notes: self.notes()?, stamp: self.stamp()? };
        self.change_by_blocking(who, change)
    }
}

struct Revoke {
    actor: String,
    staff: Option<StaffId>,
    id: LegalBasisId,
    reason: String,
    notes: Notes,
    stamp: Stamp,
}

impl Change for Revoke {
    type Output = ();
    type Refusal = HandlingRefused;

    fn apply(self, turn: &mut Turn<'_, '_>) -> Result<(), ChangeError<HandlingRefused>> {
        let Self { actor, staff, id, reason, mut notes, stamp } = self;
        let refusal = Refusal { stamp: &stamp, now: turn.now, actor: &actor, change: EventKind::LegalBasisRevoked };
        let Some(stored) = legal_bases::find(turn.tx.conn(), id)? else {
            return Err(refusal.because(HandlingRefused::NotFound, [("legal_basis", id.to_string())]));
        };
        let roles = about::roles_now(turn, staff)?;
        let judged = roles.as_ref().ok_or(LifeError::WrongRole).and_then(|roles| {
            let actor = Actor { name: &actor, roles };
            may_revoke(&stored.basis, actor, &reason)
        });
        if let Err(error) = judged {
            return Err(refusal.because(error.into(), about::stored(&stored)));
        }
        legal_bases::set_revoked(turn.tx, id, turn.now)?;
        let seal = |number| Some(notes.seal(&places::step_note(id, number), reason.as_bytes()));
        legal_bases::append_step(turn.tx, id, "revoked", &actor, turn.now, seal)?;
        let kind = EventKind::LegalBasisRevoked;
        turn.entries.append(stamp.event(turn.now, kind, &actor, about::stored(&stored)));
        Ok(())
    }
}
