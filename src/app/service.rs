//! A process begins and ends: both stand in the log, and so does a policy that changed.

use std::convert::Infallible;

use super::{App, ChangeFailure};
use crate::domain::record::EventKind;
use crate::ledger::{Change, ChangeError, KeysInUse, Stamp, Turn};
use crate::storage::{policies, state};

impl App {
    /// Puts this process's keys in force, if they are not yet: at the very first start, and after a rotation.
    ///
    /// # Errors
    /// Why they are not in force: then nothing may be sealed or signed.
    pub fn put_keys_in_force(&self, keys: KeysInUse) -> Result<(), ChangeFailure<Infallible>> {
        let adopt = PutKeysInForce { stamp: self.stamp()?, keys };
        self.ledger.change_blocking(adopt)?.map_err(ChangeFailure::Refused)
    }

    /// Records that this process begins to serve, and which policy it applies.
    ///
    /// # Errors
    /// Why there is no entry: then nothing may be served.
    pub fn record_start(&self) -> Result<(), ChangeFailure<Infallible>> {
        let start = Start {
            stamps: [self.stamp()?, self.stamp()?],
            policy_id: self.policy.id.to_string(),
            policy_sha256: self.policy.sha256.to_string(),
            policy_source: self.policy.source.clone(),
        };
        self.ledger.change_blocking(start)?.map_err(ChangeFailure::Refused)
    }

    /// Records that this process stops in good order.
    ///
    /// # Errors
    /// Why there is no entry.
    pub fn record_stop(&self) -> Result<(), ChangeFailure<Infallible>> {
        let stop = Stop { stamp: self.stamp()? };
        self.ledger.change_blocking(stop)?.map_err(ChangeFailure::Refused)
    }
}

/// Puts a process's keys in force, if they may take the place of those that are.
pub(super) struct PutKeysInForce {
    pub(super) stamp: Stamp,
    pub(super) keys: KeysInUse,
}

impl Change for PutKeysInForce {
    type Output = ();
    type Refusal = Infallible;

    fn apply(self, turn: &mut Turn<'_, '_>) -> Result<(), ChangeError<Infallible>> {
        let before = state::load(turn.tx.conn())?;
        // Looked at again inside the transaction: another process may have put newer keys in force since the start. Then
        // nothing is changed here, and the writer turns the whole batch away as one with foreign keys.
        if !self.keys.may_take_over(before.master_key.as_deref(), before.log_key.as_deref()) {
            return Ok(());
        }
        let KeysInUse { master_key, log_key, .. } = self.keys;
        if before.master_key.as_ref() == Some(&master_key) && before.log_key.as_ref() == Some(&log_key) {
            return Ok(());
        }
        state::set_keys(turn.tx, &master_key, &log_key)?;
        let replaced = [("replaced_log_key", before.log_key), ("replaced_master_key", before.master_key)];
        let replaced = replaced.into_iter().filter_map(|(name, key)| key.map(|key| (name, key)));
        let about = replaced.chain([("log_key", log_key), ("master_key", master_key)]);
        turn.entries.append(self.stamp.event(turn.now, EventKind::KeysInForce, "service", about));
        Ok(())
    }
}

struct Start {
    stamps: [Stamp; 2],
    policy_id: String,
    policy_sha256: String,
    policy_source: String,
}

impl Change for Start {
    type Output = ();
    type Refusal = Infallible;

    fn apply(self, turn: &mut Turn<'_, '_>) -> Result<(), ChangeError<Infallible>> {
        let [start, load] = self.stamps;
        let policy = || [("policy", self.policy_id.clone()), ("sha256", self.policy_sha256.clone())];
        if policies::find_current(turn.tx.conn())?.as_ref() != Some(&self.policy_sha256) {
            let at = turn.now.timestamp_micros();
            policies::set_current(turn.tx, &self.policy_sha256, &self.policy_id, &self.policy_source, at)?;
            turn.entries.append(load.event(turn.now, EventKind::PolicyLoaded, "service", policy()));
        }
        let about = policy().into_iter().chain([("version", env!("CARGO_PKG_VERSION").to_owned())]);
        turn.entries.append(start.event(turn.now, EventKind::ServiceStarted, "service", about));
        Ok(())
    }
}

struct Stop {
    stamp: Stamp,
}

impl Change for Stop {
    type Output = ();
    type Refusal = Infallible;

    fn apply(self, turn: &mut Turn<'_, '_>) -> Result<(), ChangeError<Infallible>> {
        turn.entries.append(self.stamp.event(turn.now, EventKind::ServiceStopped, "service", []));
        Ok(())
    }
}
