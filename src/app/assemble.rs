//! From settings to an [`App`]: keys, database, policy, ledger, each checked before the next.

use std::path::PathBuf;
use std::sync::Arc;

use super::authority::SessionRules;
use super::legal_bases::BasisRules;
use super::policy::{BUILT_IN, LoadedPolicy};
use super::secret::{SecretError, SecretHasher};
use super::staff::StaffRules;
use super::{App, AppParts, ChangeFailure};
use crate::clock::{Clock, Entropy, EntropyError, System, uuid_v7};
use crate::config::{DatabaseTarget, Settings};
use crate::domain::court::{CourtFault, CourtRegistry};
use crate::domain::decision::PolicyError;
use crate::domain::staff::{BackOffRules, CertificationRules};
use crate::keys::{KeyError, LogKey, MasterKeys};
use crate::ledger::{Anchor, KeysInUse, Ledger, LedgerOptions, NoProbe, Probe, StartError};
use crate::storage::{Location, Store, StoreError, StoreOptions, rights, state};
use crate::tlog::{self, Signer, Verifier};

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

impl App {
    /// Opens everything that the settings name. Missing key files are made; nothing else is.
    ///
    /// # Errors
    /// What keeps the program from beginning.
    pub fn open(settings: &Settings, migrations: Migrations, world: World) -> Result<Self, AssembleError> {
        let policy = load_policy(settings)?;
        let basis_rules = basis_rules(settings)?;
        let options = store_options(settings);
        let is_embedded = matches!(options.location, Location::Sqlite(_));
        let store = if migrations == Migrations::Apply || is_embedded {
            Store::migrate_and_open(options)?
        } else {
            Store::open(options)?
        };
        let is_in_use = store.read(state::load)?.log_key.is_some();
        let keys =
            if is_in_use { KeyFiles::load(settings)? } else { KeyFiles::make(settings, world.entropy.as_ref())? };
        check_rights(settings, &store)?;
        let mut random = [0; 10];
        world.entropy.fill(&mut random)?;
        let ledger = Ledger::start(LedgerOptions {
            store: store.clone(),
            signer: keys.signer,
            retired: keys.retired.clone(),
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
            ledger,
            policy,
            sealer: keys.master.sealer(),
            indexer: keys.master.resident_indexer(),
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
            verifiers: [vec![keys.verifier], keys.retired].concat(),
            origin: settings.audit.origin.clone(),
        });
        app.put_keys_in_force(keys.in_use)?;
        Ok(app)
    }
}

/// The keys of this installation, opened.
struct KeyFiles {
    master: MasterKeys,
    signer: Signer,
    verifier: Verifier,
    retired: Vec<Verifier>,
    in_use: KeysInUse,
}

impl KeyFiles {
    /// Makes the files that are missing: for a database that nobody has used yet.
    fn make(settings: &Settings, entropy: &dyn Entropy) -> Result<Self, AssembleError> {
        Self::of(open_master(settings, entropy)?, &open_log_key(settings, entropy)?)
    }

    /// Opens the files of a database that is in use. Keys that were lost are not replaced by others: those could neither
    /// open what the lost ones sealed, nor find what they indexed.
    fn load(settings: &Settings) -> Result<Self, AssembleError> {
        let log = LogKey::load(&settings.keys.log_file, &settings.audit.origin)?;
        Self::of(load_master(settings)?, &log)
    }

    fn of(master: MasterKeys, log: &LogKey) -> Result<Self, AssembleError> {
        let signer = Signer::new(log.name(), &log.signing_key().to_bytes()).map_err(AssembleError::LogKey)?;
        let parse = |vkey: &String| Verifier::parse(vkey).map_err(AssembleError::LogKey);
        let ids: Vec<String> = master.ids().iter().map(ToString::to_string).collect();
        let (active, older) = ids.split_first().map_or((String::new(), &[][..]), |(id, older)| (id.clone(), older));
        Ok(Self {
            verifier: signer.verifier().clone(),
            retired: log.retired_vkeys().iter().map(parse).collect::<Result<_, _>>()?,
            in_use: KeysInUse {
                master_key: active,
                older_master_keys: older.to_vec(),
                log_key: log.vkey().to_owned(),
                older_log_keys: log.retired_vkeys().to_vec(),
            },
            master,
            signer,
        })
    }
}

/// Opens the master key ring; makes it when there is none yet.
///
/// # Errors
/// When the file is not a key ring, is open to others, or cannot be written.
pub fn open_master(settings: &Settings, entropy: &dyn Entropy) -> Result<MasterKeys, KeyError> {
    let path = &settings.keys.master_file;
    match load_master(settings) {
        Err(KeyError::Missing { .. }) => match MasterKeys::generate(path, |bytes| entropy.fill(bytes)) {
            // Another process was faster.
            Err(KeyError::Exists { .. }) => MasterKeys::load(path),
            made => made,
        },
        loaded => loaded,
    }
}

fn load_master(settings: &Settings) -> Result<MasterKeys, KeyError> {
    if settings.keys.master.is_set() {
        return MasterKeys::parse("keys.master", settings.keys.master.expose());
    }
    MasterKeys::load(&settings.keys.master_file)
}

/// Opens the log's key; makes it when there is none yet.
///
/// # Errors
/// When the file is not this log's key, is open to others, or cannot be written.
pub fn open_log_key(settings: &Settings, entropy: &dyn Entropy) -> Result<LogKey, KeyError> {
    let (path, origin) = (&settings.keys.log_file, &settings.audit.origin);
    match LogKey::load(path, origin) {
        Err(KeyError::Missing { .. }) => match LogKey::generate(path, origin, |bytes| entropy.fill(bytes)) {
            Err(KeyError::Exists { .. }) => LogKey::load(path, origin),
            made => made,
        },
        loaded => loaded,
    }
}

/// The keys by which the log's checkpoints are verified, from its existing key file.
///
/// # Errors
/// When there is no key file, or it is not this log's.
pub fn verifiers(settings: &Settings) -> Result<Vec<Verifier>, AssembleError> {
    let log = LogKey::load(&settings.keys.log_file, &settings.audit.origin)?;
    let vkeys = std::iter::once(log.vkey()).chain(log.retired_vkeys().iter().map(String::as_str));
    vkeys.map(|vkey| Verifier::parse(vkey).map_err(AssembleError::LogKey)).collect()
}

/// The anchor file: beside the log's key, away from the database.
#[must_use]
pub fn anchor(settings: &Settings) -> Anchor {
    Anchor::at(settings.keys.log_file.with_file_name("anchor"))
}

fn session_rules(settings: &Settings) -> SessionRules {
    let staff = &settings.staff;
    SessionRules {
        idle: staff.session_idle,
        lifetime: staff.session_lifetime,
        certification: CertificationRules { period: staff.certification_period, grace: staff.certification_grace },
    }
}

fn staff_rules(settings: &Settings) -> StaffRules {
    let staff = &settings.staff;
    StaffRules {
        link_lifetime: staff.link_lifetime,
        back_off: BackOffRules {
            failures_before_wait: staff.failures_before_wait,
            first_wait: staff.first_wait,
            longest_wait: staff.longest_wait,
        },
        public_url: settings.server.public_url.clone(),
    }
}

/// The courts that are compiled in.
const COURTS: &str = include_str!("../../config/courts.toml");

/// The courts that the city knows: those that are built in, and those that counsel's file adds.
///
/// # Errors
/// When the file cannot be read, or the two together are no sound registry.
pub fn load_courts(settings: &Settings) -> Result<CourtRegistry, AssembleError> {
    let refused = |origin: &str| {
        let origin = origin.to_owned();
        |faults| AssembleError::Courts { origin, faults }
    };
    let built_in = CourtRegistry::parse(COURTS).map_err(refused("that is built in"))?;
    let Some(path) = &settings.legal_bases.courts_file else { return Ok(built_in) };
    let text = std::fs::read_to_string(path).map_err(|error| AssembleError::CourtsFile(path.clone(), error))?;
    built_in.extended_by(&text).map_err(refused(&format!("`{}`", path.display())))
}

fn basis_rules(settings: &Settings) -> Result<BasisRules, AssembleError> {
    let rules = &settings.legal_bases;
    Ok(BasisRules {
        courts: Arc::new(load_courts(settings)?),
        emergency_lifetime: rules.emergency_lifetime,
        review_within: rules.emergency_review_within,
        is_call_back_required: rules.demand_call_back_details,
        max_verification_age: rules.verified_again_after,
        text_chars: settings.limits.text_chars,
    })
}

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

/// The policy of the settings: a file, or the one that is built in.
///
/// # Errors
/// When the file cannot be read, or holds no sound policy.
pub fn load_policy(settings: &Settings) -> Result<LoadedPolicy, AssembleError> {
    let (origin, text) = match &settings.policy.file {
        Some(path) => {
            let text = std::fs::read_to_string(path).map_err(|error| AssembleError::PolicyFile(path.clone(), error))?;
            (format!("`{}`", path.display()), text)
        }
        None => ("that is built in".to_owned(), BUILT_IN.to_owned()),
    };
    LoadedPolicy::parse(&text).map_err(|faults| AssembleError::Policy { origin, faults })
}

/// Warns loudly, or refuses when `audit.strict`, if the program's role could alter the log or a power cut could.
fn check_rights(settings: &Settings, store: &Store) -> Result<(), AssembleError> {
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
