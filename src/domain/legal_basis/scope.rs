//! What a legal basis covers.
//!
//! Must never read an empty list as "everything": a list that names nothing covers nothing.

use std::collections::BTreeSet;

use super::BasisKind;
use crate::domain::field::FieldClass;
use crate::domain::ids::StoreId;
use crate::domain::requester::{Agency, Purpose, RequesterKind};
use crate::domain::resident::ResidentIndex;

/// Whose data a basis covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ResidentScope {
    /// Every resident. Only a legal mandate may say so; on any other kind it covers nobody.
    Standing,
    /// The residents listed, each in one store.
    Listed(BTreeSet<(StoreId, ResidentIndex)>),
}

/// What a legal basis covers. Every part must cover the request; an empty set covers nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// Whose data.
    pub residents: ResidentScope,
    /// Which classes of field.
    pub classes: BTreeSet<FieldClass>,
    /// Which record stores.
    pub stores: BTreeSet<StoreId>,
    /// Which kinds of requester.
    pub requester_kinds: BTreeSet<RequesterKind>,
    /// Which agency; `None` is any agency of the kinds listed.
    pub requester_agency: Option<Agency>,
    /// For which purposes. `not_stated` covers nothing: a request without a purpose is judged as immigration enforcement.
    pub purposes: BTreeSet<Purpose>,
}

impl Scope {
    /// Whether one of the resident's indexes (one for each key in the ring) is covered in this store.
    #[must_use]
    pub fn covers_resident(&self, kind: BasisKind, store: &StoreId, indexes: &[ResidentIndex]) -> bool {
        match &self.residents {
            ResidentScope::Standing => kind == BasisKind::LegalMandate,
            ResidentScope::Listed(listed) => indexes.iter().any(|index| listed.contains(&(store.clone(), *index))),
        }
    }

    /// Whether this kind of requester, from this agency, is covered.
    #[must_use]
    pub fn covers_requester(&self, kind: RequesterKind, agency: Option<&Agency>) -> bool {
        let is_agency_covered = self.requester_agency.as_ref().is_none_or(|named| Some(named) == agency);
        self.requester_kinds.contains(&kind) && is_agency_covered
    }

    /// Whether this purpose is covered, as it is judged. An emergency never covers immigration enforcement, whatever its
    /// scope says: that it is not for enforcement is what its registrar attests (after 18 U.S.C. 2702(b)(8)).
    #[must_use]
    pub fn covers_purpose(&self, kind: BasisKind, purpose: Purpose) -> bool {
        let purpose = purpose.judged();
        let is_barred = kind == BasisKind::EmergencyException && purpose == Purpose::ImmigrationEnforcement;
        !is_barred && self.purposes.contains(&purpose)
    }
}
