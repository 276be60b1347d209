//! A session in the writer's hands: judged and opened, or refused and counted, in one transaction with its entry.

use std::convert::Infallible;

use chrono::{DateTime, Utc};

use super::guarded::{self, Guarded};
use super::{Checked, SignInError};
use crate::app::authority::SessionRules;
use crate::domain::SessionId;
use crate::domain::record::EventKind;
use crate::domain::staff::{AccountStatus, Certification, Staff};
use crate::ledger::{Change, ChangeError, Stamp, Turn};
use crate::storage::sessions::{self, StoredSession};
use crate::storage::{StoreError, staff, staff_credentials};

pub(super) struct Open {
    pub(super) checked: Option<Checked>,
    pub(super) id: SessionId,
    pub(super) token_hash: [u8; 32],
    pub(super) address: String,
    pub(super) guarded: Guarded,
    pub(super) rules: SessionRules,
    pub(super) stamp: Stamp,
}

/// A session's end, and when its holder's account is suspended.
type Opened = (DateTime<Utc>, Option<DateTime<Utc>>);

impl Change for Open {
    type Output = Result<Opened, SignInError>;
    type Refusal = Infallible;

    fn apply(self, turn: &mut Turn<'_, '_>) -> Result<Self::Output, ChangeError<Infallible>> {
        guarded::forget_at_rest(turn)?;
        let holder = match &self.checked {
            Some(checked) => staff::find(turn.tx.conn(), checked.id)?,
            None => None,
        };
        if let Some(seconds) = self.guarded.wait(turn, holder.as_ref(), &self.address)? {
            self.record(turn, holder.as_ref(), EventKind::SignInRefused, "wait");
            return Ok(Err(SignInError::Wait { seconds }));
        }
        let judged = match (&holder, &self.checked) {
            (Some(holder), Some(checked)) => self.judge(turn, holder, checked)?,
            _ => Err("unknown_name"),
        };
        match (judged, holder) {
            (Ok(factor), Some(holder)) => Ok(Ok(self.open(turn, &holder, factor)?)),
            (judged, holder) => {
                self.guarded.note_failure(turn)?;
                self.record(turn, holder.as_ref(), EventKind::SignInRefused, judged.err().unwrap_or("unknown_name"));
                Ok(Err(SignInError::Refused))
            }
        }
    }
}

impl Open {
    /// Whether the holder may come in now, and by which second factor; else the reason, for the log alone.
    fn judge(
        &self,
        turn: &mut Turn<'_, '_>,
        holder: &Staff,
        checked: &Checked,
    ) -> Result<Result<&'static str, &'static str>, StoreError> {
        if !self.rules.is_in_force(turn.tx.conn(), holder, turn.now)? {
            return Ok(Err(if holder.status == AccountStatus::Active { "suspended" } else { "not_active" }));
        }
        match &checked.proof {
            Some(proof) => proof.judge(turn, holder.id),
            None => Ok(Err("not_active")),
        }
    }

    fn open(self, turn: &mut Turn<'_, '_>, holder: &Staff, factor: &'static str) -> Result<Opened, StoreError> {
        let expires_at = turn.now + self.rules.lifetime;
        let session = StoredSession {
            id: self.id,
            staff: holder.id,
            address: self.address.clone(),
            created_at: turn.now,
            seen_at: turn.now,
            expires_at,
            ended_at: None,
        };
        sessions::insert(turn.tx, &session, &self.token_hash)?;
        staff::set_signed_in(turn.tx, holder.id, turn.now)?;
        if let Some(hash) = self.checked.as_ref().and_then(|checked| checked.better_hash.as_ref()) {
            staff_credentials::set_hash(turn.tx, holder.id, hash)?;
        }
        self.guarded.forget_name(turn)?;
        let about = [("second_factor", factor.to_owned()), ("session", self.id.to_string())];
        turn.entries.append(self.stamp.event(turn.now, EventKind::SignedIn, holder.username.as_str(), about));
        let suspended_at = match self.rules.standing_of(turn.tx.conn(), holder, turn.now)? {
            Certification::Overdue { suspended_at } => Some(suspended_at),
            Certification::Current { .. } | Certification::Suspended => None,
        };
        Ok((expires_at, suspended_at))
    }

    fn record(&self, turn: &mut Turn<'_, '_>, holder: Option<&Staff>, kind: EventKind, reason: &'static str) {
        let actor = holder.map_or("anonymous", |holder| holder.username.as_str());
        turn.entries.append(self.stamp.event(turn.now, kind, actor, [("reason", reason.to_owned())]));
    }
}
