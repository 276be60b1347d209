//! What is done with authority, judged once more where it is done.

use std::convert::Infallible;

use chrono::{DateTime, Utc};

use super::{AuthorityError, Holder, SessionRules, StaffRefusal};
use crate::domain::record::{Draft, EventKind};
use crate::domain::staff::Permission;
use crate::domain::{FormId, SessionId};
use crate::ledger::{Change, ChangeError, Refused, Stamp, Turn};
use crate::storage::{StoreError, sessions, submitted_forms};

/// A change, behind the authority to make it.
pub(super) struct Guarded<C> {
    pub(super) holder: Holder,
    pub(super) form: Option<FormId>,
    pub(super) permission: Permission,
    pub(super) rules: SessionRules,
    pub(super) change: C,
    pub(super) stamp: Stamp,
}

impl<C: Change> Change for Guarded<C>
where
    C::Refusal: std::error::Error,
{
    type Output = C::Output;
    type Refusal = StaffRefusal<C::Refusal>;

    fn apply(self, turn: &mut Turn<'_, '_>) -> Result<C::Output, ChangeError<Self::Refusal>> {
        if let Holder::Staff { username, session, .. } = &self.holder
            && !still_holds(turn, *session, self.permission, self.rules)?
        {
            let entry = refusal(&self.stamp, turn.now, username, self.permission, "authority_lost");
            return Err(ChangeError::Refused(Refused {
                reason: StaffRefusal::AuthorityLost,
                entry: Some(Box::new(entry)),
            }));
        }
        if let Some(form) = self.form {
            if submitted_forms::is_known(turn.tx.conn(), form)? {
                // It stands in the log already.
                return Err(ChangeError::Refused(Refused { reason: StaffRefusal::AlreadyDone, entry: None }));
            }
            // Undone with the change if that is refused: then the form can be mended and sent again.
            submitted_forms::insert(turn.tx, form, turn.now)?;
        }
        self.change.apply(turn).map_err(|error| match error {
            ChangeError::Store(error) => ChangeError::Store(error),
            ChangeError::Refused(Refused { reason, entry }) => {
                ChangeError::Refused(Refused { reason: StaffRefusal::Change(reason), entry })
            }
        })
    }
}

fn still_holds(
    turn: &mut Turn<'_, '_>,
    session: SessionId,
    permission: Permission,
    rules: SessionRules,
) -> Result<bool, StoreError> {
    let now = turn.now;
    let Some(session) = sessions::find(turn.tx.conn(), session)? else { return Ok(false) };
    match rules.admit(turn.tx.conn(), &session, now) {
        Ok(holder) => Ok(holder.roles.permit(permission)),
        Err(AuthorityError::Store(error)) => Err(error),
        Err(_) => Ok(false),
    }
}

fn refusal(stamp: &Stamp, now: DateTime<Utc>, username: &str, permission: Permission, reason: &str) -> Draft {
    let about = [("permission", permission.to_string()), ("reason", reason.to_owned())];
    stamp.event(now, EventKind::CallRefused, username, about)
}

pub(super) struct Forbidden {
    pub(super) username: String,
    pub(super) permission: Permission,
    pub(super) stamp: Stamp,
}

impl Change for Forbidden {
    type Output = ();
    type Refusal = Infallible;

    fn apply(self, turn: &mut Turn<'_, '_>) -> Result<(), ChangeError<Infallible>> {
        turn.entries.append(refusal(&self.stamp, turn.now, &self.username, self.permission, "forbidden"));
        Ok(())
    }
}

pub(super) struct Seen {
    pub(super) session: SessionId,
}

impl Change for Seen {
    type Output = ();
    type Refusal = Infallible;

    fn apply(self, turn: &mut Turn<'_, '_>) -> Result<(), ChangeError<Infallible>> {
        sessions::set_seen(turn.tx, self.session, turn.now)?;
        Ok(())
    }
}
