//! Another person settles what was proposed: an approval changes the catalogue, and nothing else does.
//!
//! Whoever approves says which catalogue they looked at. If it is another one by now, what they agreed to may not be what
//! would happen, and nothing happens.

use std::sync::Arc;

use super::{about, lines};
use crate::app::App;
use crate::app::authority::{Authority, Grant, ProposeClass, SettleClass, StaffFailure};
use crate::app::policy::LoadedPolicy;
use crate::app::refusal::Refusal;
use crate::domain::ProposalId;
use crate::domain::field::StoreCatalog;
use crate::domain::record::{EventKind, hex};
use crate::domain::stewardship::{MayNotSettle, Proposal, ProposalStatus, ReasonError, Settled, Shift, reason_of};
use crate::ledger::{Change, ChangeError, Stamp, Turn};
use crate::storage::{StoreError, catalog, class_proposals, state, unknown_fields};

/// What becomes of a proposal.
#[derive(Debug, Clone)]
pub enum Verdict {
    /// The catalogue is to say so.
    Approve {
        /// SHA-256 of the store's catalogue that the person looked at, in hex.
        seen: String,
    },
    /// The catalogue is to stay as it is.
    Decline {
        /// Why.
        reason: String,
    },
}

/// Why a proposal was left as it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SettleError {
    /// There is none.
    #[error("there is no such proposal")]
    Unknown,
    /// It is settled, or the person may not settle it.
    #[error(transparent)]
    MayNot(#[from] MayNotSettle),
    /// The catalogue changed since the proposal was made, or since the person looked.
    #[error("the catalogue has changed meanwhile: look at the proposal again")]
    Outdated,
    /// The catalogue would contradict itself by now.
    #[error("the catalogue would contradict itself: {0}")]
    Contradiction(String),
    /// The reason is refused.
    #[error(transparent)]
    Reason(#[from] ReasonError),
}

impl App {
    /// Approves or declines what another person proposed.
    ///
    /// # Errors
    /// Why the proposal is as it was.
    pub fn settle_proposal(
        &self,
        by: &Authority<SettleClass>,
        id: ProposalId,
        verdict: Verdict,
    ) -> Result<(), StaffFailure<SettleError>> {
        let step = match verdict {
            Verdict::Approve { seen } => Step::Approve { seen },
            Verdict::Decline { reason } => Step::Decline { reason },
        };
        self.step(by, id, step)
    }

    /// Takes one's own proposal back.
    ///
    /// # Errors
    /// Why it is still open, or was not.
    pub fn withdraw_proposal(
        &self,
        by: &Authority<ProposeClass>,
        id: ProposalId,
    ) -> Result<(), StaffFailure<SettleError>> {
        self.step(by, id, Step::Withdraw)
    }

    fn step<P: Grant>(&self, by: &Authority<P>, id: ProposalId, step: Step) -> Result<(), StaffFailure<SettleError>> {
        let (actor, policy) = (by.actor().to_owned(), Arc::clone(&self.policy));
        self.change_by_blocking(by, Settle { id, step, actor, policy, stamp: self.stamp()? })
    }
}

enum Step {
    Approve { seen: String },
    Decline { reason: String },
    Withdraw,
}

struct Settle {
    id: ProposalId,
    step: Step,
    actor: String,
    policy: Arc<LoadedPolicy>,
    stamp: Stamp,
}

impl Change for Settle {
    type Output = ();
    type Refusal = SettleError;

    fn apply(self, turn: &mut Turn<'_, '_>) -> Result<(), ChangeError<SettleError>> {
        let Some(proposal) = class_proposals::find(turn.tx.conn(), self.id)? else {
            return Err(self.refused(turn, SettleError::Unknown, vec![("proposal", self.id.to_string())]));
        };
        let shift = Shift::between(proposal.from, proposal.to, &self.policy.policy);
        let mut about = about(&proposal, shift);
        match self.make(turn, &proposal)? {
            Ok(more) => about.extend(more),
            Err(reason) => return Err(self.refused(turn, reason, about)),
        }
        turn.entries.append(self.stamp.event(turn.now, self.step.kind(), &self.actor, about));
        Ok(())
    }
}

/// What an entry says besides what stands in the proposal.
type More = Vec<(&'static str, String)>;

impl Settle {
    fn refused(&self, turn: &Turn<'_, '_>, reason: SettleError, about: More) -> ChangeError<SettleError> {
        let change = self.step.kind();
        Refusal { stamp: &self.stamp, now: turn.now, actor: &self.actor, change }.because(reason, about)
    }

    fn make(&self, turn: &mut Turn<'_, '_>, proposal: &Proposal) -> Result<Result<More, SettleError>, StoreError> {
        let (status, reason, more) = match self.judge(turn, proposal)? {
            Ok(Judged::Approved(new)) => (ProposalStatus::Approved, None, put_in_force(turn, proposal, &new)?),
            Ok(Judged::Declined(reason)) => (ProposalStatus::Declined, Some(reason), Vec::new()),
            Ok(Judged::Withdrawn) => (ProposalStatus::Withdrawn, None, Vec::new()),
            Err(error) => return Ok(Err(error)),
        };
        let settled = Settled { by: self.actor.clone(), at: turn.now, reason };
        class_proposals::settle(turn.tx, self.id, status, &settled)?;
        Ok(Ok(more))
    }

    /// Whether this may be done by this person, and what it would make of the catalogue, as everything stands now.
    fn judge(&self, turn: &mut Turn<'_, '_>, proposal: &Proposal) -> Result<Result<Judged, SettleError>, StoreError> {
        let may = match self.step {
            Step::Approve { .. } | Step::Decline { .. } => proposal.may_be_settled_by(&self.actor),
            Step::Withdraw => proposal.may_be_withdrawn_by(&self.actor),
        };
        if let Err(error) = may {
            return Ok(Err(error.into()));
        }
        let seen = match &self.step {
            Step::Withdraw => return Ok(Ok(Judged::Withdrawn)),
            Step::Decline { reason } => return Ok(reason_of(reason).map(Judged::Declined).map_err(Into::into)),
            Step::Approve { seen } => seen,
        };
        let catalog = catalog::load(turn.tx.conn())?;
        let in_force = catalog.find(&proposal.store);
        Ok(in_force.ok_or(SettleError::Outdated).and_then(|in_force| self.approved(proposal, in_force, seen)))
    }

    fn approved(&self, proposal: &Proposal, in_force: &StoreCatalog, seen: &str) -> Result<Judged, SettleError> {
        let is_as_seen = hex(&in_force.sha256()) == seen;
        if !is_as_seen || in_force.class_in_force(&proposal.field) != proposal.from {
            return Err(SettleError::Outdated);
        }
        let new = in_force.with_class(&proposal.field, proposal.to, &self.actor, &proposal.reason);
        new.map(|new| Judged::Approved(Box::new(new))).map_err(|faults| SettleError::Contradiction(lines(&faults)))
    }
}

impl Step {
    const fn kind(&self) -> EventKind {
        match self {
            Self::Approve { .. } => EventKind::ClassApproved,
            Self::Decline { .. } => EventKind::ClassDeclined,
            Self::Withdraw => EventKind::ClassWithdrawn,
        }
    }
}

enum Judged {
    Approved(Box<StoreCatalog>),
    Declined(String),
    Withdrawn,
}

fn put_in_force(turn: &mut Turn<'_, '_>, proposal: &Proposal, new: &StoreCatalog) -> Result<More, StoreError> {
    let sha256 = hex(&new.sha256());
    catalog::replace(turn.tx, new, &sha256, turn.now.timestamp_micros())?;
    unknown_fields::forget(turn.tx, proposal.store.as_str(), &[proposal.field.normalised().to_owned()])?;
    state::raise_revision(turn.tx)?;
    Ok(vec![("sha256", sha256)])
}
