//! The city's decision table, as counsel wrote it.
//!
//! It is data, so that counsel can change it without a programmer. Must never be built but by [`Policy::parse`], which
//! refuses a table with a gap, an unknown word or a contradiction.

use chrono::TimeDelta;

use crate::domain::closed_set::closed_set;
use crate::domain::field::FieldClass;
use crate::domain::legal_basis::BasisKind;
use crate::domain::requester::RequesterKind;
use crate::domain::strict_toml::TextError;

/// One fault in a policy, with its line.
pub type PolicyError = TextError;

/// Which requests the protection is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PolicyScope {
    /// Every request from outside the city, whatever its purpose: the stricter reading of Resolution 26-049.
    AllExternal,
    /// Only requests for federal immigration enforcement: the reading after the amendment.
    SolelyFederalImmigration,
}

closed_set!(PolicyScope, "policy scope", {
    AllExternal => "all_external",
    SolelyFederalImmigration => "solely_federal_immigration",
});

/// The row of one class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassPolicy {
    pub(super) class: FieldClass,
    pub(super) is_protected: bool,
    pub(super) citation: Option<String>,
    pub(super) accepts: Vec<BasisKind>,
    pub(super) max_verification_age_hours: u32,
}

impl ClassPolicy {
    /// The class.
    #[must_use]
    pub const fn class(&self) -> FieldClass {
        self.class
    }

    /// Whether it is withheld unless something opens it.
    #[must_use]
    pub const fn is_protected(&self) -> bool {
        self.is_protected
    }

    /// The law or resolution behind the row; always there when the class is protected.
    #[must_use]
    pub fn citation(&self) -> Option<&str> {
        self.citation.as_deref()
    }

    /// Whether a basis of this kind can open the class.
    #[must_use]
    pub fn accepts(&self, kind: BasisKind) -> bool {
        self.accepts.contains(&kind)
    }

    /// How old a verification may be and still count. An age of exactly this still counts.
    #[must_use]
    pub fn max_verification_age(&self) -> TimeDelta {
        // INVARIANT: the parser keeps the hours far below what would overflow.
        TimeDelta::try_hours(i64::from(self.max_verification_age_hours)).unwrap_or(TimeDelta::zero())
    }
}

/// The whole table, and the hash of the text it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) scope: PolicyScope,
    /// INVARIANT: one row for each class that has one, in the order of [`FieldClass::ALL`].
    pub(super) classes: Vec<ClassPolicy>,
    /// INVARIANT: one mark for each kind, in the order of [`RequesterKind::ALL`].
    pub(super) outbound: Vec<bool>,
    pub(super) sha256: [u8; 32],
}

impl Policy {
    /// Its id, which stands in every decision.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Its title, for people.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Which requests the protection is about.
    #[must_use]
    pub const fn scope(&self) -> PolicyScope {
        self.scope
    }

    /// The row of a class; `None` for `unprotected` and `unclassified`, whose answers are fixed.
    #[must_use]
    pub fn class(&self, class: FieldClass) -> Option<&ClassPolicy> {
        self.classes.get(class as usize).filter(|row| row.class == class)
    }

    /// All rows, in the order of [`FieldClass::ALL`].
    #[must_use]
    pub fn classes(&self) -> &[ClassPolicy] {
        &self.classes
    }

    /// Whether a release to this kind of requester leaves the city. Whoever is not marked is outside.
    #[must_use]
    pub fn is_outbound(&self, kind: RequesterKind) -> bool {
        self.outbound.get(kind as usize).copied().unwrap_or(true)
    }

    /// SHA-256 of the exact text that was parsed.
    #[must_use]
    pub const fn sha256(&self) -> &[u8; 32] {
        &self.sha256
    }
}
