//! What can be said of a draft before it is registered: its faults, its likes, and what the check list will find.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::Draft;
use crate::app::App;
use crate::app::authority::{Authority, RegisterBasis};
use crate::app::legal_bases::CheckList;
use crate::app::legal_bases::check_list::facts_of;
use crate::domain::court::Docket;
use crate::domain::legal_basis::Registration;
use crate::domain::legal_basis::check::{Evidence, judge_by_program};
use crate::domain::legal_basis::registration::{FormFault, RegistrationRules, TypedForm};
use crate::domain::{LegalBasisId, ResidentIndex, StoreId};
use crate::storage::{StoreError, catalog, legal_bases};

/// A draft, looked over.
#[derive(Debug)]
pub struct DraftCheck {
    /// What is wrong with it, in the order of the form.
    pub faults: Vec<FormFault>,
    /// What the program will find on the check list; `None` while something is wrong.
    pub findings: Option<CheckList>,
    /// From when until when it would count; `None` while something is wrong.
    pub validity: Option<(DateTime<Utc>, Option<DateTime<Utc>>)>,
    /// Bases from the same court with the same docket number, newest first.
    pub same_docket: Vec<LegalBasisId>,
    /// Bases with the same scan, byte for byte.
    pub same_document: Vec<LegalBasisId>,
}

impl App {
    /// Looks a draft over. Changes nothing. Blocks.
    ///
    /// # Errors
    /// When the database fails.
    pub fn check_draft(&self, who: &Authority<RegisterBasis>, draft: &Draft) -> Result<DraftCheck, StoreError> {
        let read = self.read_typed(&draft.typed)?;
        let (findings, validity) = match &read {
            Ok(registration) => self.foresee(who.actor(), draft, registration),
            Err(_) => (None, None),
        };
        let same_docket = self.list_same_docket(draft.id, &draft.typed)?;
        let same_document = match &draft.document {
            Some(scan) => self.store.read(|conn| legal_bases::list_alike(conn, draft.id, &scan.sha256))?,
            None => Vec::new(),
        };
        Ok(DraftCheck { faults: read.err().unwrap_or_default(), findings, validity, same_docket, same_document })
    }

    /// What is wrong with what was typed, whether or not it was saved. Blocks.
    ///
    /// # Errors
    /// When the database fails.
    pub fn check_typed(&self, _: &Authority<RegisterBasis>, typed: &TypedForm) -> Result<Vec<FormFault>, StoreError> {
        Ok(self.read_typed(typed)?.err().unwrap_or_default())
    }

    /// Reads what was typed, as of now.
    pub(super) fn read_typed(&self, typed: &TypedForm) -> Result<Result<Registration, Vec<FormFault>>, StoreError> {
        let stores = self.store.read(catalog::list_stores)?;
        let rules = &self.basis_rules;
        Ok(typed.validate(&RegistrationRules {
            now: self.clock.now(),
            courts: &rules.courts,
            stores: &stores,
            emergency_lifetime: rules.emergency_lifetime,
            text_chars: rules.text_chars,
        }))
    }

    fn list_same_docket(&self, of: LegalBasisId, typed: &TypedForm) -> Result<Vec<LegalBasisId>, StoreError> {
        let court = self.basis_rules.courts.find(typed.first("court")).map(|court| court.id.to_string());
        let docket = Docket::parse(typed.first("docket")).ok().map(|docket| docket.to_string());
        match court.zip(docket) {
            Some((court, docket)) => self.store.read(|conn| legal_bases::list_duplicates(conn, of, &court, &docket)),
            None => Ok(Vec::new()),
        }
    }

    /// What the program would find if it were registered now.
    fn foresee(&self, actor: &str, draft: &Draft, registration: &Registration) -> Foreseen {
        let index = |(store, resident): &(StoreId, _)| {
            let index = self.resident_indexes(store, resident).into_iter().next()?;
            Some((store.clone(), index))
        };
        let residents: BTreeSet<(StoreId, ResidentIndex)> =
            registration.scope().residents.iter().filter_map(index).collect();
        let basis = registration.clone().into_basis(draft.id, residents);
        let document = facts_of(draft.document.as_ref());
        let findings = judge_by_program(&Evidence {
            basis: &basis,
            paper: registration.paper(),
            courts: &self.basis_rules.courts,
            document: document.as_ref(),
            registrar: actor,
            verifier: None,
            max_verification_age: self.basis_rules.max_verification_age,
            now: self.clock.now(),
        });
        (Some(findings), Some((basis.valid_from, basis.valid_until)))
    }
}

type Foreseen = (Option<CheckList>, Option<(DateTime<Utc>, Option<DateTime<Utc>>)>);
