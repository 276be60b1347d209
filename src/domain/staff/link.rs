//! What a one-time link is for.

use crate::domain::closed_set::closed_set;

/// What a one-time link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LinkKind {
    /// The way in for the first admin, while there is none.
    FirstAdmin,
    /// The way in for somebody whose account an admin has made.
    Invitation,
    /// The way back for somebody who lost their password or their second factor.
    Reset,
}

closed_set!(LinkKind, "kind of link", {
    FirstAdmin => "first_admin",
    Invitation => "invitation",
    Reset => "reset",
});
