//! Which class each field of each record store has, as judged by a data steward.
//!
//! Must never answer with a class that nobody wrote down: what is not matched is `unclassified`.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::class::FieldClass;
use super::name::FieldName;
use super::pattern::Pattern;
use super::row::{CatalogField, RecordStore};
use crate::domain::ids::StoreId;
use crate::domain::strict_toml::TextError;

/// One fault in a catalogue, with its line when it was read from a file.
pub type CatalogError = TextError;

/// The checked catalogue of one store.
#[derive(Debug, Clone)]
pub struct StoreCatalog {
    store: RecordStore,
    fields: Vec<CatalogField>,
    exact: HashMap<String, FieldClass>,
    /// Most specific first, so that the first match is the right one.
    wildcards: Vec<(Pattern, FieldClass)>,
    /// Every name that has a catalogued field beneath it, with the classes found there.
    containers: HashMap<String, Vec<FieldClass>>,
}

impl StoreCatalog {
    /// Checks rows that did not come from a file, such as a steward's edit.
    ///
    /// # Errors
    /// Every fault found; no lines are known here.
    pub fn new(store: RecordStore, fields: Vec<CatalogField>) -> Result<Self, Vec<CatalogError>> {
        let without_line = |faults: Vec<super::check::RowFault>| {
            faults.into_iter().map(|fault| CatalogError::without_line(fault.message)).collect()
        };
        Self::check(store, fields).map_err(without_line)
    }

    /// Builds the look-up tables out of rows whose effective classes are known and checked.
    pub(super) fn build(store: RecordStore, fields: Vec<CatalogField>, classes: &[FieldClass]) -> Self {
        let (mut exact, mut wildcards, mut containers) = (HashMap::new(), Vec::new(), HashMap::new());
        for (field, class) in fields.iter().zip(classes.iter().copied()) {
            let name = field.name.normalised();
            let pattern = Pattern::new(name);
            if pattern.is_wildcard() {
                wildcards.push((pattern, class));
                continue;
            }
            exact.insert(name.to_owned(), class);
            for (end, _) in name.match_indices('.') {
                let container = name.get(..end).unwrap_or_default().to_owned();
                containers.entry(container).or_insert_with(Vec::new).push(class);
            }
        }
        wildcards.sort_by(|(one, _), (other, _)| one.by_specificity(other));
        Self { store, fields, exact, wildcards, containers }
    }

    /// The store that is described.
    #[must_use]
    pub const fn store(&self) -> &RecordStore {
        &self.store
    }

    /// The rows, in the order of the file.
    #[must_use]
    pub fn fields(&self) -> &[CatalogField] {
        &self.fields
    }

    /// The class of a requested field; `unclassified` when no row matches.
    ///
    /// A request that holds `*` is never one field: [`StoreCatalog::expand`] it first.
    #[must_use]
    pub fn classify(&self, name: &FieldName) -> FieldClass {
        self.classify_normalised(name.normalised())
    }

    /// The class of a field that a row of another catalogue would judge: every `*` stands for a segment that no row
    /// spells out.
    pub(super) fn classify_sample(&self, row: &str) -> FieldClass {
        let unheard_of = |segment| if segment == "*" { "\0" } else { segment };
        let sample: Vec<&str> = row.split('.').map(unheard_of).collect();
        self.classify_normalised(&sample.join("."))
    }

    fn classify_normalised(&self, name: &str) -> FieldClass {
        if let Some(class) = self.exact.get(name) {
            // INVARIANT: `exact` holds no name with `*`, so a request for several fields does not end here.
            return *class;
        }
        if self.wildcards.is_empty() || name.split('.').any(|segment| segment == "*") {
            return FieldClass::Unclassified;
        }
        match self.wildcards.iter().find(|(pattern, _)| pattern.matches(name)) {
            Some((_, class)) if !self.would_carry_out_more(name, *class) => *class,
            _ => FieldClass::Unclassified,
        }
    }

    /// The class of a row, aliases followed.
    #[must_use]
    pub fn class_of(&self, field: &CatalogField) -> FieldClass {
        let name = field.name.normalised();
        let of_pattern = || {
            let pattern = Pattern::new(name);
            self.wildcards.iter().find(|(other, _)| *other == pattern).map(|(_, class)| *class)
        };
        self.exact.get(name).copied().or_else(of_pattern).unwrap_or(FieldClass::Unclassified)
    }

    /// Whether `name`, judged only by a wildcard, is a container with something at least as carefully kept inside.
    /// Releasing the container would release that, too.
    fn would_carry_out_more(&self, name: &str, class: FieldClass) -> bool {
        let literal = self.containers.get(name).into_iter().flatten();
        let by_pattern = self.wildcards.iter().filter(|(pattern, _)| pattern.lies_beneath(name));
        literal.chain(by_pattern.map(|(_, inner)| inner)).any(|inner| class.is_container_below(*inner))
    }

    /// Whether [`StoreCatalog::expand`] would give anything but the name itself. Cheap: no allocation.
    #[must_use]
    pub fn stands_for_several(&self, name: &FieldName) -> bool {
        name.has_wildcard()
            || (!self.exact.contains_key(name.normalised()) && self.containers.contains_key(name.normalised()))
    }

    /// The fields that a request stands for: `*` for every catalogued field of the store, `x.*` or an uncatalogued
    /// container `x` for the catalogued fields beneath, everything else for itself. Patterns are never among them.
    #[must_use]
    pub fn expand(&self, name: &FieldName) -> Vec<String> {
        let itself = || vec![name.as_asked().to_owned()];
        if !self.stands_for_several(name) {
            return itself();
        }
        let asked = name.normalised();
        let container = asked.strip_suffix(".*").unwrap_or(asked);
        let is_inside =
            |field: &str| asked == "*" || field.strip_prefix(container).is_some_and(|rest| rest.starts_with('.'));
        let concrete = self.fields.iter().filter(|field| self.exact.contains_key(field.name.normalised()));
        let inside: Vec<String> = concrete
            .filter(|field| is_inside(field.name.normalised()))
            .map(|field| field.name.as_asked().to_owned())
            .collect();
        if inside.is_empty() { itself() } else { inside }
    }
}

impl PartialEq for StoreCatalog {
    fn eq(&self, other: &Self) -> bool {
        self.store == other.store && self.fields == other.fields
    }
}

impl Eq for StoreCatalog {}

/// The catalogues of all stores.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Catalog {
    stores: BTreeMap<StoreId, StoreCatalog>,
}

impl Catalog {
    /// Puts the catalogues of several stores together.
    ///
    /// # Errors
    /// When a store is described twice.
    pub fn new(stores: impl IntoIterator<Item = StoreCatalog>) -> Result<Self, CatalogError> {
        let mut seen = HashSet::new();
        let mut catalog = Self::default();
        for store in stores {
            let id = store.store().id.clone();
            if !seen.insert(id.clone()) {
                return Err(CatalogError::without_line(format!("the store `{id}` is described twice")));
            }
            catalog.stores.insert(id, store);
        }
        Ok(catalog)
    }

    /// The catalogue of one store, if it is known.
    #[must_use]
    pub fn find(&self, store: &StoreId) -> Option<&StoreCatalog> {
        self.stores.get(store)
    }

    /// All catalogues, by store id.
    pub fn stores(&self) -> impl Iterator<Item = &StoreCatalog> {
        self.stores.values()
    }
}
