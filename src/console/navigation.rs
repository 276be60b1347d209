//! Where somebody may go, by what their roles permit.

use crate::domain::staff::{Permission, Roles};

/// A way to a room of the console.
pub(super) struct Way {
    /// Where it leads.
    pub(super) path: &'static str,
    /// The key of its name.
    pub(super) key: &'static str,
    /// Whether the page at hand lies there.
    pub(super) is_here: bool,
}

/// Path, key, and what it takes to go there; in the order of the page.
const WAYS: &[(&str, &str, Permission)] = &[
    ("/console", "nav-home", Permission::UseOwnAccount),
    ("/console/queue", "nav-queue", Permission::VerifyBasis),
    ("/console/review-1373", "nav-review-1373", Permission::ReviewDenial),
    ("/console/clerk-referrals", "nav-clerk-referrals", Permission::HandToClerk),
    ("/console/violations", "nav-violations", Permission::ReadViolation),
    ("/console/legal-bases", "nav-legal-bases", Permission::ReadBasis),
    ("/console/counter", "nav-counter", Permission::AskAtCounter),
    ("/console/catalog", "nav-catalog", Permission::ReadCatalog),
    ("/console/clients", "nav-clients", Permission::ManageClients),
    ("/console/staff", "nav-staff", Permission::ManageStaff),
    ("/console/access-review", "nav-review", Permission::ReadAccessReview),
    ("/console/decisions", "nav-decisions", Permission::ReadDecision),
    ("/console/entries", "nav-entries", Permission::ReadLog),
    ("/console/log", "nav-log", Permission::ReadLog),
    ("/console/report", "nav-report", Permission::ReadReport),
];

/// The ways of somebody with these roles, seen from a path.
pub(super) fn ways(roles: &Roles, from: &str) -> Vec<Way> {
    let open = WAYS.iter().filter(|(_, _, permission)| roles.permit(*permission));
    open.map(|(path, key, _)| Way { path, key, is_here: lies_in(path, from) }).collect()
}

/// Every way there is.
pub(super) fn every(from: &str) -> Vec<Way> {
    WAYS.iter().map(|(path, key, _)| Way { path, key, is_here: lies_in(path, from) }).collect()
}

fn lies_in(room: &str, path: &str) -> bool {
    let path = path.split('?').next().unwrap_or_default();
    let rest = path.strip_prefix(room);
    rest.is_some_and(|rest| rest.is_empty() || (room != super::ROOT && rest.starts_with('/')))
}
