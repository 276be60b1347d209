//! Signing out: of this session, of another one, everywhere.

use std::convert::Infallible;

use super::act::Act;
use crate::app::App;
use crate::app::authority::{Authority, StaffFailure, UseOwnAccount};
use crate::domain::record::EventKind;
use crate::domain::{SessionId, StaffId};
use crate::ledger::{Change, ChangeError, Turn};
use crate::storage::sessions;

/// There is no such session to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there is no such session of yours")]
pub struct NoSuchSession;

impl App {
    /// Ends the session by which somebody acts.
    ///
    /// # Errors
    /// Why it was not ended.
    pub fn sign_out(&self, who: &Authority<UseOwnAccount>) -> Result<(), StaffFailure<NoSuchSession>> {
        self.end(who, who.session())
    }

    /// Ends one of somebody's own sessions.
    ///
    /// # Errors
    /// When it is not theirs, or has ended.
    pub fn end_session(
        &self,
        who: &Authority<UseOwnAccount>,
        id: SessionId,
    ) -> Result<(), StaffFailure<NoSuchSession>> {
        self.end(who, Some(id))
    }

    /// Ends every session of somebody's own, this one included.
    ///
    /// # Errors
    /// Why they were not ended.
    pub fn sign_out_everywhere(&self, who: &Authority<UseOwnAccount>) -> Result<(), StaffFailure<Infallible>> {
        let act = self.act(who.actor(), EventKind::SignedOut)?;
        self.change_by_blocking(who, EndAll { staff: who.staff(), act })
    }

    fn end(
        &self,
        who: &Authority<UseOwnAccount>,
        session: Option<SessionId>,
    ) -> Result<(), StaffFailure<NoSuchSession>> {
        let act = self.act(who.actor(), EventKind::SignedOut)?;
        self.change_by_blocking(who, End { staff: who.staff(), session, act })
    }
}

struct End {
    staff: Option<StaffId>,
    session: Option<SessionId>,
    act: Act,
}

impl Change for End {
    type Output = ();
    type Refusal = NoSuchSession;

    fn apply(self, turn: &mut Turn<'_, '_>) -> Result<(), ChangeError<NoSuchSession>> {
        let Self { staff, session, act } = self;
        let found = match session {
            Some(id) => sessions::find(turn.tx.conn(), id)?,
            None => None,
        };
        // Another's session is not told from one that never was.
        let is_own = |found: &sessions::StoredSession| Some(found.staff) == staff && found.ended_at.is_none();
        let Some(found) = found.filter(is_own) else {
            return Err(act.refused(turn.now, [], NoSuchSession));
        };
        sessions::end(turn.tx, found.id, turn.now)?;
        act.done(turn, [("session", found.id.to_string())]);
        Ok(())
    }
}

struct EndAll {
    staff: Option<StaffId>,
    act: Act,
}

impl Change for EndAll {
    type Output = ();
    type Refusal = Infallible;

    fn apply(self, turn: &mut Turn<'_, '_>) -> Result<(), ChangeError<Infallible>> {
        let ended = match self.staff {
            Some(id) => sessions::end_all(turn.tx, id, None, turn.now)?,
            None => 0,
        };
        self.act.done(turn, [("sessions", ended.to_string())]);
        Ok(())
    }
}
