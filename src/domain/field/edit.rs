//! One row of a catalogue with another class, and how a row is found again.
//!
//! Must never change the catalogue at hand: an edit is a new one, checked whole like any other.

use super::catalog::{CatalogError, StoreCatalog};
use super::class::FieldClass;
use super::name::FieldName;
use super::row::CatalogField;

impl StoreCatalog {
    /// The row with this name; a name that only a pattern covers has none.
    #[must_use]
    pub fn find(&self, name: &FieldName) -> Option<&CatalogField> {
        self.fields().iter().find(|field| field.name == *name)
    }

    /// The class that is in force for a name, whether it is a row of its own, covered by a pattern, or unknown.
    #[must_use]
    pub fn class_in_force(&self, name: &FieldName) -> FieldClass {
        match self.find(name) {
            Some(row) => self.class_of(row),
            None => self.classify_sample(name.normalised()),
        }
    }

    /// The catalogue with this class on one row, which is added if it is not there; somebody stands behind it.
    ///
    /// # Errors
    /// Every fault that this would be.
    pub fn with_class(
        &self,
        name: &FieldName,
        class: FieldClass,
        reviewed_by: &str,
        reason: &str,
    ) -> Result<Self, Vec<CatalogError>> {
        let row = self.find(name).cloned().unwrap_or_else(|| CatalogField::with_class(name.clone(), class));
        let row = CatalogField {
            own_class: Some(class),
            reviewed_by: Some(reviewed_by.to_owned()),
            review_reason: Some(reason.to_owned()),
            ..row
        };
        let mut fields = self.fields().to_vec();
        match fields.iter_mut().find(|field| field.name == *name) {
            Some(old) => *old = row,
            None => fields.push(row),
        }
        Self::new(self.store().clone(), fields)
    }
}
