//! The writer thread: drains the queue, commits a batch, signs, answers; and what it does when that fails.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::oneshot;

use super::batch::{self, Prepared, Rules};
use super::facts::{KeysInUse, Snapshot};
use super::head::{HeadError, UnsignedHead};
use super::housekeeping::{Publish, Recover};
use super::job::{ChangeJob, Job};
use super::probe::{Probe, Step};
use super::queue::Drained;
use super::shared::Shared;
use super::{Head, LedgerError, Stamp};
use crate::clock::{Clock, Entropy};
use crate::storage::audit::{self, BatchRow};
use crate::storage::{Store, WriteConnection, WriteTx};
use crate::tlog::{Frontier, Signer};

/// How long the writer sleeps on an empty queue before it looks after itself.
const IDLE: Duration = Duration::from_secs(1);

/// How long it leaves publishing and forgetting alone at the most.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

pub(super) struct Writer {
    pub(super) shared: Arc<Shared>,
    pub(super) store: Store,
    pub(super) signer: Signer,
    pub(super) keys: KeysInUse,
    pub(super) epoch: u32,
    pub(super) instance: String,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) entropy: Arc<dyn Entropy>,
    pub(super) probe: Arc<dyn Probe>,
    pub(super) max_batch: usize,
    pub(super) publish_interval: Duration,
    pub(super) cache: Cache,
}

/// What may be trusted only as long as every commit is known to have happened.
#[derive(Default)]
pub(super) struct Cache {
    pub(super) conn: Option<WriteConnection>,
    pub(super) frontier: Option<Frontier>,
    pub(super) snapshot: Option<Arc<Snapshot>>,
    /// When a checkpoint is next looked at for publishing.
    pub(super) publish_at: Option<Instant>,
}

impl Writer {
    pub(super) fn run(mut self) {
        loop {
            let mut jobs = match self.shared.queue.drain(self.max_batch, IDLE) {
                Drained::Jobs(jobs) => jobs,
                Drained::Idle => Vec::new(),
                Drained::Closed => break,
            };
            self.add_own_jobs(&mut jobs);
            if !jobs.is_empty() {
                self.serve(jobs);
            }
        }
        self.shared.anchor.close();
        self.shared.wal.close();
    }

    /// Publishing when it is due; a trial entry when the last batch failed and nobody asks, because a load balancer
    /// that was told "not ready" sends nobody.
    fn add_own_jobs(&mut self, jobs: &mut Vec<Box<dyn Job>>) {
        let health = self.shared.health();
        if !health.is_writable
            && jobs.is_empty()
            && let Ok(stamp) = Stamp::draw(self.clock.now(), self.entropy.as_ref())
        {
            let recover = Recover { stamp, failed_batches: health.failed_batches };
            jobs.push(Box::new(ChangeJob::new(recover, oneshot::channel().0)));
        }
        let now = Instant::now();
        if health.is_writable && self.cache.publish_at.is_none_or(|at| at <= now) {
            // An empty log has nothing to publish yet, and will have shortly.
            let is_empty = self.shared.head().size == 0;
            let pause = if is_empty { IDLE } else { self.publish_interval.min(LONGEST_PAUSE).max(IDLE) };
            self.cache.publish_at = Some(now + pause);
            jobs.push(Box::new(ChangeJob::new(Publish { interval: self.publish_interval }, oneshot::channel().0)));
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "a figure for people")]
    fn serve(&mut self, mut jobs: Vec<Box<dyn Job>>) {
        let begun = Instant::now();
        metrics::histogram!("zaguan_ledger_batch_jobs").record(jobs.len() as f64);
        self.shared.note_batch(Some(begun));
        // A panic in one judgement must not end the only writer; the batch is lost, and with it every answer in it.
        let outcome = catch_unwind(AssertUnwindSafe(|| self.commit(&mut jobs)))
            .unwrap_or_else(|_| Err(LedgerError::Unwritable("a request could not be judged".to_owned())));
        self.shared.note_batch(None);
        metrics::histogram!("zaguan_ledger_batch_seconds").record(begun.elapsed().as_secs_f64());
        match &outcome {
            Ok(0) => {}
            // Only an entry proves that entries can be written.
            Ok(_) => self.shared.note_success(),
            Err(error) => {
                self.cache = Cache::default();
                self.shared.note_failure(error);
            }
        }
        for job in jobs {
            job.answer(outcome.clone().map(drop));
        }
    }

    /// Returns how many entries were appended.
    ///
    /// INVARIANT: returns `Ok` only after COMMIT returned, or after the batch was found in the database.
    fn commit(&mut self, jobs: &mut [Box<dyn Job>]) -> Result<u64, LedgerError> {
        self.probe.reached(Step::Connect)?;
        let mut conn = match self.cache.conn.take() {
            Some(conn) => conn,
            None => self.store.open_writer()?,
        };
        let mut tx = conn.begin()?;
        self.probe.reached(Step::Begun)?;
        let head = self.head(&mut tx)?;
        let signed = self.shared.head();
        let rules = Rules {
            signer: &self.signer,
            keys: &self.keys,
            epoch: self.epoch,
            instance: &self.instance,
            probe: self.probe.as_ref(),
        };
        let snapshot = self.cache.snapshot.take();
        let signed = if signed.size == head.frontier.size() { signed } else { Arc::new(self.sign(&head)?) };
        let prepared = batch::prepare(&mut tx, jobs, head, &signed, snapshot, self.clock.now(), &rules)?;
        let committed = tx.commit().and_then(|()| self.probe.reached(Step::Committed));
        if let Err(error) = committed {
            drop(conn);
            if self.find_again(prepared.row.as_ref()).is_err() {
                return Err(error.into());
            }
            tracing::warn!(%error, "the batch was found in the database");
        } else {
            self.cache.conn = Some(conn);
        }
        self.settle(prepared)
    }

    /// The tree as of this transaction. The cached one is used only if size and root both match.
    fn head(&mut self, tx: &mut WriteTx<'_>) -> Result<UnsignedHead, LedgerError> {
        let last = audit::find_last_batch(tx.conn())?;
        let cached = self.cache.frontier.take();
        let known = self.shared.head();
        let (size, at) = last.as_ref().map_or((0, 0), |row| (u64::try_from(row.size_after).unwrap_or(0), row.at));
        if size < known.size {
            return Err(contradiction("it is shorter than what was acknowledged"));
        }
        let root = last.as_ref().map(|row| row.root.as_slice());
        if size == known.size && size > 0 && root != Some(known.root.as_bytes().as_slice()) {
            return Err(contradiction("its last batch is not the one that was acknowledged"));
        }
        if size > known.size {
            demand_continuation(tx, &known)?;
        }
        match (cached, last) {
            (Some(frontier), _) if frontier.size() == size && size == known.size => Ok(UnsignedHead { frontier, at }),
            (_, None) => Ok(UnsignedHead { frontier: Frontier::empty(), at: 0 }),
            (_, Some(row)) => UnsignedHead::of(&row).map_err(|error| LedgerError::Unwritable(error.to_string())),
        }
    }

    /// After an unclear commit: is the batch there?
    fn find_again(&mut self, row: Option<&BatchRow>) -> Result<(), LedgerError> {
        let row = row.ok_or(LedgerError::Closed)?;
        let mut conn = self.store.open_writer()?;
        if audit::find_batch(conn.conn(), row.first_seq)?.as_ref() == Some(row) {
            self.cache.conn = Some(conn);
            return Ok(());
        }
        Err(contradiction("the batch is not there"))
    }

    /// After the commit: sign, and let everybody see the new state.
    #[expect(clippy::cast_precision_loss, reason = "a figure for people")]
    fn settle(&mut self, prepared: Prepared) -> Result<u64, LedgerError> {
        let head = if prepared.row.is_some() || self.shared.head().size != prepared.head.frontier.size() {
            let head = Arc::new(self.sign(&prepared.head)?);
            self.shared.move_head(&head);
            head
        } else {
            self.shared.head()
        };
        metrics::counter!("zaguan_ledger_entries_total").increment(prepared.appended);
        metrics::gauge!("zaguan_ledger_size").set(head.size as f64);
        self.shared.snapshot.store(Arc::clone(&prepared.snapshot));
        self.cache.snapshot = Some(prepared.snapshot);
        self.cache.frontier = Some(prepared.head.frontier);
        Ok(prepared.appended)
    }

    fn sign(&self, head: &UnsignedHead) -> Result<Head, LedgerError> {
        head.sign(&self.signer).map_err(|error| LedgerError::Unwritable(error.to_string()))
    }
}

/// Another writer has appended: its batches must stand on the one that was acknowledged here. A restored backup that
/// somebody else has already appended to does not. One look-up by key, because writers that take turns pay it every turn.
fn demand_continuation(tx: &mut WriteTx<'_>, known: &Head) -> Result<(), LedgerError> {
    if known.size == 0 {
        return Ok(());
    }
    let size = i64::try_from(known.size).map_err(|_| contradiction("it is too long"))?;
    let stands = audit::find_batch_before(tx.conn(), size)?
        .is_some_and(|row| row.size_after == size && row.root == known.root.as_bytes());
    if stands { Ok(()) } else { Err(contradiction("it does not continue what was acknowledged")) }
}

fn contradiction(what: &'static str) -> LedgerError {
    LedgerError::Unwritable(HeadError::Contradiction(what).to_string())
}
