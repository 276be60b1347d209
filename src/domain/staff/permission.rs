//! What can be permitted, and to whom: the whole of it on one page.

use super::Role;
use crate::domain::closed_set::closed_set;

/// One thing that somebody may or may not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Permission {
    /// See and manage one's own account and sessions.
    UseOwnAccount,
    /// Invite staff, give and take roles, switch accounts off, reset them, end their sessions.
    ManageStaff,
    /// Register clients, give them new secrets, switch them off and on.
    ManageClients,
    /// See accounts, clients, their roles and when each was certified.
    ReadAccessReview,
    /// Certify accounts and clients.
    CertifyAccess,
    /// Register a legal basis.
    RegisterBasis,
    /// See legal bases.
    ReadBasis,
    /// Store the scanned paper of a basis.
    StoreDocument,
    /// Read the scanned paper of a basis.
    ReadDocument,
    /// Verify or reject a basis.
    VerifyBasis,
    /// Withdraw a basis.
    RevokeBasis,
    /// Review an emergency afterwards; renew a standing mandate.
    ReviewBasis,
    /// See violations.
    ReadViolation,
    /// Close a violation.
    CloseViolation,
    /// See and close the denials that counsel looks at (8 U.S.C. 1373).
    ReviewDenial,
    /// See and close the public-records requests that go to the City Clerk.
    HandToClerk,
    /// Mark a resident as confidential (NMSA 40-13B), and look up a mark.
    MarkConfidential,
    /// End the mark of a confidential resident.
    EndConfidential,
    /// Search and read decisions.
    ReadDecision,
    /// Search and read entries of every kind; see how the log is, and have it verified.
    ReadLog,
    /// See stores, the classes of their fields, unknown fields, proposals.
    ReadCatalog,
    /// Propose the class of a field.
    ProposeClass,
    /// Approve or decline what another person proposed.
    SettleClass,
    /// Ask for a decision for somebody who stands at the counter.
    AskAtCounter,
    /// Read the council's report: aggregates only.
    ReadReport,
}

closed_set!(Permission, "permission", {
    UseOwnAccount => "use_own_account",
    ManageStaff => "manage_staff",
    ManageClients => "manage_clients",
    ReadAccessReview => "read_access_review",
    CertifyAccess => "certify_access",
    RegisterBasis => "register_basis",
    ReadBasis => "read_basis",
    StoreDocument => "store_document",
    ReadDocument => "read_document",
    VerifyBasis => "verify_basis",
    RevokeBasis => "revoke_basis",
    ReviewBasis => "review_basis",
    ReadViolation => "read_violation",
    CloseViolation => "close_violation",
    ReviewDenial => "review_denial",
    HandToClerk => "hand_to_clerk",
    MarkConfidential => "mark_confidential",
    EndConfidential => "end_confidential",
    ReadDecision => "read_decision",
    ReadLog => "read_log",
    ReadCatalog => "read_catalog",
    ProposeClass => "propose_class",
    SettleClass => "settle_class",
    AskAtCounter => "ask_at_counter",
    ReadReport => "read_report",
});

impl Permission {
    /// The roles that hold this permission.
    #[must_use]
    pub const fn roles(self) -> &'static [Role] {
        use Role::{Admin, Auditor, Council, Counsel, Records, Security, Steward, Supervisor};
        match self {
            Self::UseOwnAccount => &Role::ALL,
            Self::ManageStaff | Self::CertifyAccess | Self::ManageClients => &[Admin],
            Self::ReadAccessReview => &[Admin, Auditor, Security],
            Self::RegisterBasis | Self::StoreDocument | Self::AskAtCounter => &[Records],
            Self::ReadBasis | Self::ReadDocument => &[Records, Counsel, Supervisor, Auditor],
            // Which kinds of basis a supervisor may handle is judged with the basis at hand.
            Self::VerifyBasis | Self::RevokeBasis | Self::ReviewBasis => &[Counsel, Supervisor],
            Self::ReadViolation => &[Counsel, Supervisor, Auditor, Security],
            Self::CloseViolation | Self::ReviewDenial | Self::EndConfidential => &[Counsel],
            Self::HandToClerk | Self::MarkConfidential => &[Records, Counsel],
            Self::ReadDecision | Self::ReadLog => &[Auditor, Security],
            Self::ReadCatalog => &[Steward, Counsel, Auditor],
            Self::ProposeClass => &[Steward],
            // Who proposed it does not settle it: that is judged with the proposal at hand.
            Self::SettleClass => &[Steward, Counsel],
            // Aggregates without a name, for whoever answers for them or to the council. Not for admins: they keep accounts.
            Self::ReadReport => &[Council, Auditor, Counsel, Supervisor, Records],
        }
    }

    /// Whether that role holds this permission.
    #[must_use]
    pub fn is_held_by(self, role: Role) -> bool {
        self.roles().contains(&role)
    }
}
