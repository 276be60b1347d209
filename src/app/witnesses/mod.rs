//! Witnesses: others who cosign what the log publishes, each only if it continues what they cosigned before.
//!
//! No decision ever waits for a witness, and nothing that a witness says is believed but a signature that its key verifies
//! over our own checkpoint. A cosignature leaves no entry: a log that grows because it was witnessed would have to be
//! witnessed again, for ever.

mod beneath;
mod errand;
mod heard;
mod keeper;
mod trouble;

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::App;
use crate::config;
use crate::storage::{AnyConnection, StoreError};
use crate::tlog::WitnessKey;

pub use beneath::{Cosigned, LogKeys, WitnessSeen};
pub(in crate::app) use beneath::{last_cosigned, parse_row, read_row};
pub use keeper::WitnessKeeper;
pub use trouble::Trouble;

/// How long a witness is left alone after its first failure; each further one doubles it.
const FIRST_WAIT: TimeDelta = TimeDelta::seconds(30);

/// How long it is left alone at most.
const LONGEST_WAIT: TimeDelta = TimeDelta::hours(1);

/// The witnesses of the settings, and what this process knows of them.
pub struct Witnesses {
    keys: Vec<WitnessKey>,
    asked: Vec<Asked>,
    timeout: Duration,
}

/// A witness that is asked.
struct Asked {
    key: WitnessKey,
    url: String,
    standing: Mutex<Standing>,
}

/// How the last attempts went. Of this process only: each asks for itself.
#[derive(Debug, Clone, Copy, Default)]
struct Standing {
    failures: u32,
    trouble: Option<Trouble>,
    not_before: Option<DateTime<Utc>>,
}

/// A witness, for those who watch over the log.
#[derive(Debug, Clone)]
pub struct WitnessHealth {
    /// Who it is, and what it cosigned last.
    pub seen: WitnessSeen,
    /// Whether it is asked at all.
    pub is_asked: bool,
    /// What keeps this process from its cosignature.
    pub trouble: Option<Trouble>,
    /// Attempts of this process that failed since the last one that did not.
    pub failures: u32,
}

impl Witnesses {
    /// The witnesses of the settings.
    #[must_use]
    pub fn new(settings: &config::Audit) -> Self {
        let keys = settings.witnesses.iter().map(|witness| witness.key.clone()).collect();
        let asked = settings.witnesses.iter().filter_map(|witness| {
            let url = format!("{}/add-checkpoint", witness.url.as_ref()?);
            Some(Asked { key: witness.key.clone(), url, standing: Mutex::default() })
        });
        Self { keys, asked: asked.collect(), timeout: settings.witness_timeout }
    }

    /// Their keys.
    #[must_use]
    pub fn keys(&self) -> &[WitnessKey] {
        &self.keys
    }
}

impl Asked {
    fn standing(&self) -> MutexGuard<'_, Standing> {
        self.standing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Standing {
    fn failed(&mut self, trouble: Trouble, now: DateTime<Utc>) {
        let wait = FIRST_WAIT.checked_mul(1 << self.failures.min(16)).unwrap_or(LONGEST_WAIT);
        self.failures = self.failures.saturating_add(1);
        self.trouble = Some(trouble);
        self.not_before = now.checked_add_signed(wait.min(LONGEST_WAIT));
    }
}

impl App {
    /// How each witness is.
    pub(in crate::app) fn witness_health(&self, conn: &mut AnyConnection) -> Result<Vec<WitnessHealth>, StoreError> {
        let keys = self.log_keys();
        let health = |key: &WitnessKey| {
            let asked = self.witnesses.asked.iter().find(|asked| asked.key == *key);
            let standing = asked.map(|asked| *asked.standing()).unwrap_or_default();
            let Standing { failures, trouble, .. } = standing;
            Ok(WitnessHealth { seen: last_cosigned(conn, &keys, key)?, is_asked: asked.is_some(), trouble, failures })
        };
        self.witnesses.keys.iter().map(health).collect()
    }

    /// The witnesses, without what they cosigned: where that is not to be known.
    #[must_use]
    pub fn unseen_witnesses(&self) -> Vec<WitnessSeen> {
        self.witnesses.keys.iter().map(WitnessSeen::unseen).collect()
    }

    /// The keys by which what is published is verified.
    #[must_use]
    pub fn log_keys(&self) -> LogKeys<'_> {
        let names = self.names();
        LogKeys { known: names.verifiers(), origin: names.base(), witnesses: &self.witnesses.keys }
    }
}
