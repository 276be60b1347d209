//! What changed between two catalogues of a store, and which changes let out what was kept in.
//!
//! Must never judge a change by its file: only the classes that would be answered count.

use std::collections::BTreeMap;

use super::catalog::StoreCatalog;
use super::class::FieldClass;
use super::row::CatalogField;

/// A row whose class is another one now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassChange {
    /// The row, normalised.
    pub name: String,
    /// Its class before.
    pub from: FieldClass,
    /// Its class now.
    pub to: FieldClass,
    /// Whether the new row names a reviewer and a reason.
    pub is_reviewed: bool,
}

/// The difference between two catalogues, each list by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CatalogDiff {
    /// Rows that are new.
    pub added: Vec<String>,
    /// Rows that are gone.
    pub removed: Vec<String>,
    /// Rows whose class differs, downgrades among them.
    pub changed: Vec<ClassChange>,
    /// Names that would be answered with a lower class, or another one of the same rank.
    pub downgraded: Vec<ClassChange>,
}

/// A downgrade that nobody has put their name to.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{}` would go from `{}` to `{}`: that needs `reviewed_by` and `reason`", .0.name, .0.from, .0.to)]
pub struct DowngradeError(pub ClassChange);

impl CatalogDiff {
    /// Compares two catalogues of the same store.
    #[must_use]
    pub fn between(old: &StoreCatalog, new: &StoreCatalog) -> Self {
        let (before, after) = (by_name(old), by_name(new));
        let missing_in = |rows: &BTreeMap<&str, &CatalogField>, name: &&&str| !rows.contains_key(**name);
        let mut diff = Self {
            added: after.keys().filter(|name| missing_in(&before, name)).map(ToString::to_string).collect(),
            removed: before.keys().filter(|name| missing_in(&after, name)).map(ToString::to_string).collect(),
            ..Self::default()
        };
        for (name, field) in &after {
            let Some(earlier) = before.get(name) else { continue };
            let change = change(field, old.class_of(earlier), new.class_of(field));
            if change.from != change.to {
                diff.changed.push(change);
            }
        }
        diff.downgraded = downgraded(old, new, &before, &after);
        diff
    }
}

/// Refuses a new catalogue that lowers a class without a reviewer and a reason on the row that does it.
///
/// # Errors
/// One error for each such row.
pub fn check_downgrades(old: &StoreCatalog, new: &StoreCatalog) -> Result<(), Vec<DowngradeError>> {
    let unreviewed = |change: &ClassChange| !change.is_reviewed;
    let downgraded = CatalogDiff::between(old, new).downgraded;
    let errors: Vec<_> = downgraded.into_iter().filter(unreviewed).map(DowngradeError).collect();
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

fn by_name(catalog: &StoreCatalog) -> BTreeMap<&str, &CatalogField> {
    catalog.fields().iter().map(|field| (field.name.normalised(), field)).collect()
}

fn change(field: &CatalogField, from: FieldClass, to: FieldClass) -> ClassChange {
    ClassChange { name: field.name.normalised().to_owned(), from, to, is_reviewed: field.is_reviewed() }
}

/// Rows that were classed before and are lower now, whether the row itself changed, a new row takes a name away from a
/// wildcard, or a removed row leaves its name to one.
fn downgraded(
    old: &StoreCatalog,
    new: &StoreCatalog,
    before: &BTreeMap<&str, &CatalogField>,
    after: &BTreeMap<&str, &CatalogField>,
) -> Vec<ClassChange> {
    let mut found = BTreeMap::new();
    for (name, field) in after {
        let from = before.get(name).map_or_else(|| old.classify_sample(name), |row| old.class_of(row));
        let change = change(field, from, new.class_of(field));
        // A name that nobody had judged may get any class: that is what cataloguing is.
        let was_judged = before.contains_key(name) || from != FieldClass::Unclassified;
        if was_judged && change.from.is_downgraded_by(change.to) {
            found.insert(*name, change);
        }
    }
    for (name, field) in before.iter().filter(|(name, _)| !after.contains_key(*name)) {
        let (from, to) = (old.class_of(field), new.classify_sample(name));
        if from.is_downgraded_by(to) {
            let is_reviewed = false;
            found.insert(*name, ClassChange { name: (*name).to_owned(), from, to, is_reviewed });
        }
    }
    found.into_values().collect()
}
