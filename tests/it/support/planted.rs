//! Legal bases put into the tables past the people: in states and with terms that no registration gives, so that decisions
//! can be tried on each. The program itself has no such way in.

use std::convert::Infallible;
use std::path::Path;

use chrono::{DateTime, Utc};
use zaguan::app::App;
use zaguan::domain::legal_basis::{LegalBasis, ResidentScope};
use zaguan::domain::{LegalBasisId, ResidentId, ResidentIndex, StoreId};
use zaguan::keys::MasterKeys;
use zaguan::ledger::{Change, ChangeError, Turn};
use zaguan::storage::legal_bases::{self, NamedResident, Particulars, People};
use zaguan::storage::sealed::places;

/// A basis as it shall stand in the tables.
#[derive(Clone, Debug)]
pub struct Planted {
    /// Everything but the residents it names.
    pub basis: LegalBasis,
    /// The residents it names, in the clear; ignored for a standing basis.
    pub residents: Vec<(StoreId, ResidentId)>,
    pub registrar: String,
    pub registered_at: DateTime<Utc>,
    pub verifier: Option<String>,
}

/// Puts it there. `keys` is the file of the master key ring.
pub fn plant(app: &App, keys: &Path, planted: Planted) -> LegalBasisId {
    let keys = MasterKeys::load(keys).unwrap();
    let (sealer, indexer) = (keys.sealer(), keys.resident_indexer());
    let Planted { mut basis, residents, registrar, registered_at, verifier } = planted;
    let id = basis.id;
    let named: Vec<NamedResident> = residents
        .into_iter()
        .map(|(store, resident)| NamedResident {
            index: ResidentIndex::new(indexer.index(store.as_str(), resident.expose())),
            sealed: sealer.seal([7; 24], &places::basis_resident(id), resident.expose().as_bytes()),
            store,
        })
        .collect();
    if let ResidentScope::Listed(listed) = &mut basis.scope.residents {
        listed.extend(named.iter().map(|resident| (resident.store.clone(), resident.index)));
    }
    let people = People { registrar, registered_at, verifier };
    let made = app.ledger().change_blocking(Plant { basis, people, named }).unwrap();
    made.unwrap_or_else(|never| match never {});
    id
}

struct Plant {
    basis: LegalBasis,
    people: People,
    named: Vec<NamedResident>,
}

impl Change for Plant {
    type Output = ();
    type Refusal = Infallible;

    fn apply(self, turn: &mut Turn<'_, '_>) -> Result<(), ChangeError<Infallible>> {
        let Self { basis, people, named } = self;
        Ok(legal_bases::insert(turn.tx, &basis, &people, &Particulars::default(), &named)?)
    }
}
