//! Stores, the classes of their fields, and what nobody has classified yet, to read.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::app::App;
use crate::app::authority::{Authority, ReadCatalog};
use crate::app::legal_bases::Page;
use crate::domain::StoreId;
use crate::domain::field::{CatalogField, FieldClass, FieldName, RecordStore, StoreCatalog};
use crate::domain::record::hex;
use crate::domain::stewardship::{FieldPlace, Proposal};
use crate::storage::unknown_fields::{self, UnknownFieldRow};
use crate::storage::{AnyConnection, StoreError, catalog, class_proposals};

/// A store on the list.
#[derive(Debug)]
pub struct ListedStore {
    /// The store.
    pub store: RecordStore,
    /// How many rows of its catalogue have each class; classes without one are left out.
    pub classes: BTreeMap<FieldClass, usize>,
    /// Names that were asked for and that its catalogue does not know.
    pub unknown: usize,
    /// Proposals about its fields that wait for somebody.
    pub open_proposals: usize,
}

/// A store with its catalogue.
#[derive(Debug)]
pub struct StoreInFull {
    /// The catalogue in force.
    pub catalog: StoreCatalog,
    /// Its SHA-256, in hex.
    pub sha256: String,
    /// When it came into force.
    pub since: DateTime<Utc>,
    /// Proposals about its fields that wait for somebody.
    pub open_proposals: Vec<Proposal>,
}

/// A field, catalogued or only asked for.
#[derive(Debug)]
pub struct FieldInFull {
    /// The store.
    pub store: RecordStore,
    /// The field's name.
    pub name: FieldName,
    /// The class in force.
    pub class: FieldClass,
    /// Its row, if it has one.
    pub row: Option<CatalogField>,
    /// How often it was asked for while no catalogue named it.
    pub asked: Option<UnknownFieldRow>,
    /// What was proposed about it, the newest first.
    pub proposals: Vec<Proposal>,
}

/// A name that was asked for and that no catalogue knows.
#[derive(Debug)]
pub struct UnknownField {
    /// The store.
    pub store: StoreId,
    /// The name.
    pub name: FieldName,
    /// How often it was asked for.
    pub asked: i64,
    /// When it was asked for first.
    pub first_at: DateTime<Utc>,
    /// When it was asked for last.
    pub last_at: DateTime<Utc>,
    /// The proposal about it that waits for somebody.
    pub open_proposal: Option<Proposal>,
}

impl App {
    /// Every store, by id. Blocks.
    ///
    /// # Errors
    /// When the database fails.
    pub fn list_stores(&self, _: &Authority<ReadCatalog>) -> Result<Vec<ListedStore>, StoreError> {
        self.store.read(|conn| {
            let (unknown, open) = (unknown_fields::list(conn)?, class_proposals::list_open(conn)?);
            let listed = |catalog: &StoreCatalog| {
                let id = &catalog.store().id;
                let mut classes = BTreeMap::new();
                for field in catalog.fields() {
                    *classes.entry(catalog.class_of(field)).or_default() += 1;
                }
                ListedStore {
                    store: catalog.store().clone(),
                    classes,
                    unknown: unknown.iter().filter(|row| row.store == id.as_str()).count(),
                    open_proposals: open.iter().filter(|proposal| proposal.store == *id).count(),
                }
            };
            Ok(catalog::load(conn)?.stores().map(listed).collect())
        })
    }

    /// A store with its catalogue. Blocks.
    ///
    /// # Errors
    /// When the database fails.
    pub fn find_store(&self, _: &Authority<ReadCatalog>, id: &StoreId) -> Result<Option<StoreInFull>, StoreError> {
        self.store.read(|conn| {
            let Some(catalog) = catalog::load(conn)?.find(id).cloned() else { return Ok(None) };
            let Some(since) = catalog::in_force_since(conn, id)? else { return Ok(None) };
            let mut open_proposals = class_proposals::list_open(conn)?;
            open_proposals.retain(|proposal| proposal.store == *id);
            Ok(Some(StoreInFull { sha256: hex(&catalog.sha256()), catalog, since, open_proposals }))
        })
    }

    /// The field at a place: one of the catalogue, or one that was asked for. Blocks.
    ///
    /// # Errors
    /// When the database fails.
    pub fn find_field(
        &self,
        _: &Authority<ReadCatalog>,
        place: &FieldPlace,
    ) -> Result<Option<FieldInFull>, StoreError> {
        let FieldPlace { store, key } = place;
        self.store.read(|conn| {
            let catalog = catalog::load(conn)?;
            let Some(catalog) = catalog.find(store) else { return Ok(None) };
            let row = catalog.fields().iter().find(|field| field.name.key() == *key).cloned();
            let asked = asked_for(conn, store, key)?;
            let name = match (&row, &asked) {
                (Some(row), _) => row.name.clone(),
                (None, Some((name, _))) => name.clone(),
                (None, None) => return Ok(None),
            };
            Ok(Some(FieldInFull {
                store: catalog.store().clone(),
                class: catalog.class_in_force(&name),
                proposals: class_proposals::list_of_field(conn, store, &name)?,
                asked: asked.map(|(_, asked)| asked),
                row,
                name,
            }))
        })
    }

    /// At most `limit` names that no catalogue knows, the most asked first, after the one at this place. Blocks.
    ///
    /// # Errors
    /// When the database fails.
    pub fn unknown_fields(
        &self,
        _: &Authority<ReadCatalog>,
        store: Option<&StoreId>,
        after: Option<&FieldPlace>,
        limit: usize,
    ) -> Result<Page<UnknownField, FieldPlace>, StoreError> {
        self.store.read(|conn| {
            // At most `KEPT_PER_STORE` names of each store are kept.
            let open = class_proposals::list_open(conn)?;
            let rows = unknown_fields::list(conn)?.into_iter();
            let mut names = Vec::new();
            for row in rows.filter(|row| store.is_none_or(|store| row.store == store.as_str())) {
                names.push(UnknownField::of(&row, &open)?);
            }
            if let Some(after) = after {
                let at = names.iter().position(|field| field.place() == *after);
                names.drain(..at.map_or(names.len(), |at| at + 1));
            }
            Ok(Page::of(names, limit, UnknownField::place))
        })
    }
}

impl UnknownField {
    fn of(row: &UnknownFieldRow, open: &[Proposal]) -> Result<Self, StoreError> {
        let store: StoreId = row.store.parse().map_err(|_| StoreError::Corrupt("a store id"))?;
        let name = FieldName::new(&*row.field).map_err(|_| StoreError::Corrupt("a field name"))?;
        let instant = |micros| DateTime::from_timestamp_micros(micros).ok_or(StoreError::Corrupt("an instant"));
        let open_proposal = open.iter().find(|proposal| proposal.store == store && proposal.field == name).cloned();
        let (first_at, last_at) = (instant(row.first_at)?, instant(row.last_at)?);
        Ok(Self { store, name, asked: row.asked, first_at, last_at, open_proposal })
    }

    /// What stands for it in a URL.
    #[must_use]
    pub fn place(&self) -> FieldPlace {
        FieldPlace::of(&self.store, &self.name)
    }
}

fn asked_for(
    conn: &mut AnyConnection,
    store: &StoreId,
    key: &str,
) -> Result<Option<(FieldName, UnknownFieldRow)>, StoreError> {
    let rows = unknown_fields::list(conn)?.into_iter().filter(|row| row.store == store.as_str());
    let mut named = rows.filter_map(|row| Some((FieldName::new(&*row.field).ok()?, row)));
    Ok(named.find(|(name, _)| name.key() == key))
}
