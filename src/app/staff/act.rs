//! What every change of an account has in common: who makes it, and the entry it leaves, done or refused.

use std::fmt::Display;

use chrono::{DateTime, Utc};

use crate::domain::record::{Draft, EventKind};
use crate::ledger::{ChangeError, Refused, Stamp, Turn};

/// One change by somebody.
pub(super) struct Act {
    pub(super) actor: String,
    pub(super) stamp: Stamp,
    /// What the change is when it is made; a refusal names it, too.
    pub(super) kind: EventKind,
}

impl Act {
    /// Appends the entry of a change that was made.
    pub(super) fn done(self, turn: &mut Turn<'_, '_>, about: impl IntoIterator<Item = (&'static str, String)>) {
        turn.entries.append(self.stamp.event(turn.now, self.kind, &self.actor, about));
    }

    /// The refusal of the change, with its entry.
    pub(super) fn refused<R: Display>(
        self,
        now: DateTime<Utc>,
        about: impl IntoIterator<Item = (&'static str, String)>,
        reason: R,
    ) -> ChangeError<R> {
        let entry = self.refusal(now, about, &reason);
        ChangeError::Refused(Refused { reason, entry: Some(Box::new(entry)) })
    }

    /// The entry of a refusal.
    pub(super) fn refusal(
        &self,
        now: DateTime<Utc>,
        about: impl IntoIterator<Item = (&'static str, String)>,
        reason: &dyn Display,
    ) -> Draft {
        let why = [("change", self.kind.to_string()), ("reason", reason.to_string())];
        self.stamp.event(now, EventKind::ChangeRefused, &self.actor, about.into_iter().chain(why))
    }
}
