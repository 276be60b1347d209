//! How the settings' database is reached, and whether it is as safe as `audit.strict` demands.

use super::AssembleError;
use crate::app::Replica;
use crate::config::{DatabaseTarget, Settings};
use crate::storage::{self, Location, Store, StoreOptions, rights};

/// How the settings' database is reached.
#[must_use]
pub fn store_options(settings: &Settings) -> StoreOptions {
    options_for(settings, settings.database.target(&settings.data.dir))
}

/// How the settings' database is reached by its owner, for migrations.
#[must_use]
pub fn owner_store_options(settings: &Settings) -> StoreOptions {
    options_for(settings, settings.database.owner_target(&settings.data.dir))
}

fn options_for(settings: &Settings, target: DatabaseTarget) -> StoreOptions {
    StoreOptions {
        location: match target {
            DatabaseTarget::Sqlite(path) => Location::Sqlite(path),
            DatabaseTarget::Postgres(url) => Location::Postgres(url.expose().to_owned()),
        },
        readers: settings.database.readers,
        busy_timeout: settings.database.busy_timeout,
        statement_timeout: settings.database.statement_timeout,
    }
}

/// The settings' replica, if they name one. It is not opened yet.
pub(super) fn replica(settings: &Settings) -> Option<Replica> {
    let options = options_for(settings, settings.database.replica_target()?);
    Some(Replica::new(storage::Replica::at(options), settings.database.replica_lag_entries))
}

/// Warns loudly, or refuses when `audit.strict`, if the program's role could alter the log or a power cut could.
pub(super) fn check_rights(settings: &Settings, store: &Store) -> Result<(), AssembleError> {
    let excessive = store.read(rights::list_excessive)?;
    let mut faults = Vec::new();
    if !excessive.is_empty() {
        let mut tables: Vec<&str> = excessive.iter().filter_map(|right| right.split(':').next()).collect();
        tables.dedup();
        faults.push(format!("the database role may alter the audit log ({})", tables.join(", ")));
    }
    if !store.read(rights::is_durable)? {
        faults.push("the database server runs with `fsync = off`".to_owned());
    }
    match faults.first() {
        Some(fault) if settings.audit.strict => Err(AssembleError::Lax(fault.clone())),
        _ => {
            for fault in &faults {
                tracing::warn!("{fault}; see docs/operations.md");
            }
            Ok(())
        }
    }
}
