//! Opening a new epoch: the one way on from a database that is older than what was acknowledged.
//!
//! All of it happens under the writer's lock: the loss is measured against the anchor, the entry that admits it is
//! appended, and what is signed from then on bears the new name. Nothing is signed in between, and nothing is opened that
//! was not lost.

use std::convert::Infallible;
use std::sync::Arc;

use tokio::sync::oneshot;

use super::LedgerError;
use super::anchor::{Anchor, AnchorError};
use super::batch::{self, Rules};
use super::facts::KeysInUse;
use super::head::{Head, HeadError, UnsignedHead};
use super::job::{Change, ChangeAnswer, ChangeJob, Job};
use super::names::{Names, named};
use super::probe::NoProbe;
use crate::clock::Clock;
use crate::keys::KeyError;
use crate::storage::{Store, StoreError};
use crate::tlog::{Checkpoint, Hash, Signer, Verifier};

/// What an opening needs.
pub struct EpochOptions {
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
    /// This process, in the batch row.
    pub instance: String,
    /// The time.
    pub clock: Arc<dyn Clock>,
}

/// What is lost, as the entry has to say it.
#[derive(Clone, Debug)]
pub struct Loss {
    /// The name of the new epoch.
    pub origin: String,
    /// Entries that are left.
    pub kept: u64,
    /// Their root.
    pub kept_root: Hash,
    /// The newest state that was acknowledged and is gone.
    pub lost: Checkpoint,
    /// How many acknowledged entries that gives up.
    pub given_up: u64,
}

/// Why no epoch was opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenEpochError {
    /// The database is not behind its anchor.
    #[error("nothing is lost: the database has every entry that the anchor knows of, and no epoch may be opened")]
    NothingLost,
    /// There is no anchor to measure the loss by.
    #[error("there is no anchor file, so nobody can say what is lost")]
    NoAnchor,
    /// The operator named another number than the anchor.
    #[error(
        "{named} is not the number of acknowledged entries that are lost; `zaguan restore --check` tells what is. No \
         epoch was opened"
    )]
    OtherNumber {
        /// What was named.
        named: u64,
    },
    /// The anchor, or the log beneath it, cannot be believed.
    #[error(transparent)]
    Anchor(#[from] AnchorError),
    /// The log contradicts itself.
    #[error(transparent)]
    Head(#[from] HeadError),
    /// The entry could not be written.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The epoch is open, and the anchor file is still the old one; the next start replaces it.
    #[error("the epoch was opened, but the anchor file could not be replaced")]
    Unanchored(#[source] KeyError),
}

/// Opens the next epoch, if exactly `giving_up` acknowledged entries are lost. `change` appends the entry that says so.
///
/// # Errors
/// [`OpenEpochError`]. No epoch was opened, unless it is [`OpenEpochError::Unanchored`], or the outcome of the commit is
/// unknown: asked again, it says that nothing is lost if one was.
pub fn open_epoch<C>(
    options: &EpochOptions,
    giving_up: u64,
    change: impl FnOnce(Loss) -> C,
) -> Result<Head, OpenEpochError>
where
    C: Change<Output = (), Refusal = Infallible>,
{
    let known = [std::slice::from_ref(options.signer.verifier()), &options.retired].concat();
    let mut conn = options.store.open_writer()?;
    let mut tx = conn.begin()?;
    let names = Names::load(tx.conn(), &known, options.signer.name())?;
    let (lost, given_up) = demand_loss(options.anchor.check_named(tx.conn(), &names), options, &names)?;
    if given_up != giving_up {
        return Err(OpenEpochError::OtherNumber { named: giving_up });
    }
    let head = UnsignedHead::load(tx.conn())?;
    let signed = head.sign(&names.signer(&options.signer)?)?;
    let signer = named(&options.signer, &names.next())?;
    let loss = Loss { origin: names.next(), kept: signed.size, kept_root: signed.root, lost, given_up };
    let rules = Rules {
        signer: &signer,
        keys: &options.keys,
        // The entry that opens the next one is written last.
        epoch: names.number(),
        instance: &options.instance,
        probe: &NoProbe,
    };
    let (reply, answer) = oneshot::channel();
    let mut jobs: [Box<dyn Job>; 1] = [Box::new(ChangeJob::new(change(loss), reply))];
    let prepared = batch::prepare(&mut tx, &mut jobs, head, &signed, None, options.clock.now(), &rules)?;
    demand_change(jobs, answer)?;
    tx.commit()?;
    let opened = prepared.head.sign(&signer)?;
    options.anchor.store(&opened.note, names.base()).map_err(OpenEpochError::Unanchored)?;
    Ok(opened)
}

/// What the anchor says is lost, and how many entries that is.
fn demand_loss(
    checked: Result<(UnsignedHead, Option<u64>), AnchorError>,
    options: &EpochOptions,
    names: &Names,
) -> Result<(Checkpoint, u64), OpenEpochError> {
    match checked {
        Ok((_, None)) => Err(OpenEpochError::NoAnchor),
        Ok((_, Some(_))) => Err(OpenEpochError::NothingLost),
        Err(AnchorError::Behind { found, anchored, .. }) => {
            let lost = options.anchor.load(names)?.ok_or(OpenEpochError::NoAnchor)?;
            let given_up = anchored.checked_sub(found).filter(|_| lost.size() == anchored);
            Ok((lost, given_up.ok_or(OpenEpochError::NothingLost)?))
        }
        Err(error) => Err(error.into()),
    }
}

/// The change must have been made inside the transaction; only then may it be committed.
fn demand_change(
    jobs: [Box<dyn Job>; 1],
    mut answer: oneshot::Receiver<ChangeAnswer<(), Infallible>>,
) -> Result<(), LedgerError> {
    for job in jobs {
        job.answer(Ok(()));
    }
    match answer.try_recv().unwrap_or(Err(LedgerError::Closed))? {
        Ok(()) => Ok(()),
        Err(never) => match never {},
    }
}
