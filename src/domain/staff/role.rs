//! Roles, and which of them one person may not hold together.

use std::collections::BTreeSet;

use super::Permission;
use crate::domain::closed_set::closed_set;

/// What somebody is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Logs legal bases.
    Records,
    /// The city attorney's office: verifies, rejects, revokes.
    Counsel,
    /// The duty supervisor: verifies emergencies.
    Supervisor,
    /// Searches decisions and proves the log; changes nothing.
    Auditor,
    /// Sees aggregates only.
    Council,
    /// Keeps the catalogue.
    Steward,
    /// Handles breaches.
    Security,
    /// Writes the public pages.
    Editor,
    /// Manages accounts; sees no decisions.
    Admin,
}

closed_set!(Role, "role", {
    Records => "records",
    Counsel => "counsel",
    Supervisor => "supervisor",
    Auditor => "auditor",
    Council => "council",
    Steward => "steward",
    Security => "security",
    Editor => "editor",
    Admin => "admin",
});

/// Roles that one person may hold together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roles(BTreeSet<Role>);

/// Why a set of roles is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RolesError {
    /// Nobody needs an account without a role.
    #[error("an account needs at least one role")]
    Empty,
    /// Whoever hands out accounts must not also verify, nor check what was done.
    #[error("nobody can hold `admin` together with `{0}`")]
    AdminWith(Role),
}

impl Roles {
    /// Checks the exclusions.
    ///
    /// # Errors
    /// When there is none, or two of them must not meet in one person.
    pub fn new(roles: impl IntoIterator<Item = Role>) -> Result<Self, RolesError> {
        let roles: BTreeSet<Role> = roles.into_iter().collect();
        if roles.is_empty() {
            return Err(RolesError::Empty);
        }
        let has = |role| roles.contains(&role);
        if let Some(other) = [Role::Counsel, Role::Auditor].into_iter().find(|role| has(Role::Admin) && has(*role)) {
            return Err(RolesError::AdminWith(other));
        }
        Ok(Self(roles))
    }

    /// Whether the role is among them.
    #[must_use]
    pub fn contains(&self, role: Role) -> bool {
        self.0.contains(&role)
    }

    /// Whether one of them permits this.
    #[must_use]
    pub fn permit(&self, permission: Permission) -> bool {
        self.0.iter().any(|role| permission.is_held_by(*role))
    }

    /// The roles, in the order of their declaration.
    pub fn iter(&self) -> impl Iterator<Item = Role> + '_ {
        self.0.iter().copied()
    }
}

impl std::fmt::Display for Roles {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let words: Vec<&str> = self.iter().map(Role::as_str).collect();
        f.write_str(&words.join(" "))
    }
}
