//! A change that may not be made leaves an entry, too: what was asked for, about what, and why not.

use chrono::{DateTime, Utc};

use crate::domain::record::EventKind;
use crate::ledger::{ChangeError, Refused, Stamp};

/// Where a refusal is written down.
pub(super) struct Refusal<'a> {
    /// The stamp of the entry that the change would have made.
    pub(super) stamp: &'a Stamp,
    /// The instant.
    pub(super) now: DateTime<Utc>,
    /// Who asked.
    pub(super) actor: &'a str,
    /// What would have happened.
    pub(super) change: EventKind,
}

impl Refusal<'_> {
    /// The refusal for this reason, whose words hold nothing of the request.
    pub(super) fn because<R: std::fmt::Display>(
        &self,
        reason: R,
        about: impl IntoIterator<Item = (&'static str, String)>,
    ) -> ChangeError<R> {
        let why = [("change", self.change.to_string()), ("reason", reason.to_string())];
        let entry = self.stamp.event(self.now, EventKind::ChangeRefused, self.actor, about.into_iter().chain(why));
        ChangeError::Refused(Refused { reason, entry: Some(Box::new(entry)) })
    }
}
