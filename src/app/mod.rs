//! Operations: authority, facts, decision, change and entry. Used alike by the API and by the command line.
//!
//! Every change of state goes through one function here, which appends its entry in the same transaction. Resident data
//! leaves only as what is made out of a [`decisions::Recorded`].

pub mod agenda;
pub mod assemble;
pub mod audit;
pub mod authority;
pub mod backup;
pub mod catalog;
pub mod clients;
pub mod decisions;
pub mod documents;
pub mod epoch;
pub mod find;
mod form_tokens;
pub mod legal_bases;
pub mod log;
mod noted;
pub mod policy;
pub mod public_log;
pub mod referrals;
mod refusal;
mod replica;
pub mod report;
pub mod reseal;
pub mod residents;
pub mod restored;
pub mod retention;
mod sealing;
pub mod secret;
pub mod service;
pub mod staff;
pub mod stewardship;
pub mod tokens;
pub mod witnesses;

use std::collections::HashSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::clock::{Clock, Entropy, EntropyError};
use crate::domain::court::CourtRegistry;
use crate::domain::retention::RetentionRules;
use crate::domain::staff::CertificationRules;
use crate::domain::{ClientId, ResidentId, ResidentIndex, StoreId};
use crate::keys::{CookieKeys, GuardKey, ResidentIndexer, Sealer, TokenKeys};
use crate::ledger::{Ledger, LedgerError, Names, Stamp};
use crate::storage::{Store, StoreError};
use crate::tlog::Verifier;

use authority::SessionRules;
use decisions::ExportTickets;
use legal_bases::BasisRules;
use log::LogCheck;
use policy::LoadedPolicy;
use public_log::PublicLog;
pub use replica::{AsOf, Replica};
use secret::SecretHasher;
use staff::StaffRules;
use tokens::TokenCache;
use witnesses::Witnesses;

/// Everything an operation needs.
pub struct App {
    store: Store,
    replica: Option<Replica>,
    ledger: Ledger,
    policy: Arc<LoadedPolicy>,
    sealer: Sealer,
    indexer: ResidentIndexer,
    cookie_keys: CookieKeys,
    token_keys: TokenKeys,
    token_cache: TokenCache,
    token_lifetime: Duration,
    /// Clients that were said to be overdue for their review.
    warned_about: Mutex<HashSet<ClientId>>,
    hasher: SecretHasher,
    session_rules: SessionRules,
    basis_rules: BasisRules,
    staff_rules: StaffRules,
    guard_key: GuardKey,
    retention_rules: RetentionRules,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    log_check: LogCheck,
    exports: ExportTickets,
    public_log: PublicLog,
    witnesses: Witnesses,
}

/// What an [`App`] is made of.
pub struct AppParts {
    /// The database.
    pub store: Store,
    /// Where searches and reports are read from.
    pub replica: Option<Replica>,
    /// The writer.
    pub ledger: Ledger,
    /// The policy in force.
    pub policy: LoadedPolicy,
    /// Seals what is stored about residents.
    pub sealer: Sealer,
    /// Makes the keyed indexes of residents.
    pub indexer: ResidentIndexer,
    /// Sign what forms carry.
    pub cookie_keys: CookieKeys,
    /// Sign access tokens.
    pub token_keys: TokenKeys,
    /// How long an access token lives.
    pub token_lifetime: Duration,
    /// Hashes client secrets and passwords.
    pub hasher: SecretHasher,
    /// How long sessions and certifications last.
    pub session_rules: SessionRules,
    /// What legal bases are judged by.
    pub basis_rules: BasisRules,
    /// How staff enrol, and what failing to sign in costs.
    pub staff_rules: StaffRules,
    /// Hides names and addresses whose sign-ins failed.
    pub guard_key: GuardKey,
    /// How long what is about people is kept.
    pub retention_rules: RetentionRules,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// The dice.
    pub entropy: Arc<dyn Entropy>,
    /// Who cosigns what is published.
    pub witnesses: Witnesses,
}

/// Why a change was not made. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangeFailure<R: std::error::Error + 'static> {
    /// It may not be made.
    #[error(transparent)]
    Refused(R),
    /// Its entry could not be made durable.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The database could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No random bytes.
    #[error(transparent)]
    Entropy(#[from] EntropyError),
}

impl App {
    /// Puts the parts together.
    #[must_use]
    pub fn new(parts: AppParts) -> Self {
        Self {
            store: parts.store,
            replica: parts.replica,
            ledger: parts.ledger,
            policy: Arc::new(parts.policy),
            sealer: parts.sealer,
            indexer: parts.indexer,
            cookie_keys: parts.cookie_keys,
            token_keys: parts.token_keys,
            token_cache: TokenCache::default(),
            token_lifetime: parts.token_lifetime,
            warned_about: Mutex::default(),
            hasher: parts.hasher,
            session_rules: parts.session_rules,
            basis_rules: parts.basis_rules,
            staff_rules: parts.staff_rules,
            guard_key: parts.guard_key,
            retention_rules: parts.retention_rules,
            clock: parts.clock,
            entropy: parts.entropy,
            log_check: LogCheck::default(),
            exports: ExportTickets::default(),
            public_log: PublicLog::default(),
            witnesses: parts.witnesses,
        }
    }

    /// The writer, for its health and its head.
    #[must_use]
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// The database, for reading.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The policy in force.
    #[must_use]
    pub fn policy(&self) -> &LoadedPolicy {
        &self.policy
    }

    /// How often access is reviewed.
    #[must_use]
    pub fn certification_rules(&self) -> CertificationRules {
        self.session_rules.certification
    }

    /// The keys by which this log's checkpoints are verified, the one in force first.
    #[must_use]
    pub fn verifiers(&self) -> &[Verifier] {
        self.names().verifiers()
    }

    /// The log's names: the first line of a checkpoint is the one of its epoch.
    #[must_use]
    pub fn names(&self) -> &Names {
        self.ledger.names()
    }

    /// The courts that the city knows.
    #[must_use]
    pub fn courts(&self) -> &CourtRegistry {
        &self.basis_rules.courts
    }

    /// The present instant.
    #[must_use]
    pub fn now(&self) -> chrono::DateTime<chrono::Utc> {
        self.clock.now()
    }

    fn resident_indexes(&self, store: &StoreId, resident: &ResidentId) -> Vec<ResidentIndex> {
        let indexes = self.indexer.indexes(store.as_str(), resident.expose());
        indexes.into_iter().map(ResidentIndex::new).collect()
    }

    fn stamp(&self) -> Result<Stamp, EntropyError> {
        Stamp::draw(self.clock.now(), self.entropy.as_ref())
    }
}
