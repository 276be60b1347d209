//! Beginning a draft, saving one of its steps, throwing it away.

use super::{DraftRefused, sealed, typed_of};
use crate::app::App;
use crate::app::authority::{Authority, RegisterBasis, StaffFailure};
use crate::app::refusal::Refusal;
use crate::app::sealing::Notes;
use crate::domain::legal_basis::registration::TypedForm;
use crate::domain::record::EventKind;
use crate::domain::{FormId, LegalBasisId};
use crate::ledger::{Change, ChangeError, Stamp, Turn};
use crate::storage::basis_drafts::{self, StoredDraft};
use crate::storage::legal_bases;

/// What one step of the form sent: the fields that it shows, and what stood in them.
pub struct SentStep {
    /// The fields of the step. What they held is replaced; all others stay as they are.
    pub fields: &'static [&'static str],
    /// What stood in them.
    pub sent: Vec<(String, String)>,
}

impl App {
    /// Begins a draft with what was typed first. It goes by the id of the form: the same form again finds it. Blocks.
    ///
    /// # Errors
    /// Why there is none.
    pub fn begin_draft(
        &self,
        who: &Authority<RegisterBasis>,
        form: FormId,
        typed: TypedForm,
    ) -> Result<LegalBasisId, StaffFailure<DraftRefused>> {
        let id = LegalBasisId::new(form.as_uuid());
        let (actor, notes) = (who.actor().to_owned(), self.notes()?);
        self.change_by_blocking(who, Begin { actor, id, typed, notes, stamp: self.stamp()? })?;
        Ok(id)
    }

    /// Saves one step of a draft. Steps that are saved at the same time do not undo each other. Blocks.
    ///
    /// # Errors
    /// Why it was not saved. Each refusal is an entry.
    pub fn save_draft(
        &self,
        who: &Authority<RegisterBasis>,
        id: LegalBasisId,
        step: SentStep,
    ) -> Result<(), StaffFailure<DraftRefused>> {
        let (actor, notes) = (who.actor().to_owned(), self.notes()?);
        self.change_by_blocking(who, Save { actor, id, step, notes, stamp: self.stamp()? })
    }

    /// Throws a draft away, with its scan. Blocks.
    ///
    /// # Errors
    /// Why it is still there. Each refusal is an entry.
    pub fn discard_draft(
        &self,
        who: &Authority<RegisterBasis>,
        id: LegalBasisId,
    ) -> Result<(), StaffFailure<DraftRefused>> {
        self.change_by_blocking(who, Discard { actor: who.actor().to_owned(), id, stamp: self.stamp()? })
    }
}

struct Begin {
    actor: String,
    id: LegalBasisId,
    typed: TypedForm,
    notes: Notes,
    stamp: Stamp,
}

impl Change for Begin {
    type Output = ();
    type Refusal = DraftRefused;

    fn apply(mut self, turn: &mut Turn<'_, '_>) -> Result<(), ChangeError<DraftRefused>> {
        // The form was sent before: there is a draft, or already the basis that came of it.
        let is_begun = basis_drafts::find(turn.tx.conn(), self.id, &self.actor)?.is_some();
        if is_begun || legal_bases::find(turn.tx.conn(), self.id)?.is_some() {
            return Ok(());
        }
        let draft = StoredDraft {
            id: self.id,
            registrar: self.actor.clone(),
            begun_at: turn.now,
            saved_at: turn.now,
            revision: 1,
            sealed_form: sealed(&mut self.notes, self.id, &self.typed),
        };
        basis_drafts::insert(turn.tx, &draft)?;
        let about = [("draft", self.id.to_string())];
        turn.entries.append(self.stamp.event(turn.now, EventKind::BasisDraftBegun, &self.actor, about));
        Ok(())
    }
}

struct Save {
    actor: String,
    id: LegalBasisId,
    step: SentStep,
    notes: Notes,
    stamp: Stamp,
}

impl Change for Save {
    type Output = ();
    type Refusal = DraftRefused;

    fn apply(mut self, turn: &mut Turn<'_, '_>) -> Result<(), ChangeError<DraftRefused>> {
        let about = [("draft", self.id.to_string())];
        let refusal =
            Refusal { stamp: &self.stamp, now: turn.now, actor: &self.actor, change: EventKind::BasisDraftSaved };
        let Some(stored) = basis_drafts::find(turn.tx.conn(), self.id, &self.actor)? else {
            return Err(refusal.because(DraftRefused::NotFound, about));
        };
        let Some(mut typed) = typed_of(&self.notes, &stored) else {
            return Err(refusal.because(DraftRefused::Unreadable, about));
        };
        typed.put(self.step.fields, self.step.sent);
        basis_drafts::save(turn.tx, self.id, &sealed(&mut self.notes, self.id, &typed), turn.now)?;
        turn.entries.append(self.stamp.event(turn.now, EventKind::BasisDraftSaved, &self.actor, about));
        Ok(())
    }
}

struct Discard {
    actor: String,
    id: LegalBasisId,
    stamp: Stamp,
}

impl Change for Discard {
    type Output = ();
    type Refusal = DraftRefused;

    fn apply(self, turn: &mut Turn<'_, '_>) -> Result<(), ChangeError<DraftRefused>> {
        let Self { actor, id, stamp } = self;
        let (about, change) = ([("draft", id.to_string())], EventKind::BasisDraftDiscarded);
        if basis_drafts::find(turn.tx.conn(), id, &actor)?.is_none() {
            let refusal = Refusal { stamp: &stamp, now: turn.now, actor: &actor, change };
            return Err(refusal.because(DraftRefused::NotFound, about));
        }
        basis_drafts::discard(turn.tx, id)?;
        turn.entries.append(stamp.event(turn.now, change, &actor, about));
        Ok(())
    }
}
