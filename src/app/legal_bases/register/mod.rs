//! Registering a basis: the first of the two people.

mod counted;
mod supersede;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::about::{self, About};
use super::sealed_paper::SaltedPaper;
use super::{BasisRules, DraftRefused};
use crate::app::App;
use crate::app::authority::{Authority, RegisterBasis, StaffFailure};
use crate::app::sealing::Notes;
use crate::clock::{EntropyError, uuid_v7};
use crate::domain::court::Docket;
use crate::domain::legal_basis::life::{BasisState, LifeError, review_due_at, state_at};
use crate::domain::legal_basis::registration::{FormFault, NamedCourt, RegistrationRules};
use crate::domain::legal_basis::{LegalBasis, Registration, RegistrationForm, Status};
use crate::domain::record::EventKind;
use crate::domain::{LegalBasisId, ResidentIndex, StoreId};
use crate::ledger::{Change, ChangeError, Stamp, Turn};
use crate::storage::legal_bases::{self, NamedResident, Particulars, People};
use crate::storage::sealed::places;
use crate::storage::{StoreError, catalog};

/// What became of a registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registered {
    /// The new basis.
    pub id: LegalBasisId,
    /// `registered`, or `rejected` when such a paper can never unlock.
    pub state: BasisState,
    /// Other bases from the same court with the same docket number, newest first.
    pub duplicates: Vec<LegalBasisId>,
}

/// Why something that is in order was not registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RegisterRefused {
    /// There is none with that id.
    #[error("the basis to be replaced does not exist")]
    NothingToSupersede,
    /// It may not be replaced by this one.
    #[error(transparent)]
    Life(#[from] LifeError),
    /// There is no such draft to register.
    #[error(transparent)]
    Draft(#[from] DraftRefused),
    /// The draft was saved again since its registrar looked it over, in another window.
    #[error("the draft was changed in another window")]
    DraftChanged,
}

/// Why a basis was not registered.
#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    /// The form is not in order. No entry: nothing was asked for that could have been done.
    #[error("the form has {} fault(s)", .0.len())]
    Faults(Vec<FormFault>),
    /// The change was refused or could not be recorded.
    #[error(transparent)]
    Change(#[from] StaffFailure<RegisterRefused>),
}

impl App {
    /// Registers a basis. What can never unlock is rejected at once, and counted. Blocks.
    ///
    /// # Errors
    /// Every fault of the form; or why there is no entry.
    pub fn register_basis(
        &self,
        who: &Authority<RegisterBasis>,
        form: RegistrationForm,
    ) -> Result<Registered, RegisterError> {
        let stores = self.store.read(catalog::list_stores).map_err(StaffFailure::from)?;
        let rules = &self.basis_rules;
        let now = self.clock.now();
        let rules = RegistrationRules {
            now,
            courts: &rules.courts,
            stores: &stores,
            emergency_lifetime: rules.emergency_lifetime,
            text_chars: rules.text_chars,
        };
        let registration = form.validate(&rules).map_err(RegisterError::Faults)?;
        let mut random = [0; 10];
        self.entropy.fill(&mut random).map_err(StaffFailure::from)?;
        let id = LegalBasisId::new(uuid_v7(now, &random));
        let change = self.registering_as(id, who.actor(), registration).map_err(StaffFailure::from)?;
        Ok(self.change_by_blocking(who, change)?)
    }

    /// Everything that needs no facts: salt, indexes, sealing.
    pub(super) fn registering_as(
        &self,
        id: LegalBasisId,
        actor: &str,
        registration: Registration,
    ) -> Result<Register, EntropyError> {
        let mut salt = [0; 32];
        self.entropy.fill(&mut salt)?;
        let mut notes = self.notes()?;
        let place = places::basis_resident(id);
        // The same resident twice is one resident.
        let mut residents: BTreeMap<(StoreId, ResidentIndex), Vec<u8>> = BTreeMap::new();
        for (store, resident) in &registration.scope().residents {
            // INVARIANT: a key ring has at least its active key, which comes first.
            if let Some(index) = self.resident_indexes(store, resident).first() {
                let sealed = || notes.seal(&place, resident.expose().as_bytes());
                residents.entry((store.clone(), *index)).or_insert_with(sealed);
            }
        }
        Ok(Register {
            actor: actor.to_owned(),
            id,
            paper: SaltedPaper::new(salt, registration.paper()),
            registration,
            residents,
            rules: self.basis_rules.clone(),
            notes,
            stamp: self.stamp()?,
            supersede_stamp: self.stamp()?,
        })
    }
}

/// A registration on its way into the tables.
pub(super) struct Register {
    actor: String,
    id: LegalBasisId,
    registration: Registration,
    paper: SaltedPaper,
    residents: BTreeMap<(StoreId, ResidentIndex), Vec<u8>>,
    rules: BasisRules,
    notes: Notes,
    stamp: Stamp,
    supersede_stamp: Stamp,
}

impl Change for Register {
    type Output = Registered;
    type Refusal = RegisterRefused;

    fn apply(mut self, turn: &mut Turn<'_, '_>) -> Result<Registered, ChangeError<RegisterRefused>> {
        let basis = self.registration.clone().into_basis(self.id, self.residents.keys().cloned().collect());
        let particulars = self.particulars(turn.now);
        let named = self.named();
        let people = People { registrar: self.actor.clone(), registered_at: turn.now, verifier: None };
        self.check_superseded(turn, &basis)?;
        legal_bases::insert(turn.tx, &basis, &people, &particulars, &named)?;
        legal_bases::append_step(turn.tx, self.id, "registered", &self.actor, turn.now, |_| None)?;
        let duplicates = self.duplicates(turn, &particulars)?;
        let mut about = self.about(&basis, &particulars, &duplicates);
        if basis.status == Status::Rejected {
            about.extend(self.reject(turn, &basis)?);
        }
        turn.entries.append(self.stamp.event(turn.now, EventKind::LegalBasisRegistered, &self.actor, about));
        self.supersede(turn)?;
        Ok(Registered { id: self.id, state: state_at(&basis, turn.now), duplicates })
    }
}

impl Register {
    fn particulars(&mut self, now: DateTime<Utc>) -> Particulars {
        let registration = &self.registration;
        let sealed_paper = self.notes.seal(&places::basis_paper(self.id), &self.paper.text());
        let due_at = review_due_at(registration.kind(), now).map(|due_at| due_at.min(now + self.rules.review_within));
        Particulars {
            court: known_court(registration),
            docket: registration
                .docket()
                .and_then(|docket| Docket::parse(docket).ok())
                .map(|docket| docket.to_string()),
            citation: registration.citation().map(str::to_owned),
            issued_at: registration.issued_at(),
            review_by: registration.review_by(),
            review_due_at: due_at,
            reviewed_at: None,
            review_outcome: None,
            supersedes: registration.supersedes(),
            sealed_paper: Some(sealed_paper),
        }
    }

    fn named(&mut self) -> Vec<NamedResident> {
        let residents = self.residents.iter();
        let named = |((store, index), sealed): (&(StoreId, ResidentIndex), &Vec<u8>)| NamedResident {
            store: store.clone(),
            index: *index,
            sealed: sealed.clone(),
        };
        residents.map(named).collect()
    }

    fn about(&self, basis: &LegalBasis, particulars: &Particulars, duplicates: &[LegalBasisId]) -> About {
        let mut about = about::basis(basis, particulars);
        about.extend(about::terms(basis));
        about.extend(self.paper.commitments(&basis.scope, &self.registration.scope().residents));
        about.push(("outcome", state_word(basis).to_owned()));
        if let Some(old) = particulars.supersedes {
            about.push(("supersedes", old.to_string()));
        }
        if !duplicates.is_empty() {
            about.push(("duplicates", duplicates.len().to_string()));
        }
        about
    }

    fn duplicates(&self, turn: &mut Turn<'_, '_>, particulars: &Particulars) -> Result<Vec<LegalBasisId>, StoreError> {
        let Some((court, docket)) = particulars.court.as_ref().zip(particulars.docket.as_ref()) else {
            return Ok(Vec::new());
        };
        legal_bases::list_duplicates(turn.tx.conn(), self.id, court, docket)
    }
}

const fn state_word(basis: &LegalBasis) -> &'static str {
    if matches!(basis.status, Status::Rejected) { "rejected" } else { "registered" }
}

fn known_court(registration: &Registration) -> Option<String> {
    match registration.court()? {
        NamedCourt::Known(id) => Some(id.to_string()),
        NamedCourt::Unknown(_) => None,
    }
}
