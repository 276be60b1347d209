//! An entry that says that somebody looked, and nothing else: it stands before they are shown anything.

use std::convert::Infallible;

use crate::domain::record::EventKind;
use crate::ledger::{Change, ChangeError, Stamp, Turn};

/// Changes nothing but the log.
pub(super) struct Noted {
    /// What was done.
    pub(super) kind: EventKind,
    /// By whom.
    pub(super) actor: String,
    /// The particulars. Never anything about a resident.
    pub(super) about: Vec<(&'static str, String)>,
    pub(super) stamp: Stamp,
}

impl Change for Noted {
    type Output = ();
    type Refusal = Infallible;

    fn apply(self, turn: &mut Turn<'_, '_>) -> Result<(), ChangeError<Infallible>> {
        turn.entries.append(self.stamp.event(turn.now, self.kind, &self.actor, self.about));
        Ok(())
    }
}
