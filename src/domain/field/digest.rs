//! The hash of a catalogue, which tells one version from another.
//!
//! Must never depend on how a file was laid out, nor give one hash to catalogues that say different things.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};

use super::catalog::{Catalog, StoreCatalog};
use super::row::CatalogField;

impl StoreCatalog {
    /// SHA-256 over everything the catalogue says, whatever the order of its rows and however the file was laid out.
    #[must_use]
    pub fn sha256(&self) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(b"zaguan catalogue 1\n");
        let store = self.store();
        absorb(&mut hash, &[store.id.as_str(), &store.name, &store.department, &store.description].map(Some));
        let rows: BTreeMap<&str, &CatalogField> =
            self.fields().iter().map(|field| (field.name.normalised(), field)).collect();
        for field in rows.values() {
            absorb(&mut hash, &field.parts());
        }
        hash.finalize().into()
    }
}

impl Catalog {
    /// SHA-256 over the hashes of all stores, by store id.
    #[must_use]
    pub fn sha256(&self) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(b"zaguan catalogues 1\n");
        for store in self.stores() {
            hash.update(store.sha256());
        }
        hash.finalize().into()
    }
}

/// Length before content, so that no two different rows give the same bytes.
fn absorb(hash: &mut Sha256, parts: &[Option<&str>]) {
    for part in parts {
        match part {
            Some(text) => {
                hash.update([1]);
                hash.update((text.len() as u64).to_be_bytes());
                hash.update(text.as_bytes());
            }
            None => hash.update([0]),
        }
    }
}
