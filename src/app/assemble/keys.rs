//! The keys of an installation, from their files.

use super::AssembleError;
use crate::clock::Entropy;
use crate::config::Settings;
use crate::keys::{KeyError, LogKey, MasterKeys};
use crate::ledger::{Anchor, KeysInUse};
use crate::tlog::{Signer, Verifier};

/// The keys of this installation, opened.
pub(super) struct KeyFiles {
    pub(super) master: MasterKeys,
    pub(super) signer: Signer,
    pub(super) retired: Vec<Verifier>,
    pub(super) in_use: KeysInUse,
}

impl KeyFiles {
    /// Makes the files that are missing: for a database that nobody has used yet.
    pub(super) fn make(settings: &Settings, entropy: &dyn Entropy) -> Result<Self, AssembleError> {
        Self::of(open_master(settings, entropy)?, &open_log_key(settings, entropy)?)
    }

    /// Opens the files of a database that is in use. Keys that were lost are not replaced by others: those could neither
    /// open what the lost ones sealed, nor find what they indexed.
    pub(super) fn load(settings: &Settings) -> Result<Self, AssembleError> {
        let log = LogKey::load(&settings.keys.log_file, &settings.audit.origin)?;
        Self::of(load_master(settings)?, &log)
    }

    fn of(master: MasterKeys, log: &LogKey) -> Result<Self, AssembleError> {
        let signer = Signer::new(log.name(), &log.signing_key().to_bytes()).map_err(AssembleError::LogKey)?;
        let parse = |vkey: &String| Verifier::parse(vkey).map_err(AssembleError::LogKey);
        let ids: Vec<String> = master.ids().iter().map(ToString::to_string).collect();
        let (active, older) = ids.split_first().map_or((String::new(), &[][..]), |(id, older)| (id.clone(), older));
        Ok(Self {
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

/// The master keys of the settings; `None` when their file is not here.
///
/// # Errors
/// When they cannot be read.
pub fn find_master(settings: &Settings) -> Result<Option<MasterKeys>, KeyError> {
    match load_master(settings) {
        Ok(master) => Ok(Some(master)),
        Err(KeyError::Missing { .. }) => Ok(None),
        Err(error) => Err(error),
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

/// The key that signs for the log, from its existing file.
///
/// # Errors
/// When there is no key file, or it is not this log's.
pub fn log_signer(settings: &Settings) -> Result<Signer, AssembleError> {
    let log = LogKey::load(&settings.keys.log_file, &settings.audit.origin)?;
    Signer::new(log.name(), &log.signing_key().to_bytes()).map_err(AssembleError::LogKey)
}

/// The keys that this installation's processes use, from their existing files.
///
/// # Errors
/// When a file is missing, or not this log's.
pub fn keys_in_use(settings: &Settings) -> Result<KeysInUse, AssembleError> {
    Ok(KeyFiles::load(settings)?.in_use)
}

/// The anchor file: beside the log's key, away from the database.
#[must_use]
pub fn anchor(settings: &Settings) -> Anchor {
    Anchor::at(settings.keys.log_file.with_file_name("anchor"))
}
