//! From settings to an [`App`]: keys, database, policy, ledger, each checked before the next.

mod database;
mod epoch;
mod keys;
mod rules;

use std::path::PathBuf;
use std::sync::Arc;

use super::secret::{SecretError, SecretHasher};
use super::witnesses::Witnesses;
use super::{App, AppParts, ChangeFailure};
use crate::clock::{Clock, Entropy, EntropyError, System, uuid_v7};
use crate::config::Settings;
use crate::domain::court::CourtFault;
use crate::domain::decision::PolicyError;
use crate::keys::KeyError;
use crate::ledger::{Ledger, LedgerOptions, NoProbe, Probe, StartError};
use crate::storage::{Location, Store, StoreError, StoreOptions, state};
use crate::tlog;

use database::{check_rights, replica};
pub use database::{owner_store_options, store_options};
pub(super) use epoch::EpochParts;
use keys::KeyFiles;
pub use keys::{anchor, find_master, keys_in_use, log_signer, open_log_key, open_master, verifiers};
use rules::{basis_rules, session_rules, staff_rules};
pub use rules::{load_courts, load_policy};

/// Where time and chance come from, and who watches the writer.
#[derive(Clone)]
pub struct World {
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// The dice.
    pub entropy: Arc<dyn Entropy>,
    /// Watches the writer.
    pub probe: Arc<dyn Probe>,
}

impl Default for World {
    fn default() -> Self {
        Self { clock: Arc::new(System), entropy: Arc::new(System), probe: Arc::new(NoProbe) }
    }
}

/// What a start does about a database without the tables of this version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Migrations {
    /// Applies what is missing.
    Apply,
    /// Applies what is missing to an embedded database; a server's are its owner's affair (`zaguan migrate`).
    ApplyIfEmbedded,
}

/// Why the program cannot begin.
#[derive(Debug, thiserror::Error)]
pub enum AssembleError {
    /// A key file.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The log's key cannot sign this log.
    #[error("the log key cannot be used")]
    LogKey(#[source] tlog::KeyError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The policy, with every fault.
    #[error("the policy {origin} cannot be used:\n{}", .faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Policy {
        /// The file, or that it is the built-in one.
        origin: String,
        /// Each with its line.
        faults: Vec<PolicyError>,
    },
    /// The policy file cannot be read.
    #[error("the policy file `{0}` cannot be read")]
    PolicyFile(PathBuf, #[source] std::io::Error),
    /// The court registry, with every fault.
    #[error("the court registry {origin} cannot be used:\n{}", .faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Courts {
        /// The file, or that it is the built-in one.
        origin: String,
        /// Each with its line.
        faults: Vec<CourtFault>,
    },
    /// The court registry's file cannot be read.
    #[error("the court registry `{0}` cannot be read")]
    CourtsFile(PathBuf, #[source] std::io::Error),
    /// The ledger.
    #[error(transparent)]
    Ledger(#[from] StartError),
    /// The costs of hashing secrets.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// The keys could not be put in force.
    #[error("the first entry cannot be written")]
    FirstEntry(#[from] ChangeFailure<std::convert::Infallible>),
    /// The database's rights or durability are not what `audit.strict` demands.
    #[error("`audit.strict` is on, and {0}")]
    Lax(String),
    /// No random bytes.
    #[error(transparent)]
    Entropy(#[from] EntropyError),
}

/// Opens the database with the tables of this version.
fn open_store(options: StoreOptions, migrations: Migrations) -> Result<Store, StoreError> {
    let is_embedded = matches!(options.location, Location::Sqlite(_));
    if migrations == Migrations::Apply || is_embedded { Store::migrate_and_open(options) } else { Store::open(options) }
}

impl App {
    /// Opens everything that the settings name. Missing key files are made; nothing else is.
    ///
    /// # Errors
    /// What keeps the program from beginning.
    pub fn open(settings: &Settings, migrations: Migrations, world: World) -> Result<Self, AssembleError> {
        let policy = load_policy(settings)?;
        let basis_rules = basis_rules(settings)?;
        let options = store_options(settings);
        let store = open_store(options, migrations)?;
        let is_in_use = store.read(state::load)?.log_key.is_some();
        let keys =
            if is_in_use { KeyFiles::load(settings)? } else { KeyFiles::make(settings, world.entropy.as_ref())? };
        check_rights(settings, &store)?;
        let mut random = [0; 10];
        world.entropy.fill(&mut random)?;
        let ledger = Ledger::start(LedgerOptions {
            store: store.clone(),
            signer: keys.signer,
            retired: keys.retired,
            keys: keys.in_use.clone(),
            anchor: anchor(settings),
            anchor_interval: settings.audit.anchor_interval,
            publish_interval: settings.audit.publish_interval,
            queue_capacity: settings.audit.queue_capacity,
            max_batch: settings.audit.max_batch,
            instance: uuid_v7(world.clock.now(), &random).to_string(),
            clock: Arc::clone(&world.clock),
            entropy: Arc::clone(&world.entropy),
            probe: world.probe,
        })?;
        let oauth = &settings.oauth;
        let app = Self::new(AppParts {
            store,
            replica: replica(settings),
            ledger,
            policy,
            sealer: keys.master.sealer(),
            indexer: keys.master.resident_indexer(),
            cookie_keys: keys.master.cookie_keys(),
            token_keys: keys.master.token_keys(),
            token_lifetime: oauth.token_lifetime,
            hasher: SecretHasher::new(oauth.argon2_memory_kib, oauth.argon2_iterations, oauth.argon2_parallelism)?,
            session_rules: session_rules(settings),
            basis_rules,
            staff_rules: staff_rules(settings),
            guard_key: keys.master.guard_key(),
            retention_rules: settings.retention.rules.clone(),
            clock: world.clock,
            entropy: world.entropy,
            witnesses: Witnesses::new(&settings.audit),
        });
        app.put_keys_in_force(keys.in_use)?;
        app.catch_up_tallies()?;
        Ok(app)
    }
}
