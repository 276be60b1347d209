//! How long what is about people is kept, and what stops its erasure.
//!
//! Must never make anything due that is still in force, and never read the absence of a rule as "at once": what has no period
//! is kept.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};

use super::closed_set::closed_set;
use super::{LegalBasisId, StoreId};

/// What a rule of retention is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RetentionKind {
    /// Who was asked about, and the free text of requests; counted from the decision.
    DecisionResidents,
    /// Whom bases name; counted from the end of the basis.
    BasisResidents,
    /// What papers and notes say beyond the columns; counted from the end of the basis.
    BasisPapers,
    /// Scanned papers; counted from the end of the basis.
    Documents,
    /// Marks of confidential residents that have ended; counted from then.
    ConfidentialEnded,
    /// Sessions of staff that have ended; counted from then.
    Sessions,
    /// One-time links that were used or have expired; counted from then.
    OneTimeLinks,
    /// Legal bases that somebody began to type in and did not register; counted from the last time they were saved.
    BasisDrafts,
}

closed_set!(RetentionKind, "kind of retention", {
    DecisionResidents => "decision_residents",
    BasisResidents => "basis_residents",
    BasisPapers => "basis_papers",
    Documents => "documents",
    ConfidentialEnded => "confidential_ended",
    Sessions => "sessions",
    OneTimeLinks => "one_time_links",
    BasisDrafts => "basis_drafts",
});

/// How long each kind is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RetentionRules(BTreeMap<RetentionKind, TimeDelta>);

impl RetentionRules {
    /// Rules with these periods. A kind without one, or with one of no length, is kept for ever.
    #[must_use]
    pub fn new(periods: impl IntoIterator<Item = (RetentionKind, TimeDelta)>) -> Self {
        Self(periods.into_iter().filter(|(_, period)| *period > TimeDelta::zero()).collect())
    }

    /// The instant before which something of this kind must have ended to be due; `None` when nothing ever is.
    #[must_use]
    pub fn due_before(&self, kind: RetentionKind, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        now.checked_sub_signed(*self.0.get(&kind)?)
    }
}

/// A legal basis, as far as its end matters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BasisLife {
    /// Which.
    pub id: LegalBasisId,
    /// Whether somebody may still use it, or may still make it usable: it is registered, or verified.
    pub is_open: bool,
    /// First instant at which it counts no more.
    pub valid_until: Option<DateTime<Utc>>,
    /// The newest instant at which somebody did something about it.
    pub handled_at: DateTime<Utc>,
    /// Whether a review is owed, or a violation is not closed.
    pub is_unsettled: bool,
    /// The stores that it is about.
    pub stores: BTreeSet<StoreId>,
}

impl BasisLife {
    /// Since when the basis is over. `None` while it may count, or while somebody still owes something about it.
    #[must_use]
    pub fn over_since(&self) -> Option<DateTime<Utc>> {
        if self.is_unsettled {
            return None;
        }
        let end = if self.is_open { self.valid_until? } else { self.handled_at };
        Some(end.max(self.handled_at))
    }

    /// Whether it was over before that instant.
    #[must_use]
    pub fn is_due(&self, before: DateTime<Utc>) -> bool {
        self.over_since().is_some_and(|end| end < before)
    }
}

/// What a hold covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HoldScope {
    /// Everything: nothing is erased at all.
    Everything,
    /// What is about residents of one store.
    Store(StoreId),
    /// One basis, its papers, and the decisions that cite it.
    Basis(LegalBasisId),
}

impl std::fmt::Display for HoldScope {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Everything => f.write_str("everything"),
            Self::Store(store) => write!(f, "store `{store}`"),
            Self::Basis(basis) => write!(f, "legal basis {basis}"),
        }
    }
}

/// The holds in force together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Holds {
    covers_everything: bool,
    stores: BTreeSet<StoreId>,
    bases: BTreeSet<LegalBasisId>,
}

impl Holds {
    /// Whether nothing may be erased.
    #[must_use]
    pub const fn cover_everything(&self) -> bool {
        self.covers_everything
    }

    /// Whether what is about residents of this store must stay.
    #[must_use]
    pub fn cover_store(&self, store: &StoreId) -> bool {
        self.covers_everything || self.stores.contains(store)
    }

    /// Whether a basis must stay: by itself, or because it is about a store that must.
    #[must_use]
    pub fn cover_basis(&self, basis: &BasisLife) -> bool {
        self.cover_cited(basis.id) || basis.stores.iter().any(|store| self.cover_store(store))
    }

    /// Whether what was decided on this basis must stay.
    #[must_use]
    pub fn cover_cited(&self, basis: LegalBasisId) -> bool {
        self.covers_everything || self.bases.contains(&basis)
    }

    /// Whether any hold is about single bases.
    #[must_use]
    pub fn name_bases(&self) -> bool {
        !self.bases.is_empty()
    }
}

impl FromIterator<HoldScope> for Holds {
    fn from_iter<T: IntoIterator<Item = HoldScope>>(scopes: T) -> Self {
        let mut holds = Self::default();
        for scope in scopes {
            match scope {
                HoldScope::Everything => holds.covers_everything = true,
                HoldScope::Store(store) => drop(holds.stores.insert(store)),
                HoldScope::Basis(basis) => drop(holds.bases.insert(basis)),
            }
        }
        holds
    }
}
