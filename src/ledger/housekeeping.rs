//! What the writer does on its own account: publish a checkpoint, forget expired keys and broken uploads, note a recovery.

use std::convert::Infallible;
use std::time::Duration;

use chrono::TimeDelta;

use super::Stamp;
use super::job::{Change, ChangeError, Turn};
use crate::domain::record::EventKind;
use crate::storage::{StoreError, audit, documents, idempotency, submitted_forms};

/// An upload that was not completed in this time never will be: its parts are deleted.
const LONGEST_UPLOAD: TimeDelta = TimeDelta::days(1);

/// How long a form that was carried out is remembered: longer than any session lasts, so that it cannot be sent again.
const FORM_REMEMBERED: TimeDelta = TimeDelta::days(2);

/// Publishes the newest checkpoint, at most once an interval and only when the tree has grown: one per
/// query would tell outsiders when somebody asked. The first of a new epoch waits for no interval: until it is there, outsiders
/// are shown the log under a name that it no longer has.
pub(super) struct Publish {
    pub(super) interval: Duration,
}

impl Change for Publish {
    type Output = ();
    type Refusal = Infallible;

    fn apply(self, turn: &mut Turn<'_, '_>) -> Result<(), ChangeError<Infallible>> {
        let now = turn.now.timestamp_micros();
        idempotency::delete_expired(turn.tx, now)?;
        documents::delete_broken_upload(turn.tx, turn.now - LONGEST_UPLOAD)?;
        submitted_forms::delete_before(turn.tx, turn.now - FORM_REMEMBERED)?;
        let size = i64::try_from(turn.head.size).map_err(|_| StoreError::Corrupt("a size out of range"))?;
        let interval = i64::try_from(self.interval.as_micros()).unwrap_or(i64::MAX);
        let is_due = match audit::find_last_checkpoint(turn.tx.conn())? {
            Some(last) => {
                let is_of_this_name = last.note.lines().next() == Some(turn.signer.name());
                size > last.size && (now >= last.at.saturating_add(interval) || !is_of_this_name)
            }
            None => size > 0,
        };
        if is_due {
            audit::insert_checkpoint(turn.tx, size, &turn.head.note, now)?;
        }
        Ok(())
    }
}

/// Proves that entries can be written again, by writing one.
pub(super) struct Recover {
    pub(super) stamp: Stamp,
    pub(super) failed_batches: u64,
}

impl Change for Recover {
    type Output = ();
    type Refusal = Infallible;

    fn apply(self, turn: &mut Turn<'_, '_>) -> Result<(), ChangeError<Infallible>> {
        let about = [("failed_batches", self.failed_batches.to_string())];
        turn.entries.append(self.stamp.event(turn.now, EventKind::ServiceRecovered, "service", about));
        Ok(())
    }
}

/// Changes nothing: makes the writer look at the head, which another process may have moved.
pub(super) struct Look;

impl Change for Look {
    type Output = ();
    type Refusal = Infallible;

    fn apply(self, _: &mut Turn<'_, '_>) -> Result<(), ChangeError<Infallible>> {
        Ok(())
    }
}
