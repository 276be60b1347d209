//! One decision for somebody who watches over decisions: what was answered, by which rules, and whether the log proves it.

use super::find::{DecisionReader, FindError};
use super::judge::Recorded;
use super::record::{DecisionRecord, FieldRecord};
use crate::app::App;
use crate::app::authority::{Authority, ReadDecision};
use crate::app::log::{Inclusion, NotIncluded};
use crate::domain::decision::explain::{Answered, Finding, Rule, checks_of_basis, explain};
use crate::domain::decision::{Obligation, Policy, Reason};
use crate::domain::legal_basis::BasisKind;
use crate::domain::{DecisionId, LegalBasisId};
use crate::ledger::LedgerError;
use crate::storage::{StoreError, audit, legal_bases, policies};

/// A decision and what can be said about it.
pub struct ExplainedDecision {
    /// What was answered.
    pub recorded: Recorded,
    /// The policy that it was answered by; `None` when its text is not kept.
    pub policy: Option<Policy>,
    /// Whether the link to the resident is still there.
    pub is_linked: bool,
    /// Whether the log proves the entry, now.
    pub inclusion: Result<Inclusion, NotIncluded>,
    /// The bases it cites, and what kind each is, if it is known.
    pub cited: Vec<(LegalBasisId, Option<BasisKind>)>,
}

/// Why one field was answered as it was.
pub struct ExplainedField<'a> {
    /// The answer.
    pub answer: &'a FieldRecord,
    /// The rules in their order.
    pub rules: Vec<(Rule, Finding)>,
    /// The checks of the basis that got furthest.
    pub checks: Vec<(Reason, Option<bool>)>,
    /// The law or resolution that the policy names for the class.
    pub citation: Option<&'a str>,
}

/// Why there is no explanation.
#[derive(Debug, thiserror::Error)]
pub enum ExplainError {
    /// The decision.
    #[error(transparent)]
    Find(#[from] FindError),
    /// The newest state of the log cannot be looked at.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

impl From<StoreError> for ExplainError {
    fn from(error: StoreError) -> Self {
        Self::Find(error.into())
    }
}

impl App {
    /// A decision with its explanation. That somebody read it is an entry.
    ///
    /// # Errors
    /// Why it is not shown.
    pub fn explain_decision(
        &self,
        who: &Authority<ReadDecision>,
        id: DecisionId,
    ) -> Result<ExplainedDecision, ExplainError> {
        let row = self.find_entry(&DecisionReader::Staff(who.clone()), id)?;
        let recorded = super::search::recorded_of(&row)?;
        let inclusion = self.inclusion_of(&row)?;
        let record = &recorded.record;
        let (policy, is_linked, cited) = self.store.read(|conn| -> Result<_, StoreError> {
            let source = policies::find_source(conn, &record.policy.sha256)?;
            let bases = legal_bases::load(conn, &record.cited.iter().copied().collect())?;
            let kind = |id: &LegalBasisId| (*id, bases.get(id).map(|basis| basis.kind));
            let cited = record.cited.iter().map(kind).collect();
            Ok((source, audit::find_resident(conn, row.seq)?.is_some(), cited))
        })?;
        let policy = policy.and_then(|source| Policy::parse(&source).ok());
        Ok(ExplainedDecision { recorded, policy, is_linked, inclusion, cited })
    }
}

impl ExplainedDecision {
    /// Each field with its explanation, in the order asked.
    #[must_use]
    pub fn fields(&self) -> Vec<ExplainedField<'_>> {
        self.recorded.record.fields.iter().map(|field| self.field(field)).collect()
    }

    fn field<'a>(&'a self, answer: &'a FieldRecord) -> ExplainedField<'a> {
        let row = self.policy.as_ref().and_then(|policy| policy.class(answer.class));
        ExplainedField {
            answer,
            rules: explain(&answered(&self.recorded.record, answer)),
            checks: checks_of_basis(answer.reason),
            citation: row.and_then(|row| row.citation()),
        }
    }
}

fn answered(record: &DecisionRecord, answer: &FieldRecord) -> Answered {
    Answered {
        class: answer.class,
        reason: answer.reason,
        purpose: record.purpose,
        is_cited: !record.cited.is_empty(),
        is_redisclosure_prohibited: record.obligations.contains(&Obligation::RedisclosureProhibited),
    }
}
