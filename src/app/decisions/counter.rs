//! A decision at the counter: a member of staff asks for somebody who stands before them, by the same rules as every
//! application, and answers for it by name.
//!
//! It is a change, because authority is judged again in its transaction, and because a form that is sent twice must find
//! what it did the first time: the decision goes by the id that the form was given when it was handed out.

use std::collections::HashSet;
use std::sync::Arc;

use serde::Deserialize;

use super::find::{FindError, find_any, record_of};
use super::judge::{self, Recorded};
use super::prepare::Prepared;
use super::request::{Details, Request};
use crate::app::authority::{AskAtCounter, Authority, StaffFailure};
use crate::app::noted::Noted;
use crate::app::policy::LoadedPolicy;
use crate::app::refusal::Refusal;
use crate::app::{App, ChangeFailure};
use crate::domain::record::EventKind;
use crate::domain::{DecisionId, FormId, RequesterKind};
use crate::ledger::{Change, ChangeError, Snapshot, Stamp, Turn};
use crate::storage::sealed::places;
use crate::storage::{StoreError, audit, legal_bases};

/// What somebody at the counter asks for.
#[derive(Debug)]
pub struct CounterRequest {
    /// The form in which it was asked. The decision goes by its id: the same form again finds it.
    pub form: FormId,
    /// The question.
    pub request: Request,
    /// Whether the member of staff saw a proof of who is asking.
    pub is_identity_checked: bool,
}

/// Why nothing was decided at the counter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CounterRefused {
    /// No client vouches for the store here, so it must be one that the city has catalogued.
    #[error("the city has no record store of this name")]
    UnknownStore,
    /// Somebody says that they are the resident, and nobody has looked.
    #[error("nobody checked that the person at the counter is the resident")]
    IdentityNotChecked,
    /// The form's id stands for something else in the log.
    #[error("this form has done something else")]
    FormTaken,
}

/// A decision at the counter with what its requester said of themselves.
#[derive(Debug)]
pub struct CounterDecision {
    /// The decision.
    pub recorded: Recorded,
    /// Name, reference and reason, as they were typed; `None` once erased by a retention rule.
    pub details: Option<Details>,
}

impl App {
    /// Decides for somebody at the counter. The same form again finds its decision, and changes nothing. Blocks.
    ///
    /// # Errors
    /// Why nothing was decided. Each refusal is an entry.
    pub fn decide_at_counter(
        &self,
        who: &Authority<AskAtCounter>,
        asked: CounterRequest,
    ) -> Result<Recorded, StaffFailure<CounterRefused>> {
        let CounterRequest { form, request, is_identity_checked } = asked;
        let item = Prepared::under(self, &self.ledger.snapshot(), request, form.as_uuid())?;
        let (actor, policy) = (who.actor().to_owned(), Arc::clone(&self.policy));
        self.change_by_blocking(who, DecideHere { actor, item, is_identity_checked, policy, stamp: self.stamp()? })
    }

    /// A decision that this person asked for at the counter. That they read it is an entry. Blocks.
    ///
    /// # Errors
    /// [`FindError::NotFound`] also for what somebody else asked.
    pub fn find_counter_decision(
        &self,
        who: &Authority<AskAtCounter>,
        id: DecisionId,
    ) -> Result<CounterDecision, FindError> {
        let row = self.store.read(|conn| find_any(conn, id))?;
        let record = record_of(&row)?;
        if row.actor != who.actor() || !record.at_counter {
            return Err(FindError::NotFound);
        }
        let stamp = self.stamp().map_err(ChangeFailure::from)?;
        let about = vec![("decision", id.to_string())];
        self.change_by_blocking(
            who,
            Noted { kind: EventKind::DecisionRead, actor: who.actor().to_owned(), about, stamp },
        )?;
        let index = u64::try_from(row.seq).map_err(|_| FindError::Unreadable)?;
        let details = self.details_of(row.seq, id)?;
        Ok(CounterDecision { recorded: Recorded { record, index, is_replay: true }, details })
    }

    /// What is sealed beside an entry, but for the resident, who is left where they are.
    fn details_of(&self, seq: i64, id: DecisionId) -> Result<Option<Details>, FindError> {
        #[derive(Deserialize)]
        struct Opened {
            details: Details,
        }
        let Some(link) = self.store.read(|conn| audit::find_resident(conn, seq))? else { return Ok(None) };
        let text = self.sealer.open(&places::entry(id.as_uuid()), &link.sealed).map_err(|_| FindError::Unreadable)?;
        let Opened { details } = serde_json::from_slice(&text).map_err(|_| FindError::Unreadable)?;
        Ok(Some(details))
    }
}

struct DecideHere {
    actor: String,
    item: Prepared,
    is_identity_checked: bool,
    policy: Arc<LoadedPolicy>,
    stamp: Stamp,
}

impl Change for DecideHere {
    type Output = Recorded;
    type Refusal = CounterRefused;

    fn apply(mut self, turn: &mut Turn<'_, '_>) -> Result<Recorded, ChangeError<CounterRefused>> {
        if let Some(earlier) = self.find_earlier(turn)? {
            return Ok(earlier);
        }
        let snapshot = Snapshot::load(turn.tx.conn())?;
        if snapshot.catalog.find(&self.item.ask.store).is_none() {
            return Err(self.refused(turn, CounterRefused::UnknownStore));
        }
        if self.item.ask.requester_kind == RequesterKind::ResidentSelf && !self.is_identity_checked {
            return Err(self.refused(turn, CounterRefused::IdentityNotChecked));
        }
        self.item.bring_up_to(&snapshot);
        Ok(self.record(turn, &snapshot)?)
    }
}

impl DecideHere {
    /// What the same form did before, in an earlier batch or in this one.
    fn find_earlier(&self, turn: &mut Turn<'_, '_>) -> Result<Option<Recorded>, ChangeError<CounterRefused>> {
        let pending = turn.entries.find_by_id(self.item.id);
        let pending = pending.map(|(index, draft)| (index, draft.actor.clone(), draft.record.clone()));
        let found = match pending {
            Some(pending) => Some(pending),
            None => match audit::find_entry_by_id(turn.tx.conn(), &self.item.id.to_string())? {
                Some(row) => Some((u64::try_from(row.seq).unwrap_or_default(), row.actor, row.record)),
                None => None,
            },
        };
        let Some((index, actor, record)) = found else { return Ok(None) };
        match serde_json::from_slice::<super::DecisionRecord>(&record) {
            Ok(record) if record.at_counter && actor == self.actor => {
                Ok(Some(Recorded { record, index, is_replay: true }))
            }
            _ => Err(self.refused(turn, CounterRefused::FormTaken)),
        }
    }

    fn record(self, turn: &mut Turn<'_, '_>, snapshot: &Snapshot) -> Result<Recorded, StoreError> {
        let Self { actor, item, policy, .. } = self;
        let cited: HashSet<_> = item.ask.legal_bases.iter().copied().collect();
        let bases = legal_bases::load(turn.tx.conn(), &cited)?;
        let decision = judge::decided(&item, &bases, snapshot, &policy, turn.now);
        let index = turn.entries.next_index();
        let position = i64::try_from(index).map_err(|_| StoreError::Corrupt("a log of more than 2^63 entries"))?;
        for basis in decision.used_bases().iter().filter_map(|id| bases.get(id)) {
            legal_bases::set_uses(turn.tx, basis.id, basis.uses.saturating_add(1))?;
            legal_bases::insert_use(turn.tx, basis.id, position)?;
        }
        let record = judge::record_of(&actor, &item, decision, &policy, turn.now);
        let record = super::DecisionRecord { at_counter: true, ..record };
        let bytes = serde_json::to_vec(&record).unwrap_or_default();
        judge::enter(item, &record, bytes, turn.entries, turn.now);
        Ok(Recorded { record, index, is_replay: false })
    }

    fn refused(&self, turn: &Turn<'_, '_>, reason: CounterRefused) -> ChangeError<CounterRefused> {
        let about =
            [("requester_kind", self.item.ask.requester_kind.to_string()), ("store", self.item.ask.store.to_string())];
        let refusal = Refusal { stamp: &self.stamp, now: turn.now, actor: &self.actor, change: EventKind::Decision };
        refusal.because(reason, about)
    }
}
