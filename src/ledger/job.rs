//! What callers hand to the writer.

use chrono::{DateTime, Utc};
use tokio::sync::oneshot;

use super::{Entries, Facts, Head, LedgerError, Needs, Snapshot};
use crate::domain::ClientId;
use crate::domain::record::Draft;
use crate::storage::{StoreError, WriteTx};
use crate::tlog::Signer;

/// A decision: reads facts, changes no row, appends entries.
pub trait Judgement: Send + 'static {
    /// What the caller gets once the entries are durable.
    type Output: Send + 'static;

    /// How many decisions it makes: what counts against the queue's capacity and the size of a commit.
    fn weight(&self) -> usize {
        1
    }

    /// The client whose line it waits in; `None` for what nobody from outside asked for.
    fn caller(&self) -> Option<&ClientId> {
        None
    }

    /// Names the facts to load, for the whole batch in one go.
    fn needs(&self, needs: &mut Needs);

    /// Decides, at the instant and on the facts of the open transaction.
    fn judge(&mut self, bench: &mut Bench<'_>) -> Self::Output;
}

/// What a judgement sees.
pub struct Bench<'a> {
    /// The instant of the decision.
    pub now: DateTime<Utc>,
    /// Clients, catalogue and flags as of this transaction.
    pub snapshot: &'a Snapshot,
    /// The facts that were asked for, changed as this batch changes them.
    pub facts: &'a mut Facts,
    /// Where entries are appended.
    pub entries: &'a mut Entries,
}

/// A change of state: runs in its own savepoint, before the judgements of its batch.
pub trait Change: Send + 'static {
    /// What the caller gets once the change is durable.
    type Output: Send + 'static;
    /// Why the change may be refused.
    type Refusal: Send + 'static;

    /// Changes rows and appends the entry that says so.
    ///
    /// # Errors
    /// [`ChangeError::Refused`] to undo and answer with a reason; [`ChangeError::Store`] when the database failed.
    fn apply(self, turn: &mut Turn<'_, '_>) -> Result<Self::Output, ChangeError<Self::Refusal>>;
}

/// What a change sees.
pub struct Turn<'a, 'tx> {
    /// The open transaction.
    pub tx: &'a mut WriteTx<'tx>,
    /// The instant of the change.
    pub now: DateTime<Utc>,
    /// Where entries are appended.
    pub entries: &'a mut Entries,
    /// The tree as it stood before this batch.
    pub head: &'a Head,
    /// The log's key.
    pub signer: &'a Signer,
}

/// Why a change was not made.
#[derive(Debug)]
pub enum ChangeError<R> {
    /// It may not be made; its rows are undone, and the refusal leaves an entry of its own.
    Refused(Refused<R>),
    /// The database failed; its rows are undone.
    Store(StoreError),
}

/// A refusal with the entry it leaves.
#[derive(Debug)]
pub struct Refused<R> {
    /// Why.
    pub reason: R,
    /// What the log says of it. Boxed: refusals are rare, and a draft is large.
    pub entry: Option<Box<Draft>>,
}

impl<R> From<StoreError> for ChangeError<R> {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// A job without its types, as the writer sees it.
pub(super) trait Job: Send {
    fn is_change(&self) -> bool;
    fn weight(&self) -> usize;
    fn caller(&self) -> Option<&ClientId>;
    fn needs(&self, needs: &mut Needs);
    /// Runs a change. The outer error gives up the whole batch.
    fn change(&mut self, turn: &mut Turn<'_, '_>) -> Result<(), StoreError>;
    fn judge(&mut self, bench: &mut Bench<'_>);
    /// Answers the caller. Called once, after the commit or after its failure.
    fn answer(self: Box<Self>, outcome: Result<(), LedgerError>);
}

pub(super) type Reply<T> = oneshot::Sender<Result<T, LedgerError>>;

pub(super) struct JudgementJob<J: Judgement> {
    judgement: J,
    output: Option<J::Output>,
    reply: Reply<J::Output>,
}

impl<J: Judgement> JudgementJob<J> {
    pub(super) fn new(judgement: J, reply: Reply<J::Output>) -> Self {
        Self { judgement, output: None, reply }
    }
}

impl<J: Judgement> Job for JudgementJob<J> {
    fn is_change(&self) -> bool {
        false
    }

    fn weight(&self) -> usize {
        self.judgement.weight()
    }

    fn caller(&self) -> Option<&ClientId> {
        self.judgement.caller()
    }

    fn needs(&self, needs: &mut Needs) {
        self.judgement.needs(needs);
    }

    fn change(&mut self, _: &mut Turn<'_, '_>) -> Result<(), StoreError> {
        Ok(())
    }

    fn judge(&mut self, bench: &mut Bench<'_>) {
        self.output = Some(self.judgement.judge(bench));
    }

    fn answer(self: Box<Self>, outcome: Result<(), LedgerError>) {
        // INVARIANT: an output leaves only behind an `Ok` outcome, which the writer makes only after COMMIT.
        let answer = match (outcome, self.output) {
            (Ok(()), Some(output)) => Ok(output),
            (Ok(()), None) => Err(LedgerError::Unwritable("the request was not judged".to_owned())),
            (Err(error), _) => Err(error),
        };
        // A caller that hung up has its entry all the same.
        let _ = self.reply.send(answer);
    }
}

/// What a change comes to: its own answer, or why there is none.
pub(super) type ChangeAnswer<T, R> = Result<Result<T, R>, LedgerError>;

type ChangeOutcome<C> = ChangeAnswer<<C as Change>::Output, <C as Change>::Refusal>;

pub(super) struct ChangeJob<C: Change> {
    change: Option<C>,
    outcome: Option<ChangeOutcome<C>>,
    reply: Reply<Result<C::Output, C::Refusal>>,
}

impl<C: Change> ChangeJob<C> {
    pub(super) fn new(change: C, reply: Reply<Result<C::Output, C::Refusal>>) -> Self {
        Self { change: Some(change), outcome: None, reply }
    }
}

impl<C: Change> Job for ChangeJob<C> {
    fn is_change(&self) -> bool {
        true
    }

    fn weight(&self) -> usize {
        1
    }

    fn caller(&self) -> Option<&ClientId> {
        None
    }

    fn needs(&self, _: &mut Needs) {}

    fn change(&mut self, turn: &mut Turn<'_, '_>) -> Result<(), StoreError> {
        let Some(change) = self.change.take() else { return Ok(()) };
        let mark = turn.entries.mark();
        let Turn { tx, now, entries, head, signer } = turn;
        let result = tx.isolated(|tx| change.apply(&mut Turn { tx, now: *now, entries, head, signer }))?;
        self.outcome = Some(match result {
            Ok(output) => Ok(Ok(output)),
            Err(error) => {
                turn.entries.rewind(mark);
                match error {
                    ChangeError::Refused(refused) => {
                        if let Some(entry) = refused.entry {
                            turn.entries.append(*entry);
                        }
                        Ok(Err(refused.reason))
                    }
                    ChangeError::Store(error) => Err(LedgerError::Undone(error.to_string())),
                }
            }
        });
        Ok(())
    }

    fn judge(&mut self, _: &mut Bench<'_>) {}

    fn answer(self: Box<Self>, outcome: Result<(), LedgerError>) {
        let Self { outcome: made, reply, .. } = *self;
        let undecided = || Err(LedgerError::Unwritable("the change was not made".to_owned()));
        let _ = reply.send(outcome.and_then(|()| made.unwrap_or_else(undecided)));
    }
}
