//! The decision: may these fields about this resident be released to this requester, now?
//!
//! [`decide`] is pure and total. Field by field, the first rule that matches answers:
//!
//! 1. nobody has classified the field: deny;
//! 2. the resident takes part in the Confidential Substitute Address program and the field is a home address, a phone or
//!    an e-mail: only a judge's order opens it (NMSA 40-13B). This stands before the policy, which cannot weaken it;
//! 3. the policy does not protect the class: permit;
//! 4. the data stays inside the city, or goes to the resident, and not for immigration enforcement: permit;
//! 5. the policy is limited to immigration enforcement and the request states another purpose: permit;
//! 6. a cited legal basis is in force and covers the field: permit, naming it;
//! 7. otherwise deny, with the reason of the cited basis that got furthest.
//!
//! Must never permit for want of a rule: everything that falls through is denied.

pub mod explain;
mod filter;
pub mod obligation;
pub mod policy;
mod policy_table;
mod policy_text;
pub mod reason;
mod sentences;

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use super::closed_set::closed_set;
use super::field::{FieldClass, FieldName};
use super::ids::{LegalBasisId, StoreId};
use super::legal_basis::{LegalBasis, coverage};
use super::requester::{Agency, Purpose, RequesterKind};
use super::resident::ResidentIndex;

pub use filter::{DecisionFilter, ExportFormat};
pub use obligation::Obligation;
pub use policy::{ClassPolicy, Policy, PolicyError, PolicyScope};
pub use reason::{Effect, Reason};

/// One field that is asked for, with the class that the catalogue gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedField {
    /// The field.
    pub name: FieldName,
    /// Its class.
    pub class: FieldClass,
}

/// A request for fields about one resident.
#[derive(Debug, Clone)]
pub struct Ask {
    /// The store that holds them.
    pub store: StoreId,
    /// The resident, once for each key in the key ring; any may match.
    pub resident_indexes: Vec<ResidentIndex>,
    /// The fields asked for.
    pub fields: Vec<AskedField>,
    /// What kind of body or person asks.
    pub requester_kind: RequesterKind,
    /// Which agency asks, if it was named.
    pub agency: Option<Agency>,
    /// What for.
    pub purpose: Purpose,
    /// The legal bases that the request cites. Their order and repetitions do not matter.
    pub legal_bases: Vec<LegalBasisId>,
}

/// What the city knows that bears on the decision, loaded in the transaction that will record it.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'f> {
    /// Whether the resident takes part in the Confidential Substitute Address program (NMSA 40-13B).
    pub is_confidential: bool,
    /// The cited bases that exist. One that is absent is answered with `basis_not_found`.
    pub bases: &'f HashMap<LegalBasisId, LegalBasis>,
}

/// The answer for one field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldDecision {
    /// The class it was judged by.
    pub class: FieldClass,
    /// Whether it may leave.
    pub effect: Effect,
    /// Why.
    pub reason: Reason,
    /// The basis that opened it; `None` unless one did.
    pub legal_basis: Option<LegalBasisId>,
}

/// The answer as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// No field may leave.
    Denied,
    /// Some fields may leave.
    Partial,
    /// Every field may leave.
    Released,
}

closed_set!(Outcome, "outcome", {
    Denied => "denied",
    Partial => "partial",
    Released => "released",
});

/// The answer to an [`Ask`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// One answer for each field, in the order asked.
    pub fields: Vec<FieldDecision>,
    /// What the parties must do now; sorted, each once.
    pub obligations: Vec<Obligation>,
    /// The answer as a whole. An ask without fields is denied.
    pub outcome: Outcome,
}

impl Decision {
    /// The bases that opened at least one field, each once: those on which a use must be counted.
    #[must_use]
    pub fn used_bases(&self) -> Vec<LegalBasisId> {
        let mut used: Vec<_> = self.fields.iter().filter_map(|field| field.legal_basis).collect();
        used.sort_unstable();
        used.dedup();
        used
    }
}

/// Decides what may be released at `now`.
#[must_use]
pub fn decide(ask: &Ask, facts: &Facts<'_>, policy: &Policy, now: DateTime<Utc>) -> Decision {
    let judge = Judge { ask, facts, policy, now };
    let fields: Vec<_> = ask.fields.iter().map(|field| judge.field(field.class)).collect();
    let obligations = obligation::owed(ask, facts, &fields);
    let outcome = outcome(&fields);
    Decision { fields, obligations, outcome }
}

fn outcome(fields: &[FieldDecision]) -> Outcome {
    let permitted = fields.iter().filter(|field| field.effect == Effect::Permit).count();
    match permitted {
        0 => Outcome::Denied,
        all if all == fields.len() => Outcome::Released,
        _ => Outcome::Partial,
    }
}

struct Judge<'a> {
    ask: &'a Ask,
    facts: &'a Facts<'a>,
    policy: &'a Policy,
    now: DateTime<Utc>,
}

/// One of the two ways of checking a basis: the general one, and the one for confidential addresses.
type Coverage = fn(&LegalBasis, &Ask, FieldClass, &ClassPolicy, DateTime<Utc>) -> Result<(), Reason>;

impl Judge<'_> {
    fn field(&self, class: FieldClass) -> FieldDecision {
        let (reason, legal_basis) = self.reason(class);
        FieldDecision { class, effect: reason.effect(), reason, legal_basis }
    }

    fn reason(&self, class: FieldClass) -> (Reason, Option<LegalBasisId>) {
        if class == FieldClass::Unprotected {
            return (Reason::NotProtected, None);
        }
        // Only `unclassified` has no row; should a row ever be missing, the field stays in.
        let Some(row) = self.policy.class(class) else { return (Reason::UnclassifiedField, None) };
        if self.facts.is_confidential && is_confidential_class(class) {
            return self.confidential(class, row);
        }
        if !row.is_protected() {
            return (Reason::NotProtected, None);
        }
        let is_for_enforcement = self.ask.purpose.judged() == Purpose::ImmigrationEnforcement;
        if !is_for_enforcement && !self.policy.is_outbound(self.ask.requester_kind) {
            return (Reason::NotOutbound, None);
        }
        if !is_for_enforcement && self.policy.scope() == PolicyScope::SolelyFederalImmigration {
            return (Reason::OutsideScope, None);
        }
        match self.best_basis(class, row, coverage::coverage) {
            Ok(basis) => (Reason::LegalBasis, Some(basis)),
            Err(reason) => (reason, None),
        }
    }

    fn confidential(&self, class: FieldClass, row: &ClassPolicy) -> (Reason, Option<LegalBasisId>) {
        match self.best_basis(class, row, coverage::confidential_coverage) {
            Ok(basis) => (Reason::LegalBasis, Some(basis)),
            // One answer for all, so that nobody learns which paper would have come closest.
            Err(_) => (Reason::ConfidentialAddress, None),
        }
    }

    /// The basis that opens a field of this class: the strongest kind, then the smallest id, so that the order in which
    /// they were cited changes nothing. Otherwise the reason of the one that got furthest.
    fn best_basis(&self, class: FieldClass, row: &ClassPolicy, covers: Coverage) -> Result<LegalBasisId, Reason> {
        let mut best = None;
        let mut furthest = Reason::NoLegalBasis;
        for id in &self.ask.legal_bases {
            let basis = self.facts.bases.get(id).ok_or(Reason::BasisNotFound);
            match basis.and_then(|basis| covers(basis, self.ask, class, row, self.now).map(|()| basis.kind)) {
                Ok(kind) => best = best.into_iter().chain([(kind, *id)]).min(),
                Err(reason) => furthest = furthest.max(reason),
            }
        }
        best.map(|(_, id)| id).ok_or(furthest)
    }
}

/// What the Confidential Substitute Address Act keeps: residential address, phone and e-mail (NMSA 40-13B).
const fn is_confidential_class(class: FieldClass) -> bool {
    matches!(class, FieldClass::HomeAddress | FieldClass::Contact)
}
