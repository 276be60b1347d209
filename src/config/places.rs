//! `[data]`, `[keys]`, `[policy]`: where things lie. Never opens them.

use std::path::{Path, PathBuf};

use super::error::ConfigError;
use super::reader::{Reader, is_path};
use super::secret::Secret;

/// The directory of everything that the program writes.
#[derive(Debug, Clone)]
pub struct Data {
    /// Relative to the working directory unless absolute.
    pub dir: PathBuf,
}

/// Where the keys are. `master` wins over `master_file`.
#[derive(Debug, Clone)]
pub struct Keys {
    /// The text of the master key ring itself; only the environment may give it.
    pub master: Secret,
    /// The file of the master key ring; by default `keys/master.key` in the data directory.
    pub master_file: PathBuf,
    /// The file of the log's signing key; by default `keys/log.key` in the data directory.
    pub log_file: PathBuf,
}

/// The decision table.
#[derive(Debug, Clone)]
pub struct Policy {
    /// None: the table that is compiled in.
    pub file: Option<PathBuf>,
}

impl Data {
    pub(super) fn read(reader: &mut Reader) -> Result<Self, ConfigError> {
        let parse = |text: &str| (!text.is_empty() && is_path(text)).then(|| PathBuf::from(text));
        Ok(Self { dir: reader.section("data").text("dir", "data", "the path of a directory", parse)? })
    }
}

impl Keys {
    pub(super) fn read(reader: &mut Reader, data_dir: &Path) -> Result<Self, ConfigError> {
        let mut section = reader.section("keys");
        let directory = data_dir.join("keys");
        Ok(Self {
            master: section.environment_secret("master")?,
            master_file: section.path_or("master_file", directory.join("master.key"))?,
            log_file: section.path_or("log_file", directory.join("log.key"))?,
        })
    }
}

impl Policy {
    pub(super) fn read(reader: &mut Reader) -> Result<Self, ConfigError> {
        let parse = |text: &str| is_path(text).then(|| PathBuf::from(text));
        let file = reader.section("policy").text("file", "", "a path, or an empty text", parse)?;
        Ok(Self { file: Some(file).filter(|file| !file.as_os_str().is_empty()) })
    }
}
