//! The paper at rest: salt and JSON in one sealed text, and what the log says of it without saying it.
//!
//! An entry holds two commitments, to the paper and to the scope. Whoever changes either in the database afterwards, even
//! with the keys, changes what the commitments say.

use serde_json::json;

use crate::app::sealing::Notes;
use crate::domain::legal_basis::{Paper, Scope};
use crate::domain::record::{hex, paper_commitment, scope_commitment};
use crate::domain::{LegalBasisId, ResidentId, StoreId};
use crate::storage::legal_bases::NamedResident;
use crate::storage::sealed::places;
use crate::storage::{AnyConnection, StoreError, legal_bases};

use super::HandlingRefused;

/// Length of the salt in front of the paper's JSON.
const SALT: usize = 32;

/// A paper with the salt of its commitments.
pub(super) struct SaltedPaper {
    salt: [u8; SALT],
    json: Vec<u8>,
    /// What it says.
    pub(super) paper: Paper,
}

impl SaltedPaper {
    /// Salts a new paper.
    pub(super) fn new(salt: [u8; SALT], paper: &Paper) -> Self {
        Self { salt, json: serde_json::to_vec(paper).unwrap_or_default(), paper: paper.clone() }
    }

    /// The text to seal.
    pub(super) fn text(&self) -> Vec<u8> {
        [self.salt.as_slice(), &self.json].concat()
    }

    /// Reads a text that was opened.
    pub(super) fn of_text(text: &[u8]) -> Option<Self> {
        let (salt, json) = text.split_first_chunk::<SALT>()?;
        let paper = serde_json::from_slice(json).ok()?;
        Some(Self { salt: *salt, json: json.to_vec(), paper })
    }

    /// The paper of a basis, opened inside the transaction.
    pub(super) fn load(
        conn: &mut AnyConnection,
        notes: &Notes,
        basis: LegalBasisId,
    ) -> Result<Result<Self, HandlingRefused>, StoreError> {
        let Some(sealed) = legal_bases::find_paper(conn, basis)? else { return Ok(Err(HandlingRefused::PaperErased)) };
        let opened = notes.open(&places::basis_paper(basis), &sealed).and_then(|text| Self::of_text(&text));
        Ok(opened.ok_or(HandlingRefused::PaperUnreadable))
    }

    /// What an entry says of paper and scope.
    pub(super) fn commitments(
        &self,
        scope: &Scope,
        residents: &[(StoreId, ResidentId)],
    ) -> [(&'static str, String); 2] {
        let scope = scope_text(scope, residents);
        [
            ("paper", hex(&paper_commitment(&self.salt, &self.json))),
            ("scope", hex(&scope_commitment(&self.salt, &scope))),
        ]
    }
}

/// The residents of a basis in the clear, as far as they have not been erased.
pub(super) fn open_residents(
    notes: &Notes,
    basis: LegalBasisId,
    named: &[NamedResident],
) -> Result<Vec<(StoreId, ResidentId)>, HandlingRefused> {
    let place = places::basis_resident(basis);
    let open = |resident: &NamedResident| {
        let id = notes.open(&place, &resident.sealed)?;
        let id = ResidentId::new(std::str::from_utf8(&id).ok()?).ok()?;
        Some((resident.store.clone(), id))
    };
    named.iter().map(|resident| open(resident).ok_or(HandlingRefused::PaperUnreadable)).collect()
}

/// The scope in canonical JSON: members in alphabetical order, lists sorted.
fn scope_text(scope: &Scope, residents: &[(StoreId, ResidentId)]) -> Vec<u8> {
    let mut residents: Vec<[&str; 2]> = residents.iter().map(|(store, id)| [store.as_str(), id.expose()]).collect();
    residents.sort_unstable();
    residents.dedup();
    let text = json!({
        "agency": scope.requester_agency.as_ref().map(crate::domain::Agency::as_str),
        "classes": scope.classes,
        "is_standing": scope.residents == crate::domain::legal_basis::ResidentScope::Standing,
        "purposes": scope.purposes,
        "requester_kinds": scope.requester_kinds,
        "residents": residents,
        "stores": scope.stores,
    });
    text.to_string().into_bytes()
}
