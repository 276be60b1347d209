//! What opening an epoch needs of an installation, without starting anything that would write by itself.

use std::sync::Arc;

use super::database::check_rights;
use super::{AssembleError, KeyFiles, Migrations, anchor, open_store, store_options};
use crate::clock::{Clock as _, Entropy as _, System, uuid_v7};
use crate::config::Settings;
use crate::ledger::{EpochOptions, Stamp};

/// The parts.
pub(in crate::app) struct EpochParts {
    pub(in crate::app) options: EpochOptions,
    /// For the entry that opens it, and for keys that come into force with it.
    pub(in crate::app) stamps: [Stamp; 2],
}

impl EpochParts {
    /// Opens the database and the keys that the settings name. No key is made.
    ///
    /// # Errors
    /// What keeps them from being opened.
    pub(in crate::app) fn open(settings: &Settings) -> Result<Self, AssembleError> {
        let keys = KeyFiles::load(settings)?;
        let store = open_store(store_options(settings), Migrations::ApplyIfEmbedded)?;
        check_rights(settings, &store)?;
        let mut random = [0; 10];
        System.fill(&mut random)?;
        let now = System.now();
        let options = EpochOptions {
            store,
            signer: keys.signer,
            retired: keys.retired,
            keys: keys.in_use,
            anchor: anchor(settings),
            instance: uuid_v7(now, &random).to_string(),
            clock: Arc::new(System),
        };
        Ok(Self { options, stamps: [Stamp::draw(now, &System)?, Stamp::draw(now, &System)?] })
    }
}
