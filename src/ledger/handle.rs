//! The ledger as the rest of the program holds it.

use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use tokio::sync::oneshot;

use super::facts::Snapshot;
use super::housekeeping::Look;
use super::job::{Change, ChangeJob, Job, Judgement, JudgementJob};
use super::queue::NotTaken;
use super::shared::{Health, Shared};
use super::{Head, LedgerError, Names};

/// The way to the single writer. Dropping it closes the ledger.
pub struct Ledger {
    pub(super) shared: Arc<Shared>,
    pub(super) names: Names,
    pub(super) writer: Mutex<Option<JoinHandle<()>>>,
}

impl Ledger {
    /// Judges a request; the answer comes once its entries are durable.
    ///
    /// # Errors
    /// Why there is no entry. Then there is no answer either.
    pub async fn judge<J: Judgement>(&self, judgement: J) -> Result<J::Output, LedgerError> {
        let (reply, answer) = oneshot::channel();
        self.submit(Box::new(JudgementJob::new(judgement, reply)))?;
        answer.await.unwrap_or(Err(LedgerError::Closed))
    }

    /// Makes a change; the inner result is the change's own.
    ///
    /// # Errors
    /// Why there is no entry. Then there is no change either.
    pub async fn change<C: Change>(&self, change: C) -> Result<Result<C::Output, C::Refusal>, LedgerError> {
        let (reply, answer) = oneshot::channel();
        self.submit(Box::new(ChangeJob::new(change, reply)))?;
        answer.await.unwrap_or(Err(LedgerError::Closed))
    }

    /// [`Ledger::change`] for threads that may block, such as the command line's.
    ///
    /// # Errors
    /// As [`Ledger::change`].
    pub fn change_blocking<C: Change>(&self, change: C) -> Result<Result<C::Output, C::Refusal>, LedgerError> {
        let (reply, answer) = oneshot::channel();
        self.submit(Box::new(ChangeJob::new(change, reply)))?;
        answer.blocking_recv().unwrap_or(Err(LedgerError::Closed))
    }

    /// [`Ledger::judge`] for threads that may block.
    ///
    /// # Errors
    /// As [`Ledger::judge`].
    pub fn judge_blocking<J: Judgement>(&self, judgement: J) -> Result<J::Output, LedgerError> {
        let (reply, answer) = oneshot::channel();
        self.submit(Box::new(JudgementJob::new(judgement, reply)))?;
        answer.blocking_recv().unwrap_or(Err(LedgerError::Closed))
    }

    fn submit(&self, job: Box<dyn Job>) -> Result<(), LedgerError> {
        self.shared.queue.push(job).map_err(|full| match full {
            NotTaken::Full => LedgerError::Overloaded,
            NotTaken::Crowded => LedgerError::Crowded,
            NotTaken::Closed => LedgerError::Closed,
        })
    }

    /// The log's names and their keys, as of this process's start: it serves no other epoch.
    #[must_use]
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// The newest committed state, signed.
    #[must_use]
    pub fn head(&self) -> Arc<Head> {
        self.shared.head()
    }

    /// The newest committed state, signed, after looking at what other processes have appended. Blocks.
    ///
    /// # Errors
    /// When the database cannot be looked at.
    pub fn look(&self) -> Result<Arc<Head>, LedgerError> {
        match self.change_blocking(Look)? {
            Ok(()) => Ok(self.head()),
            Err(never) => match never {},
        }
    }

    /// Clients, catalogue and flags as the writer last saw them. Good enough to prepare a request by; the writer judges
    /// by what its transaction sees.
    #[must_use]
    pub fn snapshot(&self) -> arc_swap::Guard<Arc<Snapshot>> {
        self.shared.snapshot.load()
    }

    /// Whether entries can be written.
    #[must_use]
    pub fn health(&self) -> Health {
        self.shared.health()
    }

    /// Jobs that are waiting.
    #[must_use]
    pub fn queue_len(&self) -> usize {
        self.shared.queue.len()
    }

    /// Takes no more jobs, finishes those that wait, writes the anchor. Returns when all is done.
    pub fn close(&self) {
        self.shared.queue.close();
        let thread = self.writer.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(thread) = thread {
            let _ = thread.join();
        }
    }
}

impl Drop for Ledger {
    fn drop(&mut self) {
        self.close();
    }
}
