//! Why a field may or may not leave.
//!
//! Codes are stable: programs and reports rely on them. Must never hold a reason without a sentence in every language.

use crate::domain::closed_set::closed_set;
use crate::domain::language::Language;

/// Whether a field may leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Effect {
    /// It may be released.
    Permit,
    /// It is withheld.
    Deny,
}

closed_set!(Effect, "effect", {
    Permit => "permit",
    Deny => "deny",
});

/// The one reason that each field's answer carries.
///
/// INVARIANT: from `NoLegalBasis` on, the members stand in the order in which a cited basis is checked. The answer names
/// the reason of the basis that got furthest, which is the greatest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reason {
    /// Permitted: the policy does not protect this class.
    NotProtected,
    /// Permitted: it stays inside the city or goes to the resident, and not for immigration enforcement.
    NotOutbound,
    /// Permitted: the policy is limited to immigration enforcement, and the purpose is another.
    OutsideScope,
    /// Permitted: a verified legal basis covers it.
    LegalBasis,
    /// Denied: nobody has classified the field.
    UnclassifiedField,
    /// Denied: a confidential address, without a judge's order that covers it (NMSA 40-13B).
    ConfidentialAddress,
    /// Denied: protected, and no basis was cited.
    NoLegalBasis,
    /// Denied: the cited basis is not registered.
    BasisNotFound,
    /// Denied: this kind of basis, or the paper behind it, cannot open this class.
    InstrumentNotAccepted,
    /// Denied: the basis was rejected.
    BasisRejected,
    /// Denied: nobody has verified the basis, or the verification is too old.
    BasisNotVerified,
    /// Denied: the basis was withdrawn, quashed or replaced.
    BasisRevoked,
    /// Denied: the basis does not count yet.
    BasisNotYetValid,
    /// Denied: the basis counts no more.
    BasisExpired,
    /// Denied: the basis has been used as often as it may be.
    BasisUsedUp,
    /// Denied: the basis covers other record stores.
    BasisOtherStore,
    /// Denied: the basis covers other residents.
    BasisOtherResident,
    /// Denied: the basis covers another kind of requester or another agency.
    BasisOtherRequester,
    /// Denied: the basis covers other purposes.
    BasisOtherPurpose,
    /// Denied: the basis covers other classes of field.
    BasisClassNotInScope,
}

closed_set!(Reason, "reason", {
    NotProtected => "not_protected",
    NotOutbound => "not_outbound",
    OutsideScope => "outside_scope",
    LegalBasis => "legal_basis",
    UnclassifiedField => "unclassified_field",
    ConfidentialAddress => "confidential_address",
    NoLegalBasis => "no_legal_basis",
    BasisNotFound => "basis_not_found",
    InstrumentNotAccepted => "instrument_not_accepted",
    BasisRejected => "basis_rejected",
    BasisNotVerified => "basis_not_verified",
    BasisRevoked => "basis_revoked",
    BasisNotYetValid => "basis_not_yet_valid",
    BasisExpired => "basis_expired",
    BasisUsedUp => "basis_used_up",
    BasisOtherStore => "basis_other_store",
    BasisOtherResident => "basis_other_resident",
    BasisOtherRequester => "basis_other_requester",
    BasisOtherPurpose => "basis_other_purpose",
    BasisClassNotInScope => "basis_class_not_in_scope",
});

impl Reason {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        self.as_str()
    }

    /// What the reason amounts to.
    #[must_use]
    pub const fn effect(self) -> Effect {
        match self {
            Self::NotProtected | Self::NotOutbound | Self::OutsideScope | Self::LegalBasis => Effect::Permit,
            _ => Effect::Deny,
        }
    }

    /// A sentence or two that a clerk can read out: what happens, why, and what can be done next.
    #[must_use]
    pub const fn sentence(self, language: Language) -> &'static str {
        match language {
            Language::English => super::sentences::english(self),
            Language::Spanish => super::sentences::spanish(self),
        }
    }
}
