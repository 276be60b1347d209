//! Says that an account, or a client, is still needed. Nobody says it of themselves.

use super::act::Act;
use crate::app::App;
use crate::app::authority::{Authority, CertifyAccess, StaffFailure};
use crate::domain::record::EventKind;
use crate::domain::{ClientId, StaffId};
use crate::ledger::{Change, ChangeError, Turn};
use crate::storage::{clients, staff, state};

/// Why nothing was certified.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CertifyError {
    /// There is none.
    #[error("there is no such account or client")]
    Unknown,
    /// It is one's own.
    #[error("nobody certifies their own account: ask another admin")]
    Oneself,
}

impl App {
    /// Certifies an account from this instant on.
    ///
    /// # Errors
    /// Why it is not certified anew.
    pub fn certify_staff(&self, by: &Authority<CertifyAccess>, id: StaffId) -> Result<(), StaffFailure<CertifyError>> {
        let act = self.act(by.actor(), EventKind::AccessCertified)?;
        self.change_by_blocking(by, CertifyStaff { id, by: by.staff(), act })
    }

    /// Certifies a client from this instant on.
    ///
    /// # Errors
    /// Why it is not certified anew.
    pub fn certify_client(
        &self,
        by: &Authority<CertifyAccess>,
        id: ClientId,
    ) -> Result<(), StaffFailure<CertifyError>> {
        let act = self.act(by.actor(), EventKind::AccessCertified)?;
        self.change_by_blocking(by, CertifyClient { id, act })
    }
}

struct CertifyStaff {
    id: StaffId,
    by: Option<StaffId>,
    act: Act,
}

impl Change for CertifyStaff {
    type Output = ();
    type Refusal = CertifyError;

    fn apply(self, turn: &mut Turn<'_, '_>) -> Result<(), ChangeError<CertifyError>> {
        let Self { id, by, act } = self;
        let mut about = vec![("staff", id.to_string())];
        let Some(holder) = staff::find(turn.tx.conn(), id)? else {
            return Err(act.refused(turn.now, about, CertifyError::Unknown));
        };
        about.push(("username", holder.username.to_string()));
        if by == Some(id) {
            return Err(act.refused(turn.now, about, CertifyError::Oneself));
        }
        staff::set_certified(turn.tx, id, &act.actor, turn.now)?;
        act.done(turn, about);
        Ok(())
    }
}

struct CertifyClient {
    id: ClientId,
    act: Act,
}

impl Change for CertifyClient {
    type Output = ();
    type Refusal = CertifyError;

    fn apply(self, turn: &mut Turn<'_, '_>) -> Result<(), ChangeError<CertifyError>> {
        let Self { id, act } = self;
        let about = [("client", id.to_string())];
        if !clients::set_certified(turn.tx, &id, &act.actor, turn.now)? {
            return Err(act.refused(turn.now, about, CertifyError::Unknown));
        }
        state::raise_revision(turn.tx)?;
        act.done(turn, about);
        Ok(())
    }
}
