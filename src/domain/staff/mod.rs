//! The people who work with Zaguán: their names, their roles, what a role permits, how long a certification lasts.
//!
//! Must never keep a password, a code or a token: [`password`] only judges one that is passed by.

mod back_off;
mod certification;
mod link;
pub mod password;
mod permission;
mod role;
mod switch;
mod username;

pub use back_off::BackOffRules;
pub use certification::{Certification, CertificationRules};
pub use link::LinkKind;
pub use permission::Permission;
pub use role::{Role, Roles, RolesError};
pub use switch::SwitchReason;
pub use username::{Username, UsernameError};

use chrono::{DateTime, Utc};

use super::closed_set::closed_set;
use super::fold::is_invisible;
use super::ids::StaffId;

/// Where an account stands in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AccountStatus {
    /// Invited, and not yet enrolled: cannot sign in.
    Invited,
    /// Enrolled with a password and a second factor.
    Active,
    /// Switched off by an admin.
    Disabled,
}

closed_set!(AccountStatus, "account status", {
    Invited => "invited",
    Active => "active",
    Disabled => "disabled",
});

/// One member of staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staff {
    /// Its id.
    pub id: StaffId,
    /// The name to sign in with, and the name that stands in the log.
    pub username: Username,
    /// What people call them.
    pub name: String,
    /// Where the account stands in its life.
    pub status: AccountStatus,
    /// What they may do.
    pub roles: Roles,
    /// When the account was made.
    pub created_at: DateTime<Utc>,
    /// When they signed in last.
    pub last_sign_in_at: Option<DateTime<Utc>>,
    /// Who said last that the account is needed.
    pub certified_by: String,
    /// When that was said.
    pub certified_at: DateTime<Utc>,
}

/// Whether somebody can be called that: 1 to 100 characters, none of them a control character or invisible, and no blanks
/// around them.
#[must_use]
pub fn is_name(text: &str) -> bool {
    let is_seen = |c: char| !c.is_control() && !is_invisible(c);
    (1..=100).contains(&text.chars().count()) && text.trim() == text && text.chars().all(is_seen)
}

impl Staff {
    /// Whether this account can administer others, were it certified.
    #[must_use]
    pub fn is_active_admin(&self) -> bool {
        self.status == AccountStatus::Active && self.roles.contains(Role::Admin)
    }
}
