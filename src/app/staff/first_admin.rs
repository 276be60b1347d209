//! The way in for the first admin, while there is none: whoever starts the service may hand it to somebody.

use std::convert::Infallible;

use super::act::Act;
use super::links::{DrawnLink, OneTimeLink, has_active_admin};
use crate::app::{App, ChangeFailure};
use crate::domain::record::EventKind;
use crate::domain::staff::LinkKind;
use crate::ledger::{Change, ChangeError, Turn};

impl App {
    /// Makes a fresh link for a first admin, and ends the older ones; nothing when there is an active admin.
    ///
    /// # Errors
    /// Why there is no link.
    pub fn issue_first_admin_link(&self) -> Result<Option<OneTimeLink>, ChangeFailure<Infallible>> {
        let act = self.act("service", EventKind::LinkIssued)?;
        let issue = Issue { link: self.draw_link()?, act };
        self.ledger.change_blocking(issue)?.map_err(ChangeFailure::Refused)
    }
}

struct Issue {
    link: DrawnLink,
    act: Act,
}

impl Change for Issue {
    type Output = Option<OneTimeLink>;
    type Refusal = Infallible;

    fn apply(self, turn: &mut Turn<'_, '_>) -> Result<Self::Output, ChangeError<Infallible>> {
        if has_active_admin(turn.tx.conn())? {
            return Ok(None);
        }
        let link = self.link.store(turn.tx, LinkKind::FirstAdmin, None, &self.act.actor, turn.now)?;
        self.act.done(turn, [("link", LinkKind::FirstAdmin.to_string())]);
        Ok(Some(link))
    }
}
