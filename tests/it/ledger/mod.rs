//! The single writer, under faults: what was acknowledged is in the log, and nothing else was acknowledged.

pub mod anchor;
mod changes;
mod clock;
mod closing;
pub mod epochs;
mod fairness;
mod faults;
pub mod keys;
pub mod probes;
mod processes;
mod publishing;
mod queue;
mod two_writers;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use zaguan::app::audit::{Verified, VerifyError, verify};
use zaguan::clock::{Clock, Entropy};
use zaguan::domain::ClientId;
use zaguan::domain::record::{Draft, EventKind};
use zaguan::ledger::{
    Anchor, Bench, Change, ChangeError, Judgement, KeysInUse, Ledger, LedgerError, LedgerOptions, Needs, NoProbe,
    Probe, Refused, Stamp, StartError, Turn,
};
use zaguan::storage::{Store, StoreOptions, audit, unknown_fields};
use zaguan::tlog::{Signer, Verifier};

use crate::support::wait::eventually;
use crate::support::{ManualClock, SeededEntropy, TestDatabase, whole};

const ORIGIN: &str = "log.example/test";

/// A ledger on its own, without the program around it.
struct Log {
    ledger: Ledger,
    store: Store,
    verifier: Verifier,
    anchor: Anchor,
    clock: Arc<ManualClock>,
    entropy: Arc<dyn Entropy>,
}

/// How a log is started; each test changes what it is about.
struct Plan {
    store: StoreOptions,
    anchor: PathBuf,
    seed: u64,
    signer: Signer,
    clock: Arc<ManualClock>,
    probe: Arc<dyn Probe>,
    queue_capacity: usize,
    max_batch: usize,
    publish_interval: Duration,
}

fn signer(seed: u8) -> Signer {
    Signer::new(ORIGIN, &[seed; 32]).unwrap()
}

impl Plan {
    fn on(database: &TestDatabase) -> Self {
        Self {
            store: database.options(),
            anchor: database.dir.path().join("anchor"),
            seed: 1,
            signer: signer(1),
            clock: Arc::new(ManualClock::new()),
            probe: Arc::new(NoProbe),
            queue_capacity: 1000,
            max_batch: 64,
            publish_interval: Duration::from_secs(60),
        }
    }

    fn probe(mut self, probe: Arc<dyn Probe>) -> Self {
        self.probe = probe;
        self
    }

    /// As another process on another machine would start it.
    fn elsewhere(mut self) -> Self {
        self.seed += 1;
        self.anchor.set_extension(self.seed.to_string());
        self
    }

    fn start(self) -> Result<Log, StartError> {
        let store = Store::migrate_and_open(self.store).unwrap();
        let anchor = Anchor::at(&self.anchor);
        let verifier = self.signer.verifier().clone();
        let entropy: Arc<dyn Entropy> = Arc::new(SeededEntropy::new(self.seed));
        let ledger = Ledger::start(LedgerOptions {
            store: store.clone(),
            signer: self.signer,
            retired: Vec::new(),
            keys: KeysInUse {
                master_key: "m".to_owned(),
                older_master_keys: Vec::new(),
                log_key: "l".to_owned(),
                older_log_keys: Vec::new(),
            },
            anchor: anchor.clone(),
            anchor_interval: Duration::from_millis(100),
            publish_interval: self.publish_interval,
            queue_capacity: self.queue_capacity,
            max_batch: self.max_batch,
            instance: format!("00000000-0000-7000-8000-{:012}", self.seed),
            clock: self.clock.clone(),
            entropy: Arc::clone(&entropy),
            probe: self.probe,
        })?;
        Ok(Log { ledger, store, verifier, anchor, clock: self.clock, entropy })
    }
}

/// Where a note's record stands, as its caller was told.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Acknowledged {
    index: u64,
    record: Vec<u8>,
}

impl Log {
    fn stamp(&self) -> Stamp {
        Stamp::draw(self.clock.now(), self.entropy.as_ref()).unwrap()
    }

    fn note(&self, tag: &str) -> Note {
        Note { stamp: self.stamp(), tag: tag.to_owned(), caller: None, weight: 1, panics: false }
    }

    fn mark(&self, tag: &str, fault: Fault) -> Mark {
        Mark { stamps: [self.stamp(), self.stamp()], tag: tag.to_owned(), fault }
    }

    fn append(&self, tag: &str) -> Result<Acknowledged, LedgerError> {
        self.ledger.judge_blocking(self.note(tag))
    }

    /// Why a job is turned away at the door; `None` when it is taken, and then nobody waits for its answer.
    fn turned_away(&self, tag: &str) -> Option<LedgerError> {
        self.put_in(self.note(tag)).err()
    }

    /// Puts a job into the queue, whose answer nobody waits for.
    fn put_in(&self, note: Note) -> Result<(), LedgerError> {
        let job = pin!(self.ledger.judge(note));
        match job.poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(answer) => answer.map(drop),
            Poll::Pending => Ok(()),
        }
    }

    fn change(&self, tag: &str, fault: Fault) -> Result<Result<Acknowledged, &'static str>, LedgerError> {
        self.ledger.change_blocking(self.mark(tag, fault))
    }

    fn verify(&self) -> Result<Verified, VerifyError> {
        verify(&self.store, &whole(std::slice::from_ref(&self.verifier), ORIGIN, &self.anchor), |_, _| {})
    }

    /// The tags in the order of the log.
    fn tags_in_order(&self) -> Vec<String> {
        let entries = self.store.read(|conn| audit::list_entries(conn, 0, 100_000)).unwrap();
        let records = entries.iter().map(|entry| serde_json::from_slice::<serde_json::Value>(&entry.record).unwrap());
        records.filter_map(|record| Some(record["about"]["tag"].as_str()?.to_owned())).collect()
    }

    /// The tags in the log, with how often each stands there.
    fn tags(&self) -> BTreeMap<String, usize> {
        let mut tags = BTreeMap::new();
        for tag in self.tags_in_order() {
            *tags.entry(tag).or_default() += 1;
        }
        tags
    }

    /// The whole log is sound, and holds every acknowledged entry where and as it was acknowledged, once.
    fn demand(&self, acknowledged: &[Acknowledged]) -> Verified {
        let verified = self.verify().unwrap_or_else(|error| panic!("{error}"));
        for one in acknowledged {
            let seq = i64::try_from(one.index).unwrap();
            let entry =
                self.store.read(|conn| audit::find_entry_by_seq(conn, seq)).unwrap().expect("an acknowledged entry");
            assert_eq!(entry.record, one.record, "entry {seq}");
        }
        let places: BTreeSet<u64> = acknowledged.iter().map(|one| one.index).collect();
        assert_eq!(places.len(), acknowledged.len(), "an index was acknowledged twice");
        for (tag, times) in self.tags() {
            assert_eq!(times, 1, "{tag} stands there {times} times");
        }
        verified
    }
}

/// A judgement that appends one entry.
struct Note {
    stamp: Stamp,
    tag: String,
    caller: Option<ClientId>,
    weight: usize,
    panics: bool,
}

impl Note {
    fn by(self, caller: &str, weight: usize) -> Self {
        Self { caller: Some(caller.parse().unwrap()), weight, ..self }
    }
}

impl Judgement for Note {
    type Output = Acknowledged;

    fn weight(&self) -> usize {
        self.weight
    }

    fn caller(&self) -> Option<&ClientId> {
        self.caller.as_ref()
    }

    fn needs(&self, _: &mut Needs) {}

    fn judge(&mut self, bench: &mut Bench<'_>) -> Acknowledged {
        assert!(!self.panics, "planted");
        let draft = self.stamp.event(bench.now, EventKind::CallRefused, "test", [("tag", self.tag.clone())]);
        let record = draft.record.clone();
        Acknowledged { index: bench.entries.append(draft), record }
    }
}

/// What goes wrong with a change.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Fault {
    None,
    /// It is refused after it has changed rows; the refusal leaves an entry.
    Refused,
    /// As before, without an entry.
    RefusedSilently,
    /// The database refuses a statement after it has changed rows.
    Statement,
    Panic,
}

/// A change that counts a field and appends one entry.
struct Mark {
    stamps: [Stamp; 2],
    tag: String,
    fault: Fault,
}

impl Mark {
    fn draft(&self, turn: &Turn<'_, '_>, which: usize, tag: String) -> Draft {
        self.stamps[which].event(turn.now, EventKind::ChangeRefused, "test", [("tag", tag)])
    }
}

impl Change for Mark {
    type Output = Acknowledged;
    type Refusal = &'static str;

    fn apply(self, turn: &mut Turn<'_, '_>) -> Result<Acknowledged, ChangeError<&'static str>> {
        unknown_fields::count(turn.tx, "marks", &self.tag, 1, 1)?;
        let draft = self.draft(turn, 0, self.tag.clone());
        let record = draft.record.clone();
        let index = turn.entries.append(draft);
        match self.fault {
            Fault::None => Ok(Acknowledged { index, record }),
            Fault::Panic => panic!("planted"),
            // A count must be more than zero.
            Fault::Statement => Err(unknown_fields::count(turn.tx, "marks", "zero", 0, 1).unwrap_err().into()),
            Fault::Refused => {
                let entry = Some(Box::new(self.draft(turn, 1, format!("refused {}", self.tag))));
                Err(ChangeError::Refused(Refused { reason: "planted", entry }))
            }
            Fault::RefusedSilently => Err(ChangeError::Refused(Refused { reason: "planted", entry: None })),
        }
    }
}

/// The marks whose rows are in the database.
fn marks(log: &Log) -> BTreeSet<String> {
    log.store.read(unknown_fields::list).unwrap().into_iter().map(|row| row.field).collect()
}

/// Several threads append, each its own tags; what was acknowledged and what was not.
fn hammer(log: &Log, name: &str, threads: usize, each: usize) -> (Vec<Acknowledged>, Vec<String>) {
    let (done, failed) = (Mutex::new(Vec::new()), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for thread in 0..threads {
            let (done, failed) = (&done, &failed);
            scope.spawn(move || {
                for number in 0..each {
                    let tag = format!("{name}-{thread}-{number}");
                    let result = if number % 5 == 4 {
                        log.change(&tag, Fault::None).map(Result::unwrap)
                    } else {
                        log.append(&tag)
                    };
                    match result {
                        Ok(acknowledged) => done.lock().unwrap().push(acknowledged),
                        Err(_) => failed.lock().unwrap().push(tag),
                    }
                }
            });
        }
    });
    (done.into_inner().unwrap(), failed.into_inner().unwrap())
}
