//! Which field of which store, spelled so that it may stand in a URL: the field's name does not.

use std::fmt;
use std::str::FromStr;

use crate::domain::field::FieldName;
use crate::domain::ids::StoreId;

/// A field of a store, by [`FieldName::key`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldPlace {
    /// The store.
    pub store: StoreId,
    /// What stands for the field's name.
    pub key: String,
}

/// Not spelled as a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected a store, a dot and 16 hexadecimal digits")]
pub struct PlaceError;

impl FieldPlace {
    /// The place of a field.
    #[must_use]
    pub fn of(store: &StoreId, name: &FieldName) -> Self {
        Self { store: store.clone(), key: name.key() }
    }
}

impl fmt::Display for FieldPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.store, self.key)
    }
}

impl FromStr for FieldPlace {
    type Err = PlaceError;

    fn from_str(text: &str) -> Result<Self, PlaceError> {
        let (store, key) = text.split_once('.').ok_or(PlaceError)?;
        let is_key = key.len() == 16 && key.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
        let store = store.parse().map_err(|_| PlaceError)?;
        if is_key { Ok(Self { store, key: key.to_owned() }) } else { Err(PlaceError) }
    }
}
