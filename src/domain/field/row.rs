//! What stands in a catalogue: the store, and one row for each field or pattern.
//!
//! Must never answer for a request: rows are only what a steward wrote; the checked catalogue answers.

use super::class::FieldClass;
use super::name::FieldName;
use crate::domain::ids::StoreId;

/// A store of resident records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordStore {
    /// Its id, such as `utility-billing`.
    pub id: StoreId,
    /// Its name, for people.
    pub name: String,
    /// The department that answers for it.
    pub department: String,
    /// What is kept in it.
    pub description: String,
}

/// One row of a catalogue.
#[derive(Debug, Clone)]
pub struct CatalogField {
    /// A field, or a pattern: `*` is any one segment, as the last segment one or more.
    pub name: FieldName,
    /// The class written on the row itself; an alias may leave it to its target.
    pub own_class: Option<FieldClass>,
    /// The row whose class this one takes.
    pub alias_of: Option<FieldName>,
    /// Who reviewed a class that is lower than what it is compared with.
    pub reviewed_by: Option<String>,
    /// Why that reviewer found it right (`reason` in the file).
    pub review_reason: Option<String>,
    /// Anything a later reader should know.
    pub note: Option<String>,
}

impl CatalogField {
    /// A row with a class and nothing else.
    #[must_use]
    pub const fn with_class(name: FieldName, class: FieldClass) -> Self {
        Self { name, own_class: Some(class), alias_of: None, reviewed_by: None, review_reason: None, note: None }
    }

    /// Whether somebody stands with their name and a reason behind the class of this row.
    #[must_use]
    pub fn is_reviewed(&self) -> bool {
        let is_given = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
        is_given(&self.reviewed_by) && is_given(&self.review_reason)
    }

    pub(super) fn parts(&self) -> [Option<&str>; 6] {
        [
            Some(self.name.normalised()),
            self.own_class.map(FieldClass::as_str),
            self.alias_of.as_ref().map(FieldName::normalised),
            self.reviewed_by.as_deref(),
            self.review_reason.as_deref(),
            self.note.as_deref(),
        ]
    }
}

impl PartialEq for CatalogField {
    fn eq(&self, other: &Self) -> bool {
        self.parts() == other.parts()
    }
}

impl Eq for CatalogField {}
