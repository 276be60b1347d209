//! What an admin does about an account: other roles, off and on, a way back for whoever lost theirs, the end of sessions.
//!
//! Nobody does any of it to themselves, and the last active admin is neither switched off nor stripped: both are judged in
//! the transaction, so that two admins who do it to each other at once cannot both succeed.

use super::act::Act;
use super::links::{DrawnLink, OneTimeLink};
use crate::app::App;
use crate::app::authority::{Authority, ManageStaff, StaffFailure};
use crate::clock::EntropyError;
use crate::domain::StaffId;
use crate::domain::record::EventKind;
use crate::domain::staff::{AccountStatus, Certification, LinkKind, Role, Roles, Staff, SwitchReason};
use crate::ledger::{Change, ChangeError, Turn};
use crate::storage::staff::LastSwitch;
use crate::storage::{AnyConnection, StoreError, one_time_links, sessions, staff, staff_credentials};

/// Why an account was left as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AdministerError {
    /// There is none.
    #[error("there is no such account")]
    Unknown,
    /// It is the admin's own.
    #[error("nobody changes their own roles, or switches off or resets their own account: ask another admin")]
    Oneself,
    /// Nobody could administer accounts any more.
    #[error("this is the last active admin: make another one first")]
    LastAdmin,
    /// It is switched off, and what is asked for does not help that.
    #[error("the account is switched off")]
    Off,
    /// It cannot be switched on.
    #[error("the account is not switched off")]
    NotOff,
}

/// A failed change of an account.
pub type AdministerFailure = StaffFailure<AdministerError>;

impl App {
    /// Everybody, by username.
    ///
    /// # Errors
    /// When the database fails.
    pub fn list_staff(&self, _: &Authority<ManageStaff>) -> Result<Vec<Staff>, StoreError> {
        self.store.read(staff::list)
    }

    /// Everybody, by username, with where each stands in the access review.
    ///
    /// # Errors
    /// When the database fails.
    pub fn list_staff_standings(&self, _: &Authority<ManageStaff>) -> Result<Vec<(Staff, Certification)>, StoreError> {
        let (now, rules) = (self.clock.now(), self.session_rules);
        self.store.read(|conn| {
            let everybody = staff::list(conn)?.into_iter();
            let judged = everybody.map(|staff| {
                let standing = rules.standing_of(conn, &staff, now)?;
                Ok((staff, standing))
            });
            judged.collect()
        })
    }

    /// Gives an account these roles and no others, and ends its sessions.
    ///
    /// # Errors
    /// Why the roles are still the old ones.
    pub fn set_staff_roles(
        &self,
        by: &Authority<ManageStaff>,
        id: StaffId,
        roles: Roles,
    ) -> Result<(), AdministerFailure> {
        self.administer(by, id, What::Roles(roles)).map(drop)
    }

    /// Switches an account off, and ends its sessions and its links.
    ///
    /// # Errors
    /// Why it is still on.
    pub fn disable_staff(
        &self,
        by: &Authority<ManageStaff>,
        id: StaffId,
        reason: Option<SwitchReason>,
    ) -> Result<(), AdministerFailure> {
        self.administer(by, id, What::Disable(reason)).map(drop)
    }

    /// Switches an account on again. Whoever had not enrolled needs a new link.
    ///
    /// # Errors
    /// Why it is still off.
    pub fn enable_staff(
        &self,
        by: &Authority<ManageStaff>,
        id: StaffId,
        reason: Option<SwitchReason>,
    ) -> Result<(), AdministerFailure> {
        self.administer(by, id, What::Enable(reason)).map(drop)
    }

    /// Takes an account's credentials away, ends its sessions, and makes a link by which its holder enrols anew. Also how
    /// somebody whose invitation ran out gets another one.
    ///
    /// # Errors
    /// Why there is no link.
    pub fn reset_staff(
        &self,
        by: &Authority<ManageStaff>,
        id: StaffId,
    ) -> Result<Option<OneTimeLink>, AdministerFailure> {
        self.administer(by, id, What::Reset(Box::new(self.draw_link()?)))
    }

    /// Ends every session of an account.
    ///
    /// # Errors
    /// Why they go on.
    pub fn end_staff_sessions(&self, by: &Authority<ManageStaff>, id: StaffId) -> Result<(), AdministerFailure> {
        self.administer(by, id, What::EndSessions).map(drop)
    }

    fn administer(
        &self,
        by: &Authority<ManageStaff>,
        id: StaffId,
        what: What,
    ) -> Result<Option<OneTimeLink>, AdministerFailure> {
        let act = self.act(by.actor(), what.kind())?;
        self.change_by_blocking(by, Administer { id, by: by.staff(), what, act })
    }

    pub(super) fn act(&self, actor: &str, kind: EventKind) -> Result<Act, EntropyError> {
        Ok(Act { actor: actor.to_owned(), stamp: self.stamp()?, kind })
    }
}

enum What {
    Roles(Roles),
    Disable(Option<SwitchReason>),
    Enable(Option<SwitchReason>),
    Reset(Box<DrawnLink>),
    EndSessions,
}

struct Administer {
    id: StaffId,
    by: Option<StaffId>,
    what: What,
    act: Act,
}

impl Change for Administer {
    type Output = Option<OneTimeLink>;
    type Refusal = AdministerError;

    fn apply(self, turn: &mut Turn<'_, '_>) -> Result<Self::Output, ChangeError<AdministerError>> {
        let Self { id, by, what, act } = self;
        let mut about = vec![("staff", id.to_string())];
        let Some(holder) = staff::find(turn.tx.conn(), id)? else {
            return Err(act.refused(turn.now, about, AdministerError::Unknown));
        };
        about.push(("username", holder.username.to_string()));
        about.extend(what.particulars(&holder));
        if let Err(reason) = what.judge(turn.tx.conn(), &holder, by)? {
            return Err(act.refused(turn.now, about, reason));
        }
        let link = what.make(turn, &holder, &act.actor)?;
        act.done(turn, about);
        Ok(link)
    }
}

impl What {
    const fn kind(&self) -> EventKind {
        match self {
            Self::Roles(_) => EventKind::StaffRolesChanged,
            Self::Disable(_) => EventKind::StaffDisabled,
            Self::Enable(_) => EventKind::StaffEnabled,
            Self::Reset(_) => EventKind::StaffReset,
            Self::EndSessions => EventKind::SignedOut,
        }
    }

    fn particulars(&self, holder: &Staff) -> Vec<(&'static str, String)> {
        match self {
            Self::Roles(roles) => vec![
                ("replaced_roles", holder.roles.to_string()),
                ("roles", roles.to_string()),
                ("status", holder.status.to_string()),
            ],
            Self::Disable(reason) | Self::Enable(reason) => {
                let reason = reason.iter().map(|reason| ("switch_reason", reason.to_string()));
                // What the reports count accounts by.
                std::iter::once(("roles", holder.roles.to_string())).chain(reason).collect()
            }
            Self::Reset(_) | Self::EndSessions => Vec::new(),
        }
    }

    /// Whether it may be done to this account, as it stands now, by whoever asks; the operator is nobody's account.
    fn judge(
        &self,
        conn: &mut AnyConnection,
        holder: &Staff,
        by: Option<StaffId>,
    ) -> Result<Result<(), AdministerError>, StoreError> {
        let is_off = holder.status == AccountStatus::Disabled;
        let is_own = by == Some(holder.id);
        let takes_admin = match self {
            Self::Roles(roles) => !roles.contains(Role::Admin),
            Self::Disable(_) => true,
            // Whoever lost their second factor must be helped, the last admin too: on the command line.
            Self::Enable(_) | Self::Reset(_) | Self::EndSessions => false,
        };
        Ok(match self {
            Self::Roles(_) | Self::Disable(_) | Self::Reset(_) if is_own => Err(AdministerError::Oneself),
            Self::Disable(_) | Self::Reset(_) if is_off => Err(AdministerError::Off),
            Self::Enable(_) if !is_off => Err(AdministerError::NotOff),
            _ if takes_admin && holder.is_active_admin() && !has_other_admin(conn, holder.id)? => {
                Err(AdministerError::LastAdmin)
            }
            _ => Ok(()),
        })
    }

    fn make(self, turn: &mut Turn<'_, '_>, holder: &Staff, by: &str) -> Result<Option<OneTimeLink>, StoreError> {
        let (id, now) = (holder.id, turn.now);
        match self {
            Self::Enable(reason) => {
                let has_enrolled = staff_credentials::find(turn.tx.conn(), id)?.is_some();
                let status = if has_enrolled { AccountStatus::Active } else { AccountStatus::Invited };
                staff::set_status(turn.tx, id, status)?;
                staff::set_switched(turn.tx, id, &LastSwitch { by: by.to_owned(), at: now, reason })?;
                return Ok(None);
            }
            Self::Roles(roles) => staff::set_roles(turn.tx, id, &roles)?,
            Self::Disable(reason) => {
                staff::set_status(turn.tx, id, AccountStatus::Disabled)?;
                staff::set_switched(turn.tx, id, &LastSwitch { by: by.to_owned(), at: now, reason })?;
                one_time_links::end_all(turn.tx, Some(id), now)?;
            }
            Self::Reset(link) => {
                sessions::end_all(turn.tx, id, None, now)?;
                staff_credentials::clear(turn.tx, id)?;
                return link.store(turn.tx, LinkKind::Reset, Some(id), by, now).map(Some);
            }
            Self::EndSessions => {}
        }
        sessions::end_all(turn.tx, id, None, now)?;
        Ok(None)
    }
}

fn has_other_admin(conn: &mut AnyConnection, than: StaffId) -> Result<bool, StoreError> {
    Ok(staff::list(conn)?.iter().any(|other| other.id != than && other.is_active_admin()))
}
