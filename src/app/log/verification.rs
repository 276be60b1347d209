//! Verifying the whole log beside a running service, once at a time, with a result that stays.

use std::convert::Infallible;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};

use crate::app::audit::{Check, Cosignatures, LinkKeys, Verified, VerifyError, verify};
use crate::app::authority::{Authority, ReadLog, StaffFailure};
use crate::app::{App, ChangeFailure};
use crate::domain::record::EventKind;
use crate::ledger::{Anchor, Change, ChangeError, Stamp, Turn};
use crate::storage::StoreError;
use crate::storage::verifications::{self, VerificationRow};
use crate::tlog::Hash;

/// Threads that verify beside a running service: its callers come first.
const BESIDE_A_SERVICE: usize = 1;

/// What a verification found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogVerification {
    /// The entry that says the same.
    pub index: u64,
    /// Who asked for it.
    pub actor: String,
    /// When it began.
    pub began_at: DateTime<Utc>,
    /// When it ended.
    pub ended_at: DateTime<Utc>,
    /// What was checked, or the first thing that did not fit.
    pub outcome: Result<Verified, String>,
}

/// How far a verification is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Entries done.
    pub done: u64,
    /// Of how many.
    pub of: u64,
}

/// Whether a verification is under way in this process.
#[derive(Debug, Default)]
pub struct LogCheck(Mutex<Option<Progress>>);

impl LogCheck {
    /// How far the verification is that is under way.
    #[must_use]
    pub fn progress(&self) -> Option<Progress> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, progress: Option<Progress>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = progress;
    }

    /// Begins, unless one is under way.
    fn begin(&self) -> bool {
        let mut progress = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_free = progress.is_none();
        if is_free {
            *progress = Some(Progress { done: 0, of: 0 });
        }
        is_free
    }
}

impl App {
    /// Verifies the log from its first entry on, and records what was found, as a row and as an entry. Blocks for as long as
    /// that takes.
    ///
    /// # Errors
    /// When the log could not be read to its end, or the result not recorded. A log that does not verify is no error here.
    pub fn verify_log(
        &self,
        who: &Authority<ReadLog>,
        anchor: &Anchor,
        threads: usize,
        progress: impl FnMut(u64, u64),
    ) -> Result<LogVerification, StaffFailure<Infallible>> {
        let began_at = self.clock.now();
        let links = LinkKeys { sealer: self.sealer.clone(), indexer: self.indexer.clone() };
        let check = Check { keys: self.log_keys(), anchor, since: None, links: Some(&links), threads };
        let outcome = match verify(&self.store, &check, progress) {
            Ok(verified) => Ok(verified),
            Err(VerifyError::Store(error)) => return Err(ChangeFailure::Store(error)),
            Err(fault) => Err(fault.to_string()),
        };
        let stamp = self.stamp()?;
        self.change_by_blocking(who, Record { stamp, actor: who.actor().to_owned(), began_at, outcome })
    }

    /// Begins to verify the log on a thread of its own. Returns whether it did: one at a time is enough.
    ///
    /// # Errors
    /// When there is no thread to be had.
    pub fn begin_verification(self: &Arc<Self>, who: Authority<ReadLog>, anchor: Anchor) -> io::Result<bool> {
        if !self.log_check.begin() {
            return Ok(false);
        }
        let app = Arc::clone(self);
        let run = move || {
            let outcome = {
                let _running = Running(&app.log_check);
                app.verify_log(&who, &anchor, BESIDE_A_SERVICE, |done, of| {
                    app.log_check.set(Some(Progress { done, of }));
                })
            };
            match outcome {
                Ok(LogVerification { outcome: Ok(_), .. }) => {}
                Ok(LogVerification { outcome: Err(fault), .. }) => {
                    tracing::error!(fault, "the audit log does NOT verify");
                }
                Err(error) => tracing::error!(%error, "a verification of the audit log was broken off"),
            }
        };
        let started = std::thread::Builder::new().name("zaguan-verify".to_owned()).spawn(run);
        if started.is_err() {
            self.log_check.set(None);
        }
        started.map(|_| true)
    }
}

/// However a verification ends, it is not under way any more.
struct Running<'a>(&'a LogCheck);

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.0.set(None);
    }
}

struct Record {
    stamp: Stamp,
    actor: String,
    began_at: DateTime<Utc>,
    outcome: Result<Verified, String>,
}

impl Change for Record {
    type Output = LogVerification;
    type Refusal = Infallible;

    fn apply(self, turn: &mut Turn<'_, '_>) -> Result<LogVerification, ChangeError<Infallible>> {
        let (began_at, ended_at) = (self.began_at.min(turn.now), turn.now);
        let entry = self.stamp.event(turn.now, EventKind::LogVerified, &self.actor, about(&self.outcome));
        let index = turn.entries.append(entry);
        let verification = LogVerification { index, actor: self.actor, began_at, ended_at, outcome: self.outcome };
        verifications::insert(turn.tx, &verification.to_row()?)?;
        Ok(verification)
    }
}

fn about(outcome: &Result<Verified, String>) -> Vec<(&'static str, String)> {
    match outcome {
        Ok(verified) => {
            let anchored = verified.anchored.map(|size| ("anchored", size.to_string()));
            let fixed = [
                ("outcome", "verified".to_owned()),
                ("entries", verified.entries.to_string()),
                ("root", verified.root.to_base64()),
                ("checkpoints", verified.checkpoints.to_string()),
                ("tallied", verified.tallied.to_string()),
            ];
            fixed.into_iter().chain(anchored).collect()
        }
        Err(fault) => vec![("outcome", "failed".to_owned()), ("fault", fault.clone())],
    }
}

impl LogVerification {
    /// Reads a row; `None` when this program did not write it.
    pub(super) fn of(row: VerificationRow) -> Option<Self> {
        let number = |number: Option<i64>| number.and_then(|number| u64::try_from(number).ok());
        let outcome = match row.fault {
            Some(fault) => Err(fault),
            None => Ok(Verified {
                entries: number(row.entries)?,
                root: Hash::try_from(row.root?.as_slice()).ok()?,
                batches: number(row.batches)?,
                checkpoints: number(row.checkpoints)?,
                anchored: number(row.anchored),
                tallied: number(row.tallied)?,
                tallies: None,
                links: None,
                cosignatures: Cosignatures::default(),
            }),
        };
        Some(Self {
            index: u64::try_from(row.seq).ok()?,
            actor: row.actor,
            began_at: DateTime::from_timestamp_micros(row.began_at)?,
            ended_at: DateTime::from_timestamp_micros(row.ended_at)?,
            outcome,
        })
    }

    fn to_row(&self) -> Result<VerificationRow, StoreError> {
        let number = |number: u64| i64::try_from(number).map_err(|_| StoreError::Corrupt("a number out of range"));
        let verified = self.outcome.as_ref().ok();
        Ok(VerificationRow {
            seq: number(self.index)?,
            actor: self.actor.clone(),
            began_at: self.began_at.timestamp_micros(),
            ended_at: self.ended_at.timestamp_micros(),
            fault: self.outcome.as_ref().err().cloned(),
            entries: verified.map(|verified| number(verified.entries)).transpose()?,
            root: verified.map(|verified| verified.root.as_bytes().to_vec()),
            batches: verified.map(|verified| number(verified.batches)).transpose()?,
            checkpoints: verified.map(|verified| number(verified.checkpoints)).transpose()?,
            anchored: verified.and_then(|verified| verified.anchored).map(number).transpose()?,
            tallied: verified.map(|verified| number(verified.tallied)).transpose()?,
        })
    }
}
