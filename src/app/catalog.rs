//! The catalogue: imported from files, compared, exported; and the fields nobody has classified yet.

use super::{App, ChangeFailure};
use crate::domain::StoreId;
use crate::domain::field::{Catalog, CatalogDiff, DowngradeError, StoreCatalog, check_downgrades};
use crate::domain::record::{EventKind, hex};
use crate::ledger::{Change, ChangeError, Refused, Stamp, Turn};
use crate::storage::unknown_fields::{self, UnknownFieldRow};
use crate::storage::{StoreError, catalog, state};

/// Why a catalogue was not imported.
#[derive(Debug, thiserror::Error)]
pub enum CatalogRefused {
    /// Fields would get a lower class than they have, and nobody stands behind it.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Downgrades(Vec<DowngradeError>),
}

/// What an import did.
#[derive(Debug)]
pub struct Imported {
    /// What differs from before; `None` for a new store.
    pub diff: Option<CatalogDiff>,
    /// SHA-256 of the catalogue, in hex.
    pub sha256: String,
}

impl App {
    /// Puts a store's catalogue in the place of the one in force.
    ///
    /// # Errors
    /// [`CatalogRefused`] when a class would be lowered without a reviewer and a reason.
    pub fn import_catalog(&self, actor: &str, new: StoreCatalog) -> Result<Imported, ChangeFailure<CatalogRefused>> {
        let import = Import { actor: actor.to_owned(), new, stamp: self.stamp()? };
        self.ledger.change_blocking(import)?.map_err(ChangeFailure::Refused)
    }

    /// The catalogue in force.
    ///
    /// # Errors
    /// When the database fails.
    pub fn catalog(&self) -> Result<Catalog, StoreError> {
        self.store.read(catalog::load)
    }

    /// Fields that were asked for and that no catalogue names, the most asked first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn list_unknown_fields(&self) -> Result<Vec<UnknownFieldRow>, StoreError> {
        self.store.read(unknown_fields::list)
    }
}

struct Import {
    actor: String,
    new: StoreCatalog,
    stamp: Stamp,
}

impl Change for Import {
    type Output = Imported;
    type Refusal = CatalogRefused;

    fn apply(self, turn: &mut Turn<'_, '_>) -> Result<Imported, ChangeError<CatalogRefused>> {
        let store: StoreId = self.new.store().id.clone();
        let before = catalog::load(turn.tx.conn())?;
        let old = before.find(&store);
        let mut about = vec![("store", store.to_string())];
        if let Some(Err(downgrades)) = old.map(|old| check_downgrades(old, &self.new)) {
            about.push(("reason", format!("{} class(es) lowered without review", downgrades.len())));
            let entry = self.stamp.event(turn.now, EventKind::ChangeRefused, &self.actor, about);
            let reason = CatalogRefused::Downgrades(downgrades);
            return Err(ChangeError::Refused(Refused { reason, entry: Some(Box::new(entry)) }));
        }
        let sha256 = hex(&self.new.sha256());
        catalog::replace(turn.tx, &self.new, &sha256, turn.now.timestamp_micros())?;
        let known: Vec<String> = self.new.fields().iter().map(|field| field.name.normalised().to_owned()).collect();
        unknown_fields::forget(turn.tx, store.as_str(), &known)?;
        state::raise_revision(turn.tx)?;
        about.extend([("fields", known.len().to_string()), ("sha256", sha256.clone())]);
        turn.entries.append(self.stamp.event(turn.now, EventKind::CatalogImported, &self.actor, about));
        Ok(Imported { diff: old.map(|old| CatalogDiff::between(old, &self.new)), sha256 })
    }
}
