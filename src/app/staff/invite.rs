//! Makes an account for somebody, and the link by which they enrol.

use super::act::Act;
use super::links::{DrawnLink, OneTimeLink};
use crate::app::authority::{Authority, ManageStaff, StaffFailure, StaffRefusal};
use crate::app::{App, ChangeFailure};
use crate::clock::uuid_v7;
use crate::domain::StaffId;
use crate::domain::record::EventKind;
use crate::domain::staff::{AccountStatus, LinkKind, Roles, Staff, Username, is_name};
use crate::ledger::{Change, ChangeError, Turn};
use crate::storage::staff;

/// An account to be.
#[derive(Debug, Clone)]
pub struct NewStaff {
    /// The name to sign in with.
    pub username: Username,
    /// What people call them.
    pub name: String,
    /// What they may do.
    pub roles: Roles,
}

/// An account that waits for its holder.
pub struct Invited {
    /// The account.
    pub id: StaffId,
    /// The way in, to be handed to its holder and nobody else.
    pub link: OneTimeLink,
}

/// Why nobody was invited.
#[derive(Debug, thiserror::Error)]
pub enum InviteError {
    /// The name is taken.
    #[error("there is already an account `{0}`")]
    Exists(Username),
    /// The name is empty, or longer than anybody's.
    #[error("a name has 1 to 100 characters, and none that cannot be seen")]
    Name,
}

impl App {
    /// Invites somebody. Whoever invites them certifies the account by that.
    ///
    /// # Errors
    /// Why nobody was invited.
    pub fn invite_staff(
        &self,
        by: &Authority<ManageStaff>,
        new: NewStaff,
    ) -> Result<Invited, StaffFailure<InviteError>> {
        if !is_name(&new.name) {
            return Err(ChangeFailure::Refused(StaffRefusal::Change(InviteError::Name)));
        }
        let mut random = [0; 10];
        self.entropy.fill(&mut random)?;
        let id = StaffId::new(uuid_v7(self.clock.now(), &random));
        let act = self.act(by.actor(), EventKind::StaffInvited)?;
        let link = self.change_by_blocking(by, Invite { id, new, link: self.draw_link()?, act })?;
        Ok(Invited { id, link })
    }
}

struct Invite {
    id: StaffId,
    new: NewStaff,
    link: DrawnLink,
    act: Act,
}

impl Change for Invite {
    type Output = OneTimeLink;
    type Refusal = InviteError;

    fn apply(self, turn: &mut Turn<'_, '_>) -> Result<OneTimeLink, ChangeError<InviteError>> {
        let Self { id, new: NewStaff { username, name, roles }, link, act } = self;
        let about = vec![("roles", roles.to_string()), ("username", username.to_string())];
        if staff::find_by_username(turn.tx.conn(), &username)?.is_some() {
            return Err(act.refused(turn.now, about, InviteError::Exists(username)));
        }
        let invited = Staff {
            id,
            username,
            name,
            status: AccountStatus::Invited,
            roles,
            created_at: turn.now,
            last_sign_in_at: None,
            certified_by: act.actor.clone(),
            certified_at: turn.now,
        };
        staff::insert(turn.tx, &invited)?;
        let link = link.store(turn.tx, LinkKind::Invitation, Some(id), &act.actor, turn.now)?;
        act.done(turn, about.into_iter().chain([("staff", id.to_string())]));
        Ok(link)
    }
}
