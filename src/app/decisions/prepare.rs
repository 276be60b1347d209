//! What can be done for a request before the writer's turn: everything that needs no facts.

use std::collections::HashSet;

use serde::Serialize;
use uuid::Uuid;

use super::request::{Details, Request};
use crate::app::App;
use crate::clock::{Entropy, EntropyError, uuid_v7};
use crate::domain::decision::{Ask, AskedField};
use crate::domain::field::{Catalog, FieldClass, FieldName};
use crate::domain::record::hex;
use crate::domain::record::{ResidentLink, details_commitment, resident_commitment};
use crate::domain::{ResidentIndex, StoreId};
use crate::ledger::Snapshot;
use crate::storage::sealed::places;

/// A request with all that does not depend on the transaction.
pub(super) struct Prepared {
    /// Its item in the caller's batch.
    pub(super) item: usize,
    pub(super) id: Uuid,
    pub(super) nonce: [u8; 32],
    /// What the decision is asked.
    pub(super) ask: Ask,
    /// What is sealed beside the entry.
    pub(super) link: ResidentLink,
    /// The commitment to the resident, in hex.
    pub(super) resident: String,
    /// The commitment to the free text, in hex.
    pub(super) details: Option<String>,
    /// The fields in the caller's words, before they were expanded.
    asked: Vec<FieldName>,
    /// The revision of the catalogue by which the fields were expanded and classified.
    revision: i64,
}

/// Everything about a request that is left to chance.
struct Dice {
    id: [u8; 10],
    nonce: [u8; 32],
    salt: [u8; 32],
    seal_nonce: [u8; 24],
}

impl Dice {
    /// One draw for all of them: every draw is a system call.
    fn throw(entropy: &dyn Entropy) -> Result<Self, EntropyError> {
        let mut random = [0; 98];
        entropy.fill(&mut random)?;
        let mut dice = Self { id: [0; 10], nonce: [0; 32], salt: [0; 32], seal_nonce: [0; 24] };
        let mut rest = random.iter();
        let parts: [&mut [u8]; 4] = [&mut dice.id, &mut dice.nonce, &mut dice.salt, &mut dice.seal_nonce];
        for (byte, drawn) in parts.into_iter().flatten().zip(&mut rest) {
            *byte = *drawn;
        }
        Ok(dice)
    }
}

/// What is sealed beside an entry.
#[derive(Serialize)]
struct Sealed<'a> {
    details: &'a Details,
    resident: &'a str,
}

impl Prepared {
    pub(super) fn new(app: &App, snapshot: &Snapshot, item: usize, request: Request) -> Result<Self, EntropyError> {
        let dice = Dice::throw(app.entropy.as_ref())?;
        let id = uuid_v7(app.clock.now(), &dice.id);
        Ok(Self::with(app, snapshot, item, request, id, &dice))
    }

    /// A request whose decision has an id already.
    pub(super) fn under(app: &App, snapshot: &Snapshot, request: Request, id: Uuid) -> Result<Self, EntropyError> {
        Ok(Self::with(app, snapshot, 0, request, id, &Dice::throw(app.entropy.as_ref())?))
    }

    fn with(app: &App, snapshot: &Snapshot, item: usize, request: Request, id: Uuid, dice: &Dice) -> Self {
        let resident = request.resident.expose();
        let indexes = app.resident_indexes(&request.store, &request.resident);
        let details = request.details.canonical();
        let sealed = serde_json::to_vec(&Sealed { details: &request.details, resident }).unwrap_or_default();
        let sealed = app.sealer.seal(dice.seal_nonce, &places::entry(id), &sealed);
        // INVARIANT: a key ring has at least its active key, which comes first.
        let index = indexes.first().copied().unwrap_or(ResidentIndex::new([0; 32]));
        Self {
            item,
            id,
            nonce: dice.nonce,
            link: ResidentLink { salt: dice.salt, index, sealed },
            resident: hex(&resident_commitment(&dice.salt, request.store.as_str(), resident)),
            details: details.map(|details| hex(&details_commitment(&dice.salt, &details))),
            revision: snapshot.revision,
            ask: Ask {
                fields: classified(&snapshot.catalog, &request.store, &request.fields),
                store: request.store,
                resident_indexes: indexes,
                requester_kind: request.requester.kind,
                agency: request.requester.agency,
                purpose: request.purpose,
                legal_bases: request.legal_bases,
            },
            asked: request.fields,
        }
    }

    /// Expands and classifies anew when the catalogue has moved since.
    pub(super) fn bring_up_to(&mut self, snapshot: &Snapshot) {
        if self.revision != snapshot.revision {
            self.ask.fields = classified(&snapshot.catalog, &self.ask.store, &self.asked);
            self.revision = snapshot.revision;
        }
    }
}

fn classified(catalog: &Catalog, store: &StoreId, asked: &[FieldName]) -> Vec<AskedField> {
    let Some(store) = catalog.find(store) else {
        let unclassified = |name: &FieldName| AskedField { name: name.clone(), class: FieldClass::Unclassified };
        return asked.iter().map(unclassified).collect();
    };
    let field = |name: FieldName| AskedField { class: store.classify(&name), name };
    let mut fields = Vec::with_capacity(asked.len());
    // What several expansions name is answered once: 200 times `*` would otherwise be 200 times the catalogue.
    let mut expanded = HashSet::new();
    for name in asked {
        if store.stands_for_several(name) {
            // What an expansion names came out of the catalogue, so it is a valid name; were it not, it would be left
            // out, and what is left out is not released.
            let names = store.expand(name).into_iter().filter_map(|name| FieldName::new(name).ok());
            fields.extend(names.filter(|name| expanded.insert(name.normalised().to_owned())).map(field));
        } else {
            fields.push(field(name.clone()));
        }
    }
    fields
}
