//! Decisions: from a validated request to an answer whose entry is durable.
//!
//! The web thread does what needs no facts (`Prepared`: ids, sealing, commitments, classes); the writer does the rest
//! inside its transaction (`Decide`). The only way to a [`Recorded`] is through the ledger.

mod counter;
mod explained;
mod export;
mod find;
mod judge;
mod link;
mod prepare;
mod receipt;
mod record;
mod request;
mod search;
mod uses;

pub use counter::{CounterDecision, CounterRefused, CounterRequest};
pub use explained::{ExplainError, ExplainedDecision, ExplainedField};
pub use export::{Export, ExportProgress, ExportTickets};
pub use find::{DecisionReader, FindError};
pub use judge::{Answer, IdempotencyKey, Recorded, WithheldReason};
pub use link::{LinkShut, OpenedLink};
pub use receipt::ReceiptError;
pub use record::{DecisionRecord, FieldRecord, PolicyRef};
pub use request::{Details, Request, Requester};
pub use search::{FoundPage, Search};

use std::sync::Arc;

use judge::Decide;
use prepare::Prepared;

use super::App;
use super::tokens::Caller;
use crate::clock::EntropyError;
use crate::ledger::LedgerError;

/// Why there is no answer. Nothing was released.
#[derive(Debug, thiserror::Error)]
pub enum DecideError {
    /// The entry could not be made durable.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// No random bytes.
    #[error(transparent)]
    Entropy(#[from] EntropyError),
}

impl App {
    /// Decides one request.
    ///
    /// # Errors
    /// When its entry could not be made durable.
    pub async fn decide(
        &self,
        caller: Caller,
        request: Request,
        key: Option<IdempotencyKey>,
    ) -> Result<Answer, DecideError> {
        match self.decide_all(caller, vec![(0, request)], key).await? {
            Ok(answers) => answers.into_iter().next().ok_or(DecideError::Ledger(LedgerError::Closed)),
            Err(reason) => Ok(Answer::Withheld(reason)),
        }
    }

    /// Decides several requests in one commit, each on its own merits. The number beside each request is its item
    /// in the caller's batch. The inner error turns the whole call away: an unauthorized client, a reused key.
    ///
    /// # Errors
    /// When the entries could not be made durable: then none is answered.
    pub async fn decide_all(
        &self,
        caller: Caller,
        requests: Vec<(usize, Request)>,
        key: Option<IdempotencyKey>,
    ) -> Result<Result<Vec<Answer>, WithheldReason>, DecideError> {
        let snapshot = self.ledger.snapshot();
        let items = requests
            .into_iter()
            .map(|(item, request)| Prepared::new(self, &snapshot, item, request))
            .collect::<Result<Vec<_>, _>>()?;
        drop(snapshot);
        let (policy, certification) = (Arc::clone(&self.policy), self.session_rules.certification);
        let decide = Decide { caller, items, key, policy, certification };
        Ok(self.ledger.judge(decide).await?)
    }
}
