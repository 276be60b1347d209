//! Registering what was typed: the draft ends, and the basis begins under its id.

use super::{Draft, DraftRefused, ReadDraftError};
use crate::app::App;
use crate::app::authority::{Authority, RegisterBasis, StaffFailure};
use crate::app::legal_bases::register::{Register, RegisterRefused};
use crate::app::legal_bases::{RegisterError, Registered};
use crate::app::refusal::Refusal;
use crate::domain::LegalBasisId;
use crate::domain::legal_basis::life::state_at;
use crate::domain::record::{EventKind, hex};
use crate::ledger::{Change, ChangeError, Stamp, Turn};
use crate::storage::legal_bases::{append_step, find};
use crate::storage::{StoreError, basis_drafts, documents};

impl App {
    /// Registers a draft that was saved `revision` times when its registrar looked it over. What was registered from it
    /// already is answered again, and nothing is changed. Blocks.
    ///
    /// # Errors
    /// Every fault of the form; or why it was not registered.
    pub fn register_draft(
        &self,
        who: &Authority<RegisterBasis>,
        id: LegalBasisId,
        revision: i64,
    ) -> Result<Registered, RegisterError> {
        let draft = match self.find_draft(who, id) {
            Ok(draft) => draft,
            Err(ReadDraftError::Refused(refused)) => return self.find_registered(who, id, refused),
            Err(ReadDraftError::Store(error)) => return Err(StaffFailure::from(error).into()),
            Err(ReadDraftError::Entropy(error)) => return Err(StaffFailure::from(error).into()),
        };
        let Draft { typed, revision: read, .. } = draft;
        let registration = self.read_typed(&typed).map_err(StaffFailure::from)?.map_err(RegisterError::Faults)?;
        let register = self.registering_as(id, who.actor(), registration).map_err(StaffFailure::from)?;
        let actor = who.actor().to_owned();
        let stamps = (self.stamp().map_err(StaffFailure::from)?, self.stamp().map_err(StaffFailure::from)?);
        // What was read here and what its registrar saw must be the same, and must still stand in the transaction.
        let seen = if read == revision { revision } else { 0 };
        Ok(self.change_by_blocking(who, RegisterDraft { actor, id, seen, register, stamps })?)
    }

    /// The second time that a form is sent: the basis of the first time, if that is this person's.
    fn find_registered(
        &self,
        who: &Authority<RegisterBasis>,
        id: LegalBasisId,
        refused: DraftRefused,
    ) -> Result<Registered, RegisterError> {
        let found = self.store.read(|conn| find(conn, id)).map_err(StaffFailure::from)?;
        if let Some(stored) = found.filter(|stored| stored.people.registrar == who.actor()) {
            return Ok(Registered { id, state: state_at(&stored.basis, self.now()), duplicates: Vec::new() });
        }
        let (actor, stamp) = (who.actor().to_owned(), self.stamp().map_err(StaffFailure::from)?);
        Ok(self.change_by_blocking(who, NothingToRegister { actor, id, refused, stamp })?)
    }
}

/// There is nothing to register; that it was tried is an entry.
struct NothingToRegister {
    actor: String,
    id: LegalBasisId,
    refused: DraftRefused,
    stamp: Stamp,
}

impl Change for NothingToRegister {
    type Output = Registered;
    type Refusal = RegisterRefused;

    fn apply(self, turn: &mut Turn<'_, '_>) -> Result<Registered, ChangeError<RegisterRefused>> {
        let change = EventKind::LegalBasisRegistered;
        let refusal = Refusal { stamp: &self.stamp, now: turn.now, actor: &self.actor, change };
        Err(refusal.because(self.refused.into(), [("draft", self.id.to_string())]))
    }
}

struct RegisterDraft {
    actor: String,
    id: LegalBasisId,
    /// The revision that its registrar saw.
    seen: i64,
    register: Register,
    /// Of the scan's entry, and of a refusal.
    stamps: (Stamp, Stamp),
}

impl Change for RegisterDraft {
    type Output = Registered;
    type Refusal = RegisterRefused;

    fn apply(self, turn: &mut Turn<'_, '_>) -> Result<Registered, ChangeError<RegisterRefused>> {
        let Self { actor, id, seen, register, stamps: (of_scan, of_refusal) } = self;
        let reason = match basis_drafts::find(turn.tx.conn(), id, &actor)? {
            None => Some(RegisterRefused::Draft(DraftRefused::NotFound)),
            Some(draft) if draft.revision != seen => Some(RegisterRefused::DraftChanged),
            Some(_) => None,
        };
        if let Some(reason) = reason {
            let change = EventKind::LegalBasisRegistered;
            let refusal = Refusal { stamp: &of_refusal, now: turn.now, actor: &actor, change };
            return Err(refusal.because(reason, [("draft", id.to_string())]));
        }
        let registered = register.apply(turn)?;
        move_scan(turn, id, &actor, &of_scan)?;
        basis_drafts::delete(turn.tx, id)?;
        Ok(registered)
    }
}

/// The scan of the draft is from now on that of the basis: its parts are bound to the id that both have.
fn move_scan(turn: &mut Turn<'_, '_>, id: LegalBasisId, actor: &str, stamp: &Stamp) -> Result<(), StoreError> {
    let Some(mut scan) = basis_drafts::take_document(turn.tx, id)? else { return Ok(()) };
    scan.stored_at = turn.now;
    documents::complete(turn.tx, &scan)?;
    append_step(turn.tx, id, "document_stored", actor, turn.now, |_| None)?;
    let about = [
        ("active_content", scan.facts.has_active_content.to_string()),
        ("bytes", scan.bytes.to_string()),
        ("legal_basis", id.to_string()),
        ("media_type", scan.facts.media_type.to_string()),
        ("pages", scan.facts.pages.to_string()),
        ("sha256", hex(&scan.sha256)),
    ];
    turn.entries.append(stamp.event(turn.now, EventKind::DocumentStored, actor, about));
    Ok(())
}
