//! Authority as a value: whoever holds an [`Authority`] of a permission was allowed to use it, and every change that is
//! made with it is judged once more inside the transaction that records it.
//!
//! Must never be made but by [`App::authorize`], which looks at the session, the account and its roles, from another
//! authority of the same holder whose roles permit it ([`Authority::also`]), or by [`Authority::operator`], for whoever runs
//! commands on the machine itself.

mod grants;
mod guarded;
mod rules;

use std::convert::Infallible;
use std::marker::PhantomData;

use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};

use super::{App, ChangeFailure};
use crate::clock::EntropyError;
use crate::domain::staff::{Permission, Role, Roles};
use crate::domain::{FormId, SessionId, StaffId};
use crate::ledger::Change;
use crate::storage::{StoreError, sessions};

pub use grants::*;
pub use rules::SessionRules;

use guarded::{Forbidden, Guarded, Seen};

/// Who the log names for what is done on the command line.
pub const OPERATOR: &str = "operator";

/// How the token of a session begins, so that it is told from a client's at a glance.
pub const SESSION_TOKEN_PREFIX: &str = "zgs_";

/// How much of an unused session's time may pass before its use is noted again.
const SEEN_EVERY: TimeDelta = TimeDelta::minutes(1);

/// Who acts, and that they may do what `P` stands for.
#[derive(Debug, Clone)]
pub struct Authority<P> {
    holder: Holder,
    form: Option<FormId>,
    permission: PhantomData<P>,
}

#[derive(Debug, Clone)]
enum Holder {
    Staff { id: StaffId, username: String, roles: Roles, session: SessionId, ends: SessionEnds },
    Operator,
}

/// When a session ends, as of the call that used it last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionEnds {
    /// If it is not used again until then.
    pub unused_at: DateTime<Utc>,
    /// Used or not.
    pub at: DateTime<Utc>,
}

/// Why somebody may not do something.
#[derive(Debug, thiserror::Error)]
pub enum AuthorityError {
    /// There is no such session, or it has ended.
    #[error("the session is not valid, or has ended")]
    NoSession,
    /// The account was switched off, or is suspended until somebody certifies it.
    #[error("the account is switched off or suspended")]
    NoAccount,
    /// None of the roles permits it. An entry says that it was tried.
    #[error("none of your roles permits this")]
    Forbidden,
    /// The session could not be looked up.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The entry about the refusal could not be written.
    #[error(transparent)]
    Unrecorded(#[from] ChangeFailure<Infallible>),
}

/// Why a change with authority was refused.
#[derive(Debug, thiserror::Error)]
pub enum StaffRefusal<R: std::error::Error + 'static> {
    /// The authority did not last until the transaction.
    #[error("your session ended, or your roles changed, before this was done")]
    AuthorityLost,
    /// The form that asked for it was carried out before.
    #[error("this form was sent before, and was carried out then")]
    AlreadyDone,
    /// The change's own reason.
    #[error(transparent)]
    Change(R),
}

/// A failed change by staff.
pub type StaffFailure<R> = ChangeFailure<StaffRefusal<R>>;

impl<P> Authority<P> {
    /// The authority of whoever runs commands on the machine: they hold the keys and the database anyway.
    #[must_use]
    pub const fn operator() -> Self {
        Self { holder: Holder::Operator, form: None, permission: PhantomData }
    }

    /// The name that stands in the log.
    #[must_use]
    pub fn actor(&self) -> &str {
        match &self.holder {
            Holder::Staff { username, .. } => username,
            Holder::Operator => OPERATOR,
        }
    }

    /// The account, if it is one.
    #[must_use]
    pub const fn staff(&self) -> Option<StaffId> {
        match &self.holder {
            Holder::Staff { id, .. } => Some(*id),
            Holder::Operator => None,
        }
    }

    /// The session by which they act, if it is one.
    #[must_use]
    pub const fn session(&self) -> Option<SessionId> {
        match &self.holder {
            Holder::Staff { session, .. } => Some(*session),
            Holder::Operator => None,
        }
    }

    /// When the session by which they act ends, if it is one.
    #[must_use]
    pub const fn session_ends(&self) -> Option<SessionEnds> {
        match &self.holder {
            Holder::Staff { ends, .. } => Some(*ends),
            Holder::Operator => None,
        }
    }

    /// The roles of the holder. The operator has none.
    #[must_use]
    pub const fn roles(&self) -> Option<&Roles> {
        match &self.holder {
            Holder::Staff { roles, .. } => Some(roles),
            Holder::Operator => None,
        }
    }

    /// The same authority, good for what this form asks, once: a change that it was already used for is refused.
    #[must_use]
    pub fn for_form(mut self, form: FormId) -> Self {
        self.form = Some(form);
        self
    }

    /// The same authority, bound to no form.
    #[must_use]
    pub fn unbound(&self) -> Self {
        Self { holder: self.holder.clone(), form: None, permission: PhantomData }
    }

    /// The same holder's authority over what `Q` stands for, if a role of theirs permits that, too. It is not bound to a
    /// form: whoever shows a page does not use up what the form asks for.
    #[must_use]
    pub fn also<Q: Grant>(&self) -> Option<Authority<Q>> {
        let is_permitted = match &self.holder {
            Holder::Staff { roles, .. } => roles.permit(Q::PERMISSION),
            Holder::Operator => true,
        };
        is_permitted.then(|| Authority { holder: self.holder.clone(), form: None, permission: PhantomData })
    }

    /// Whether the holder has that role. The operator has none.
    #[must_use]
    pub fn has_role(&self, role: Role) -> bool {
        matches!(&self.holder, Holder::Staff { roles, .. } if roles.contains(role))
    }
}

impl App {
    /// The authority that a session's token gives over what `P` stands for. Blocks while the database is read.
    ///
    /// # Errors
    /// Why it gives none. A refusal of somebody who is signed in leaves an entry.
    pub fn authorize<P: Grant>(&self, token: &str) -> Result<Authority<P>, AuthorityError> {
        let now = self.clock.now();
        let hash = token_hash(token);
        let rules = self.session_rules;
        let (session, holder) = self.store.read(|conn| -> Result<_, AuthorityError> {
            let session = sessions::find_by_token(conn, &hash)?.ok_or(AuthorityError::NoSession)?;
            let holder = rules.admit(conn, &session, now)?;
            Ok((session, holder))
        })?;
        if !holder.roles.permit(P::PERMISSION) {
            self.record_forbidden(holder.username.as_str(), P::PERMISSION)?;
            return Err(AuthorityError::Forbidden);
        }
        if now - session.seen_at >= SEEN_EVERY {
            self.note_seen(session.id)?;
        }
        let username = holder.username.to_string();
        let ends = SessionEnds { unused_at: now + rules.idle, at: session.expires_at };
        let holder = Holder::Staff { id: holder.id, username, roles: holder.roles, session: session.id, ends };
        Ok(Authority { holder, form: None, permission: PhantomData })
    }

    /// Makes a change that somebody answers for. Their authority is judged again inside the transaction.
    ///
    /// # Errors
    /// Why it was not made.
    pub async fn change_by<P: Grant, C: Change>(
        &self,
        by: &Authority<P>,
        change: C,
    ) -> Result<C::Output, StaffFailure<C::Refusal>>
    where
        C::Refusal: std::error::Error,
    {
        let guarded = self.guard(by, change)?;
        self.ledger.change(guarded).await?.map_err(ChangeFailure::Refused)
    }

    /// [`App::change_by`] for threads that may block.
    ///
    /// # Errors
    /// As [`App::change_by`].
    pub fn change_by_blocking<P: Grant, C: Change>(
        &self,
        by: &Authority<P>,
        change: C,
    ) -> Result<C::Output, StaffFailure<C::Refusal>>
    where
        C::Refusal: std::error::Error,
    {
        let guarded = self.guard(by, change)?;
        self.ledger.change_blocking(guarded)?.map_err(ChangeFailure::Refused)
    }

    fn guard<P: Grant, C: Change>(&self, by: &Authority<P>, change: C) -> Result<Guarded<C>, EntropyError> {
        let permission = P::PERMISSION;
        let (holder, form) = (by.holder.clone(), by.form);
        Ok(Guarded { holder, form, permission, rules: self.session_rules, change, stamp: self.stamp()? })
    }

    fn record_forbidden(&self, username: &str, permission: Permission) -> Result<(), ChangeFailure<Infallible>> {
        let forbidden = Forbidden { username: username.to_owned(), permission, stamp: self.stamp()? };
        self.ledger.change_blocking(forbidden)?.map_err(ChangeFailure::Refused)
    }

    /// The one change without an entry: that a session is still in use tells nobody anything, and comes with every call.
    fn note_seen(&self, session: SessionId) -> Result<(), ChangeFailure<Infallible>> {
        self.ledger.change_blocking(Seen { session })?.map_err(ChangeFailure::Refused)
    }
}

/// What a session's token is known by in the database.
#[must_use]
pub fn token_hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}
