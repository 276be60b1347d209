//! Proposals to read: on a list, and with everything that somebody needs to settle one.

use crate::app::App;
use crate::app::authority::{Authority, ReadCatalog};
use crate::app::legal_bases::{Page, one_more};
use crate::domain::ProposalId;
use crate::domain::field::{CatalogDiff, ClassChange, RecordStore, StoreCatalog};
use crate::domain::record::hex;
use crate::domain::stewardship::{Proposal, Shift, is_withheld};
use crate::storage::class_proposals::{self, Filter};
use crate::storage::unknown_fields::{self, UnknownFieldRow};
use crate::storage::{StoreError, catalog};

use super::lines;

/// A proposal with what it would do.
#[derive(Debug)]
pub struct ProposalInFull {
    /// The proposal.
    pub proposal: Proposal,
    /// The store.
    pub store: RecordStore,
    /// What it would do to the field's protection.
    pub shift: Shift,
    /// Whether the field would stay in unless something opens it.
    pub is_withheld_after: bool,
    /// How often the field was asked for while no catalogue named it.
    pub asked: Option<UnknownFieldRow>,
    /// SHA-256 of the store's catalogue as it stands, in hex: whoever approves says that they saw this one.
    pub sha256: String,
    /// What an approval would do now.
    pub consequences: Consequences,
}

/// What an approval would do, as the catalogue stands.
#[derive(Debug, PartialEq, Eq)]
pub enum Consequences {
    /// The catalogue would change.
    Changes {
        /// Other names whose class would be another one by that, such as aliases of the field.
        others: Vec<ClassChange>,
    },
    /// The class in force is no longer the one that the proposal would replace.
    Outdated,
    /// The catalogue would contradict itself.
    Contradiction(String),
}

impl App {
    /// At most `limit` proposals older than `after`, the newest first. Blocks.
    ///
    /// # Errors
    /// When the database fails.
    pub fn list_proposals(
        &self,
        _: &Authority<ReadCatalog>,
        filter: &Filter,
        after: Option<ProposalId>,
        limit: usize,
    ) -> Result<Page<Proposal, ProposalId>, StoreError> {
        let rows = self.store.read(|conn| class_proposals::list(conn, filter, after, one_more(limit)))?;
        Ok(Page::of(rows, limit, |proposal| proposal.id))
    }

    /// A proposal with what it would do. Blocks.
    ///
    /// # Errors
    /// When the database fails.
    pub fn find_proposal(
        &self,
        _: &Authority<ReadCatalog>,
        id: ProposalId,
    ) -> Result<Option<ProposalInFull>, StoreError> {
        self.store.read(|conn| {
            let Some(proposal) = class_proposals::find(conn, id)? else { return Ok(None) };
            let catalog = catalog::load(conn)?;
            let Some(in_force) = catalog.find(&proposal.store) else { return Ok(None) };
            let asked = unknown_fields::find(conn, proposal.store.as_str(), proposal.field.normalised())?;
            Ok(Some(self.proposal_in_full(proposal, in_force, asked)))
        })
    }

    /// What a class would do to a field's protection under the policy in force.
    #[must_use]
    pub fn shift_of(&self, proposal: &Proposal) -> Shift {
        Shift::between(proposal.from, proposal.to, &self.policy.policy)
    }

    fn proposal_in_full(
        &self,
        proposal: Proposal,
        in_force: &StoreCatalog,
        asked: Option<UnknownFieldRow>,
    ) -> ProposalInFull {
        ProposalInFull {
            store: in_force.store().clone(),
            shift: self.shift_of(&proposal),
            is_withheld_after: is_withheld(proposal.to, &self.policy.policy),
            asked,
            sha256: hex(&in_force.sha256()),
            consequences: Consequences::of(&proposal, in_force),
            proposal,
        }
    }
}

impl Consequences {
    fn of(proposal: &Proposal, in_force: &StoreCatalog) -> Self {
        if in_force.class_in_force(&proposal.field) != proposal.from {
            return Self::Outdated;
        }
        match in_force.with_class(&proposal.field, proposal.to, &proposal.proposed_by, &proposal.reason) {
            Ok(new) => Self::Changes { others: others(in_force, &new, proposal) },
            Err(faults) => Self::Contradiction(lines(&faults)),
        }
    }
}

fn others(old: &StoreCatalog, new: &StoreCatalog, proposal: &Proposal) -> Vec<ClassChange> {
    let diff = CatalogDiff::between(old, new);
    diff.changed.into_iter().filter(|change| change.name != proposal.field.normalised()).collect()
}
