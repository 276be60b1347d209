//! From the database, the keys and the anchor to a ledger that writes; or why not.

use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::anchor::{Anchor, AnchorError};
use super::facts::{KeysInUse, Snapshot};
use super::keeper::Keeper;
use super::probe::Probe;
use super::queue::Queue;
use super::shared::Shared;
use super::writer::{Cache, Writer};
use super::{HeadError, Ledger, Names, UnsignedHead};
use crate::clock::{Clock, Entropy};
use crate::storage::{Store, StoreError, WriteConnection};
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

impl Ledger {
    /// Checks the log against its anchor, reads the facts, and starts the writer.
    ///
    /// # Errors
    /// Whatever keeps entries from being written, or from being believed.
    pub fn start(options: LedgerOptions) -> Result<Self, StartError> {
        let mut conn = options.store.open_writer()?;
        let Found { names, head, snapshot } = Found::by(&options, &mut conn)?;
        let signer = names.signer(&options.signer)?;
        let signed = head.sign(&signer)?;
        let anchor = options.anchor.keep(names.base().to_owned(), options.anchor_interval);
        let keepers = (anchor.map_err(StartError::Thread)?, carry_commits(options.store.clone())?);
        let queue = Queue::new(options.queue_capacity);
        let shared = Shared::new(queue, (signed, Arc::clone(&snapshot)), keepers, options.store.patience());
        let shared = Arc::new(shared);
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
        let thread = std::thread::Builder::new().name("zaguan-writer".to_owned()).spawn(move || writer.run());
        let thread = thread.map_err(StartError::Thread)?;
        Ok(Self { shared, names, writer: Mutex::new(Some(thread)) })
    }
}

/// The log as a start finds it, and may believe it.
struct Found {
    names: Names,
    head: UnsignedHead,
    snapshot: Arc<Snapshot>,
}

impl Found {
    fn by(options: &LedgerOptions, conn: &mut WriteConnection) -> Result<Self, StartError> {
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
        Ok(Self { names, head, snapshot })
    }
}

/// From one carrying to the next.
const CARRYING_PAUSE: Duration = Duration::from_millis(100);

/// SQLite lets a writer bring commits from its log into the database, once so many pages wait; that takes tens of
/// milliseconds, and everybody waits. A thread that does it meanwhile leaves the writer little to do.
fn carry_commits(store: Store) -> Result<Keeper<()>, StartError> {
    let keeper = Keeper::start("zaguan-wal", CARRYING_PAUSE, move |()| {
        // Where this fails the writer will, too, and says so.
        if let Err(error) = store.carry_commits() {
            tracing::debug!(%error, "commits stay in the write-ahead log for now");
        }
    });
    keeper.map_err(StartError::Thread)
}
