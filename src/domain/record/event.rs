//! Entries other than decisions: one record shape for every change of state.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use super::{Draft, instant_text};
use crate::domain::closed_set::closed_set;

/// What an entry is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EventKind {
    /// A decision on a request for resident data.
    Decision,
    /// A call that was turned away before it was judged.
    CallRefused,
    /// A client was registered.
    ClientAdded,
    /// A client got a new secret.
    ClientRotated,
    /// A client was registered for other stores or requester kinds.
    ClientScopeChanged,
    /// A client was switched off.
    ClientDisabled,
    /// A client was switched on again.
    ClientEnabled,
    /// A client was given an access token.
    TokenIssued,
    /// A known client's credentials were refused.
    TokenRefused,
    /// A change was asked for and refused.
    ChangeRefused,
    /// A record store's catalogue was imported.
    CatalogImported,
    /// A class was proposed for a field.
    ClassProposed,
    /// A proposed class was approved: the catalogue was changed.
    ClassApproved,
    /// A proposed class was declined.
    ClassDeclined,
    /// A proposed class was taken back.
    ClassWithdrawn,
    /// A policy came into force.
    PolicyLoaded,
    /// A legal basis was recorded.
    LegalBasisRecorded,
    /// A resident was marked as confidential.
    ResidentFlagged,
    /// An account was made, and its holder invited.
    StaffInvited,
    /// Somebody set their password and second factor.
    StaffEnrolled,
    /// Somebody was given a new one-time link, and their sessions ended.
    StaffReset,
    /// Somebody's roles were changed.
    StaffRolesChanged,
    /// An account was switched off.
    StaffDisabled,
    /// An account was switched on again.
    StaffEnabled,
    /// A one-time link for the first admin was made.
    LinkIssued,
    /// Somebody signed in.
    SignedIn,
    /// Somebody was not let in.
    SignInRefused,
    /// Sessions were ended.
    SignedOut,
    /// Somebody changed their password.
    PasswordChanged,
    /// Somebody drew new recovery codes.
    RecoveryCodesDrawn,
    /// An account or a client was certified.
    AccessCertified,
    /// Somebody began to type in a legal basis.
    BasisDraftBegun,
    /// Somebody went on with it.
    BasisDraftSaved,
    /// It was thrown away.
    BasisDraftDiscarded,
    /// A legal basis was registered.
    LegalBasisRegistered,
    /// Legal bases that name a resident were looked for.
    LegalBasesSearched,
    /// A legal basis was read in full.
    LegalBasisRead,
    /// A legal basis was verified.
    LegalBasisVerified,
    /// A legal basis was rejected.
    LegalBasisRejected,
    /// A legal basis was withdrawn.
    LegalBasisRevoked,
    /// An emergency was reviewed afterwards.
    LegalBasisReviewed,
    /// A standing mandate was renewed.
    LegalBasisRenewed,
    /// A legal basis was replaced by a corrected one.
    LegalBasisSuperseded,
    /// A scanned paper was stored.
    DocumentStored,
    /// A scanned paper was read.
    DocumentRead,
    /// A violation was opened.
    ViolationOpened,
    /// A violation was read with its notes.
    ViolationRead,
    /// A violation was closed.
    ViolationClosed,
    /// A referral was read with whom it is about.
    ReferralRead,
    /// A referral was closed.
    ReferralClosed,
    /// The mark of a confidential resident was ended.
    ResidentUnflagged,
    /// Somebody looked whether a resident is marked as confidential.
    ResidentLookedUp,
    /// Decisions were searched.
    DecisionsSearched,
    /// A decision was read by a member of staff.
    DecisionRead,
    /// Decisions that fit a search were written to a file.
    DecisionsExported,
    /// Entries of every kind were searched.
    EntriesSearched,
    /// An entry was read by a member of staff.
    EntryRead,
    /// The log was verified from its first entry on.
    LogVerified,
    /// A report was read.
    ReportRead,
    /// Something was erased by a retention rule.
    Erased,
    /// A hold was placed: what it covers is not erased.
    HoldPlaced,
    /// A hold was released.
    HoldReleased,
    /// What older keys sealed was sealed anew.
    Resealed,
    /// Keys came into force.
    KeysInForce,
    /// A new epoch was opened: entries that were acknowledged are gone, and the log goes on under another name.
    EpochOpened,
    /// A process began to serve.
    ServiceStarted,
    /// A process stopped in good order.
    ServiceStopped,
    /// Entries can be written again after they could not.
    ServiceRecovered,
}

closed_set!(EventKind, "entry kind", {
    Decision => "decision",
    CallRefused => "call_refused",
    ClientAdded => "client_added",
    ClientRotated => "client_rotated",
    ClientScopeChanged => "client_scope_changed",
    ClientDisabled => "client_disabled",
    ClientEnabled => "client_enabled",
    TokenIssued => "token_issued",
    TokenRefused => "token_refused",
    ChangeRefused => "change_refused",
    CatalogImported => "catalog_imported",
    ClassProposed => "class_proposed",
    ClassApproved => "class_approved",
    ClassDeclined => "class_declined",
    ClassWithdrawn => "class_withdrawn",
    PolicyLoaded => "policy_loaded",
    LegalBasisRecorded => "legal_basis_recorded",
    ResidentFlagged => "resident_flagged",
    StaffInvited => "staff_invited",
    StaffEnrolled => "staff_enrolled",
    StaffReset => "staff_reset",
    StaffRolesChanged => "staff_roles_changed",
    StaffDisabled => "staff_disabled",
    StaffEnabled => "staff_enabled",
    LinkIssued => "link_issued",
    SignedIn => "signed_in",
    SignInRefused => "sign_in_refused",
    SignedOut => "signed_out",
    PasswordChanged => "password_changed",
    RecoveryCodesDrawn => "recovery_codes_drawn",
    AccessCertified => "access_certified",
    BasisDraftBegun => "basis_draft_begun",
    BasisDraftSaved => "basis_draft_saved",
    BasisDraftDiscarded => "basis_draft_discarded",
    LegalBasisRegistered => "legal_basis_registered",
    LegalBasesSearched => "legal_bases_searched",
    LegalBasisRead => "legal_basis_read",
    LegalBasisVerified => "legal_basis_verified",
    LegalBasisRejected => "legal_basis_rejected",
    LegalBasisRevoked => "legal_basis_revoked",
    LegalBasisReviewed => "legal_basis_reviewed",
    LegalBasisRenewed => "legal_basis_renewed",
    LegalBasisSuperseded => "legal_basis_superseded",
    DocumentStored => "document_stored",
    DocumentRead => "document_read",
    ViolationOpened => "violation_opened",
    ViolationRead => "violation_read",
    ViolationClosed => "violation_closed",
    ReferralRead => "referral_read",
    ReferralClosed => "referral_closed",
    ResidentUnflagged => "resident_unflagged",
    ResidentLookedUp => "resident_looked_up",
    DecisionsSearched => "decisions_searched",
    DecisionRead => "decision_read",
    DecisionsExported => "decisions_exported",
    EntriesSearched => "entries_searched",
    EntryRead => "entry_read",
    LogVerified => "log_verified",
    ReportRead => "report_read",
    Erased => "erased",
    HoldPlaced => "hold_placed",
    HoldReleased => "hold_released",
    Resealed => "resealed",
    KeysInForce => "keys_in_force",
    EpochOpened => "epoch_opened",
    ServiceStarted => "service_started",
    ServiceStopped => "service_stopped",
    ServiceRecovered => "service_recovered",
});

/// The record of an entry other than a decision.
#[derive(Debug, Clone, Serialize)]
pub struct Event {
    /// The particulars. Never anything about a resident.
    pub about: BTreeMap<&'static str, String>,
    /// Who caused it.
    pub actor: String,
    /// When, as [`instant_text`] spells it.
    pub at: String,
    /// The entry's own id.
    pub id: String,
    /// What happened.
    pub kind: EventKind,
    /// The version of this shape.
    pub v: u8,
}

impl Event {
    /// An event with its particulars.
    #[must_use]
    pub fn new(
        id: Uuid,
        kind: EventKind,
        at: DateTime<Utc>,
        actor: &str,
        about: impl IntoIterator<Item = (&'static str, String)>,
    ) -> Self {
        Self {
            about: about.into_iter().collect(),
            actor: actor.to_owned(),
            at: instant_text(at),
            id: id.to_string(),
            kind,
            v: 1,
        }
    }

    /// The entry, ready to be appended.
    #[must_use]
    pub fn into_draft(self, id: Uuid, at: DateTime<Utc>, nonce: [u8; 32]) -> Draft {
        Draft {
            id,
            at,
            kind: self.kind,
            record: self.to_record(),
            actor: self.actor,
            nonce,
            store: None,
            requester_kind: None,
            agency: None,
            purpose: None,
            outcome: None,
            resident: None,
        }
    }

    /// The record's bytes: canonical, because the members stand in alphabetical order and hold only strings.
    fn to_record(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }
}
