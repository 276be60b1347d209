//! The ledger as the rest of the program holds it.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use arc_swap::ArcSwap;
use tokio::sync::oneshot;

use super::anchor::{Anchor, AnchorError};
use super::facts::{KeysInUse, Snapshot};
use super::housekeeping::Look;
use super::job::{Change, ChangeJob, Job, Judgement, JudgementJob};
use super::keeper::Keeper;
use super::probe::Probe;
use super::queue::{NotTaken, Queue};
use super::writer::{Cache, Writer};
use super::{Head, HeadError, LedgerError, Names};
use crate::clock::{Clock, Entropy};
use crate::storage::{Store, StoreError};
use crate::tlog::{Signer, Verifier};

/// What a ledger needs to begin.
pub struct LedgerOptions {
    /// The database.
    pub store: Store,
    /// The log's key; its name is the log's first name.
    pub signer: Signer,
    /// Keys that signed this log earlier.
    pub retired: Vec<Verifier>,
    /// The keys that this process uses.
    pub keys: KeysInUse,
    /// The anchor file.
    pub anchor: Anchor,
    /// The anchor file is written at most this often.
    pub anchor_interval: Duration,
    /// A checkpoint is published at most this often.
    pub publish_interval: Duration,
    /// Jobs that may wait.
    pub queue_capacity: usize,
    /// Jobs in one commit.
    pub max_batch: usize,
    /// This process, in batch rows.
    pub instance: String,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// The dice.
    pub entropy: Arc<dyn Entropy>,
    /// Watches the writer.
    pub probe: Arc<dyn Probe>,
}

/// Why a ledger does not begin.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The log contradicts itself.
    #[error(transparent)]
    Head(#[from] HeadError),
    /// The log contradicts its anchor.
    #[error(transparent)]
    Anchor(#[from] AnchorError),
    /// The database is in use with keys that this process does not have.
    #[error(
        "the database is in use with master key {master_key} and log key `{log_key}`, which this process's key files do \
         not hold"
    )]
    ForeignKey {
        /// The master key in force.
        master_key: String,
        /// The log key in force.
        log_key: String,
    },
    /// A thread could not be started.
    #[error("a thread cannot be started")]
    Thread(#[source] io::Error),
}

/// Whether entries can be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Health {
    /// False from a failed batch to the next one that succeeds, and while a batch takes too long.
    pub is_writable: bool,
    /// Batches that failed since the last one that succeeded.
    pub failed_batches: u64,
    /// What the last failure was.
    pub last_error: Option<String>,
}

/// The way to the single writer. Dropping it closes the ledger.
pub struct Ledger {
    shared: Arc<Shared>,
    names: Names,
    writer: Mutex<Option<JoinHandle<()>>>,
}

pub(super) struct Shared {
    pub(super) queue: Queue,
    pub(super) snapshot: ArcSwap<Snapshot>,
    /// Keeps the anchor file.
    pub(super) anchor: Keeper<Arc<str>>,
    /// Carries commits out of the write-ahead log.
    pub(super) wal: Keeper<()>,
    head: ArcSwap<Head>,
    health: Mutex<Health>,
    /// Since when the writer has been working on one batch.
    busy_since: Mutex<Option<Instant>>,
    /// After which time a batch takes too long.
    patience: Duration,
}

impl Ledger {
    /// Checks the log against its anchor, reads the facts, and starts the writer.
    ///
    /// # Errors
    /// Whatever keeps entries from being written, or from being believed.
    pub fn start(options: LedgerOptions) -> Result<Self, StartError> {
        let mut conn = options.store.open_writer()?;
        let mut known = options.retired.clone();
        known.insert(0, options.signer.verifier().clone());
        let names = Names::load(conn.conn(), &known, options.signer.name())?;
        let (head, anchored) = options.anchor.check_named(conn.conn(), &names)?;
        if anchored.is_none() && head.frontier.size() > 0 {
            tracing::warn!(
                entries = head.frontier.size(),
                path = %options.anchor.path().display(),
                "no anchor file: this start cannot tell whether the database was set back"
            );
        }
        let snapshot = Arc::new(Snapshot::load(conn.conn())?);
        if !options.keys.may_take_over(snapshot.master_key.as_deref(), snapshot.log_key.as_deref()) {
            let in_force = |key: &Option<String>| key.clone().unwrap_or_default();
            let (master_key, log_key) = (in_force(&snapshot.master_key), in_force(&snapshot.log_key));
            return Err(StartError::ForeignKey { master_key, log_key });
        }
        // Read after the head: a head of another epoch than the names' would be signed under the wrong one.
        if snapshot.epoch != names.number() {
            return Err(StartError::Head(HeadError::Contradiction("a new epoch was opened just now")));
        }
        let signer = names.signer(&options.signer)?;
        let signed = Arc::new(head.sign(&signer)?);
        let anchor = options.anchor.keep(names.base().to_owned(), options.anchor_interval);
        let anchor = anchor.map_err(StartError::Thread)?;
        let wal = carry_commits(options.store.clone()).map_err(StartError::Thread)?;
        let shared = Arc::new(Shared {
            queue: Queue::new(options.queue_capacity),
            snapshot: ArcSwap::new(Arc::clone(&snapshot)),
            anchor,
            wal,
            head: ArcSwap::new(signed),
            health: Mutex::new(Health { is_writable: true, failed_batches: 0, last_error: None }),
            busy_since: Mutex::new(None),
            patience: options.store.patience(),
        });
        let writer = Writer {
            shared: Arc::clone(&shared),
            store: options.store,
            signer,
            keys: options.keys,
            epoch: names.number(),
            instance: options.instance,
            clock: options.clock,
            entropy: options.entropy,
            probe: options.probe,
            max_batch: options.max_batch,
            publish_interval: options.publish_interval,
            cache: Cache {
                conn: Some(conn),
                frontier: Some(head.frontier),
                snapshot: Some(snapshot),
                publish_at: None,
            },
        };
        let thread = std::thread::Builder::new()
            .name("zaguan-writer".to_owned())
            .spawn(move || writer.run())
            .map_err(StartError::Thread)?;
        Ok(Self { shared, names, writer: Mutex::new(Some(thread)) })
    }

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

/// From one carrying to the next.
const CARRYING_PAUSE: Duration = Duration::from_millis(100);

/// SQLite lets a writer bring commits from its log into the database, once so many pages wait; that takes tens of
/// milliseconds, and everybody waits. A thread that does it meanwhile leaves the writer little to do.
fn carry_commits(store: Store) -> io::Result<Keeper<()>> {
    Keeper::start("zaguan-wal", CARRYING_PAUSE, move |()| {
        // Where this fails the writer will, too, and says so.
        if let Err(error) = store.carry_commits() {
            tracing::debug!(%error, "commits stay in the write-ahead log for now");
        }
    })
}

impl Shared {
    pub(super) fn head(&self) -> Arc<Head> {
        self.head.load_full()
    }

    pub(super) fn move_head(&self, head: &Arc<Head>) {
        self.head.store(Arc::clone(head));
        self.anchor.hand(Arc::clone(&head.note));
        self.wal.hand(());
    }

    pub(super) fn health(&self) -> Health {
        let mut health = self.health.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if self.busy_since().is_some_and(|since| since.elapsed() > self.patience) {
            health.is_writable = false;
            health.last_error = Some(LedgerError::Late.to_string());
        }
        health
    }

    /// The writer begins a batch, or has ended it.
    pub(super) fn note_batch(&self, since: Option<Instant>) {
        *self.busy_since.lock().unwrap_or_else(PoisonError::into_inner) = since;
    }

    fn busy_since(&self) -> Option<Instant> {
        *self.busy_since.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn note_success(&self) {
        let mut health = self.health.lock().unwrap_or_else(PoisonError::into_inner);
        if !health.is_writable {
            tracing::info!(failed_batches = health.failed_batches, "the audit log can be written again");
            *health = Health { is_writable: true, failed_batches: 0, last_error: None };
        }
    }

    pub(super) fn note_failure(&self, error: &LedgerError) {
        metrics::counter!("zaguan_ledger_failed_batches_total").increment(1);
        tracing::error!(%error, "the audit log cannot be written: nothing is released");
        let mut health = self.health.lock().unwrap_or_else(PoisonError::into_inner);
        health.is_writable = false;
        health.failed_batches += 1;
        health.last_error = Some(error.to_string());
    }
}
