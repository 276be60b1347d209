//! A steward proposes a class for a field. Nothing changes by that.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::{about, lines};
use crate::app::App;
use crate::app::authority::{Authority, ProposeClass, StaffFailure};
use crate::app::policy::LoadedPolicy;
use crate::app::refusal::Refusal;
use crate::clock::uuid_v7;
use crate::domain::field::{FieldClass, FieldName, StoreCatalog};
use crate::domain::record::EventKind;
use crate::domain::stewardship::{Proposal, ProposalStatus, ReasonError, Shift, reason_of};
use crate::domain::{ProposalId, StoreId};
use crate::ledger::{Change, ChangeError, Stamp, Turn};
use crate::storage::{StoreError, catalog, class_proposals};

/// What is proposed.
#[derive(Debug, Clone)]
pub struct NewProposal {
    /// The record store.
    pub store: StoreId,
    /// The field.
    pub field: FieldName,
    /// The class that it should be.
    pub class: FieldClass,
    /// Why.
    pub reason: String,
}

/// Why nothing was proposed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProposeError {
    /// There is no such store.
    #[error("there is no record store `{0}`")]
    UnknownStore(StoreId),
    /// A new pattern would judge fields that nobody has seen.
    #[error("a proposal is about one field: patterns come with a store's catalogue")]
    Pattern,
    /// The class is in force.
    #[error("the field is `{0}` already")]
    Same(FieldClass),
    /// Another question about the field is open.
    #[error("another proposal about this field waits for somebody")]
    AlreadyOpen,
    /// The catalogue would contradict itself.
    #[error("the catalogue would contradict itself: {0}")]
    Contradiction(String),
    /// The reason is refused.
    #[error(transparent)]
    Reason(#[from] ReasonError),
}

impl App {
    /// Proposes a class for a field, for another person to settle.
    ///
    /// # Errors
    /// Why nothing was proposed.
    pub fn propose_class(
        &self,
        by: &Authority<ProposeClass>,
        new: NewProposal,
    ) -> Result<ProposalId, StaffFailure<ProposeError>> {
        let mut random = [0; 10];
        self.entropy.fill(&mut random)?;
        let id = ProposalId::new(uuid_v7(self.clock.now(), &random));
        let (actor, policy) = (by.actor().to_owned(), Arc::clone(&self.policy));
        self.change_by_blocking(by, Propose { id, new, actor, policy, stamp: self.stamp()? })
    }
}

struct Propose {
    id: ProposalId,
    new: NewProposal,
    actor: String,
    policy: Arc<LoadedPolicy>,
    stamp: Stamp,
}

impl Change for Propose {
    type Output = ProposalId;
    type Refusal = ProposeError;

    fn apply(self, turn: &mut Turn<'_, '_>) -> Result<ProposalId, ChangeError<ProposeError>> {
        let proposal = match self.judge(turn)? {
            Ok(proposal) => proposal,
            Err(reason) => {
                let (store, class) = (self.new.store.to_string(), self.new.class.to_string());
                let field = self.new.field.normalised().to_owned();
                let refusal =
                    Refusal { stamp: &self.stamp, now: turn.now, actor: &self.actor, change: EventKind::ClassProposed };
                return Err(refusal.because(reason, [("class", class), ("field", field), ("store", store)]));
            }
        };
        class_proposals::insert(turn.tx, &proposal)?;
        let shift = Shift::between(proposal.from, proposal.to, &self.policy.policy);
        let entry = self.stamp.event(turn.now, EventKind::ClassProposed, &self.actor, about(&proposal, shift));
        turn.entries.append(entry);
        Ok(self.id)
    }
}

impl Propose {
    fn judge(&self, turn: &mut Turn<'_, '_>) -> Result<Result<Proposal, ProposeError>, StoreError> {
        let NewProposal { store, field, .. } = &self.new;
        let in_force = catalog::load(turn.tx.conn())?;
        let Some(in_force) = in_force.find(store) else {
            return Ok(Err(ProposeError::UnknownStore(store.clone())));
        };
        let earlier = class_proposals::list_of_field(turn.tx.conn(), store, field)?;
        if earlier.iter().any(|proposal| proposal.status == ProposalStatus::Open) {
            return Ok(Err(ProposeError::AlreadyOpen));
        }
        Ok(self.against(in_force, turn.now))
    }

    /// The proposal, as the catalogue stands.
    fn against(&self, in_force: &StoreCatalog, now: DateTime<Utc>) -> Result<Proposal, ProposeError> {
        let NewProposal { store, field, class, reason } = &self.new;
        let is_new = in_force.find(field).is_none();
        if is_new && field.has_wildcard() {
            return Err(ProposeError::Pattern);
        }
        let reason = reason_of(reason)?;
        let from = in_force.class_in_force(field);
        if from == *class {
            return Err(ProposeError::Same(from));
        }
        in_force
            .with_class(field, *class, &self.actor, &reason)
            .map_err(|faults| ProposeError::Contradiction(lines(&faults)))?;
        Ok(Proposal {
            id: self.id,
            store: store.clone(),
            field: field.clone(),
            is_new,
            from,
            to: *class,
            reason,
            proposed_by: self.actor.clone(),
            proposed_at: now,
            status: ProposalStatus::Open,
            settled: None,
        })
    }
}
