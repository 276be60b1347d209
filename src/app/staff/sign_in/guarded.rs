//! Who fails has to wait, longer each time: under one name, and from one address, whether or not there is such an account.
//!
//! While somebody waits nothing is judged, the right password neither, and nothing is counted: nobody can be kept waiting
//! longer than the longest wait by attempts that are refused anyway.

use chrono::TimeDelta;

use crate::app::App;
use crate::domain::staff::{BackOffRules, Staff};
use crate::ledger::Turn;
use crate::storage::sign_in_guards::{self, Guard};
use crate::storage::{StoreError, sessions};

/// Who failed is forgotten after this long without another failure.
const FORGOTTEN_AFTER: TimeDelta = TimeDelta::hours(24);

/// What remembers failures: the name as it was sent, and the address.
pub(in crate::app::staff) struct Guarded {
    name: [u8; 32],
    address: [u8; 32],
    rules: BackOffRules,
}

impl App {
    /// What remembers failures under this name, from this address.
    pub(in crate::app::staff) fn guarded(&self, name: &str, address: &str) -> Guarded {
        let hash = |kind, text| self.guard_key.hash(kind, text);
        Guarded { name: hash("name", name), address: hash("address", address), rules: self.staff_rules.back_off }
    }
}

impl Guarded {
    /// How many seconds there are still to wait. An address from which the holder has signed in before does not wait for
    /// strangers' failures under the same name, or they could keep the holder out.
    pub(in crate::app::staff) fn wait(
        &self,
        turn: &mut Turn<'_, '_>,
        holder: Option<&Staff>,
        address: &str,
    ) -> Result<Option<u32>, StoreError> {
        let is_known = match holder {
            Some(holder) => sessions::is_known_address(turn.tx.conn(), holder.id, address)?,
            None => false,
        };
        let name = if is_known { None } else { sign_in_guards::find(turn.tx.conn(), &self.name)? };
        let address = sign_in_guards::find(turn.tx.conn(), &self.address)?;
        let until = name.into_iter().chain(address).map(|guard| guard.locked_until).max();
        Ok(until.filter(|until| *until > turn.now).map(|until| whole_seconds(until - turn.now)))
    }

    /// Success counts for the name alone: from one address many people may come, and one who guesses.
    pub(in crate::app::staff) fn forget_name(&self, turn: &mut Turn<'_, '_>) -> Result<(), StoreError> {
        sign_in_guards::delete(turn.tx, &self.name)
    }

    pub(in crate::app::staff) fn note_failure(&self, turn: &mut Turn<'_, '_>) -> Result<(), StoreError> {
        for key in [&self.name, &self.address] {
            let before = sign_in_guards::find(turn.tx.conn(), key)?.map_or(0, |guard| guard.failures);
            let failures = before.saturating_add(1);
            let wait = self.rules.wait_after(failures).unwrap_or_default();
            let guard = Guard { failures, last_at: turn.now, locked_until: turn.now + wait };
            sign_in_guards::put(turn.tx, key, &guard)?;
        }
        Ok(())
    }
}

pub(super) fn forget_at_rest(turn: &mut Turn<'_, '_>) -> Result<(), StoreError> {
    sign_in_guards::delete_at_rest(turn.tx, turn.now - FORGOTTEN_AFTER)
}

fn whole_seconds(wait: TimeDelta) -> u32 {
    u32::try_from((wait + TimeDelta::microseconds(999_999)).num_seconds()).unwrap_or(u32::MAX)
}
