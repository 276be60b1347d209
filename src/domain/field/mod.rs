//! Fields of resident records: their names, their classes, and the catalogue that ties the two together.
//!
//! Must never guess: a field that the catalogue does not judge is `unclassified`, and stays in.

pub mod catalog;
mod check;
pub mod class;
pub mod diff;
mod digest;
mod edit;
pub mod name;
mod pattern;
pub mod row;
mod text;

pub use catalog::{Catalog, CatalogError, StoreCatalog};
pub use class::FieldClass;
pub use diff::{CatalogDiff, ClassChange, DowngradeError, check_downgrades};
pub use name::{FieldName, FieldNameError};
pub use row::{CatalogField, RecordStore};
