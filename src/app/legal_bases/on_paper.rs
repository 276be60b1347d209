//! Legal bases, as far as decisions need them: a basis with its people goes into the record of bases.

use chrono::{DateTime, Utc};

use crate::app::{App, ChangeFailure};
use crate::domain::legal_basis::{LegalBasis, ResidentScope, Scope, Status};
use crate::domain::record::EventKind;
use crate::domain::{LegalBasisId, ResidentId, StoreId};
use crate::ledger::{Change, ChangeError, Refused, Stamp, Turn};
use crate::storage::legal_bases::{self, NamedResident, Particulars, People};
use crate::storage::sealed::places;

/// A basis as it was found on paper, with the people who handled it.
#[derive(Clone, Debug)]
pub struct BasisOnPaper {
    /// Everything but its id and the residents it names.
    pub basis: LegalBasis,
    /// The residents it names, in the clear; ignored for a standing basis.
    pub residents: Vec<(StoreId, ResidentId)>,
    /// Who registered it.
    pub registrar: String,
    /// When.
    pub registered_at: DateTime<Utc>,
    /// Who verified or rejected it.
    pub verifier: Option<String>,
}

/// Why a basis was not recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BasisRefused {
    /// One person would be both.
    #[error("the person who registers a legal basis never verifies it")]
    SamePerson,
    /// It is said to be verified, but not by whom.
    #[error("a verified legal basis needs a verifier")]
    NoVerifier,
    /// The id is taken.
    #[error("there is already a legal basis with this id")]
    Exists,
}

impl App {
    /// Records a basis that two people have already handled: for moving bases in from elsewhere, and for demonstrations.
    ///
    /// # Errors
    /// Why it was not recorded.
    pub fn record_basis(&self, actor: &str, paper: BasisOnPaper) -> Result<LegalBasisId, ChangeFailure<BasisRefused>> {
        let mut named = Vec::new();
        for (store, resident) in &paper.residents {
            let mut nonce = [0; 24];
            self.entropy.fill(&mut nonce)?;
            let place = places::basis_resident(paper.basis.id);
            for index in self.resident_indexes(store, resident).into_iter().take(1) {
                let sealed = self.sealer.seal(nonce, &place, resident.expose().as_bytes());
                named.push(NamedResident { store: store.clone(), index, sealed });
            }
        }
        let record = RecordBasis { actor: actor.to_owned(), paper, named, stamp: self.stamp()? };
        self.ledger.change_blocking(record)?.map_err(ChangeFailure::Refused)
    }
}

struct RecordBasis {
    actor: String,
    paper: BasisOnPaper,
    named: Vec<NamedResident>,
    stamp: Stamp,
}

impl Change for RecordBasis {
    type Output = LegalBasisId;
    type Refusal = BasisRefused;

    fn apply(self, turn: &mut Turn<'_, '_>) -> Result<LegalBasisId, ChangeError<BasisRefused>> {
        let basis = self.basis();
        let about = [("legal_basis", basis.id.to_string()), ("kind", basis.kind.to_string())];
        if let Some(reason) = self.fault(turn)? {
            let about = about.into_iter().chain([("reason", reason.to_string())]);
            let entry = self.stamp.event(turn.now, EventKind::ChangeRefused, &self.actor, about);
            return Err(ChangeError::Refused(Refused { reason, entry: Some(Box::new(entry)) }));
        }
        let people = People {
            registrar: self.paper.registrar.clone(),
            registered_at: self.paper.registered_at,
            verifier: self.paper.verifier.clone(),
        };
        legal_bases::insert(turn.tx, &basis, &people, &Particulars::default(), &self.named)?;
        let people = [("registrar", Some(people.registrar)), ("verifier", people.verifier)];
        let people = people.into_iter().filter_map(|(role, name)| name.map(|name| (role, name)));
        let about = about.into_iter().chain(people);
        turn.entries.append(self.stamp.event(turn.now, EventKind::LegalBasisRecorded, &self.actor, about));
        Ok(basis.id)
    }
}

impl RecordBasis {
    fn fault(&self, turn: &mut Turn<'_, '_>) -> Result<Option<BasisRefused>, crate::storage::StoreError> {
        let paper = &self.paper;
        if paper.verifier.as_ref() == Some(&paper.registrar) {
            return Ok(Some(BasisRefused::SamePerson));
        }
        if matches!(paper.basis.status, Status::Verified { .. }) && paper.verifier.is_none() {
            return Ok(Some(BasisRefused::NoVerifier));
        }
        let ids = [paper.basis.id].into();
        let is_taken = !legal_bases::load(turn.tx.conn(), &ids)?.is_empty();
        Ok(is_taken.then_some(BasisRefused::Exists))
    }

    fn basis(&self) -> LegalBasis {
        let scope = &self.paper.basis.scope;
        let residents = match scope.residents {
            ResidentScope::Standing => ResidentScope::Standing,
            ResidentScope::Listed(_) => ResidentScope::Listed(
                self.named.iter().map(|resident| (resident.store.clone(), resident.index)).collect(),
            ),
        };
        LegalBasis { scope: Scope { residents, ..scope.clone() }, ..self.paper.basis.clone() }
    }
}
